import type { WireEnd } from '../../core/document';
import type { Registry } from '../../core/graph';
import type { Point } from './nodes';
import { nodeOf, type Recipe } from './recipe';

/** An input has one wire, so the input names it. */
export const wireId = (to: WireEnd): string => to.join(' ');

/** Makes a wire, in place of the one that was at the input; `via` are the points through which it is drawn. */
export const connect =
  (from: WireEnd, to: WireEnd, via: readonly Point[] = []): Recipe =>
  (document) => {
    document.wires = document.wires.filter((wire) => wireId(wire.to) !== wireId(to));
    const points = via.map(([x, y]): [number, number] => [x, y]);
    document.wires.push({ from: [...from], to: [...to], ...(points.length > 0 && { via: points }) });
  };

/** The same, where the input may be a parameter that is no socket yet: it becomes one. */
export const plug =
  (registry: Registry, from: WireEnd, to: WireEnd, via?: readonly Point[]): Recipe =>
  (document) => {
    const node = nodeOf(document, to[0]);
    const definition = registry.get(node?.type ?? '');
    if (node && definition && !Object.hasOwn(definition.in, to[1]) && !node.exposed?.includes(to[1]))
      node.exposed = [...(node.exposed ?? []), to[1]];
    connect(from, to, via)(document);
  };

export const disconnect =
  (ids: ReadonlySet<string>): Recipe =>
  (document) => {
    document.wires = document.wires.filter(({ to }) => !ids.has(wireId(to)));
  };
