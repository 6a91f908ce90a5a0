import type { AnyNode } from '../../core/define-node';
import type { Document, WireEnd } from '../../core/document';
import { graphOf, inputSpec, portSpec, type Registry } from '../../core/graph';
import { fits } from '../../core/kinds';
import { outputKind, takes } from '../../core/port-kinds';
import { addNodes, newNodes } from './nodes';
import { allOf, nodeOf, type Recipe } from './recipe';
import { connect } from './wires';

export interface Conversion {
  readonly definition: AnyNode;
  readonly input: string;
  readonly output: string;
}

/** How many of a node's inputs must be wired. */
const needs = ({ in: inputs }: AnyNode) =>
  Object.keys(inputs).filter((port) => !portSpec(inputs[port]).optional).length;

/**
 * The node that makes of an output what an input takes: it has one input for the one and an output for the other. Of
 * several the one that needs the fewest wires.
 */
export function conversionBetween(
  document: Document,
  registry: Registry,
  from: WireEnd,
  to: WireEnd,
): Conversion | undefined {
  const target = registry.get(nodeOf(document, to[0])?.type ?? '');
  const have = outputKind(graphOf(document), registry, from);
  const taking = target && inputSpec(target, to[1]);
  if (!have || !taking || from[0] === to[0] || takes(taking, have)) return undefined;
  const want = taking.kind;
  const found = [...registry.values()].flatMap((definition): Conversion[] => {
    if (definition.loopStart || definition.loopEnd || definition.varies) return [];
    const inputs = Object.keys(definition.in).filter((port) => fits(have, portSpec(definition.in[port]).kind));
    // What a node can do without is not what it makes its output of.
    if (inputs.some((port) => portSpec(definition.in[port]).optional)) return [];
    const output = Object.keys(definition.out).find((port) => fits(portSpec(definition.out[port]).kind, want));
    const [input] = inputs;
    return inputs.length === 1 && input !== undefined && output !== undefined ? [{ definition, input, output }] : [];
  });
  return found.sort((a, b) => needs(a.definition) - needs(b.definition))[0];
}

/** Puts a conversion between an output and an input, half way between their nodes. */
export function convert(
  document: Document,
  registry: Registry,
  { definition, input, output }: Conversion,
  from: WireEnd,
  to: WireEnd,
): { readonly recipe: Recipe; readonly id: string } | undefined {
  const [a, b] = [nodeOf(document, from[0]), nodeOf(document, to[0])];
  if (!a || !b) return undefined;
  const nodes = newNodes(document, registry, definition, [(a.at[0] + b.at[0]) / 2, (a.at[1] + b.at[1]) / 2]);
  const id = nodes[0]?.id;
  if (id === undefined) return undefined;
  return { id, recipe: allOf(addNodes(nodes, registry), connect(from, [id, input]), connect([id, output], to)) };
}

/** Puts a conversion between the loose end of a wire and a node none of whose sockets takes it. Undefined where none helps. */
export function conversionTo(
  document: Document,
  registry: Registry,
  end: WireEnd,
  side: 'source' | 'target',
  node: string,
): Recipe | undefined {
  const definition = registry.get(nodeOf(document, node)?.type ?? '');
  for (const port of Object.keys((side === 'source' ? definition?.in : definition?.out) ?? {})) {
    const [from, to]: [WireEnd, WireEnd] = side === 'source' ? [end, [node, port]] : [[node, port], end];
    const conversion = conversionBetween(document, registry, from, to);
    const made = conversion && convert(document, registry, conversion, from, to);
    if (made) return made.recipe;
  }
  return undefined;
}
