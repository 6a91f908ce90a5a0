import { outputKind } from '../../core/port-kinds';
import { registry } from '../registry';
import { useNode } from '../state/node-watch';
import { canvas } from '../text/canvas';
import { NodeHeader } from './NodeHeader';
import { NodeName } from './NodeName';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly type: string;
  readonly selected: boolean;
  readonly muted: boolean;
}

/** A node of a type that this Weft does not have. Its data and wires stay as they came. */
export function Placeholder({ id, type, selected, muted }: Props) {
  const inputs = useNode(id, (graph) => graph.into.get(id)?.map(({ to }) => to[1]) ?? []);
  const outputs = useNode(id, (graph) => [...new Set(graph.outOf.get(id)?.map(({ from }) => from[1]))]);
  const kinds = useNode(id, (graph) => (graph.into.get(id) ?? []).map(({ from }) => outputKind(graph, registry, from)));
  return (
    <div className={`${css.node} ${css.ghost} ${selected ? css.selected : ''} ${muted ? css.muted : ''}`}>
      <NodeName id={id} />
      <NodeHeader id={id} type={type} />
      <div className={css.body}>
        {outputs.map((port) => (
          <div key={port} className={`${css.row} ${css.out}`}>
            {port}
            <Socket node={id} port={port} side="source" kind={undefined} />
          </div>
        ))}
        {inputs.map((port, i) => (
          <div key={port} className={css.row}>
            <Socket node={id} port={port} side="target" kind={kinds[i]} optional />
            {port}
          </div>
        ))}
        <p className={css.unknown}>{canvas.unknown}</p>
      </div>
    </div>
  );
}
