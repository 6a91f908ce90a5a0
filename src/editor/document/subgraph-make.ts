import type { Content, Document, DocumentNode, Subgraph, SubgraphPort, Wire, WireEnd } from '../../core/document';
import { downstream, graphOf, inputSpec, type Registry } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { parametersOf } from '../../core/parameters';
import { outputKind } from '../../core/port-kinds';
import { inputsType, isBorder, outputsType, registryOf, subgraphType } from '../../core/subgraph';
import { zoneBodies } from '../../core/zones';
import { recipes as words } from '../text/recipes';
import { hull, whole } from './boxes';
import { freeId, takenIds } from './ids';
import { partsOf } from './parts';
import type { Recipe, Shown } from './recipe';

export type Made = { readonly recipe: Recipe; readonly id: string } | { readonly refusal: string };

/** How far the border lies from what is inside, and where, in pixels. */
const [margin, borderWidth] = [64, 120];

/** What a person changes from one picture to the next; it stays within reach. */
const atHand = new Set(['lines', 'seed']);

/** The middle of where parts lie, by their corners alone: it is the same whatever the parts are drawn like. */
export function middleOf(parts: readonly { readonly at: readonly [number, number] }[]): [number, number] {
  const box = hull(parts.map(({ at: [x, y] }) => ({ x, y, width: 0, height: 0 })));
  return box ? whole(box.x + box.width / 2, box.y + box.height / 2) : [0, 0];
}

const key = (end: WireEnd) => end.join(' ');

/** Wires in groups that come from one socket. */
function bySource(wires: readonly Wire[]): [Wire, ...Wire[]][] {
  const groups = new Map<string, [Wire, ...Wire[]]>();
  for (const wire of wires) {
    const group = groups.get(key(wire.from));
    if (group) group.push(wire);
    else groups.set(key(wire.from), [wire]);
  }
  return [...groups.values()];
}

const kept = ({ nodes, wires, zones, frames, notes = [] }: Content, stays: (id: string) => boolean): Content => ({
  nodes: nodes.filter(({ id }) => stays(id)),
  wires: wires.filter(({ from, to }) => stays(from[0]) && stays(to[0])),
  zones: zones.filter(({ start }) => stays(start)),
  frames: frames.filter(({ id }) => stays(id)),
  notes: notes.filter(({ id }) => stays(id)),
});

/**
 * Makes a subgraph of parts and puts an instance of it in their place: each thing that comes in from one socket is an input, and
 * each socket that something goes out of is an output. Or says why that cannot be.
 */
export function makeSubgraph(document: Shown, registry: Registry, ids: Iterable<string>): Made {
  const chosen = new Set(ids);
  for (const { id, type } of document.nodes) if (isBorder(type)) chosen.delete(id);
  const inside = kept(document, (id) => chosen.has(id));
  if (inside.nodes.length === 0) return { refusal: words.make.none };
  const half = document.zones.find(({ start, end }) => chosen.has(start) !== chosen.has(end));
  if (half) {
    const [has, lacks] = chosen.has(half.start) ? ['start', 'end'] : ['end', 'start'];
    return {
      refusal: words.make.halfZone(has, lacks),
    };
  }
  const type = (id: string) => registry.get(document.nodes.find((node) => node.id === id)?.type ?? '');
  const graph = graphOf(document);
  const inputAt = ([id, port]: WireEnd) => {
    const definition = type(id);
    return definition && inputSpec(definition, port);
  };

  const entering = document.wires.filter(({ from, to }) => !chosen.has(from[0]) && chosen.has(to[0]));
  const leaving = document.wires.filter(({ from, to }) => chosen.has(from[0]) && !chosen.has(to[0]));
  const unknown = [...entering.map(({ to }) => to), ...leaving.map(({ from }) => from)].find(([id]) => !type(id));
  if (unknown) return { refusal: words.make.unknown(unknown[0]) };

  const names = new Set<string>();
  const nameFor = (wanted: string) => {
    const name = freeId(names, wanted);
    names.add(name);
    return name;
  };
  const inputs = bySource(entering).map((wires) => {
    const [first] = wires;
    const ports = new Set(wires.map(({ to }) => to[1]));
    const specs = wires.map(({ to }) => inputAt(to));
    const [spec] = specs;
    // A whole number may feed numbers; where all that it feeds are numbers, any number may come in.
    const alike = spec && specs.every((other) => other?.kind === spec.kind && !other.also);
    const kind = alike ? spec.kind : outputKind(graph, registry, first.from);
    return { name: nameFor(ports.size === 1 ? first.to[1] : first.from[1]), kind: kind as Kind, wires };
  });
  const vague =
    inputs.find(({ kind }) => !kind)?.wires[0]?.from ??
    leaving.find(({ from }) => !outputKind(graph, registry, from))?.from;
  if (vague) return { refusal: words.make.vague(vague[0], vague[1]) };
  const outNames = new Set<string>();
  const outputs = bySource(leaving).map((wires) => {
    const [{ from }] = wires;
    const name = freeId(outNames, from[1]);
    outNames.add(name);
    return { name, kind: outputKind(graph, registry, from) as Kind, from, wires };
  });

  const wiredInside = new Set(document.wires.map(({ to }) => key(to)));
  // What is shown further out already stays shown there, through the new instance.
  const shownBefore = new Set(document.params?.map(({ of }) => key(of)));
  const params = inside.nodes.flatMap((node) => {
    const definition = registry.get(node.type);
    return (definition ? parametersOf(definition) : [])
      .filter(
        ({ name, widget }) =>
          shownBefore.has(`${node.id} ${name}`) ||
          (widget && atHand.has(widget) && !wiredInside.has(`${node.id} ${name}`)),
      )
      .map(({ name }) => ({ name: nameFor(name), of: [node.id, name] as [string, string] }));
  });

  // What becomes of a seed before a run is said where it is set: at the instance.
  const rolls = Object.fromEntries(
    params.flatMap(({ name, of: [node, parameter] }) => {
      const roll = inside.nodes.find(({ id: inner }) => inner === node)?.rolls?.[parameter];
      return roll ? [[name, roll]] : [];
    }),
  );
  const fixed = new Set(params.map(({ of }) => key(of)));
  const subgraphId = freeId(
    new Set([...(document.subgraphs ?? []).map(({ id }) => id), 'inputs', 'outputs']),
    'subgraph',
  );
  const id = freeId(takenIds(document), 'subgraph');
  const innerTaken = takenIds({ ...document, ...inside });
  const border = [inputsType, outputsType].map((border) => freeId(innerTaken, border));
  const [from = '', to = ''] = border;
  const parts = partsOf({ ...document, ...inside });
  const box = hull(
    parts.map(({ at: [x, y], size }) => ({ x, y, width: size?.[0] ?? borderWidth, height: size?.[1] ?? 0 })),
  );
  const middle = middleOf(parts);
  const [left, right] = [(box?.x ?? 0) - margin - borderWidth, (box?.x ?? 0) + (box?.width ?? 0) + margin];
  const base = { version: 1, params: {} };
  const bare = ({ name, kind }: SubgraphPort): SubgraphPort => ({ name, kind });
  const subgraph: Subgraph = {
    id: subgraphId,
    title: words.make.title,
    inputs: inputs.map(bare),
    outputs: outputs.map(bare),
    params,
    ...inside,
    nodes: [
      { ...base, id: from, type: inputsType, at: whole(left, middle[1]) },
      ...inside.nodes.map((node) => withoutRolls(node, fixed)),
      { ...base, id: to, type: outputsType, at: whole(right, middle[1]) },
    ],
    wires: [
      ...inputs.flatMap(({ name, wires }) => wires.map((wire): Wire => ({ ...wire, from: [from, name] }))),
      ...inside.wires,
      ...outputs.map(({ name, from: source }): Wire => ({ from: source, to: [to, name] })),
    ],
  };
  if (!inside.notes?.length) delete subgraph.notes;

  const outside = kept(document, (part) => !chosen.has(part));
  const around: Wire[] = [
    ...inputs.flatMap(({ name, wires }) =>
      wires.slice(0, 1).map(({ from: source }): Wire => ({ from: source, to: [id, name] })),
    ),
    ...outputs.flatMap(({ name, wires }) => wires.map((wire): Wire => ({ ...wire, from: [id, name] }))),
  ];
  const instance = {
    ...base,
    id,
    type: subgraphType(subgraphId),
    at: middle,
    ...(Object.keys(rolls).length > 0 && { rolls }),
  };
  const next: Document = {
    ...document,
    ...outside,
    nodes: [...outside.nodes, instance],
    wires: [...outside.wires, ...around],
    subgraphs: [...(document.subgraphs ?? []), subgraph],
  };
  const refusal = whyNot(document, next, id, registry);
  if (refusal) return { refusal };
  return {
    id,
    recipe: (draft) => {
      draft.nodes = next.nodes;
      draft.wires = next.wires;
      draft.zones = next.zones;
      draft.frames = next.frames;
      if (next.notes?.length) draft.notes = next.notes;
      else delete draft.notes;
      draft.subgraphs = next.subgraphs;
      if (!document.params) return;
      const nameOf = new Map(params.map(({ name, of }) => [key(of), name]));
      draft.params = document.params.map((parameter) => {
        const name = nameOf.get(key(parameter.of));
        return name === undefined ? parameter : { ...parameter, of: [id, name] };
      });
    },
  };
}

function withoutRolls(node: DocumentNode, fixed: ReadonlySet<string>): DocumentNode {
  const { rolls, ...rest } = node;
  const left = Object.entries(rolls ?? {}).filter(([name]) => !fixed.has(`${node.id} ${name}`));
  return left.length ? { ...rest, rolls: Object.fromEntries(left) } : rest;
}

/** Why one node cannot stand for the selection. */
function whyNot(before: Document, after: Document, id: string, base: Registry): string | undefined {
  const graph = graphOf(after);
  const behind = downstream(graph, [id]);
  if (behind.has(id)) {
    const between = graph.into.get(id)?.find(({ from }) => behind.has(from[0]))?.from[0] ?? '';
    const node = graph.nodes.get(between);
    const title = node?.title ?? base.get(node?.type ?? '')?.title ?? between;
    return words.make.feedsItself(title);
  }
  const known = new Set(zoneBodies(graphOf(before), base).problems.map(({ what }) => what));
  const broken = zoneBodies(graph, registryOf(after, base)).problems.find(({ what }) => !known.has(what));
  return broken && words.make.cutsZone(broken.what);
}
