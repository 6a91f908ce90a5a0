import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { retitleFrame } from '../document/frames';
import type { CanvasNode } from '../state/canvas-store';
import { useDocument } from '../state/use';
import { canvas } from '../text/canvas';
import css from './Parts.module.css';
import { ResizeHandle } from './ResizeHandle';
import { sameNode } from './same-node';
import { Title } from './Title';

/** A titled rectangle under everything; what lies in it moves with it. */
export const FrameNode = memo(function FrameNode({ id, selected }: NodeProps<CanvasNode>) {
  const frame = useDocument(({ document }) => document.frames.find((other) => other.id === id));
  if (!frame) return null;
  const tint = frame.color && {
    background: `color-mix(in srgb, ${frame.color} 9%, transparent)`,
    '--frame-line': `color-mix(in srgb, ${frame.color} 55%, transparent)`,
  };
  return (
    <div className={`${css.frame} ${selected ? css.selected : ''}`} style={tint || undefined}>
      <span id={`name-${id}`} hidden>
        {canvas.frameNamed(frame.title)}
      </span>
      <div className={`${css.title} frame-handle`}>
        <Title id={id} title={frame.title || canvas.frame} rename={retitleFrame} />
      </div>
      <ResizeHandle id={id} widths={[80, 8000]} heights={[60, 8000]} />
    </div>
  );
}, sameNode);
