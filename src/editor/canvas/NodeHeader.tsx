import { IconAlertTriangleFilled, IconArrowsDiagonal } from '@tabler/icons-react';
import { NodeIcon } from '../NodeIcon';
import { registry } from '../registry';
import { uiStore } from '../state/ui-store';
import { useDocument, useRun } from '../state/use';
import { Spinner } from './Spinner';
import css from './WeftNode.module.css';

/** Icon, title, and one sign at most: running, failed, or a way to see the pictures large. */
export function NodeHeader({ id, type }: { readonly id: string; readonly type: string }) {
  const title = useDocument(({ graph }) => graph.nodes.get(id)?.title ?? registry.get(type)?.title ?? type);
  const state = useRun(({ nodes }) => nodes[id]?.state);
  const shows = useRun(({ shown }) => shown[id] !== undefined);
  const help = registry.get(type)?.help;
  return (
    <div className={css.header} data-help-title={title} data-help={help}>
      <NodeIcon type={type} />
      <span>{title}</span>
      {state === 'running' && <Spinner />}
      {state === 'failed' && <IconAlertTriangleFilled className={css.alarm} size={13} aria-hidden />}
      {shows && state !== 'running' && state !== 'failed' && (
        <button
          type="button"
          className={`${css.enlarge} nodrag`}
          aria-label={`Show ${title} large`}
          data-stop
          tabIndex={-1}
          onClick={() => uiStore.setState({ enlarged: id })}
        >
          <IconArrowsDiagonal size={13} stroke={1.6} aria-hidden />
        </button>
      )}
    </div>
  );
}
