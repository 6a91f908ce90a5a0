import type { Document, DocumentNode, Subgraph, Wire, WireEnd } from '../core/document';
import type { Registry } from '../core/graph';
import type { Problem } from '../core/problem';
import { giver, registryOf, subgraphOf, takers } from '../core/subgraph';
import { inlined } from '../core/subgraph-inline';
import { isInactive } from './active';

/** A graph with its subgraphs written out. */
export interface Expanded {
  /** Nodes of subgraphs are called `instance/node`. Muted and bypassed instances stay: they run no more than other nodes. */
  readonly document: Document;
  /** Has the instances that stayed, too. */
  readonly registry: Registry;
  /** For an input or parameter inside, as `id port`: the one that stands for it on the outermost instance. */
  readonly faces: ReadonlyMap<string, WireEnd>;
  /** What is wrong with instances themselves; nothing inside of them can run. */
  readonly problems: readonly (Problem & { readonly node: string })[];
  /** What the user calls a node or an instance. */
  titleOf(id: string): string;
}

/** Whether a node is inside of an instance, however deep. */
export const isWithin = (id: string, instance: string): boolean => id.startsWith(`${instance}/`);

/** Writes out all subgraphs of a graph, so that whoever plans and runs it knows nothing of them. */
export function expandSubgraphs(document: Document, base: Registry): Expanded {
  const registry = registryOf(document, base);
  const faces = new Map<string, WireEnd>();
  const instances = new Map<string, DocumentNode>();
  const problems: (Problem & { readonly node: string })[] = [];
  let flat = document;
  const next = () =>
    document.subgraphs?.length
      ? flat.nodes.find((node) => !isInactive(node) && subgraphOf(document, node.type))
      : undefined;
  for (let instance = next(); instance; instance = next()) {
    const { id, type } = instance;
    const subgraph = subgraphOf(document, type);
    if (!subgraph) break;
    const idOf = (inner: string) => `${id}/${inner}`;
    const face = (name: string, [inner, port]: WireEnd) =>
      faces.set(`${idOf(inner)} ${port}`, faces.get(`${id} ${name}`) ?? [id, name]);
    for (const { name } of subgraph.inputs) for (const end of takers(subgraph, name)) face(name, end);
    for (const { name, of } of subgraph.params) face(name, of);
    instances.set(id, instance);
    const title = instance.title ?? subgraph.title;
    for (const fault of faultsOf(instance, subgraph, flat.wires, title)) problems.push({ node: id, ...fault });
    flat = { ...flat, ...inlined(flat, instance, subgraph, idOf) };
  }
  const byId = new Map([...instances, ...flat.nodes.map((node) => [node.id, node] as const)]);
  const titleOf = (id: string) => {
    const node = byId.get(id);
    return node?.title ?? registry.get(node?.type ?? '')?.title ?? id;
  };
  return { document: flat, registry, faces, problems, titleOf };
}

/** What an instance has that its subgraph does not, in words. */
function faultsOf({ id, params }: DocumentNode, subgraph: Subgraph, wires: readonly Wire[], title: string): Problem[] {
  const names = (ports: readonly { readonly name: string }[]) => new Set(ports.map(({ name }) => name));
  const [inputs, outputs, parameters] = [names(subgraph.inputs), names(subgraph.outputs), names(subgraph.params)];
  const faults: Problem[] = [];
  for (const port of Object.keys(params))
    if (!parameters.has(port)) faults.push({ port, what: `${title} has no parameter called ${port}.` });
  for (const { from, to } of wires) {
    const [output, input] = [from[0] === id ? from[1] : undefined, to[0] === id ? to[1] : undefined];
    if (input !== undefined && !inputs.has(input) && !parameters.has(input))
      faults.push({
        port: input,
        what: `${title} has no input called ${input}.`,
        cure: 'Remove the wire that goes there.',
      });
    if (output === undefined) continue;
    if (!outputs.has(output))
      faults.push({ port: output, what: `${title} has no output called ${output}.`, cure: 'Wire it anew.' });
    else if (!giver(subgraph, output))
      faults.push({
        port: output,
        what: `${title}: nothing inside of it is wired to its output ${output}.`,
        cure: `Open ${title} and wire it.`,
      });
  }
  return faults;
}
