import { IconAlertTriangleFilled, IconBolt, IconChevronRight } from '@tabler/icons-react';
import { createContext, memo, useContext, useEffect, useRef, useState } from 'react';
import type { AnyNode } from '../../core/define-node';
import type { Parameter } from '../../core/parameters';
import { useNodeWords } from '../canvas/NodeName';
import { SocketShape } from '../canvas/SocketShape';
import { retitleNode } from '../document/nodes';
import { facingParameters } from '../document/parameters';
import { NodeIcon } from '../NodeIcon';
import { registry } from '../registry';
import { useDocument, useRun } from '../state/use';
import { outline } from '../text/outline';
import { ParameterField } from '../widgets/ParameterField';
import { sliderScale } from '../widgets/slider-scale';
import { portWords } from '../words';
import { Name } from './Name';
import { fieldLines, gist, shortState, socketLines, socketWords } from './node-lines';
import css from './Outline.module.css';
import { Slider } from './Slider';

/** The outline has no head of its own: it lies at the thumb, and what is chosen in it can be set there (UI.md, "Layout"). */
export const AtThumb = createContext(false);

/** A parameter with its field, and at the thumb a slider below where it has two ends. */
function Field({ id, parameter }: { readonly id: string; readonly parameter: Parameter }) {
  const { name, widget, help } = parameter;
  const scale = useContext(AtThumb) ? sliderScale(parameter) : undefined;
  return (
    <div
      role="treeitem"
      tabIndex={-1}
      aria-label={portWords(name)}
      aria-selected={false}
      data-node={id}
      data-field={name}
      className={`${css.field} ${widget === 'lines' || widget === 'files' ? css.tall : ''} ${scale ? css.sliding : ''}`}
      data-help-title={portWords(name)}
      data-help={help}
    >
      <span>{portWords(name)}</span>
      <ParameterField node={id} parameter={parameter} place="inspector" />
      {scale && <Slider node={id} parameter={parameter} scale={scale} />}
    </div>
  );
}

/** What a node shows of its parameters on the canvas, to be set at the thumb. */
function Facing({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const graph = useDocument((state) => state.graph);
  const facing = new Set(facingParameters(graph, id, definition).map(({ name }) => name));
  const fields = fieldLines(graph, id, definition).filter(({ name }) => facing.has(name));
  if (fields.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group of a tree is no fieldset
    <div role="group" className={css.details}>
      {fields.map((parameter) => (
        <Field key={parameter.name} id={id} parameter={parameter} />
      ))}
    </div>
  );
}

/** Sockets and fields of a node that is opened in the outline. */
function Details({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const graph = useDocument((state) => state.graph);
  const sockets = socketLines(graph, registry, id, definition);
  const fields = fieldLines(graph, id, definition);
  const line = (socket: (typeof sockets)[number]) => (
    <div
      key={`${socket.side} ${socket.port}`}
      role="treeitem"
      tabIndex={-1}
      aria-label={socketWords(socket)}
      aria-selected={false}
      data-node={id}
      data-port={socket.port}
      data-side={socket.side}
      className={css.socket}
    >
      <SocketShape kind={socket.kind} size={11} hollow={!socket.peers} />
      <span>{portWords(socket.port)}</span>
      <em>
        {socket.peers
          ? outline.peers(socket.side, socket.peers)
          : socket.required
            ? outline.needsWire
            : outline.notWired}
      </em>
    </div>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group of a tree is no fieldset
    <div role="group" className={css.details}>
      {sockets.filter(({ side }) => side === 'target').map(line)}
      {fields.map((parameter) => (
        <Field key={parameter.name} id={id} parameter={parameter} />
      ))}
      {sockets.filter(({ side }) => side === 'source').map(line)}
    </div>
  );
}

interface Props {
  readonly id: string;
  readonly selected: boolean;
  /** Nothing else is selected. */
  readonly alone: boolean;
}

/** A node as a line of the outline: what it is, what tells it from others, how its run went; opened, all that is in it. */
export const NodeLine = memo(function NodeLine({ id, selected, alone }: Props) {
  const [open, setOpen] = useState(false);
  const facing = useContext(AtThumb) && selected && alone && !open;
  const row = useRef<HTMLDivElement>(null);
  const words = useNodeWords(id);
  const type = useDocument(({ graph }) => graph.nodes.get(id)?.type ?? '');
  const definition = registry.get(type);
  const title = useDocument(({ graph }) => graph.nodes.get(id)?.title ?? definition?.title ?? type);
  const color = useDocument(({ graph }) => graph.nodes.get(id)?.color);
  const off = useDocument(({ graph }) => !!graph.nodes.get(id)?.muted || !!graph.nodes.get(id)?.bypassed);
  const about = useDocument(({ graph }) => gist(graph, registry, id, definition));
  const run = useRun(({ nodes }) => nodes[id]);
  const state = useRun(({ nodes, stale }) => shortState(nodes[id], stale.has(id)));
  useEffect(() => {
    if (facing) row.current?.scrollIntoView({ block: 'nearest' });
  }, [facing]);
  const problem = run?.state === 'failed' ? run.problem : undefined;
  return (
    <div
      ref={row}
      role="treeitem"
      tabIndex={-1}
      aria-label={[words, about].filter(Boolean).join(', ')}
      aria-expanded={open || facing}
      aria-selected={selected}
      data-node={id}
      data-part={id}
    >
      <div className={`${css.row} ${off ? css.off : ''}`}>
        <button
          type="button"
          className={css.chevron}
          aria-hidden
          tabIndex={-1}
          data-toggle={open ? 'open' : 'closed'}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={12} stroke={1.6} aria-hidden />
        </button>
        <NodeIcon type={type} size={16} color={color} />
        <span className={css.words}>
          <Name id={id} title={title} rename={retitleNode} row={row} />
          {about && <small>{about}</small>}
        </span>
        <span className={`${css.state} ${problem ? css.danger : run?.state === 'running' ? css.accent : ''}`}>
          {problem && <IconAlertTriangleFilled size={12} aria-hidden />}
          {state === 'cached' ? <IconBolt size={13} stroke={1.6} aria-hidden /> : state}
        </span>
      </div>
      {problem && (
        <p className={css.problem}>
          <strong>{problem.what}</strong> {problem.cure}
        </p>
      )}
      {facing && definition && <Facing id={id} definition={definition} />}
      {open && definition && <Details id={id} definition={definition} />}
    </div>
  );
});
