import { type ConnectionLineComponentProps, type EdgeProps, type InternalNode, useStoreApi } from '@xyflow/react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Point } from '../document/nodes';
import { type CanvasNode, type CanvasWire, canvasStore, rerouteRadius } from '../state/canvas-store';
import { useHand, useRun, useUi } from '../state/use';
import { useRoute } from '../wires/route-store';
import { kindColor, SocketShape } from './SocketShape';
import css from './Wire.module.css';
import { wirePath } from './wire-path';

/** Half of a socket's target: React Flow ends wires at its outer edge, we at the centre, on the node's border. */
const inset = matchMedia('(pointer: coarse)').matches ? 22 : 12;

const middleOf = (node: CanvasNode | undefined) =>
  node && [node.position.x + rerouteRadius, node.position.y + rerouteRadius];

interface Parts {
  readonly selected: ReadonlySet<string>;
  readonly reroutes: ReadonlyMap<string, CanvasNode>;
}

const known = new WeakMap<readonly CanvasNode[], Parts>();

/** What wires show of the nodes, worked out once for all wires. */
function partsOf(nodes: readonly CanvasNode[]): Parts {
  let parts = known.get(nodes);
  if (!parts) {
    parts = {
      selected: new Set(nodes.flatMap(({ id, selected }) => (selected ? [id] : []))),
      reroutes: new Map(nodes.flatMap((node) => (node.type === 'reroute' ? [[node.id, node]] : []))),
    };
    known.set(nodes, parts);
  }
  return parts;
}

/** The points that a subscription told as text, so that it can be compared. */
const pointsIn = (text: string): Point[] =>
  text
    .split(',')
    .filter(Boolean)
    .map((point): Point => {
      const [x = 0, y = 0] = point.split(' ').map(Number);
      return [x, y];
    });

/** A wire between two nodes. Those of a selected node are drawn in full colour. */
export const Wire = memo(function Wire({
  id,
  source,
  target,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourceHandleId,
  selected,
  data,
}: EdgeProps<CanvasWire>) {
  const value = useRun(({ outputs }) => outputs[source]?.[sourceHandleId ?? '']?.text);
  const taking = useUi((state) => state.intoWire === id);
  const reroutes = data?.reroutes;
  const moved = useHand(({ hand }) => hand?.replugged.includes(id) ?? false);
  // Not of React Flow's store, which asks all of a graph's wires at each step of a pan.
  const near = useStore(canvasStore, ({ nodes }) => {
    const { selected } = partsOf(nodes);
    return selected.has(source) || selected.has(target);
  });
  const via = useStore(canvasStore, ({ nodes }) =>
    reroutes?.length ? reroutes.map((one) => middleOf(partsOf(nodes).reroutes.get(one))?.join(' ')).join() : '',
  );
  const [from, to]: readonly [Point, Point] = [
    [sourceX - inset, sourceY],
    [targetX + inset, targetY],
  ];
  const d = useRoute(id, from, to) ?? wirePath([from, ...pointsIn(via), to]);
  if (moved) return null;
  const state = selected || taking ? css.selected : near ? css.near : '';
  return (
    <>
      <path className={`${css.wire} ${state}`} d={d} stroke={kindColor(data?.kind)} />
      <path
        className={`${css.hit} react-flow__edge-interaction`}
        d={d}
        data-help-title={data?.kind}
        data-help={value}
        data-help-now=""
      />
    </>
  );
});

/** Where a wire ends at an input, for one that is not at the pointer. */
function inputAt(node: InternalNode<CanvasNode> | undefined, port: string): Point | undefined {
  const handle = node?.internals.handleBounds?.target?.find(({ id }) => id === port);
  if (!node || !handle) return undefined;
  const { x, y } = node.internals.positionAbsolute;
  return [x + handle.x + handle.width / 2, y + handle.y + handle.height / 2];
}

/** The wires in hand. React Flow gives them the centres of sockets. */
export function LooseWire({
  fromX,
  fromY,
  fromNode,
  toX,
  toY,
  connectionStatus,
}: ConnectionLineComponentProps<CanvasNode>) {
  const hand = useHand((state) => state.hand);
  const { nodeLookup } = useStoreApi<CanvasNode>().getState();
  // A wire that is taken at a reroute begins there; one that is re-plugged goes on through its points.
  const via = fromNode.type === 'reroute' ? [] : (hand?.via ?? []);
  const here: Point = [fromX, fromY];
  const there: Point = [toX, toY];
  const others =
    hand?.others.map(([id, port]) => inputAt(nodeLookup.get(id), port)).filter((point) => point !== undefined) ?? [];
  const lines: readonly (readonly Point[])[] =
    hand?.side === 'target' ? [here, ...others].map((end) => [there, ...via, end]) : [[here, ...via, there]];
  return (
    <g>
      {lines.map((points) => (
        <path
          key={wirePath(points)}
          className={`${css.wire} ${css.near}`}
          d={wirePath(points)}
          stroke={kindColor(hand?.kind)}
        />
      ))}
      {connectionStatus === null && (
        <g transform={`translate(${toX - 6} ${toY - 6})`}>
          <SocketShape kind={hand?.kind} />
        </g>
      )}
    </g>
  );
}
