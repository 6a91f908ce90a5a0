import type { Document, DocumentNode, Zone } from '../core/document';
import { type Graph, outputSpec, type Registry, upstream } from '../core/graph';
import { topologicalOrder } from '../core/order';
import type { Problem } from '../core/problem';
import { type ZoneBody, zoneBodies } from '../core/zones';
import { activeGraph, isInactive } from './active';
import { type Expanded, expandSubgraphs, isWithin } from './expand';
import { type PlannedInput, type PlannedNode, planNode } from './plan-node';

export type { PlannedInput, PlannedNode };

export interface PlannedZone {
  readonly zone: Zone;
  readonly start: PlannedNode;
  readonly end: PlannedNode;
  /** What runs at each evaluation, in order. A batch of several nodes runs as one. */
  readonly body: readonly (PlannedZone | readonly PlannedNode[])[];
  /** All nodes of the zone, start and end too. */
  readonly members: ReadonlySet<string>;
}

export type Unit = PlannedNode | PlannedZone;

export interface Plan {
  readonly units: readonly Unit[];
  /** Nodes that were asked for: units that hold one are run, with all that they need. */
  readonly targets: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

export const isZone = (unit: Unit | readonly PlannedNode[]): unit is PlannedZone => 'zone' in unit;

/** Nodes of a unit, in no particular order. */
export function nodesOf(unit: Unit): PlannedNode[] {
  if (!isZone(unit)) return [unit];
  return [unit.start, ...unit.body.flatMap((part) => (isZone(part) ? nodesOf(part) : part)), unit.end];
}

/** The wires that enter a unit from outside of it. */
export function inputsOf(unit: Unit): PlannedInput[] {
  if (!isZone(unit)) return [...unit.inputs];
  return nodesOf(unit).flatMap((node) => node.inputs.filter((input) => !unit.members.has(input.from[0])));
}

/**
 * Turns a document into units in the order in which they run: single nodes, and zones with their insides. `targets` are
 * node ids; by default all nodes that show or save something, or else the last ones of the graph. A node that cannot run
 * has a problem and no place in the plan; what does not depend on it still has. Muted and bypassed nodes have no place either.
 * Subgraphs are written out first: their nodes are called `instance/node`, and an instance as a target stands for all of them.
 */
export function plan(written: Document, base: Registry, targets?: readonly string[]): Plan {
  const expanded = expandSubgraphs(written, base);
  const { document, registry } = expanded;
  const { graph, left } = activeGraph(document, registry);
  const { bodies, problems } = zoneBodies(graph, registry);
  const asked = targets ? writtenOut(graph, targets) : defaultTargets(graph, registry);
  const wanted = neededFor(graph, bodies, asked);

  const faulty = new Map<string, Problem>();
  for (const problem of problems) if (problem.node !== undefined) faulty.set(problem.node, problem);
  for (const problem of expanded.problems)
    for (const id of wanted) if (isWithin(id, problem.node)) faulty.set(id, problem);
  const planned = new Map<string, PlannedNode>();
  for (const node of document.nodes) {
    if (!wanted.has(node.id) || faulty.has(node.id)) continue;
    if (isInactive(node)) {
      if (targets && asked.includes(node.id)) faulty.set(node.id, inactiveProblem(node, registry));
      continue;
    }
    const [lost] = left.get(node.id) ?? [];
    const result = lost ? { problems: [lost] } : planNode(graph, node, expanded);
    if (!('problems' in result)) planned.set(node.id, result);
    else for (const problem of result.problems.slice(0, 1)) faulty.set(node.id, problem);
  }
  const dependencies = (id: string) => graph.into.get(id)?.map((wire) => wire.from[0]) ?? [];
  for (const [id, problem] of misplaced(graph, bodies, expanded, wanted)) if (!faulty.has(id)) faulty.set(id, problem);

  const runnable = new Map(planned);
  for (const id of faulty.keys()) runnable.delete(id);
  const zones = bodies.filter(({ zone, inside }) => {
    const members = [zone.start, zone.end, ...[...inside].filter((id) => wanted.has(id))];
    const whole = members.every((id) => runnable.has(id));
    // A zone with a faulty node inside cannot run; its members wait for the repair.
    if (!whole) for (const id of members) runnable.delete(id);
    return whole;
  });
  const units = arrange(runnable, runnable, zones, dependencies);
  return {
    units: units.map((part) => (isZone(part) ? part : (part[0] as PlannedNode))),
    targets: new Set(asked),
    problems: distinct(
      [...problems.filter((p) => p.node === undefined || wanted.has(p.node)), ...faulty.values()].map((problem) =>
        outward(problem, expanded),
      ),
    ),
  };
}

/** Each problem once: several nodes inside of a subgraph may miss the one input of its instance. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** The nodes that targets stand for: an instance of a subgraph for all nodes inside of it. */
export const writtenOut = (graph: Graph, targets: readonly string[]): string[] =>
  targets.flatMap((id) =>
    graph.nodes.has(id) ? [id] : [...graph.nodes.keys()].filter((inner) => isWithin(inner, id)),
  );

/** All nodes that take part when these are wanted. A node inside a zone is reached by running the whole zone. */
export function neededFor(graph: Graph, bodies: readonly ZoneBody[], asked: Iterable<string>): Set<string> {
  const wanted = upstream(graph, asked);
  for (const { zone, inside } of bodies.toReversed())
    if (wanted.has(zone.start) || [...inside].some((id) => wanted.has(id)))
      for (const id of upstream(graph, [zone.end])) wanted.add(id);
  return wanted;
}

/** Nodes that stand where they cannot run: in a loop of wires, or making a list inside a zone. */
export function misplaced(
  graph: Graph,
  bodies: readonly ZoneBody[],
  { registry, titleOf }: Expanded,
  among: ReadonlySet<string>,
): Map<string, Problem> {
  const found = new Map<string, Problem>();
  const dependencies = (id: string) => graph.into.get(id)?.map((wire) => wire.from[0]) ?? [];
  for (const id of topologicalOrder(among, dependencies).cyclic)
    found.set(id, {
      node: id,
      what: `${titleOf(id)} is part of a loop of wires or depends on one.`,
      cure: 'Remove a wire of the loop; loops go through a denoise zone.',
    });
  for (const { inside } of bodies)
    for (const id of inside) {
      const definition = among.has(id) ? registry.get(graph.nodes.get(id)?.type ?? '') : undefined;
      if (definition && Object.keys(definition.out).some((port) => outputSpec(definition, port)?.lists))
        found.set(id, {
          node: id,
          what: `${titleOf(id)} makes a list inside a denoise zone.`,
          cure: 'Feed it from outside of the zone only; the whole zone then runs once per item.',
        });
    }
  return found;
}

/** A problem at an input or parameter inside of a subgraph, where the instance has it: there it can be mended. */
export function outward(problem: Problem, { faces }: Expanded): Problem {
  const face = faces.get(`${problem.node} ${problem.port}`);
  return face ? { ...problem, node: face[0], port: face[1] } : problem;
}

/** For a node that was asked for by itself. */
function inactiveProblem(node: DocumentNode, registry: Registry): Problem {
  const title = node.title ?? registry.get(node.type)?.title ?? node.id;
  const [state, cure] = node.muted ? ['muted', `Unmute ${title}`] : ['bypassed', `Take the bypass off ${title}`];
  return { node: node.id, what: `${title} is ${state}, so it does not run.`, cure: `${cure} to run it.` };
}

/** What a run is for where nobody says: nodes that show or save something, or else the last ones of the graph. */
export function defaultTargets(graph: Graph, registry: Registry): string[] {
  const active = graph.document.nodes.filter((node) => !isInactive(node));
  const results = active.filter(({ type }) => {
    const definition = registry.get(type);
    return definition?.effect || definition?.shows;
  });
  const chosen = results.length ? results : active.filter((n) => !graph.outOf.get(n.id)?.length);
  return chosen.map((node) => node.id);
}

/** Groups zones into units and orders everything; zones come inner ones first. */
function arrange(
  ids: ReadonlySet<string> | ReadonlyMap<string, unknown>,
  nodes: ReadonlyMap<string, PlannedNode>,
  zones: readonly { readonly zone: Zone; readonly inside: ReadonlySet<string> }[],
  dependencies: (id: string) => readonly string[],
  within?: Zone,
): (PlannedZone | PlannedNode[])[] {
  const holder = new Map<string, string>();
  const units = new Map<string, PlannedZone>();
  for (const { zone, inside } of zones.toReversed()) {
    const members = new Set([zone.start, zone.end, ...[...inside].filter((id) => nodes.has(id))]);
    if (!ids.has(zone.start) || holder.has(zone.start)) continue;
    for (const id of members) holder.set(id, zone.id);
    const inner = new Set([...members].filter((id) => id !== zone.start && id !== zone.end));
    const body = arrange(
      inner,
      nodes,
      zones.filter((other) => other.zone !== zone),
      dependencies,
      zone,
    );
    units.set(zone.id, {
      zone,
      members,
      body,
      start: nodes.get(zone.start) as PlannedNode,
      end: nodes.get(zone.end) as PlannedNode,
    });
  }
  const unitOf = (id: string) => (holder.size > 0 ? (holder.get(id) ?? id) : id);
  /** Units, in this arrangement, that a unit takes something from. */
  const feeding = (unit: string): string[] => {
    const into: string[] = [];
    for (const id of units.get(unit)?.members ?? [unit])
      for (const source of dependencies(id)) if (ids.has(source) && unitOf(source) !== unit) into.push(unitOf(source));
    return into;
  };
  const { order } = topologicalOrder([...ids.keys()].map(unitOf), feeding);
  const parts = order.map((id) => units.get(id) ?? [nodes.get(id) as PlannedNode]);
  return within ? batched(parts, feeding) : parts;
}

/**
 * Joins nodes of a zone's body that may run together: of one type, with equal parameters and the same wires into the
 * inputs that must agree, none of them needing another. Whatever else is ready runs first, so that batches grow.
 */
function batched(
  parts: readonly (PlannedZone | PlannedNode[])[],
  feeding: (unit: string) => readonly string[],
): (PlannedZone | PlannedNode[])[] {
  const idOf = (part: PlannedZone | PlannedNode[]) => (isZone(part) ? part.zone.id : (part[0] as PlannedNode).id);
  const byId = new Map(parts.map((part) => [idOf(part), part]));
  const waiting = new Map<string, number>();
  const readers = new Map<string, string[]>();
  for (const id of byId.keys()) {
    const needs = new Set(feeding(id).filter((source) => byId.has(source)));
    waiting.set(id, needs.size);
    for (const source of needs) {
      const list = readers.get(source);
      if (list) list.push(id);
      else readers.set(source, [id]);
    }
  }
  const singles: (PlannedZone | PlannedNode[])[] = [];
  const batches = new Map<string, PlannedNode[]>();
  const makeReady = (part: PlannedZone | PlannedNode[]) => {
    const key = isZone(part) ? undefined : batchKey(part[0] as PlannedNode);
    if (key === undefined || isZone(part)) singles.push(part);
    else if (!batches.get(key)?.push(...part)) batches.set(key, [...part]);
  };
  for (const [id, count] of waiting) if (count === 0) makeReady(byId.get(id) as PlannedNode[]);
  const result: (PlannedZone | PlannedNode[])[] = [];
  const put = (part: PlannedZone | PlannedNode[], ids: readonly string[]) => {
    result.push(part);
    for (const id of ids)
      for (const reader of readers.get(id) ?? []) {
        const left = (waiting.get(reader) as number) - 1;
        waiting.set(reader, left);
        if (left === 0) makeReady(byId.get(reader) as PlannedNode[]);
      }
  };
  let next = 0;
  while (result.length < parts.length) {
    const single = singles[next];
    if (single) {
      next++;
      put(single, [idOf(single)]);
      continue;
    }
    const [first] = batches;
    if (!first) break;
    const [key, nodes] = first;
    batches.delete(key);
    put(
      nodes,
      nodes.map(({ id }) => id),
    );
  }
  return result;
}

/** Nodes with the same key may run together; undefined for one that runs by itself. */
function batchKey(node: PlannedNode): string | undefined {
  const same = node.definition.together?.same as readonly string[] | undefined;
  if (!same) return undefined;
  const sources = same.map((port) => node.inputs.find((input) => input.port === port)?.from);
  return JSON.stringify([node.definition.type, node.params, sources]);
}
