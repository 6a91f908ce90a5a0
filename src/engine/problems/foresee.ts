import type { Foreseen, Foresight, Size } from '../../core/foresight';
import { type Graph, inputSpec, outputSpec, type Registry } from '../../core/graph';
import { topologicalOrder } from '../../core/order';
import type { Fix, Problem } from '../../core/problem';
import type { PlannedNode } from '../plan-node';

/** A problem that was foreseen at a node. A hint does not stand in the way. */
export interface Found extends Problem {
  readonly node: string;
  readonly hint: boolean;
}

/**
 * Asks every node that can run what it foresees, in the order of the wires: sizes of pictures and latents, as far as they
 * do not depend on files, and what will not work with them. `told` gets what each said.
 */
export function foresee(
  graph: Graph,
  registry: Registry,
  nodes: ReadonlyMap<string, PlannedNode>,
  told = new Map<string, Foresight>(),
): Found[] {
  const found: Found[] = [];
  const sources = (id: string) => graph.into.get(id)?.map(({ from }) => from[0]) ?? [];
  for (const id of topologicalOrder(nodes.keys(), sources).order) {
    const node = nodes.get(id);
    const { definition } = node ?? {};
    if (!node || !definition?.foresee) continue;
    const { sizes, params } = knownAt(node, told);
    const wired = new Set(node.inputs.map(({ port }) => port));
    const foresight = definition.foresee({ params, sizes, wired });
    told.set(id, foresight);
    for (const problem of foresight.problems ?? []) found.push(foundAt(graph, registry, node, problem));
  }
  return found;
}

/** What is known of a node's inputs and parameters from what the nodes before it foresee. */
export function knownAt({ inputs, params: own }: PlannedNode, told: ReadonlyMap<string, Foresight>) {
  const sizes: Record<string, Size> = {};
  const params: Record<string, unknown> = { ...own };
  for (const { port, from, parameter } of inputs) {
    const before = told.get(from[0]);
    const size = before?.sizes?.[from[1]];
    if (size) sizes[port] = size;
    const value = before?.values?.[from[1]];
    if (parameter && value !== undefined) params[port] = value;
  }
  return { sizes, params };
}

/** What a node foresees, as a problem of the graph: with the change that mends it. */
export function foundAt(
  graph: Graph,
  registry: Registry,
  node: PlannedNode,
  { hint = false, set, insert, resize, ...problem }: Foreseen,
): Found {
  const fix = fixOf(graph, registry, node, { set, insert, resize, port: problem.port });
  return { ...problem, node: node.id, hint, ...(fix && { fix }) };
}

function fixOf(
  graph: Graph,
  registry: Registry,
  { id, inputs }: PlannedNode,
  { set, insert, resize, port }: { [K in 'set' | 'insert' | 'resize' | 'port']: Foreseen[K] | undefined },
): Fix | undefined {
  // A parameter that arrives by wire is not changed here.
  const wired = (name: string) => inputs.some((input) => input.port === name);
  if (set && !Object.keys(set.params).some(wired)) return { do: 'set', node: id, ...set };
  if (insert && port !== undefined) {
    const title = registry.get(insert.type)?.title;
    if (title) return { do: 'insert', label: `Put ${title} before it`, to: [id, port], ...insert };
  }
  const from = resize && graph.into.get(id)?.find(({ to }) => to[1] === resize.port)?.from;
  const sized = from && sizedAt(graph, registry, from[0], from[1]);
  if (!resize || !sized) return undefined;
  const { width, height } = resize;
  return { do: 'set', label: `Set ${width} × ${height}`, node: sized, params: { width, height } };
}

/** The node before an output where its width and height are typed in. */
function sizedAt(graph: Graph, registry: Registry, id: string, port: string): string | undefined {
  const seen = new Set<string>();
  let [at, output] = [id, port];
  while (!seen.has(at)) {
    seen.add(at);
    const definition = registry.get(graph.nodes.get(at)?.type ?? '');
    const kind = definition && outputSpec(definition, output)?.kind;
    if (!definition || !kind) return undefined;
    const into = graph.into.get(at) ?? [];
    const before = into.find(({ to }) => inputSpec(definition, to[1])?.kind === kind);
    if (!before) {
      const typed = (name: string) =>
        Object.hasOwn(definition.params.shape, name) && !into.some(({ to }) => to[1] === name);
      return typed('width') && typed('height') ? at : undefined;
    }
    [at, output] = before.from;
  }
  return undefined;
}
