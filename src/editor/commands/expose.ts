import { IconPlugConnected } from '@tabler/icons-react';
import { parametersOf } from '../../core/parameters';
import { defineCommand } from '../define-command';
import { canBeSocket, exposeParameter } from '../document/parameters';
import type { MenuTarget } from '../menus/target';
import { registry } from '../registry';
import { documentStore, edit } from '../state/document-store';
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
  title: 'Make a socket of a parameter',
  titleNow: (on) => {
    const { name, exposed } = chosen(on) ?? {};
    if (name === undefined) return 'Make a socket of a parameter';
    return exposed ? `Make a field of ${portWords(name)} again` : `Make a socket of ${portWords(name)}`;
  },
  icon: IconPlugConnected,
  keys: ['x'],
  menu: { section: 'node', place: 7 },
  context: ['port'],
  needs: 'Go to a field of a node.',
  enabled: (on) => chosen(on) !== undefined,
  run(on) {
    const { id, name, exposed } = chosen(on) ?? {};
    if (id === undefined || name === undefined) return;
    edit(`${exposed ? 'Hide' : 'Expose'} ${portWords(name)}`, exposeParameter(id, name, !exposed));
  },
});
