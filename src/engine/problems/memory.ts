import type { Device } from '../../core/device';
import type { Document } from '../../core/document';
import type { Foresight } from '../../core/foresight';
import { outputSpec, type Registry } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { activeGraph, isInactive } from '../active';
import { expandSubgraphs } from '../expand';
import { type PlannedNode, planNode } from '../plan-node';
import { type Found, foresee, foundAt, knownAt } from './foresee';

/** What nodes put out that open models and compute nothing. */
const MODELS = new Set<Kind>(['unet', 'vae', 'text-encoder', 'controlnet', 'lora']);

/** Runs these nodes, which open models, and tells what came out of each by port. */
export type OpenModels = (ids: readonly string[]) => Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;

/**
 * What will not fit into the device's memory. Models are opened for that, which reads what files say of their tensors and
 * no weight of them; sizes are those that nodes foresee. What cannot be known before the run is left to it.
 */
export async function memoryProblems(
  written: Document,
  base: Registry,
  device: Device,
  open: OpenModels,
): Promise<Found[]> {
  const expanded = expandSubgraphs(written, base);
  const { document, registry } = expanded;
  const { graph } = activeGraph(document, registry);
  const nodes = new Map<string, PlannedNode>();
  for (const node of document.nodes) {
    const planned = isInactive(node) ? undefined : planNode(graph, node, expanded);
    if (planned && !('problems' in planned)) nodes.set(node.id, planned);
  }
  const asked = [...nodes.values()].filter(({ definition }) => definition.foreseeMemory);
  const loaders = new Set(asked.flatMap((node) => loadersOf(node, nodes)));
  if (loaders.size === 0) return [];
  const told = new Map<string, Foresight>();
  foresee(graph, registry, nodes, told);
  const opened = await open([...loaders]);
  return asked.flatMap((node) => {
    const known = knownAt(node, told);
    const models: Record<string, unknown> = {};
    for (const { port, from } of node.inputs) {
      const model = opened.get(from[0])?.[from[1]];
      if (model !== undefined) models[port] = model;
    }
    const together = asked.filter((other) => runsWith(node, other)).length;
    try {
      const problem = node.definition.foreseeMemory?.({ ...known, in: models, together, device });
      return problem ? [foundAt(graph, registry, node, problem)] : [];
    } catch {
      return []; // What cannot be built at all says so when it runs.
    }
  });
}

/** Ids of the nodes that models come from into this one, where nothing is computed on the way. */
function loadersOf({ inputs }: PlannedNode, nodes: ReadonlyMap<string, PlannedNode>): string[] {
  return inputs.flatMap(({ from: [id] }) => (opensModels(id, nodes) ? [id] : []));
}

function opensModels(id: string, nodes: ReadonlyMap<string, PlannedNode>, seen = new Set<string>()): boolean {
  const node = nodes.get(id);
  if (!node || seen.has(id)) return false;
  seen.add(id);
  const { definition, inputs } = node;
  const outputs = Object.keys(definition.out);
  return (
    outputs.length > 0 &&
    outputs.every((port) => MODELS.has(outputSpec(definition, port)?.kind as Kind)) &&
    inputs.every(({ parameter, from }) => parameter || opensModels(from[0], nodes, seen))
  );
}

/** Whether two nodes run as one: their inputs that must be the same come from the same sockets. */
function runsWith(one: PlannedNode, other: PlannedNode): boolean {
  if (one === other) return true;
  const same = one.definition.together?.same;
  if (!same || one.definition !== other.definition) return false;
  const source = ({ inputs }: PlannedNode, port: string) => inputs.find((input) => input.port === port)?.from.join(' ');
  return same.every((port: string) => source(one, port) === source(other, port));
}
