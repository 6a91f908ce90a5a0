import { registry } from '../../../nodes/registry';
import type { Content, DocumentNode, Subgraph } from '../../core/document';
import { parametersOf } from '../../core/parameters';
import { subgraphType } from '../../core/subgraph';
import { isObject, type JsonObject } from './json';

/** What is placed: a node, a note or a group. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Between parts that had to make room, and between those that need not, in pixels. */
const [gap, least] = [24, 6];

/** More parts than this stay where they are: it is work for each pair. */
const most = 1500;

/** About how large Weft draws a node, in pixels: its head and foot, a row for each socket, field and picture. */
function sizeOf(node: DocumentNode, subgraphs: ReadonlyMap<string, Subgraph>): [number, number] {
  const [width, head, row, field] = [168, 52, 20, 26];
  if (node.collapsed) return [width, head];
  const subgraph = subgraphs.get(node.type);
  if (subgraph) {
    const inner = new Map(subgraph.nodes.map((one) => [one.id, one.type]));
    const params = subgraph.params.filter(({ of: [id, name] }) => !isAdvanced(inner.get(id) ?? '', name));
    const words = subgraph.outputs.some(({ kind }) => kind === 'conditioning') ? 76 : 0;
    return [width, head + row * (1 + subgraph.inputs.length + subgraph.outputs.length) + field * params.length + words];
  }
  const definition = registry.get(node.type);
  if (!definition) return [width, 130];
  const sockets = Object.keys(definition.in).length + Object.keys(definition.out).length;
  const params = parametersOf(definition).filter(({ advanced }) => !advanced);
  const picture = definition.shows !== undefined;
  return [picture ? 272 : width, head + row * sockets + field * params.length + (picture ? 264 : 0)];
}

const isAdvanced = (type: string, name: string): boolean => {
  const definition = registry.get(type);
  return definition !== undefined && parametersOf(definition).some((one) => one.name === name && one.advanced === true);
};

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + least &&
  b.x < a.x + a.width + least &&
  a.y < b.y + b.height + least &&
  b.y < a.y + a.height + least;

/** Moves boxes that overlap apart, down or to the right, from the top on: each stays below or beside what it was below or beside. */
function spreadBoxes(boxes: ReadonlyMap<string, Box>): Map<string, Box> {
  const placed = new Map<string, Box>();
  for (const [id, box] of [...boxes].sort(([, a], [, b]) => a.y - b.y || a.x - b.x)) {
    let now = box;
    for (let tries = 0; tries < 200; tries += 1) {
      const hit = [...placed.values()].find((other) => overlap(other, now));
      if (!hit) break;
      const [right, down] = [hit.x + hit.width + gap - now.x, hit.y + hit.height + gap - now.y];
      now = right < down && right < 2 * gap ? { ...now, x: now.x + right } : { ...now, y: now.y + down };
    }
    placed.set(id, now);
  }
  return placed;
}

const inside = (outer: Box, { x, y, width, height }: Box): boolean => {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return middleX > outer.x && middleX < outer.x + outer.width && middleY > outer.y && middleY < outer.y + outer.height;
};

const boxOf = ([x, y]: readonly number[], [width, height]: readonly number[]): Box => ({
  x: x ?? 0,
  y: y ?? 0,
  width: width ?? 0,
  height: height ?? 0,
});

const noted = (foreign: unknown, shown: JsonObject) => ({
  comfyui: { ...(isObject(foreign) && isObject(foreign.comfyui) ? foreign.comfyui : {}), shown },
});

/**
 * Parts of an imported graph, moved where Weft's nodes would overlap: they are of other sizes than ComfyUI's. Frames grow with
 * what is in them. What was moved keeps in its `foreign.comfyui.shown` where it was put, so that the way back knows.
 */
export function spread<T extends Pick<Content, 'nodes' | 'frames' | 'notes'>>(
  content: T,
  subgraphs: readonly Subgraph[],
): T {
  const { nodes, frames, notes = [] } = content;
  if (nodes.length + notes.length > most) return content;
  const known = new Map(subgraphs.map((subgraph) => [subgraphType(subgraph.id), subgraph]));
  const before = new Map<string, Box>([
    ...nodes.map((node) => [node.id, boxOf(node.at, sizeOf(node, known))] as const),
    ...notes.map((note) => [note.id, boxOf(note.at, note.size)] as const),
  ]);
  const after = spreadBoxes(before);
  const moved = <P extends { readonly id: string; readonly at: [number, number]; readonly foreign?: unknown }>(
    part: P,
  ): P => {
    const [box, was] = [after.get(part.id), before.get(part.id)];
    if (!box || !was || (box.x === was.x && box.y === was.y)) return part;
    const at: [number, number] = [Math.min(1e6, box.x), Math.min(1e6, box.y)];
    return { ...part, at, foreign: noted(part.foreign, { at }) };
  };
  const grown = frames.map((frame) => {
    const own = boxOf(frame.at, frame.size);
    const members = [...before].filter(([, box]) => inside(own, box)).map(([id]) => after.get(id) as Box);
    const right = Math.max(own.x + own.width, ...members.map(({ x, width }) => x + width + gap));
    const bottom = Math.max(own.y + own.height, ...members.map(({ y, height }) => y + height + gap));
    const size: [number, number] = [Math.min(1e6, right - own.x), Math.min(1e6, bottom - own.y)];
    return size[0] === frame.size[0] && size[1] === frame.size[1]
      ? frame
      : { ...frame, size, foreign: noted(frame.foreign, { at: frame.at, size }) };
  });
  return { ...content, nodes: nodes.map(moved), frames: grown, ...(content.notes && { notes: notes.map(moved) }) };
}
