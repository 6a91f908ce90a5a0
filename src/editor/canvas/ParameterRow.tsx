import { memo } from 'react';
import type { Parameter } from '../../core/parameters';
import { exposeParameter } from '../document/parameters';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useDocument } from '../state/use';
import { ParameterField } from '../widgets/ParameterField';
import { portWords } from '../words';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly node: string;
  readonly parameter: Parameter;
}

/** A parameter in a node: its field, or where its value comes from; its socket, or the ring that makes one. */
export const ParameterRow = memo(function ParameterRow({ node, parameter }: Props) {
  const { name, kind, help, widget, fixed } = parameter;
  const label = portWords(name);
  const exposed = useDocument(({ graph }) => graph.nodes.get(node)?.exposed?.includes(name) ?? false);
  const source = useDocument(({ graph }) => {
    const wire = graph.into.get(node)?.find(({ to }) => to[1] === name);
    const from = wire && graph.nodes.get(wire.from[0]);
    return from && (from.title ?? registry.get(from.type)?.title ?? from.type);
  });
  return (
    <div
      className={`${css.parameter} ${widget === 'lines' || widget === 'expression' ? css.tall : ''}`}
      data-help-title={label}
      data-help={help}
    >
      {exposed ? (
        <Socket node={node} port={name} side="target" kind={kind} optional parameter help={help} />
      ) : (
        !fixed && (
          <button
            type="button"
            className={`${css.ring} nodrag`}
            tabIndex={-1}
            aria-label={`Make a socket of ${label}`}
            onClick={() => edit(`Expose ${label}`, exposeParameter(node, name, true))}
          />
        )
      )}
      {source === undefined ? (
        <ParameterField node={node} parameter={parameter} place="node" />
      ) : (
        <div className={css.arrives}>
          {label}
          <b>{source}</b>
        </div>
      )}
    </div>
  );
});
