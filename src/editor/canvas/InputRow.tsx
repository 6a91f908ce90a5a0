import type { AnyNode } from '../../core/define-node';
import { portSpec } from '../../core/graph';
import { portWords } from '../words';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
  readonly port: string;
  /** It comes out under the same name: the row has both sockets. */
  readonly also?: boolean;
}

/** An input of a node with its name. */
export const InputRow = ({ id, definition, port, also = false }: Props) => {
  const { kind, also: others, optional, help } = portSpec(definition.in[port]);
  return (
    <div className={css.row}>
      <Socket node={id} port={port} side="target" kind={kind} also={others} optional={optional} help={help} />
      {portWords(port)}
      {also && <Socket node={id} port={port} side="source" kind={portSpec(definition.out[port]).kind} />}
    </div>
  );
};
