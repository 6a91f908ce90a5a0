import type { AnyNode, PortSpec } from '../core/define-node';
import type { DocumentNode, WireEnd } from '../core/document';
import { type Graph, inputSpec, outputSpec, type Registry } from '../core/graph';
import { type Kind, kinds } from '../core/kinds';
import { resolveParameters } from '../core/migrate';
import { outputKind, takes, wiredKinds } from '../core/port-kinds';
import { type Problem, problemOf } from '../core/problem';
import type { Expanded } from './expand';

/** A node made ready to run: its parameters have their defaults, its inputs are known to fit. */
export interface PlannedNode {
  readonly id: string;
  readonly title: string;
  readonly definition: AnyNode;
  /** Without the parameters that arrive by wire. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly PlannedInput[];
  /** Kinds of what is wired, by input. */
  readonly kinds: Readonly<Record<string, Kind>>;
}

export interface PlannedInput {
  readonly port: string;
  readonly spec: PortSpec;
  readonly from: WireEnd;
  /** The port is a parameter shown as a socket. */
  readonly parameter: boolean;
}

/** A node of a graph, ready to run; or all that is wrong with it. */
export function planNode(
  graph: Graph,
  node: DocumentNode,
  { registry, faces, titleOf }: Pick<Expanded, 'registry' | 'faces' | 'titleOf'>,
): PlannedNode | { readonly problems: readonly Problem[] } {
  const definition = registry.get(node.type);
  const title = node.title ?? definition?.title ?? node.id;
  if (!definition)
    return {
      problems: [
        {
          node: node.id,
          what: `Weft has no node of the type ${node.type}.`,
          cure: 'It is kept as it is; replace it to run this part.',
        },
      ],
    };
  const problems: Problem[] = [];
  const inputs: PlannedInput[] = [];
  const wired = new Set<string>();
  for (const { from, to } of graph.into.get(node.id) ?? []) {
    const port = to[1];
    wired.add(port);
    const spec = inputSpec(definition, port);
    const wrong = spec
      ? mismatch(graph, registry, from, spec, title, port)
      : { what: `${title} has no input called ${port}.`, cure: 'Remove the wire that goes there.' };
    if (wrong) problems.push({ node: node.id, port, ...wrong, fix: { do: 'cut', label: 'Remove the wire', to } });
    else if (spec) inputs.push({ port, spec, from, parameter: !Object.hasOwn(definition.in, port) });
  }
  const needed = definition.varies?.needs(node.params) ?? [];
  for (const port of Object.keys(definition.in)) {
    const spec = inputSpec(definition, port);
    if (!spec || (spec.optional && !needed.includes(port)) || wired.has(port)) continue;
    const [at, name] = faces.get(`${node.id} ${port}`) ?? [node.id, port];
    problems.push({
      node: node.id,
      port,
      what: `${titleOf(at)}: ${name} is not wired.`,
      cure: `Wire ${kinds[spec.kind].phrase} into it.`,
    });
  }
  const resolved = resolveParameters(node, definition, wired);
  if ('problems' in resolved) return { problems: [...problems, ...resolved.problems] };
  if (problems.length) return { problems };
  const params = Object.fromEntries(Object.entries(resolved.params).filter(([name]) => !wired.has(name)));
  const arriving = wiredKinds(graph, registry, node.id);
  try {
    definition.varies?.kinds(node.params, arriving);
  } catch (thrown) {
    return { problems: [{ ...problemOf(thrown), node: node.id }] };
  }
  return { id: node.id, title, definition, params, inputs, kinds: arriving };
}

/** Why a wire does not go into an input of a node. A source of an unknown type is not to blame here. */
function mismatch(graph: Graph, registry: Registry, from: WireEnd, spec: PortSpec, title: string, port: string) {
  const source = registry.get(graph.nodes.get(from[0])?.type ?? '');
  if (!source) return undefined;
  if (!outputSpec(source, from[1]))
    return {
      what: `${title}: ${port} is wired to an output called ${from[1]}, which does not exist.`,
      cure: 'Wire it anew.',
    };
  const kind = outputKind(graph, registry, from);
  if (!kind || takes(spec, kind)) return undefined;
  return {
    what: `${title} needs ${kinds[spec.kind].phrase} at ${port}; ${kinds[kind].phrase} is wired to it.`,
    cure: 'Wire it anew.',
  };
}
