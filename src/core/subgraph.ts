import { z } from 'zod';
import type { AnyNode, PortSpec } from './define-node';
import type { Document, Subgraph, Wire, WireEnd } from './document';
import { inputSpec, outputSpec, type Registry } from './graph';

/** The border of a subgraph, seen from inside: what comes in, and what goes out. */
export const inputsType = 'subgraph/inputs';
export const outputsType = 'subgraph/outputs';

/** Type of the nodes that are instances of a subgraph. */
export const subgraphType = (id: string): string => `subgraph/${id}`;

export const isBorder = (type: string): boolean => type === inputsType || type === outputsType;

export const subgraphOf = (document: Pick<Document, 'subgraphs'>, type: string): Subgraph | undefined =>
  document.subgraphs?.find(({ id }) => subgraphType(id) === type);

/** Ids of the two nodes that are a subgraph's border. */
export function borderOf({ nodes }: Pick<Subgraph, 'nodes'>): { readonly inputs: string; readonly outputs: string } {
  const idOf = (type: string) => nodes.find((node) => node.type === type)?.id ?? '';
  return { inputs: idOf(inputsType), outputs: idOf(outputsType) };
}

/** The inputs inside that get what comes in under a name. */
export const takers = (subgraph: Subgraph, input: string): WireEnd[] => {
  const { inputs } = borderOf(subgraph);
  return subgraph.wires.flatMap(({ from, to }) => (from[0] === inputs && from[1] === input ? [to] : []));
};

/** The output inside that goes out under a name. */
export const giver = (subgraph: Subgraph, output: string): WireEnd | undefined => {
  const { outputs } = borderOf(subgraph);
  return subgraph.wires.find(({ to }: Wire) => to[0] === outputs && to[1] === output)?.from;
};

/** What a subgraph looks like from outside: a node like any other, except that it does not run. */
function definitionOf(subgraph: Subgraph, registry: Registry): AnyNode {
  const inner = new Map(subgraph.nodes.map((node) => [node.id, { node, definition: registry.get(node.type) }]));
  const socket = ([id, port]: WireEnd, of: typeof inputSpec): PortSpec | undefined => {
    const definition = inner.get(id)?.definition;
    return definition && of(definition, port);
  };
  const inputs = subgraph.inputs.map(({ name, kind, help }) => {
    const specs = takers(subgraph, name).map((end) => socket(end, inputSpec));
    const spec: PortSpec = {
      kind,
      ...(help !== undefined && { help }),
      ...(specs.every((some) => some?.optional) && { optional: true }),
      ...(specs.length > 0 && specs.every((some) => some?.gathers) && { gathers: true }),
    };
    return [name, spec] as const;
  });
  const outputs = subgraph.outputs.map(({ name, kind, help }) => {
    const from = giver(subgraph, name);
    const lists = from && socket(from, outputSpec)?.lists;
    return [name, { kind, ...(help !== undefined && { help }), ...(lists && { lists }) }] as const;
  });
  const parameters = subgraph.params.flatMap(({ name, of: [id, parameter], help }) => {
    const { node, definition } = inner.get(id) ?? {};
    const schema = (definition?.params.shape as Record<string, z.ZodType> | undefined)?.[parameter];
    if (!schema) return [];
    const { advanced: _, applies, ...meta } = schema.meta() ?? {};
    const stored = node?.params[parameter];
    // What decides whether it applies has a name of its own out here, if it can be set from here at all.
    const named = (other: string) => subgraph.params.find(({ of }) => of[0] === id && of[1] === other)?.name;
    const outer = Object.entries(applies ?? {}).flatMap(([other, values]) => {
      const chooser = named(other);
      return chooser === undefined ? [] : [[chooser, values] as const];
    });
    return [
      [
        name,
        (stored === undefined ? schema : schema.prefault(stored)).meta({
          ...meta,
          ...(help !== undefined && { description: help }),
          ...(outer.length > 0 && { applies: Object.fromEntries(outer) }),
        }),
      ] as const,
    ];
  });
  const all = [...inner.values()].flatMap(({ definition }) => definition ?? []);
  const shows = all.find((definition) => definition.shows !== undefined)?.shows;
  return {
    type: subgraphType(subgraph.id),
    version: 1,
    title: subgraph.title,
    help: subgraph.help ?? `A subgraph of ${subgraph.nodes.length - 2} nodes.`,
    icon: 'stack-2',
    params: z.object(Object.fromEntries(parameters)),
    in: Object.fromEntries(inputs),
    out: Object.fromEntries(outputs),
    ...(shows !== undefined && { shows }),
    ...(all.some((definition) => definition.effect) && { effect: true }),
  };
}

/** Definitions that were made, with those of the nodes inside that they came from: edits leave most of them as they are. */
const definitions = new WeakMap<
  Subgraph,
  { readonly uses: readonly (AnyNode | undefined)[]; readonly made: AnyNode }
>();

function knownDefinition(subgraph: Subgraph, registry: Registry): AnyNode {
  const uses = subgraph.nodes.map((node) => registry.get(node.type));
  const before = definitions.get(subgraph);
  if (before?.uses.every((use, i) => use === uses[i])) return before.made;
  const made = definitionOf(subgraph, registry);
  definitions.set(subgraph, { uses, made });
  return made;
}

const known = new WeakMap<Registry, WeakMap<readonly Subgraph[], Registry>>();

/** The definitions that a document's nodes have: those of the program, and one for each of its subgraphs. */
export function registryOf({ subgraphs }: Pick<Document, 'subgraphs'>, base: Registry): Registry {
  if (!subgraphs?.length) return base;
  const made = known.get(base) ?? new WeakMap<readonly Subgraph[], Registry>();
  known.set(base, made);
  let registry = made.get(subgraphs);
  if (!registry) {
    registry = withSubgraphs(subgraphs, base);
    made.set(subgraphs, registry);
  }
  return registry;
}

function withSubgraphs(subgraphs: readonly Subgraph[], base: Registry): Registry {
  const all = new Map(base);
  const waiting = new Map(subgraphs.map((subgraph) => [subgraphType(subgraph.id), subgraph]));
  const define = (type: string) => {
    const subgraph = waiting.get(type);
    if (!subgraph) return;
    waiting.delete(type);
    for (const node of subgraph.nodes) define(node.type);
    all.set(type, knownDefinition(subgraph, all));
  };
  for (const type of [...waiting.keys()]) define(type);
  return all;
}

const border = { version: 1, params: z.object({}), in: {}, out: {} };

/**
 * The definitions inside a subgraph: those of the document without the ones that hold this subgraph, which cannot stand in
 * it, and its border.
 */
export function registryInside(document: Pick<Document, 'subgraphs'>, base: Registry, id: string): Registry {
  const { subgraphs = [] } = document;
  const all = new Map(registryOf(document, base));
  for (const type of holdersOf(subgraphs, subgraphType(id))) all.delete(type);
  const subgraph = subgraphs.find((some) => some.id === id);
  const specs = (ports: Subgraph['inputs']) => Object.fromEntries(ports.map(({ name, ...spec }) => [name, spec]));
  all.set(inputsType, {
    ...border,
    type: inputsType,
    title: 'Inputs',
    help: 'What comes into the subgraph.',
    icon: 'login-2',
    out: specs(subgraph?.inputs ?? []),
  });
  all.set(outputsType, {
    ...border,
    type: outputsType,
    title: 'Outputs',
    help: 'What goes out of the subgraph.',
    icon: 'logout-2',
    in: specs(subgraph?.outputs ?? []),
  });
  return all;
}

/** The types of the subgraphs that hold an instance of a type, directly or in another one; the type itself too. */
export function holdersOf(subgraphs: readonly Subgraph[], type: string): Set<string> {
  const holders = new Set([type]);
  for (let size = 0; size < holders.size; ) {
    size = holders.size;
    for (const { id, nodes } of subgraphs)
      if (nodes.some((node) => holders.has(node.type))) holders.add(subgraphType(id));
  }
  return holders;
}
