import { type Document, limits, type Wire, type WireEnd } from '../../core/document';
import { whole } from './boxes';
import type { Point } from './nodes';
import type { Recipe } from './recipe';
import { wireId } from './wires';

/**
 * A point through which wires are led. It has no entry of its own in a document: wires keep the points through which they
 * are drawn, and wires of one output that begin with the same points share them.
 */
export interface Reroute {
  readonly id: string;
  readonly from: WireEnd;
  /** The points from the output to here; its own is the last. */
  readonly via: readonly Point[];
  /** The inputs of the wires that pass it. */
  readonly to: readonly WireEnd[];
}

const prefix = 'reroute:';

export const isReroute = (id: string): boolean => id.startsWith(prefix);

/** What wires have in common that share their `index`th point. */
const shareKey = ({ from, via }: Wire, index: number): string | undefined =>
  via?.[index] && JSON.stringify([from, via.slice(0, index + 1)]);

function listed(wires: readonly Wire[]): Map<string, Reroute> {
  const byKey = new Map<string, { readonly id: string; readonly to: WireEnd[] }>();
  const all = new Map<string, Reroute>();
  for (const wire of wires) {
    const { from, to, via } = wire;
    for (const index of via?.keys() ?? []) {
      const key = shareKey(wire, index) as string;
      const known = byKey.get(key);
      if (known) known.to.push(to);
      else {
        const made = { id: `${prefix}${to.join(':')}:${index}`, from, via: via?.slice(0, index + 1) ?? [], to: [to] };
        byKey.set(key, made);
        all.set(made.id, made);
      }
    }
  }
  return all;
}

const known = new WeakMap<Document['wires'], ReadonlyMap<string, Reroute>>();

/** The reroutes of a graph by id. An id stays the same while its point is moved. */
export function reroutesOf({ wires }: Document): ReadonlyMap<string, Reroute> {
  let reroutes = known.get(wires);
  if (!reroutes) {
    reroutes = listed(wires);
    known.set(wires, reroutes);
  }
  return reroutes;
}

/** Leads a wire through one more point, its `index`th from then on, and with it the wires that share what comes after. */
export const addReroute =
  (id: string, index: number, [x, y]: Point): Recipe =>
  (document) => {
    const wire = document.wires.find(({ to }) => wireId(to) === id);
    if (!wire) return;
    const key = shareKey(wire, index);
    const led = document.wires.filter((other) => other === wire || (key && shareKey(other, index) === key));
    for (const other of led) {
      const via = other.via ?? [];
      if (via.length < limits.reroutes) other.via = [...via.slice(0, index), whole(x, y), ...via.slice(index)];
    }
  };

/** Changes single points of wires; `undefined` takes one out. */
const change =
  (points: ReadonlyMap<string, Point | undefined>): Recipe =>
  (document) => {
    const byWire = new Map<string, Map<number, Point | undefined>>();
    for (const [id, { via, to }] of listed(document.wires))
      if (points.has(id))
        for (const end of to) {
          const own = byWire.get(wireId(end)) ?? new Map<number, Point | undefined>();
          byWire.set(wireId(end), own.set(via.length - 1, points.get(id)));
        }
    for (const wire of document.wires) {
      const own = byWire.get(wireId(wire.to));
      if (!own || !wire.via) continue;
      const via = wire.via.flatMap((old, index) => {
        const now = own.has(index) ? own.get(index) : old;
        return now ? [whole(now[0], now[1])] : [];
      });
      if (via.length) wire.via = via;
      else delete wire.via;
    }
  };

export const moveReroutes = (positions: ReadonlyMap<string, Point>): Recipe => change(positions);

export const removeReroutes = (ids: Iterable<string>): Recipe =>
  change(new Map([...ids].map((id) => [id, undefined] as const)));

/** Feeds what leaves a reroute from another output. */
export const feedReroute =
  ({ via, to }: Reroute, from: WireEnd, before: readonly Point[]): Recipe =>
  (document) => {
    const fed = new Set(to.map(wireId));
    for (const wire of document.wires) {
      if (!fed.has(wireId(wire.to))) continue;
      wire.from = [...from];
      const led = [...before, ...(wire.via ?? []).slice(via.length - 1)].slice(0, limits.reroutes);
      wire.via = led.map(([x, y]) => [x, y]);
    }
  };
