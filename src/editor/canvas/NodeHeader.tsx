import { IconAlertTriangleFilled, IconArrowsDiagonal, IconChevronRight } from '@tabler/icons-react';
import { retitleNode } from '../document/nodes';
import { toggleNodes } from '../document/switches';
import { NodeIcon } from '../NodeIcon';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useNode } from '../state/node-watch';
import { enlarge } from '../state/ui-store';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import { Spinner } from './Spinner';
import { Title } from './Title';
import css from './WeftNode.module.css';

/** So many letters of a title are not cut off, though each were as wide as it is high. */
const surelyFits = 12;

/** Icon, title, and one sign at most: running, failed, or a way to see the pictures large. */
export function NodeHeader({ id, type }: { readonly id: string; readonly type: string }) {
  const title = useNode(id, (graph) => graph.nodes.get(id)?.title ?? registry.get(type)?.title ?? type);
  const color = useNode(id, (graph) => graph.nodes.get(id)?.color);
  const collapsed = useNode(id, (graph) => graph.nodes.get(id)?.collapsed ?? false);
  const state = useRun(({ nodes }) => nodes[id]?.state);
  const definition = registry.get(type);
  const shows = useRun(({ shown }) => definition?.shows !== undefined && shown[id] !== undefined);
  const help = definition?.help;
  // A node is as wide as its title, up to where it is cut off.
  const sized = useNode(id, (graph) => graph.nodes.get(id)?.size !== undefined);
  const fits = !sized && title.length <= surelyFits;
  return (
    <div className={`${css.header} ${fits ? css.fits : ''}`} data-help-title={title} data-help={help}>
      {collapsed && (
        <button
          type="button"
          className={`${css.expand} nodrag`}
          aria-label={canvas.expand(title)}
          aria-expanded={false}
          data-stop
          tabIndex={-1}
          onClick={() => edit(canvas.expandGesture, toggleNodes([id], 'collapsed'))}
        >
          <IconChevronRight size={13} stroke={1.6} aria-hidden />
        </button>
      )}
      {!collapsed && <NodeIcon type={type} color={color} />}
      <Title id={id} title={title} rename={retitleNode} />
      {state === 'running' && <Spinner />}
      {state === 'failed' && <IconAlertTriangleFilled className={css.alarm} size={13} aria-hidden />}
      {shows && state !== 'running' && state !== 'failed' && (
        <button
          type="button"
          className={`${css.enlarge} nodrag`}
          aria-label={canvas.enlarge(title)}
          data-stop
          tabIndex={-1}
          onClick={() => enlarge(id)}
        >
          <IconArrowsDiagonal size={13} stroke={1.6} aria-hidden />
        </button>
      )}
    </div>
  );
}
