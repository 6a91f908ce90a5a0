import type { Content, Document, DocumentNode } from '../../core/document';
import { graphOf } from '../../core/graph';
import { outputKind } from '../../core/port-kinds';
import { registry } from '../registry';

/** How a part differs, where two graphs are laid over each other. */
export type Difference = 'added' | 'removed' | 'changed';

interface Look {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly differs?: (part: 'node' | 'wire', id: string) => Difference | undefined;
}

/** Where a node has no width of its own. */
const usualWidth = 148;
const header = 28;
const row = 20;

/** The box of a node, as near as it can be told without drawing it. */
function boxOf({ at: [x, y], type, size, collapsed, params }: DocumentNode) {
  const definition = registry.get(type);
  const sockets = definition ? Math.max(Object.keys(definition.in).length, Object.keys(definition.out).length) : 2;
  const rows = collapsed ? 0 : sockets + (definition?.shows ? 6 : Object.keys(params).length);
  return { x, y, width: size?.[0] ?? usualWidth, height: header + row * Math.max(1, rows) };
}

const frameOf = ({ nodes, frames }: Pick<Content, 'nodes' | 'frames'>) => {
  const boxes = [
    ...nodes.map(boxOf),
    ...frames.map(({ at: [x, y], size: [width, height] }) => ({ x, y, width, height })),
  ];
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { left, top, width: right - left, height: bottom - top };
};

/** Draws a graph small: its frames, nodes and wires, in the colours of the page; with differences marked where there are some. */
export function paintGraph(canvas: HTMLCanvasElement, document: Document, { width, height, differs }: Look): void {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context || document.nodes.length + document.frames.length === 0) return;
  const style = getComputedStyle(canvas);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim() || '#888888';
  const tone = { added: color('ok'), removed: color('danger'), changed: color('warn') };
  const { left, top, ...room } = frameOf(document);
  const margin = 10;
  const scale = Math.min((width - 2 * margin) / room.width, (height - 2 * margin) / room.height, 1);
  context.setTransform(
    ratio * scale,
    0,
    0,
    ratio * scale,
    ratio * ((width - room.width * scale) / 2 - left * scale),
    ratio * ((height - room.height * scale) / 2 - top * scale),
  );
  const thin = 1 / scale;
  for (const { at, size, color: own } of document.frames) {
    context.strokeStyle = own ?? color('line-3');
    context.lineWidth = thin;
    context.strokeRect(at[0], at[1], size[0], size[1]);
  }
  const boxes = new Map(document.nodes.map((node) => [node.id, boxOf(node)]));
  const graph = graphOf(document);
  for (const { from, to, via = [] } of document.wires) {
    const [start, end] = [boxes.get(from[0]), boxes.get(to[0])];
    if (!start || !end) continue;
    const difference = differs?.('wire', [...from, ...to].join(' '));
    context.strokeStyle = difference ? tone[difference] : color(`kind-${outputKind(graph, registry, from) ?? 'mask'}`);
    context.lineWidth = (difference ? 3 : 1.5) * thin;
    context.globalAlpha = differs && !difference ? 0.35 : 0.85;
    context.setLineDash(difference === 'removed' ? [5 * thin, 4 * thin] : []);
    context.beginPath();
    context.moveTo(start.x + start.width, start.y + header);
    for (const [x, y] of via) context.lineTo(x, y);
    const [x, y] = [end.x, end.y + header];
    if (via.length) context.lineTo(x, y);
    else {
      const bend = Math.max(30, Math.abs(x - start.x - start.width) / 2);
      context.bezierCurveTo(start.x + start.width + bend, start.y + header, x - bend, y, x, y);
    }
    context.stroke();
  }
  context.setLineDash([]);
  for (const { id, color: own, muted } of document.nodes) {
    const box = boxes.get(id);
    if (!box) continue;
    const difference = differs?.('node', id);
    context.globalAlpha = muted || (differs && !difference) ? 0.5 : 1;
    context.fillStyle = color('node');
    context.strokeStyle = difference ? tone[difference] : (own ?? color('line-3'));
    context.lineWidth = (difference ? 3 : 1) * thin;
    context.setLineDash(difference === 'removed' ? [5 * thin, 4 * thin] : []);
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 8);
    context.fill();
    context.stroke();
    context.fillStyle = difference ? tone[difference] : color('text-4');
    context.fillRect(box.x + 10, box.y + 12, box.width * 0.5, 6);
  }
  context.globalAlpha = 1;
}
