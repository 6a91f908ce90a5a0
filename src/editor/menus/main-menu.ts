import type { DocumentEntry } from '../../storage/documents';
import { inMenu } from '../all-commands';
import { type Section, sectionTitles } from '../define-command';
import { openKept } from '../files/session';
import { common } from '../text/common';
import { menus } from '../text/menus';
import { entryOf } from './command-entries';
import type { MenuEntry, MenuGroup } from './MenuList';

const section = (name: Section): MenuEntry[] => inMenu(name).map((command) => entryOf(command));

/** A line that opens the commands of a section. */
const folded = (name: Section): MenuEntry => ({
  id: `section-${name}`,
  title: sectionTitles[name],
  groups: () => [{ entries: section(name) }],
});

const list = (title: string, entries: readonly MenuEntry[]): MenuEntry[] =>
  entries.length ? [{ id: `list-${title}`, title, groups: () => [{ entries }] }] : [];

/** All commands in their sections, and the graphs that this browser keeps. */
export const mainMenu = (kept: readonly DocumentEntry[]): MenuGroup[] =>
  [
    { entries: section('graph') },
    {
      entries: [
        ...list(
          menus.kept,
          kept.map((entry) => ({
            id: `kept-${entry.id}`,
            title: entry.name || common.untitled,
            run: () => void openKept(entry),
          })),
        ),
      ],
    },
    {
      entries: (['run', 'edit', 'add', 'node', 'arrange', 'view'] as const).map(folded),
    },
  ].filter(({ entries }) => entries.length > 0);
