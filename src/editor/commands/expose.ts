import { IconPlugConnected } from '@tabler/icons-react';
import { parametersOf } from '../../core/parameters';
import { defineCommand } from '../define-command';
import { canBeSocket, exposeParameter } from '../document/parameters';
import type { MenuTarget } from '../menus/target';
import { registry } from '../registry';
import { documentStore, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { portWords } from '../words';

interface Chosen {
  readonly id: string;
  readonly name: string;
  readonly exposed: boolean;
}

/** The parameter that a menu was opened on, or that has the focus. */
function chosen(on?: MenuTarget): Chosen | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-parameter]');
  const node = row?.closest<HTMLElement>('.react-flow__node');
  const [id, name] = on?.place === 'port' ? [on.node, on.port] : [node?.dataset.id, row?.dataset.parameter];
  const part = id === undefined ? undefined : documentStore.getState().graph.nodes.get(id);
  const definition = registry.get(part?.type ?? '');
  const parameter = definition && parametersOf(definition).find((one) => one.name === name);
  if (!part || !parameter || !canBeSocket(parameter)) return undefined;
  return { id: part.id, name: parameter.name, exposed: !!part.exposed?.includes(parameter.name) };
}

export default defineCommand({
  title: commands.expose.title,
  alsoCalled: commands.expose.also,
  titleNow: (on) => {
    const { name, exposed } = chosen(on) ?? {};
    if (name === undefined) return commands.expose.title;
    return exposed ? commands.expose.back(portWords(name)) : commands.expose.forth(portWords(name));
  },
  icon: IconPlugConnected,
  keys: ['x'],
  menu: { section: 'node', place: 7 },
  context: ['port'],
  needs: commands.expose.needs,
  enabled: (on) => chosen(on) !== undefined,
  run(on) {
    const { id, name, exposed } = chosen(on) ?? {};
    if (id === undefined || name === undefined) return;
    edit(commands.expose[exposed ? 'hide' : 'expose'](portWords(name)), exposeParameter(id, name, !exposed));
  },
});
