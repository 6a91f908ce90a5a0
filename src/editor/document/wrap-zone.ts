import { produce } from 'immer';
import type { AnyNode } from '../../core/define-node';
import type { Document, Wire, WireEnd } from '../../core/document';
import { graphOf, inputSpec, portSpec, type Registry } from '../../core/graph';
import { fits, type Kind } from '../../core/kinds';
import { outputKind } from '../../core/port-kinds';
import { zoneBodies } from '../../core/zones';
import { recipes as words } from '../text/recipes';
import { type Box, hull, openPlace } from './boxes';
import { addNodes, newNodes } from './nodes';
import { allOf, nodeOf, type Recipe } from './recipe';
import { connect, disconnect, wireId } from './wires';

/** Between what is wrapped and the ends of the zone, and about what an end takes; pixels of the graph. */
const gap = 48;
const endSize = { width: 96, height: 110 };

type Wrapping = { readonly recipe: Recipe; readonly ends: readonly string[] } | { readonly reason: string };

const definitionOf = (document: Document, registry: Registry, id: string) =>
  registry.get(nodeOf(document, id)?.type ?? '');

/** The output that most of some wires come from. */
function commonest(wires: readonly Wire[]): WireEnd | undefined {
  const counts = new Map<string, number>();
  for (const { from } of wires) counts.set(wireId(from), (counts.get(wireId(from)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return wires.find(({ from }) => counts.get(wireId(from)) === most)?.from;
}

/** Outputs of a kind among some nodes. */
const outputsOf = (document: Document, registry: Registry, kind: Kind, among: (id: string) => boolean): WireEnd[] =>
  document.nodes
    .filter(({ id }) => among(id))
    .flatMap(({ id, type }) =>
      Object.entries(registry.get(type)?.out ?? {}).flatMap(([port, spec]): WireEnd[] =>
        portSpec(spec as Kind).kind === kind ? [[id, port]] : [],
      ),
    );

/**
 * Puts some nodes into a zone that `start` opens: its two ends come to their left and right, what crosses goes through
 * them where the kinds are theirs, and inputs that only the zone can feed are fed by its start. A reason where no zone
 * would come of it.
 */
export function wrapInZone(
  document: Document,
  registry: Registry,
  start: AnyNode,
  ids: ReadonlySet<string>,
  boxes: ReadonlyMap<string, Box>,
): Wrapping {
  const end = registry.get(start.loopStart?.end ?? '');
  const around = hull([...boxes].flatMap(([id, box]) => (ids.has(id) ? [box] : [])));
  if (!end || !around) return { reason: words.zone.none };
  const middle = around.y + around.height / 2 - endSize.height / 2;
  const others = [...boxes.values()];
  const left = openPlace([around.x - gap - endSize.width, middle], endSize, others);
  const right = openPlace([around.x + around.width + gap, middle], endSize, [
    ...others,
    { x: left[0], y: left[1], ...endSize },
  ]);
  const made = newNodes(document, registry, start, left);
  const [first, last] = made;
  if (!first || !last) return { reason: words.zone.noEnd };
  const nodes = [first, { ...last, at: right }];
  const recipes: Recipe[] = [addNodes(nodes, registry)];

  const graph = graphOf(document);
  const kindFrom = (from: WireEnd) => outputKind(graph, registry, from);
  const entering = document.wires.filter(({ from, to }) => !ids.has(from[0]) && ids.has(to[0]));
  const leaving = document.wires.filter(({ from, to }) => ids.has(from[0]) && !ids.has(to[0]));
  const fed = new Set<string>();
  for (const [port, spec] of Object.entries(start.out)) {
    const { kind } = portSpec(spec as Kind);
    const input = Object.keys(start.in).find((name) => portSpec(start.in[name]).kind === kind);
    const source = commonest(entering.filter(({ from }) => kindFrom(from) === kind));
    if (input !== undefined && source) {
      recipes.push(connect(source, [first.id, input]));
      fed.add(input);
      for (const { from, to, via } of entering)
        if (wireId(from) === wireId(source)) recipes.push(connect([first.id, port], to, via));
    }
    // What is needed inside, is not wired, and comes from a start only.
    for (const id of ids) {
      const definition = definitionOf(document, registry, id);
      for (const name of Object.keys(definition?.in ?? {})) {
        const need = definition && inputSpec(definition, name);
        const wired = document.wires.some(({ to }) => wireId(to) === wireId([id, name]));
        const crosses = input === undefined || source === undefined;
        if (need && need.kind === kind && !need.optional && !wired && crosses)
          recipes.push(connect([first.id, port], [id, name]));
      }
    }
  }
  for (const name of Object.keys(start.in)) {
    const { kind, optional } = portSpec(start.in[name]);
    if (optional || fed.has(name)) continue;
    const crossing = commonest(entering.filter(({ from }) => kindFrom(from) === kind));
    const [only, another] = outputsOf(document, registry, kind, (id) => !ids.has(id));
    const source = crossing ?? (another ? undefined : only);
    if (source) recipes.push(connect(source, [first.id, name]));
  }
  for (const name of Object.keys(end.in)) {
    const { kind } = portSpec(end.in[name]);
    const output = Object.keys(end.out).find((port) => fits(portSpec(end.out[port]).kind, kind));
    const out = leaving.filter(({ from }) => kindFrom(from) === kind);
    const inner = new Set(document.wires.filter(({ to }) => ids.has(to[0])).map(({ from }) => wireId(from)));
    const loose = outputsOf(document, registry, kind, (id) => ids.has(id)).find((from) => !inner.has(wireId(from)));
    const source = commonest(out) ?? loose;
    if (!source) continue;
    recipes.push(
      disconnect(new Set(out.filter(({ from }) => wireId(from) === wireId(source)).map(({ to }) => wireId(to)))),
    );
    recipes.push(connect(source, [last.id, name]));
    if (output !== undefined)
      for (const { from, to, via } of out)
        if (wireId(from) === wireId(source)) recipes.push(connect([last.id, output], to, via));
  }
  const recipe = allOf(...recipes);
  const before = zoneBodies(graph, registry).problems.map(({ what }) => what);
  const broken = zoneBodies(graphOf(produce(document, recipe)), registry).problems.find(
    ({ what }) => !before.includes(what),
  );
  if (broken) return { reason: broken.cure ? `${broken.what} ${broken.cure}` : broken.what };
  return { recipe, ends: nodes.map(({ id }) => id) };
}
