import type { Command, Section } from './define-command';
import { isPressed } from './define-command';

/** A command with the name of its file, which stays when its title changes. */
export interface NamedCommand extends Command {
  readonly id: string;
}

const files = import.meta.glob<Command>('./commands/*.ts', { eager: true, import: 'default' });

/** Every command there is: the files of `commands/`. */
export const commands: readonly NamedCommand[] = Object.entries(files).map(([path, command]) => ({
  ...command,
  id: path.slice('./commands/'.length, -'.ts'.length),
}));

export const inMenu = (section: Section): NamedCommand[] =>
  commands.filter(({ menu }) => menu?.section === section).sort((a, b) => (a.menu?.place ?? 0) - (b.menu?.place ?? 0));

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=checkbox]), textarea, select') || target.isContentEditable);

/** Where Space presses something. */
const pressable = 'button, [role=button], [role=switch], [role=spinbutton], select';

/** Runs the command of a key press, if there is one. */
export function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || document.querySelector('dialog[open], [role=menu]')) return;
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.matches(pressable)) return;
  const command = commands.find(({ keys }) => keys?.some((combination) => isPressed(combination, event)));
  if (!command || (typesText(event.target) && !command.whileTyping)) return;
  if (command.enabled?.() === false) return;
  event.preventDefault();
  void command.run();
}
