import { leastCrossings } from './crossings';
import { evened } from './evened';

/** A box to be placed, in pixels. */
export interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Where it is now: what else is free follows it. */
  readonly y: number;
}

/** A wire between two boxes; `fromY` and `toY` say where it ends, below the top of each. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly fromY: number;
  readonly toY: number;
}

/** A box in its layer, or the place where a long wire passes a layer. */
export interface Cell {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  y: number;
}

/** A piece of a wire between neighbouring layers. */
export interface Piece {
  readonly from: Cell;
  readonly to: Cell;
  readonly fromY: number;
  readonly toY: number;
}

/** Between boxes of a layer, and between layers: more where more wires pass; pixels. */
const [below, beside, most] = [24, 36, 84];
/** What a wire needs that passes between boxes. */
const passing = 8;

/** Links without those that would close a loop, found by walking from where the wires begin. */
function withoutLoops(items: readonly Item[], links: readonly Link[]): Link[] {
  const out = new Map(items.map(({ id }) => [id, [] as Link[]]));
  for (const link of links) out.get(link.from)?.push(link);
  const entered = new Set(links.map(({ to }) => to));
  const state = new Map<string, 'open' | 'done'>();
  const kept: Link[] = [];
  for (const { id: root } of [...items.filter(({ id }) => !entered.has(id)), ...items]) {
    if (state.has(root)) continue;
    const path = [{ id: root, next: 0 }];
    state.set(root, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = out.get(top.id)?.[top.next++];
      if (!link) {
        state.set(top.id, 'done');
        path.pop();
        continue;
      }
      const seen = state.get(link.to);
      if (seen !== 'open') kept.push(link);
      if (seen) continue;
      state.set(link.to, 'open');
      path.push({ id: link.to, next: 0 });
    }
  }
  return kept;
}

/** The layer of each item: behind all that it takes from, and as near as that allows to where most of its wires go. */
function layersOf(items: readonly Item[], links: readonly Link[]): Map<string, number> {
  const into = new Map(items.map(({ id }) => [id, [] as string[]]));
  const outOf = new Map(items.map(({ id }) => [id, [] as string[]]));
  for (const { from, to } of links) {
    into.get(to)?.push(from);
    outOf.get(from)?.push(to);
  }
  const waits = new Map(items.map(({ id }) => [id, into.get(id)?.length ?? 0]));
  const order = items.filter(({ id }) => waits.get(id) === 0).map(({ id }) => id);
  const layer = new Map(items.map(({ id }) => [id, 0]));
  const at = (id: string) => layer.get(id) ?? 0;
  for (const id of order)
    for (const to of outOf.get(id) ?? []) {
      layer.set(to, Math.max(at(to), at(id) + 1));
      const left = (waits.get(to) ?? 0) - 1;
      waits.set(to, left);
      if (left === 0) order.push(to);
    }
  for (let round = 0; round < 4; round++)
    for (const id of round % 2 ? order : order.toReversed()) {
      const [before, after] = [into.get(id) ?? [], outOf.get(id) ?? []];
      if (after.length > before.length) layer.set(id, Math.min(...after.map(at)) - 1);
      else if (before.length > after.length) layer.set(id, Math.max(...before.map(at)) + 1);
    }
  const first = Math.min(...layer.values());
  for (const [id, value] of layer) layer.set(id, value - first);
  return layer;
}

/** Cells by layer, and the pieces of the wires between them. Wires from one output share their way. */
function cellsOf(items: readonly Item[], links: readonly Link[]): { layers: Cell[][]; pieces: Piece[] } {
  const layerOf = layersOf(items, links);
  const cells = new Map(items.map((item): [string, Cell] => [item.id, { ...item, layer: layerOf.get(item.id) ?? 0 }]));
  const layers = Array.from({ length: Math.max(...layerOf.values()) + 1 }, (): Cell[] => []);
  for (const cell of cells.values()) layers[cell.layer]?.push(cell);
  const passes = new Map<string, Cell>();
  const pieces: Piece[] = [];
  for (const { from, to, fromY, toY } of links) {
    const [source, target] = [cells.get(from), cells.get(to)];
    if (!source || !target) continue;
    let last: Pick<Piece, 'from' | 'fromY'> = { from: source, fromY };
    for (let layer = source.layer + 1; layer < target.layer; layer++) {
      const id = `${from} ${fromY} ${layer}`;
      let pass = passes.get(id);
      if (!pass) {
        pass = { id, width: 0, height: passing, layer, y: source.y + fromY };
        passes.set(id, pass);
        layers[layer]?.push(pass);
        pieces.push({ ...last, to: pass, toY: passing / 2 });
      }
      last = { from: pass, fromY: passing / 2 };
    }
    pieces.push({ ...last, to: target, toY });
  }
  return { layers, pieces };
}

/** Moves the cells of a layer to where their wires on one side, or on both, are as straight as the room allows. */
function straighten(layer: readonly Cell[], pieces: ReadonlyMap<Cell, readonly Piece[]>, sides: 'in' | 'out' | 'both') {
  const wishes = layer.map((cell) => {
    let [sum, weight] = [0, 0];
    for (const { from, to, fromY, toY } of pieces.get(cell) ?? []) {
      if ((sides === 'in' && from === cell) || (sides === 'out' && to === cell)) continue;
      // Where a long wire passes, it goes on straight.
      const pull = from.width === 0 && to.width === 0 ? 4 : 1;
      sum += pull * (from === cell ? to.y + toY - fromY : from.y + fromY - toY);
      weight += pull;
    }
    return weight ? { at: sum / weight, weight } : { at: cell.y, weight: 0.01 };
  });
  const places = evened(
    wishes,
    layer.map(({ height }) => height + below),
  );
  for (const [i, cell] of layer.entries()) cell.y = places[i] ?? cell.y;
}

/**
 * Places boxes in layers from left to right along their wires (Sugiyama, Tagawa and Toda 1981), with few crossings and straight
 * wires from socket to socket. No two boxes overlap. The first layer begins at x = 0.
 */
export function layered(items: readonly Item[], wires: readonly Link[]): Map<string, readonly [x: number, y: number]> {
  const links = withoutLoops(items, wires);
  const { layers, pieces } = cellsOf(items, links);
  const at = new Map<Cell, Piece[]>();
  for (const piece of pieces) for (const cell of [piece.from, piece.to]) at.set(cell, [...(at.get(cell) ?? []), piece]);
  leastCrossings(layers, pieces, at);
  for (const layer of layers) {
    let y = 0;
    for (const cell of layer) {
      cell.y = y;
      y += cell.height + below;
    }
  }
  for (let round = 0; round < 8; round++) {
    for (const layer of layers) straighten(layer, at, 'in');
    for (const layer of layers.toReversed()) straighten(layer, at, 'out');
  }
  for (let round = 0; round < 4; round++)
    for (const layer of round % 2 ? layers.toReversed() : layers) straighten(layer, at, 'both');

  const places = new Map<string, readonly [number, number]>();
  const known = new Set(items.map(({ id }) => id));
  let x = 0;
  for (const [i, layer] of layers.entries()) {
    for (const cell of layer) if (known.has(cell.id)) places.set(cell.id, [x, cell.y]);
    const leaving = pieces.filter(({ from }) => from.layer === i).length;
    x += Math.max(0, ...layer.map(({ width }) => width)) + Math.min(most, beside + 4 * leaving);
  }
  return places;
}
