import type { Wire, WireEnd } from '../../core/document';
import type { Graph, Registry } from '../../core/graph';
import { valueChanges } from '../document/value-changes';
import { wireId } from '../document/wires';
import { spoken } from '../text/spoken';
import { portWords } from '../words';

/** What a node is called. */
export function titleIn(graph: Graph, registry: Registry, id: string): string {
  const node = graph.nodes.get(id);
  return node?.title ?? registry.get(node?.type ?? '')?.title ?? node?.type ?? id;
}

/** "CFG combine, prediction". */
export const endWords = (graph: Graph, registry: Registry, [id, port]: WireEnd): string =>
  `${titleIn(graph, registry, id)}, ${portWords(port)}`;

/** More things than these are counted and not named. */
const named = 3;

const list = (names: readonly string[], count: (count: number) => string): string =>
  names.length <= named ? names.join('; ') : count(names.length);

/** What became of the graph between two of its states, in sentences; empty where neither nodes nor wires came or went. */
export function changeWords(before: Graph, after: Graph, registry: Registry): string[] {
  if (valueChanges(before.document, after.document)) return [];
  const key = ({ from, to }: Wire) => `${from.join(' ')} ${wireId(to)}`;
  const had = new Map(before.document.wires.map((wire) => [key(wire), wire]));
  const has = new Map(after.document.wires.map((wire) => [key(wire), wire]));
  const words = (graph: Graph, { from, to }: Wire) =>
    spoken.wire(endWords(graph, registry, from), endWords(graph, registry, to));
  const added = [...after.nodes.keys()].filter((id) => !before.nodes.has(id));
  const removed = [...before.nodes.keys()].filter((id) => !after.nodes.has(id));
  const made = [...has].flatMap(([id, wire]) => (had.has(id) ? [] : [words(after, wire)]));
  // Wires that went with their nodes need no words.
  const cut = [...had].flatMap(([id, wire]) =>
    has.has(id) || !after.nodes.has(wire.from[0]) || !after.nodes.has(wire.to[0]) ? [] : [words(before, wire)],
  );
  const sentence = (say: (names: string) => string, names: readonly string[], count: (count: number) => string) =>
    names.length > 0 ? [say(list(names, count))] : [];
  const titles = (graph: Graph, ids: readonly string[]) => ids.map((id) => titleIn(graph, registry, id));
  return [
    ...sentence(spoken.added, titles(after, added), spoken.nodes),
    ...sentence(spoken.deleted, titles(before, removed), spoken.nodes),
    ...sentence(spoken.unwired, cut, spoken.wires),
    ...sentence(spoken.wired, made, spoken.wires),
  ];
}
