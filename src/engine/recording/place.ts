import type { Axis } from '../../core/define-node';
import { outputSpec } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import type { PlannedNode } from '../plan';

/** A node as it was planned when it last ran or was found in the cache. */
export interface Place {
  readonly node: PlannedNode;
  readonly grid: readonly Axis[];
  readonly keys: readonly string[];
  /** Kinds of its outputs. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** The zone that it is in. */
  readonly zone: Zone | undefined;
}

export interface Zone {
  /** From the start to the end. */
  readonly members: readonly PlannedNode[];
  readonly grid: readonly Axis[];
  readonly pictured: readonly [node: string, port: string] | undefined;
}

/** The output of a zone that shows best how far the picture is: what is expected at the end, else what goes into each step. */
export function picturedIn(members: readonly PlannedNode[]): readonly [string, string] | undefined {
  const has = (node: PlannedNode, port: string) => kindsOf(node)[port] === 'latent';
  const denoised = members.slice(1, -1).findLast((node) => has(node, 'denoised'));
  if (denoised) return [denoised.id, 'denoised'];
  const [start] = members;
  return start && has(start, 'latent') ? [start.id, 'latent'] : undefined;
}

const known = new WeakMap<PlannedNode, Readonly<Record<string, Kind>>>();

/** The kinds of what comes out of a node, which may depend on what is wired to it. */
export function kindsOf(node: PlannedNode): Readonly<Record<string, Kind>> {
  const found = known.get(node);
  if (found) return found;
  const { out, varies } = node.definition;
  const declared = Object.keys(out).map((port): [string, Kind] => [
    port,
    outputSpec(node.definition, port)?.kind as Kind,
  ]);
  const kinds = { ...Object.fromEntries(declared), ...varies?.kinds(node.params, node.kinds) };
  known.set(node, kinds);
  return kinds;
}
