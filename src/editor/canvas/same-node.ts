import type { NodeProps } from '@xyflow/react';
import type { CanvasNode } from '../state/canvas-store';

/** Whether a node looks the same: React Flow also tells it where it lies, with each step of a drag. */
export const sameNode = (before: NodeProps<CanvasNode>, now: NodeProps<CanvasNode>): boolean =>
  before.id === now.id && before.selected === now.selected;
