import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { type Kind, kinds } from '../../core/kinds';
import { outputKind } from '../../core/port-kinds';
import { manyNodes } from '../document/many';
import { areTold, problemStore } from '../problems/problem-store';
import { registry } from '../registry';
import { useNode } from '../state/node-watch';
import { useHand, useRun } from '../state/use';
import type { Side } from '../state/wire-in-hand';
import { canvas } from '../text/canvas';
import { portWords } from '../words';
import css from './Socket.module.css';
import { SocketShape } from './SocketShape';

interface Props {
  readonly node: string;
  readonly port: string;
  readonly side: Side;
  readonly kind: Kind | undefined;
  /** Other kinds that it may have: it is drawn as what is wired to it. */
  readonly also?: readonly Kind[] | undefined;
  readonly optional?: boolean | undefined;
  /** A parameter's socket: hollow until it is wired. */
  readonly parameter?: boolean;
  readonly help?: string | undefined;
}

const titleAt = (graph: { nodes: ReadonlyMap<string, { title?: string | undefined; type: string }> }, id: string) => {
  const node = graph.nodes.get(id);
  return node?.title ?? registry.get(node?.type ?? '')?.title ?? node?.type ?? id;
};

/** Around an input that a run would miss, once somebody tried to run. */
function MissingRing({ node, port }: Pick<Props, 'node' | 'port'>) {
  const told = useStore(
    problemStore,
    (state) => areTold(state) && state.byNode.get(node)?.some((problem) => problem.port === port),
  );
  return told ? <i className={css.ring} /> : null;
}

/** Where wires end: a button on the node's border. While a wire is in hand it says whether it takes it. */
export const Socket = memo(function Socket(props: Props) {
  const { node, port, side, also, optional, parameter = false, help } = props;
  const { peers, many, actual } = useNode(node, (graph) => {
    const wires =
      side === 'target'
        ? (graph.into.get(node) ?? []).filter(({ to }) => to[1] === port)
        : (graph.outOf.get(node) ?? []).filter(({ from }) => from[1] === port);
    const source = side === 'source' ? node : wires[0]?.from[0];
    return {
      peers: wires.map(({ from, to }) => titleAt(graph, side === 'target' ? from[0] : to[0])).join(', '),
      many: source !== undefined && manyNodes(graph, registry).has(source),
      actual: also && outputKind(graph, registry, side === 'target' && wires[0] ? wires[0].from : [node, port]),
    };
  });
  const kind = actual ?? props.kind;
  const fate = useHand(({ hand }) => {
    if (!hand) return undefined;
    if (hand.end[0] === node && hand.end[1] === port && hand.side === side) return 'held';
    return hand.suits(node, kind && { kind, ...(also && { also }) }, side) ? 'open' : 'shut';
  });
  const missing = useRun(({ nodes }) => {
    const run = nodes[node];
    return side === 'target' && run?.state === 'failed' && run.problem.port === port;
  });
  const state = peers
    ? canvas.wiredTo(side, peers)
    : optional
      ? canvas.notWired
      : side === 'target'
        ? canvas.requiredNotWired
        : canvas.notWired;
  const label = [portWords(port), kind === port ? undefined : kind, state].filter(Boolean).join(', ');
  return (
    <Handle
      type={side}
      position={side === 'target' ? Position.Left : Position.Right}
      id={port}
      className={[css.socket, fate && css[fate], missing && css.missing].filter(Boolean).join(' ')}
      role="button"
      tabIndex={-1}
      aria-label={label}
      data-fate={fate}
      data-stop
      data-help-title={`${portWords(port)}${kind && kind !== port ? ` · ${kind}` : ''}`}
      data-help={help ?? (kind ? `${kinds[kind].meaning.replace(/^./, (c) => c.toUpperCase())}.` : undefined)}
    >
      {side === 'target' && !optional && !parameter && !peers && <MissingRing node={node} port={port} />}
      <SocketShape kind={kind} hollow={parameter && !peers} many={many} />
    </Handle>
  );
});
