import { type ConnectionLineComponentProps, type EdgeProps, useStore } from '@xyflow/react';
import { memo } from 'react';
import type { CanvasNode, CanvasWire } from '../state/canvas-store';
import { useHand, useRun, useUi } from '../state/use';
import { kindColor, SocketShape } from './SocketShape';
import css from './Wire.module.css';

/** Half of a socket's target: React Flow ends wires at its outer edge, we at the centre, on the node's border. */
const inset = matchMedia('(pointer: coarse)').matches ? 22 : 12;

/** From an output to an input: leaves to the right, arrives from the left. */
function path(fromX: number, fromY: number, toX: number, toY: number): string {
  const ahead = toX - fromX;
  const bow =
    ahead >= 0 ? Math.max(Math.min(24, Math.hypot(ahead, toY - fromY) / 2), ahead / 2) : Math.min(160, 24 - ahead / 2);
  return `M${fromX} ${fromY}C${fromX + bow} ${fromY} ${toX - bow} ${toY} ${toX} ${toY}`;
}

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
  const near = useStore((s) => s.nodeLookup.get(source)?.selected || s.nodeLookup.get(target)?.selected || false);
  const d = path(sourceX - inset, sourceY, targetX + inset, targetY);
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

/** The wire in hand. React Flow gives it the centres of sockets. */
export function LooseWire({ fromX, fromY, toX, toY, connectionStatus }: ConnectionLineComponentProps<CanvasNode>) {
  const hand = useHand((state) => state.hand);
  const d = hand?.side === 'target' ? path(toX, toY, fromX, fromY) : path(fromX, fromY, toX, toY);
  return (
    <g>
      <path className={`${css.wire} ${css.near}`} d={d} stroke={kindColor(hand?.kind)} />
      {connectionStatus === null && (
        <g transform={`translate(${toX - 6} ${toY - 6})`}>
          <SocketShape kind={hand?.kind} />
        </g>
      )}
    </g>
  );
}
