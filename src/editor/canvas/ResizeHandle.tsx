import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useRef } from 'react';
import { resizePart } from '../document/parts';
import { edit } from '../state/document-store';
import { canvas } from '../text/canvas';
import { useGesture } from '../widgets/gesture';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  /** Narrowest and widest that it may be, in pixels. */
  readonly widths: readonly [number, number];
  /** Lowest and highest; without it the height follows the content. */
  readonly heights?: readonly [number, number];
}

const within = (value: number, [least, most]: readonly [number, number]) =>
  Math.round(Math.min(most, Math.max(least, value)) / 4) * 4;

/** The corner that makes something on the canvas larger. */
export function ResizeHandle({ id, widths, heights }: Props) {
  const { getZoom, getInternalNode } = useReactFlow();
  const held = useRef<{ x: number; y: number; width: number; height: number } | undefined>(undefined);
  const gesture = useGesture();
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { width = widths[0], height = 0 } = getInternalNode(id)?.measured ?? {};
    held.current = { x: event.clientX, y: event.clientY, width, height };
    gesture.begin();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!held.current) return;
    const { x, y, width, height } = held.current;
    const wide = within(width + (event.clientX - x) / getZoom(), widths);
    const high = heights ? within(height + (event.clientY - y) / getZoom(), heights) : 0;
    edit(canvas.resize, resizePart(id, [wide, high]), gesture.id());
  };
  const release = () => {
    held.current = undefined;
  };
  return (
    <i
      className={`${css.resize} nodrag`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
    />
  );
}
