import { registry } from '../registry';
import { useNode } from '../state/node-watch';
import { useRun } from '../state/use';
import type { useSketch } from './detail';
import { NodeName } from './NodeName';
import { Spinner } from './Spinner';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly selected: boolean;
  readonly size: NonNullable<ReturnType<typeof useSketch>>;
}

/** A node that is not looked at: a box of the same size with its name and state (`detail.ts`). */
export function Sketch({ id, selected, size }: Props) {
  const { title, off } = useNode(id, (graph) => {
    const { type = '', title, muted, bypassed } = graph.nodes.get(id) ?? {};
    return { title: title ?? registry.get(type)?.title ?? type, off: muted ? css.muted : bypassed && css.bypassed };
  });
  const state = useRun(({ nodes }) => nodes[id]?.state);
  const classes = [css.node, css.sketch, selected && css.selected, state && css[state], off];
  return (
    <div className={classes.filter(Boolean).join(' ')} style={size}>
      <NodeName id={id} />
      <div className={css.header}>
        <span>{title}</span>
        {state === 'running' && <Spinner />}
      </div>
    </div>
  );
}
