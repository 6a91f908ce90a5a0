import { useReactFlow } from '@xyflow/react';
import { type PointerEvent, useRef } from 'react';
import { resizeNode } from '../document/nodes';
import { edit } from '../state/document-store';
import { useGesture } from '../widgets/gesture';
import css from './WeftNode.module.css';

/** Narrowest and widest a node with pictures may be, in pixels. */
const [narrowest, widest] = [160, 1024];

/** The corner that makes a node wider; its height follows its pictures. */
export function ResizeHandle({ id }: { readonly id: string }) {
  const { getZoom, getInternalNode } = useReactFlow();
  const held = useRef<{ x: number; width: number } | undefined>(undefined);
  const gesture = useGesture();
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, width: getInternalNode(id)?.measured.width ?? narrowest };
    gesture.begin();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!held.current) return;
    const width = held.current.width + (event.clientX - held.current.x) / getZoom();
    const snapped = Math.round(Math.min(widest, Math.max(narrowest, width)) / 4) * 4;
    edit('Resize node', resizeNode(id, [snapped, 0]), gesture.id());
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
