import { registry } from '../registry';
import { useNode } from '../state/node-watch';
import { useRun } from '../state/use';
import type { useSketch } from './detail';
import { NodeName } from './NodeName';
import { Spinner } from './Spinner';
import css from './WeftNode.module.css';

/** About as wide as a letter of a title is, what there is beside a title, and how high a box has to be for large letters; pixels. */
const [letter, around, tall] = [6.5, 33, 70];

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
  // Clipping is dear where there are a thousand of them, so only a title that may be larger than its box is clipped.
  const [width, height] = [Number.parseFloat(size.width), Number.parseFloat(size.height)];
  const clipped = (title.length * letter + around > width || height < tall) && css.clipped;
  const classes = [css.node, css.sketch, clipped, selected && css.selected, state && css[state], off];
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
