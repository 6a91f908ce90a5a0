import type { Document, DocumentNode } from '../../core/document';
import type { Graph, Registry } from '../../core/graph';
import { asModelReference, modelName } from '../../core/model-reference';
import { parametersOf } from '../../core/parameters';
import { outputKind } from '../../core/port-kinds';
import type { Problem } from '../../core/problem';
import { zoneBodies } from '../../core/zones';
import { activeGraph, isInactive } from '../active';
import { type Expanded, expandSubgraphs, isWithin } from '../expand';
import { defaultTargets, misplaced, neededFor, outward, writtenOut } from '../plan';
import { type PlannedNode, planNode } from '../plan-node';
import { emptyPrompts } from './empty-prompts';
import { type Found, foresee } from './foresee';

export type { Found };

/** What stands in the way of a run, and what can be run in spite of it. */
export interface Findings {
  /** Everything that was found, in the order of the graph's nodes; hints are what no run needs or minds. */
  readonly found: readonly Found[];
  /** The targets of the run, and those of them that depend on nothing that is broken. */
  readonly targets: readonly string[];
  readonly runnable: readonly string[];
}

export interface Circumstances {
  /** What is to be run; by default everything that shows or saves something. */
  readonly targets?: readonly string[] | undefined;
  /** Hashes of the models that are at hand, where that is known. */
  readonly models?: ReadonlySet<string> | undefined;
  /** What the engine found that nobody else can, such as what does not fit into the device's memory. */
  readonly told?: readonly Found[] | undefined;
}

/**
 * Everything that a run of this graph would stumble over, found without running it: missing and wrong wires, parameters,
 * models that are not here, sizes that do not go together, and muted nodes that others need.
 */
export function findProblems(written: Document, base: Registry, circumstances: Circumstances = {}): Findings {
  const expanded = expandSubgraphs(written, base);
  const { document, registry } = expanded;
  const { graph, left } = activeGraph(document, registry);
  const { bodies, problems: ofZones } = zoneBodies(graph, registry);
  const targets = circumstances.targets ? writtenOut(graph, circumstances.targets) : defaultTargets(graph, registry);
  const needed = neededFor(graph, bodies, targets);
  const isNeeded = (id: string) =>
    needed.has(id) || (document !== written && [...needed].some((inner) => isWithin(inner, id)));
  const planned = new Map<string, PlannedNode>();
  const byNode = new Map<string, Found[]>();
  const add = (problem: Problem, hint = false) => {
    const { node } = problem;
    if (node === undefined) return;
    const list = byNode.get(node);
    const found = { ...problem, node, hint: hint || !isNeeded(node) };
    if (list) list.push(found);
    else byNode.set(node, [found]);
  };
  for (const problem of [...ofZones, ...expanded.problems]) add(problem);
  for (const node of document.nodes) {
    if (isInactive(node)) continue;
    const lost = left.get(node.id) ?? [];
    const without = new Set(lost.map(({ port }) => port));
    const checked = check(graph, node, expanded);
    for (const problem of lost) add(problem);
    if ('problems' in checked)
      for (const problem of checked.problems) {
        // A wire that a muted node took away was told of.
        if (!without.has(problem.port)) add(problem);
      }
    else planned.set(node.id, checked);
    for (const problem of missingModels(node, registry, graph, circumstances.models)) add(problem);
  }
  for (const problem of misplaced(graph, bodies, expanded, new Set(graph.nodes.keys())).values()) add(problem);
  for (const problem of foresee(graph, registry, planned)) add(problem, problem.hint);
  for (const problem of emptyPrompts(graph, registry)) add(problem, true);
  for (const problem of circumstances.told ?? []) if (graph.nodes.has(problem.node)) add(problem, problem.hint);

  const broken = [...byNode].flatMap(([id, list]) => (list.some(({ hint }) => !hint) ? [id] : []));
  const faulty = (id: string) => broken.some((other) => other === id || isWithin(id, other));
  const runnable =
    broken.length === 0 ? targets : targets.filter((target) => ![...neededFor(graph, bodies, [target])].some(faulty));
  const order = [...written.nodes, ...document.nodes].map(({ id }) => id);
  return {
    found: [...new Set(order)].flatMap((id) => (byNode.get(id) ?? []).map((problem) => atFace(problem, expanded))),
    targets,
    runnable,
  };
}

/** A problem inside of a subgraph is told at its instance where that can mend it; a change in there is nobody's to make. */
function atFace(problem: Found, expanded: Expanded): Found {
  if (!problem.node.includes('/')) return problem;
  const { fix: _, ...told } = { ...problem, ...outward(problem, expanded) };
  return told;
}

type Checked = ReturnType<typeof planNode>;

/** What was found at nodes, so that an edit costs the nodes that it changed. */
const known = new WeakMap<
  DocumentNode,
  { readonly of: string; readonly registry: Registry; readonly checked: Checked }
>();

/** As `planNode`, which depends on a node, its wires and the kinds of what they bring. */
function check(graph: Graph, node: DocumentNode, expanded: Expanded): Checked {
  const { registry } = expanded;
  let of = '';
  for (const { from, to } of graph.into.get(node.id) ?? [])
    of += `${to[1]} ${from[0]} ${from[1]} ${graph.nodes.get(from[0])?.type} ${outputKind(graph, registry, from)}\n`;
  const before = known.get(node);
  if (before?.of === of && before.registry === registry) return before.checked;
  const checked = planNode(graph, node, expanded);
  known.set(node, { of, registry, checked });
  return checked;
}

/** Models that a node names by their hash and that are not at hand. */
function missingModels(
  node: DocumentNode,
  registry: Registry,
  graph: Graph,
  models: ReadonlySet<string> | undefined,
): Problem[] {
  const definition = registry.get(node.type);
  if (!models || !definition) return [];
  return Object.entries(node.params).flatMap(([port, value]): Problem[] => {
    const reference = typeof value === 'object' ? asModelReference(value) : undefined;
    if (typeof reference !== 'object' || models.has(reference.hash)) return [];
    if (graph.into.get(node.id)?.some(({ to }) => to[1] === port)) return [];
    const usual = parametersOf(definition).find(({ name }) => name === port)?.default;
    return [
      {
        node: node.id,
        port,
        what: `The model ${modelName(reference)} is not here.`,
        cure: 'Choose its file, download it, or choose another model.',
        ...(typeof usual === 'string' &&
          usual !== '' && {
            fix: { do: 'set' as const, label: `Use ${usual}`, node: node.id, params: { [port]: undefined } },
          }),
      },
    ];
  });
}
