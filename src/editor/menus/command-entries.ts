import { commands, shownKeys } from '../all-commands';
import type { Section } from '../define-command';
import type { NamedCommand } from '../shortcuts/keymap';
import { menus } from '../text/menus';
import type { MenuEntry, MenuGroup } from './MenuList';
import type { MenuTarget } from './target';

/** How the parts of a menu follow each other. */
const order: readonly Section[] = ['run', 'add', 'node', 'edit', 'arrange', 'view', 'graph'];

const sectionOf = ({ menu }: NamedCommand): Section => menu?.section ?? 'edit';
const placeOf = ({ menu }: NamedCommand): number => menu?.place ?? 0;

/** A command as a line of a menu. */
export function entryOf(command: NamedCommand, on?: MenuTarget): MenuEntry {
  const { id, title, titleNow, icon, options } = command;
  const off = command.enabled?.(on) === false;
  const choices = () => [
    {
      entries: (options?.(on) ?? []).map(({ title: option, swatch, chosen, run }) => ({
        id: `${id} ${option}`,
        title: option,
        swatch,
        checked: chosen,
        run,
      })),
    },
  ];
  return {
    id,
    title: titleNow?.(on) ?? title,
    icon,
    keys: shownKeys(command),
    why: off ? (command.needs ?? menus.nothing) : undefined,
    ...(options && !off ? { groups: choices } : { run: () => void command.run(on) }),
  };
}

/** What stands in one menu beside the others when there would be too many lines. */
const folded: Partial<Record<Section, string>> = { arrange: menus.arrange };
const few = 4;

/** The lines of the context menu of something. */
export function contextGroups(on: MenuTarget): MenuGroup[] {
  const wanted = commands.filter(({ context }) => context?.includes(on.place));
  return order.flatMap((section): MenuGroup[] => {
    const entries = wanted
      .filter((command) => sectionOf(command) === section)
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map((command) => entryOf(command, on));
    const title = folded[section];
    if (entries.length === 0) return [];
    if (!title || entries.length <= few) return [{ entries }];
    return [{ entries: [{ id: section, title, groups: () => [{ entries }] }] }];
  });
}
