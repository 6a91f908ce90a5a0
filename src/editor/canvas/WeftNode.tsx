import type { NodeProps } from '@xyflow/react';
import { lazy, type MouseEvent, memo, Suspense, useEffect } from 'react';
import type { AnyNode } from '../../core/define-node';
import { portSpec } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { isBorder } from '../../core/subgraph';
import { facingParameters } from '../document/parameters';
import { spareInputs } from '../document/spare-inputs';
import { defaultSteps } from '../learning/default-steps';
import { registry } from '../registry';
import type { CanvasNode } from '../state/canvas-store';
import { useNode } from '../state/node-watch';
import { useRun } from '../state/use';
import { OpenButton } from '../subgraph/OpenButton';
import { isInstance, openInside } from '../subgraph/open';
import subgraphCss from '../subgraph/subgraph.module.css';
import { portWords } from '../words';
import { useBox, useSketch } from './detail';
import { InputRow } from './InputRow';
import { useMeasure } from './measure';
import { NodeFooter } from './NodeFooter';
import { NodeHeader } from './NodeHeader';
import { NodeName } from './NodeName';
import { NodeNotes } from './NodeNotes';
import { NodeProblem } from './NodeProblem';
import { ParameterRow } from './ParameterRow';
import { PassLine } from './PassLine';
import { Pins } from './Pins';
import { Placeholder } from './Placeholder';
import { Preview } from './Preview';
import { ResizeHandle } from './ResizeHandle';
import { Sketch } from './Sketch';
import { Socket } from './Socket';
import { SpareInputs } from './SpareInputs';
import { sameNode } from './same-node';
import { TokenStrip } from './TokenStrip';
import css from './WeftNode.module.css';

const NodeLesson = lazy(() => import('../learning/NodeLesson'));

const Output = ({ id, definition, port }: { id: string; definition: AnyNode; port: string }) => {
  const { kind, also, help } = portSpec(definition.out[port]);
  return (
    <div className={`${css.row} ${css.out}`}>
      {portWords(port)}
      <Socket node={id} port={port} side="source" kind={kind} also={also} help={help} />
    </div>
  );
};

/** The inputs that stay out of sight; not the one that the last run asked for. */
function useSpareInputs(id: string, definition: AnyNode | undefined): readonly string[] {
  const asked = useRun(({ nodes }) => {
    const run = nodes[id];
    return run?.state === 'failed' ? run.problem.port : undefined;
  });
  return useNode(id, (graph) =>
    definition ? spareInputs(graph, id, definition).filter((port) => port !== asked) : [],
  );
}

/** A node's sockets, fields, pictures and state, from top to bottom as UI.md lists them. */
function Body({ id, definition }: { readonly id: string; readonly definition: AnyNode }) {
  const inputs = Object.keys(definition.in);
  const outputs = Object.keys(definition.out);
  // What goes into a zone's start or end under a name comes out under it: one row, both sockets.
  const shared = (port: string) => !!(definition.loopStart || definition.loopEnd) && outputs.includes(port);
  const through = inputs.filter(shared);
  const spare = useSpareInputs(id, definition);
  const shown = inputs.filter((port) => !through.includes(port) && !spare.includes(port));
  const room = shown.length > 0 ? 'right' : outputs.length > through.length ? 'left' : 'own';
  const sockets = [
    ...through.map((port) => <InputRow key={`through ${port}`} id={id} definition={definition} port={port} also />),
    ...outputs
      .filter((port) => !through.includes(port))
      .map((port) => <Output key={`out ${port}`} id={id} definition={definition} port={port} />),
    ...shown.map((port) => <InputRow key={`in ${port}`} id={id} definition={definition} port={port} />),
    spare.length > 0 && <SpareInputs key="spare" id={id} definition={definition} ports={spare} room={room} />,
  ];
  const face = useNode(id, (graph) => facingParameters(graph, id, definition).map(({ name }) => name));
  const parameters = parametersOf(definition)
    .filter(({ name }) => face.includes(name))
    .map((parameter) => <ParameterRow key={parameter.name} node={id} parameter={parameter} />);
  // Where nothing comes in, the fields are what the node is about; what comes out of them stands below.
  return (
    <div className={css.body}>
      {inputs.length === 0 ? [...parameters, ...sockets] : [...sockets, ...parameters]}
      {outputs.some((port) => portSpec(definition.out[port]).kind === 'conditioning') && <TokenStrip id={id} />}
      {definition.shows !== undefined && <Preview id={id} />}
      {definition.learns && (
        <Suspense>
          <NodeLesson id={id} steps={defaultSteps(definition)} />
        </Suspense>
      )}
      <NodeNotes id={id} />
      <NodeProblem id={id} />
      {isInstance(id) && <OpenButton id={id} title={definition.title} />}
    </div>
  );
}

/** React Flow knows where sockets are from the last time it measured; it has to hear when others are there. */
function useMeasuredSockets(id: string, type: string | undefined) {
  const spare = useSpareInputs(id, registry.get(type ?? '')).join(' ');
  const measure = useMeasure();
  const sockets = useNode(id, (graph) => {
    const node = graph.nodes.get(id);
    const wired = registry.has(node?.type ?? '') ? [] : [graph.into.get(id)?.length, graph.outOf.get(id)?.length];
    const definition = registry.get(node?.type ?? '');
    const face = definition ? facingParameters(graph, id, definition).map(({ name }) => name) : [];
    const ports =
      isInstance(id) && definition ? [...Object.keys(definition.in), '>', ...Object.keys(definition.out)] : [];
    return [node?.type, node?.collapsed, ...ports, ...face, ...(node?.exposed ?? []), ...wired].join(' ');
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sockets are what there is to measure again
  useEffect(() => measure(id), [id, measure, sockets, spare]);
}

/** A double click opens an instance, except where it means something else: on its title, fields and pictures. */
const onDoubleClick =
  (id: string) =>
  ({ target }: MouseEvent) => {
    if (
      !(target as Element).closest(`.${css.header} > span, input, textarea, button, canvas, [role]:not([role=group])`)
    )
      openInside(id);
  };

interface Props {
  readonly id: string;
  readonly selected: boolean;
}

function Whole({ id, selected }: Props) {
  const type = useNode(id, (graph) => graph.nodes.get(id)?.type);
  // A subgraph is defined anew when something inside of it changes.
  const definition = useNode(id, (graph) => registry.get(graph.nodes.get(id)?.type ?? ''));
  const { collapsed, muted, bypassed, sized } = useNode(id, (graph) => {
    const node = graph.nodes.get(id);
    const { collapsed, muted, bypassed, size } = node ?? {};
    return { collapsed, muted, bypassed, sized: size !== undefined };
  });
  const state = useRun(({ nodes }) => nodes[id]?.state);
  useMeasuredSockets(id, type);
  const box = useBox(id);
  if (type === undefined) return null;
  if (!definition) return <Placeholder id={id} type={type} selected={selected} muted={!!muted} />;
  const opens = isInstance(id);
  const wide = definition.shows !== undefined;
  const slim = !!(definition.loopStart || definition.loopEnd);
  const off = muted ? css.muted : bypassed && css.bypassed;
  const classes = [css.node, selected && css.selected, state && css[state], off];
  if (collapsed)
    return (
      <div ref={box} className={[...classes, css.collapsed].filter(Boolean).join(' ')}>
        <NodeName id={id} />
        <NodeHeader id={id} type={type} />
        <Pins id={id} definition={definition} />
      </div>
    );
  classes.push(wide && css.wide, sized && css.sized, slim && css.slim, opens && subgraphCss.stack);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the button that opens it
    <div ref={box} className={classes.filter(Boolean).join(' ')} onDoubleClick={opens ? onDoubleClick(id) : undefined}>
      <NodeName id={id} />
      <NodeHeader id={id} type={type} />
      {bypassed && <PassLine id={id} definition={definition} />}
      <Body id={id} definition={definition} />
      {!isBorder(type) && <NodeFooter id={id} shows={wide} narrow={slim} />}
      {(wide || selected) && <ResizeHandle id={id} widths={[wide ? 160 : 104, 1024]} />}
    </div>
  );
}

/** One node of the graph. */
export const WeftNode = memo(function WeftNode({ id, selected }: NodeProps<CanvasNode>) {
  const size = useSketch(id);
  return size ? <Sketch id={id} selected={selected} size={size} /> : <Whole id={id} selected={selected} />;
}, sameNode);
