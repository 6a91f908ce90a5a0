import type { AnyNode } from './define-node';
import type { WireEnd } from './document';
import { type Graph, inputSpec, outputSpec, type Registry } from './graph';
import { fits } from './kinds';

/**
 * The input that comes out of `output` where a node is passed through: of those of a fitting kind the one of the same
 * name, or the first. The ends of a zone pass nothing, because what is inside of it would no longer be.
 */
export function passedInput(definition: AnyNode, output: string): string | undefined {
  const kind = outputSpec(definition, output)?.kind;
  if (!kind || definition.loopStart || definition.loopEnd) return undefined;
  const fitting = Object.keys(definition.in).filter((port) => fits(inputSpec(definition, port)?.kind ?? kind, kind));
  return fitting.includes(output) ? output : fitting[0];
}

/** Follows an output back through all nodes that are `passed`; undefined when nothing comes to their inputs. */
export function passedSource(
  graph: Graph,
  registry: Registry,
  output: WireEnd,
  passed: (id: string) => boolean,
): WireEnd | undefined {
  const seen = new Set<string>();
  let [id, port] = output;
  while (passed(id)) {
    const definition = registry.get(graph.nodes.get(id)?.type ?? '');
    const input = definition && passedInput(definition, port);
    const wire = input === undefined ? undefined : graph.into.get(id)?.find(({ to }) => to[1] === input);
    if (!wire || seen.has(id)) return undefined;
    seen.add(id);
    [id, port] = wire.from;
  }
  return [id, port];
}
