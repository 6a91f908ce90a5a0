import { IconLine } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { type MenuTarget, targetOf } from '../menus/target';
import { selectedNodes } from '../state/canvas-store';
import { type Connecting, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

/** The socket or node that a menu was opened on, that has the focus, or that is selected. */
function subject(on?: MenuTarget): Connecting | undefined {
  const { node, port, side } =
    (document.activeElement?.closest<HTMLElement>('[role=treeitem]') ?? undefined)?.dataset ?? {};
  if (!on && node !== undefined)
    return port !== undefined && (side === 'source' || side === 'target') ? { node, socket: { port, side } } : { node };
  const target = on ?? targetOf(document.activeElement);
  if (target.place === 'port') return { node: target.node, socket: { port: target.port, side: target.side } };
  if (target.place === 'node') return { node: target.id };
  const [only, another] = selectedNodes();
  return only !== undefined && another === undefined ? { node: only } : undefined;
}

export default defineCommand({
  title: commands.connect.title,
  alsoCalled: commands.connect.also,
  icon: IconLine,
  keys: ['w'],
  menu: { section: 'node', place: 6 },
  context: ['port', 'node'],
  needs: commands.connect.needs,
  enabled: (on) => subject(on) !== undefined,
  run(on) {
    const connecting = subject(on);
    if (connecting) uiStore.setState({ dialog: 'connect', connecting });
  },
});
