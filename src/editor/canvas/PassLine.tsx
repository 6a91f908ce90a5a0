import type { AnyNode } from '../../core/define-node';
import { outputSpec } from '../../core/graph';
import { passedInput } from '../../core/pass-through';
import { spareInputs } from '../document/spare-inputs';
import { useNode } from '../state/node-watch';
import { kindColor } from './SocketShape';
import css from './WeftNode.module.css';

/** Heights of the rows in a node, in pixels (UI.md, "A node, from top to bottom"). */
const [header, row] = [28, 20];

/** The dashed lines from input to output of a node that passes on what comes in. */
export function PassLine({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const inputs = useNode(id, (graph) => {
    const spare = spareInputs(graph, id, definition);
    return Object.keys(definition.in).filter((port) => !spare.includes(port));
  });
  const outputs = Object.keys(definition.out);
  const height = header + row * (inputs.length + outputs.length);
  const middle = (index: number) => header + row * (index + 0.5);
  return (
    <svg
      className={css.pass}
      width="100%"
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {outputs.map((port, index) => {
        const input = passedInput(definition, port);
        if (input === undefined || !inputs.includes(input)) return null;
        const [from, to] = [middle(outputs.length + inputs.indexOf(input)), middle(index)];
        return (
          <path
            key={port}
            d={`M0 ${from}C50 ${from} 50 ${to} 100 ${to}`}
            stroke={kindColor(outputSpec(definition, port)?.kind)}
          />
        );
      })}
    </svg>
  );
}
