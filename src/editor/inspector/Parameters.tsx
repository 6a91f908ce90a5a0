import { Fragment } from 'react';
import type { AnyNode } from '../../core/define-node';
import { type Parameter, parametersOf } from '../../core/parameters';
import { SocketShape } from '../canvas/SocketShape';
import { countingParameters, exposeParameter } from '../document/parameters';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useDocument } from '../state/use';
import { inspector } from '../text/inspector';
import { ParameterField } from '../widgets/ParameterField';
import { parameterTitle, portWords } from '../words';
import css from './Inspector.module.css';

/** A parameter with its field and the ring that makes a socket of it. */
function Row({ id, parameter }: { readonly id: string; readonly parameter: Parameter }) {
  const { name, kind, help, widget, fixed } = parameter;
  const label = portWords(name);
  const exposed = useDocument(({ graph }) => graph.nodes.get(id)?.exposed?.includes(name) ?? false);
  const wired = useDocument(({ graph }) => graph.into.get(id)?.some(({ to }) => to[1] === name) ?? false);
  const isTall = !wired && (widget === 'lines' || widget === 'expression' || widget === 'files');
  return (
    <div
      className={`${css.parameter} ${isTall ? css.tall : ''}`}
      data-parameter={name}
      data-help-title={parameterTitle(parameter)}
      data-help={help}
    >
      <span>{label}</span>
      {wired ? (
        <span className={css.wired}>{inspector.fromWire}</span>
      ) : (
        <ParameterField node={id} parameter={parameter} place="inspector" />
      )}
      {!fixed && (
        <button
          type="button"
          className={css.ring}
          aria-pressed={exposed}
          aria-label={inspector.asSocket(label)}
          onClick={() =>
            edit(exposed ? inspector.hide(label) : inspector.expose(label), exposeParameter(id, name, !exposed))
          }
        >
          {exposed ? <SocketShape kind={kind} hollow={!wired} size={13} /> : <i />}
        </button>
      )}
    </div>
  );
}

/** All parameters of a node. */
export function Parameters({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const exposed = useDocument(({ graph }) => graph.nodes.get(id)?.exposed ?? []);
  const counting = useDocument(({ graph }) => countingParameters(graph, id, definition).map(({ name }) => name));
  const list = parametersOf(definition).filter(({ name }) => counting.includes(name));
  if (list.length === 0) return null;
  return (
    <section className={css.section}>
      <h3>{inspector.parameters}</h3>
      {list.map((parameter) => (
        <Row key={parameter.name} id={id} parameter={parameter} />
      ))}
      {exposed.length > 0 && (
        <p className={css.note}>
          <b>{exposed.map(portWords).join(', ')}</b> {inspector.exposedHint(exposed.length)}
        </p>
      )}
    </section>
  );
}

/** The exposed parameters of all nodes, as the form of the graph. */
export function ExposedParameters() {
  const ids = useDocument(({ document }) => document.nodes.flatMap(({ id, exposed }) => (exposed?.length ? [id] : [])));
  const graph = useDocument((state) => state.graph);
  if (ids.length === 0) return null;
  return (
    <section className={css.section}>
      <h3>{inspector.exposed}</h3>
      {ids.map((id) => {
        const node = graph.nodes.get(id);
        const definition = registry.get(node?.type ?? '');
        if (!node || !definition) return null;
        return (
          <Fragment key={id}>
            <h4 className={css.of}>{node.title ?? definition.title}</h4>
            {parametersOf(definition)
              .filter(({ name }) => node.exposed?.includes(name))
              .map((parameter) => (
                <Row key={parameter.name} id={id} parameter={parameter} />
              ))}
          </Fragment>
        );
      })}
    </section>
  );
}
