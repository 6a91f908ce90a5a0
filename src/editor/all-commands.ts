import { type Command, isMac, keyWords, type Section } from './define-command';
import { combinationOf, keysIn, type NamedCommand, ownerOf } from './shortcuts/keymap';
import { keyStore } from './state/key-store';
import { uiStore } from './state/ui-store';

const files = import.meta.glob<Command>('./commands/*.ts', { eager: true, import: 'default' });

/** Every command there is: the files of `commands/`. */
export const commands: readonly NamedCommand[] = Object.entries(files).map(([path, command]) => ({
  ...command,
  id: path.slice('./commands/'.length, -'.ts'.length),
}));

export const inMenu = (section: Section): NamedCommand[] =>
  commands.filter(({ menu }) => menu?.section === section).sort((a, b) => (a.menu?.place ?? 0) - (b.menu?.place ?? 0));

/** The first keys of a command by now, as they are written: "Ctrl C". */
export function shownKeys(command: NamedCommand): string | undefined {
  const [first] = keysIn(keyStore.getState().remapped, command);
  return first && keyWords(first);
}

/** The same by the name of the command's file. */
export const shownKeysOf = (id: string): string | undefined => {
  const command = commands.find((other) => other.id === id);
  return command && shownKeys(command);
};

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=checkbox]), textarea, select') || target.isContentEditable);

/** Where Space presses something. */
const pressable = 'button, [role=button], [role=switch], [role=spinbutton], select';

/** Runs the command of a key press, if there is one. */
export function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented) return;
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.matches(pressable)) return;
  const keys = combinationOf(event, isMac);
  const command = keys === undefined ? undefined : ownerOf(commands, keyStore.getState().remapped, keys);
  if (!command || (typesText(event.target) && !command.whileTyping)) return;
  // After what is cheap: the page is looked through, which must not be for each letter of a prompt.
  if (document.querySelector('dialog[open], [role=menu]')) return;
  // What was asked for may still be on its way; what is typed by then is meant for it.
  const { dialog, menuAt, finding } = uiStore.getState();
  if (dialog || menuAt || (finding && !document.querySelector('[data-find]'))) return;
  if (command.enabled?.() === false) return;
  event.preventDefault();
  void command.run();
}
