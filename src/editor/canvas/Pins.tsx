import type { AnyNode } from '../../core/define-node';
import { inputSpec, portSpec } from '../../core/graph';
import { useDocument } from '../state/use';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
}

/** The sockets of a collapsed node, close together on its border. */
export function Pins({ id, definition }: Props) {
  const exposed = useDocument(({ graph }) => graph.nodes.get(id)?.exposed ?? []);
  const outputs = Object.keys(definition.out);
  return (
    <div className={css.pins}>
      <div>
        {[...Object.keys(definition.in), ...exposed].map((port) => {
          const spec = inputSpec(definition, port);
          return (
            <i key={port}>
              <Socket
                node={id}
                port={port}
                side="target"
                kind={spec?.kind}
                optional={spec?.optional}
                parameter={exposed.includes(port)}
                help={spec?.help}
              />
            </i>
          );
        })}
      </div>
      <div>
        {outputs.map((port) => (
          <i key={port}>
            <Socket node={id} port={port} side="source" kind={portSpec(definition.out[port]).kind} />
          </i>
        ))}
      </div>
    </div>
  );
}
