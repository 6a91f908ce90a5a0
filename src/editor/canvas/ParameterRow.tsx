import { memo, useEffect } from 'react';
import type { Parameter } from '../../core/parameters';
import { canBeSocket, exposeParameter } from '../document/parameters';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useNode } from '../state/node-watch';
import { useHand } from '../state/use';
import { canvas } from '../text/canvas';
import { ParameterField } from '../widgets/ParameterField';
import { parameterTitle, portWords } from '../words';
import { useMeasure } from './measure';
import { Socket } from './Socket';
import css from './WeftNode.module.css';

interface Props {
  readonly node: string;
  readonly parameter: Parameter;
}

/** A parameter in a node: its field, or where its value comes from; its socket, or the ring that makes one. */
export const ParameterRow = memo(function ParameterRow({ node, parameter }: Props) {
  const { name, kind, help, widget } = parameter;
  const label = portWords(name);
  const exposed = useNode(node, (graph) => graph.nodes.get(node)?.exposed?.includes(name) ?? false);
  const source = useNode(node, (graph) => {
    const wire = graph.into.get(node)?.find(({ to }) => to[1] === name);
    const from = wire && graph.nodes.get(wire.from[0]);
    return from && (from.title ?? registry.get(from.type)?.title ?? from.type);
  });
  // A wire that fits makes a socket of it.
  const fits = useHand(({ hand }) => canBeSocket(parameter) && !!hand?.suits(node, { kind }, 'target'));
  const measure = useMeasure();
  // biome-ignore lint/correctness/useExhaustiveDependencies: React Flow has to hear which sockets there are
  useEffect(() => measure(node), [node, measure, fits]);
  return (
    <div
      className={`${css.parameter} ${widget === 'lines' || widget === 'expression' || widget === 'files' ? css.tall : ''}`}
      data-parameter={name}
      data-help-title={parameterTitle(parameter)}
      data-help={help}
    >
      {/* A wire from a file that does not say so makes a socket, too. */}
      {exposed || fits || source !== undefined ? (
        <Socket node={node} port={name} side="target" kind={kind} optional parameter help={help} />
      ) : (
        canBeSocket(parameter) && (
          <button
            type="button"
            className={`${css.ring} nodrag`}
            tabIndex={-1}
            aria-label={canvas.makeSocket(label)}
            onClick={() => edit(canvas.expose(label), exposeParameter(node, name, true))}
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
