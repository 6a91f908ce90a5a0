import { IconHelp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { openHelp } from '../help/help-store';
import { type MenuTarget, targetOf } from '../menus/target';
import { selectedParts } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { commands } from '../text/commands';

const typeOf = (id: string | undefined): string | undefined => documentStore.getState().graph.nodes.get(id ?? '')?.type;

/** What help is wanted of: what a menu was opened on, else what the pointer or the focus is on, else the selection. */
function wanted(on?: MenuTarget): { readonly type: string; readonly part?: string | undefined } | undefined {
  const under = [...document.querySelectorAll(':hover')].at(-1) ?? null;
  const listed = under?.closest<HTMLElement>('[data-node-type]')?.dataset.nodeType;
  if (listed && !on) return { type: listed };
  const parameter = under?.closest<HTMLElement>('[data-parameter]')?.dataset.parameter;
  for (const target of on ? [on] : [targetOf(under), targetOf(document.activeElement)]) {
    const id =
      target.place === 'port' || target.place === 'picture' ? target.node : 'id' in target ? target.id : undefined;
    const type = typeOf(id);
    if (type) return { type, part: target.place === 'port' ? target.port : on ? undefined : parameter };
  }
  const type = selectedParts().map(typeOf).find(Boolean);
  return type ? { type } : undefined;
}

export default defineCommand({
  title: commands.help.title,
  alsoCalled: commands.help.also,
  keys: ['f1'],
  whileTyping: true,
  icon: IconHelp,
  menu: { section: 'node', place: 90 },
  context: ['node', 'port', 'picture'],
  run(on) {
    const { type, part } = wanted(on) ?? { type: 'sampling/cfg-combine' };
    openHelp(type, part);
  },
});
