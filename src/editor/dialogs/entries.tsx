import { IconChevronRight, IconFrame, IconLayoutGrid, IconNote } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Document } from '../../core/document';
import { commands, shownKeys } from '../all-commands';
import { graphPoint, revealNode } from '../canvas/reveal';
import { openTemplate } from '../files/session';
import { NodeIcon } from '../NodeIcon';
import { categoryOf, paletteTitle, registry } from '../registry';
import type { NamedCommand } from '../shortcuts/keymap';
import { addNode } from '../state/add-node';
import { openDocument, showTab, tabsStore } from '../state/tabs';
import { addable } from '../subgraph/shelf';
import type { Template } from '../templates/templates';
import { commandPalette } from '../text/command-palette';
import { common } from '../text/common';

/** One line of the command palette. */
export interface Entry {
  readonly id: string;
  readonly group: keyof typeof commandPalette.groups;
  readonly title: string;
  /** What is found by, besides the title. */
  readonly more?: string | undefined;
  /** Other names, with commas between them. */
  readonly alsoCalled?: string | undefined;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly hint?: string | undefined;
  readonly run: () => void;
}

/** A command, or a line for each way in which it can act. */
function linesOf(command: NamedCommand): Entry[] {
  const { id, title, titleNow, alsoCalled, icon: Icon = IconChevronRight, options, run } = command;
  const line: Pick<Entry, 'group' | 'icon' | 'alsoCalled'> = {
    group: 'commands',
    icon: <Icon size={16} stroke={1.6} aria-hidden />,
    alsoCalled,
  };
  if (options)
    return options().map((option) => ({
      ...line,
      id: `command-${id}-${option.title}`,
      title: `${title}: ${option.title}`,
      alsoCalled: [option.title, option.alsoCalled, alsoCalled].filter(Boolean).join(', '),
      run: option.run,
    }));
  return [
    {
      ...line,
      id: `command-${id}`,
      title: titleNow?.() ?? title,
      more: title,
      keys: shownKeys(command),
      run: () => void run(),
    },
  ];
}

/** All that the palette can do now: commands that have something to act on, places in the graph, nodes, templates. */
export function entriesFor(document: Document, templates: readonly Template[]): Entry[] {
  return [
    ...commands.filter(({ enabled, opensPalette }) => enabled?.() !== false && !opensPalette).flatMap(linesOf),
    ...document.nodes.map(({ id, type, title }): Entry => {
      const definition = registry.get(type);
      return {
        id: `node-${id}`,
        group: 'graph',
        title: title ?? definition?.title ?? type,
        more: `${definition?.title ?? ''} ${id}`,
        icon: <NodeIcon type={type} size={16} />,
        hint: commandPalette.goTo,
        run: () => revealNode(id),
      };
    }),
    ...document.frames.map(
      ({ id, title }): Entry => ({
        id: `node-${id}`,
        group: 'graph',
        title: commandPalette.frame(title),
        icon: <IconFrame size={16} stroke={1.6} aria-hidden />,
        hint: commandPalette.goTo,
        run: () => revealNode(id),
      }),
    ),
    ...(document.notes ?? []).map(
      ({ id, text }): Entry => ({
        id: `node-${id}`,
        group: 'graph',
        title: commandPalette.note(text.trim().split('\n')[0]?.replace(/^#+ /, '') ?? ''),
        more: text,
        icon: <IconNote size={16} stroke={1.6} aria-hidden />,
        hint: commandPalette.goTo,
        run: () => revealNode(id),
      }),
    ),
    ...addable().map(
      (definition): Entry => ({
        id: `add-${definition.type}`,
        group: 'add',
        title: paletteTitle(definition),
        more: `${commandPalette.addWord} ${categoryOf(definition.type)} ${definition.help}`,
        alsoCalled: definition.alsoCalled,
        icon: <NodeIcon type={definition.type} size={16} />,
        hint: categoryOf(definition.type),
        run: () => addNode(definition, graphPoint(), { beside: true }),
      }),
    ),
    ...tabsStore.getState().order.flatMap((id): Entry[] => {
      const open = id === document.id ? undefined : openDocument(id);
      if (!open) return [];
      return [
        {
          id: `tab-${id}`,
          group: 'open',
          title: open.name || common.untitled,
          more: commandPalette.tabWord,
          icon: <IconLayoutGrid size={16} stroke={1.6} aria-hidden />,
          hint: commandPalette.show,
          run: () => showTab(id),
        },
      ];
    }),
    ...templates.map(
      ({ document: template }): Entry => ({
        id: `template-${template.id}`,
        group: 'templates',
        title: template.name,
        more: commandPalette.templateWords,
        icon: <IconLayoutGrid size={16} stroke={1.6} aria-hidden />,
        hint: commandPalette.copy,
        run: () => openTemplate(template),
      }),
    ),
  ];
}
