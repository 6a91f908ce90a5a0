import { registry } from '../registry';
import { selectedParts } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { common } from '../text/common';
import { menus } from '../text/menus';
import { portWords } from '../words';
import { contextGroups } from './command-entries';
import { OpenMenu } from './OpenMenu';
import type { MenuTarget } from './target';

const nodeTitle = (id: string): string => {
  const node = documentStore.getState().graph.nodes.get(id);
  return node?.title ?? registry.get(node?.type ?? '')?.title ?? id;
};

/** What the menu is about. */
function nameOf(on: MenuTarget): string {
  switch (on.place) {
    case 'canvas':
      return menus.graph;
    case 'selection':
      return common.parts(selectedParts().length);
    case 'node':
      return nodeTitle(on.id);
    case 'frame':
      return documentStore.getState().document.frames.find(({ id }) => id === on.id)?.title || menus.frame;
    case 'note':
      return menus.note;
    case 'reroute':
      return menus.reroute;
    case 'wire':
      return menus.wire;
    case 'port':
      return `${portWords(on.port)} of ${nodeTitle(on.node)}`;
    case 'picture':
      return menus.pictureOf(nodeTitle(on.node));
  }
}

const close = () => uiStore.setState({ menuAt: undefined });

/** The context menu that is open. */
export default function ContextMenu() {
  const menuAt = useUi((state) => state.menuAt);
  if (!menuAt) return null;
  const { x, y, on, byKey } = menuAt;
  const groups = contextGroups(on);
  if (groups.length === 0) return null;
  return (
    <OpenMenu
      key={`${x} ${y} ${on.place}`}
      label={nameOf(on)}
      groups={groups}
      x={x}
      y={y}
      byKey={byKey}
      onClose={close}
    />
  );
}
