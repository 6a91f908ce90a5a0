import { useEffect } from 'react';
import type { AnyNode } from '../../core/define-node';
import { inputSpec, portSpec } from '../../core/graph';
import { spareInputs } from '../document/spare-inputs';
import { useNode } from '../state/node-watch';
import { useHand } from '../state/use';
import { useMeasure } from './measure';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
}

/** The sockets of a collapsed node, close together on its border; spare ones below it, while a wire is in hand that fits. */
export function Pins({ id, definition }: Props) {
  const exposed = useNode(id, (graph) => graph.nodes.get(id)?.exposed ?? []);
  const spare = useNode(id, (graph) => spareInputs(graph, id, definition));
  const fitting = useHand(({ hand }) =>
    spare.filter((port) => hand?.suits(id, inputSpec(definition, port), 'target')).join(' '),
  );
  const measure = useMeasure();
  // biome-ignore lint/correctness/useExhaustiveDependencies: React Flow has to hear which sockets there are
  useEffect(() => measure(id), [id, measure, fitting]);
  const outputs = Object.keys(definition.out);
  const input = (port: string) => {
    const spec = inputSpec(definition, port);
    return (
      <i key={port}>
        <Socket
          node={id}
          port={port}
          side="target"
          kind={spec?.kind}
          also={spec?.also}
          optional={spec?.optional}
          parameter={exposed.includes(port)}
          help={spec?.help}
        />
      </i>
    );
  };
  return (
    <div className={css.pins}>
      <div>
        {[...Object.keys(definition.in), ...exposed].filter((port) => !spare.includes(port)).map(input)}
        {fitting && <div className={css.late}>{fitting.split(' ').map(input)}</div>}
      </div>
      <div>
        {outputs.map((port) => {
          const { kind, also } = portSpec(definition.out[port]);
          return (
            <i key={port}>
              <Socket node={id} port={port} side="source" kind={kind} also={also} />
            </i>
          );
        })}
      </div>
    </div>
  );
}
