import type { AnyNode, PortSpec } from './define-node';
import type { Document, DocumentNode, Wire } from './document';
import type { Kind } from './kinds';
import { parametersOf } from './parameters';

/** Node definitions by type. Types that are missing open as placeholders. */
export type Registry = ReadonlyMap<string, AnyNode>;

export const portSpec = (port: Kind | PortSpec): PortSpec => (typeof port === 'string' ? { kind: port } : port);

/** The input `port` of a node: a declared one, or a parameter as a socket (which may always stay unwired). */
export function inputSpec(definition: AnyNode, port: string): PortSpec | undefined {
  if (Object.hasOwn(definition.in, port)) return portSpec(definition.in[port]);
  const parameter = parametersOf(definition).find((p) => p.name === port);
  return parameter && !parameter.fixed ? { kind: parameter.kind, optional: true } : undefined;
}

export const outputSpec = (definition: AnyNode, port: string): PortSpec | undefined =>
  Object.hasOwn(definition.out, port) ? portSpec(definition.out[port]) : undefined;

/** A document with its neighbours at hand. Built in one pass; never changed. */
export interface Graph {
  readonly document: Document;
  readonly nodes: ReadonlyMap<string, DocumentNode>;
  /** Wires that end at a node, in the order of the document. */
  readonly into: ReadonlyMap<string, readonly Wire[]>;
  /** Wires that start at a node. */
  readonly outOf: ReadonlyMap<string, readonly Wire[]>;
}

export function graphOf(document: Document): Graph {
  const nodes = new Map<string, DocumentNode>();
  const into = new Map<string, Wire[]>();
  const outOf = new Map<string, Wire[]>();
  for (const node of document.nodes) {
    nodes.set(node.id, node);
    into.set(node.id, []);
    outOf.set(node.id, []);
  }
  for (const wire of document.wires) {
    into.get(wire.to[0])?.push(wire);
    outOf.get(wire.from[0])?.push(wire);
  }
  return { document, nodes, into, outOf };
}

/** All nodes that can be reached from `starts` along wires, without the starts; `stop` nodes are not passed through. */
export function downstream(graph: Graph, starts: Iterable<string>, stop?: string): Set<string> {
  const seen = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { to } of graph.outOf.get(id) ?? [])
      if (to[0] !== stop && !seen.has(to[0])) {
        seen.add(to[0]);
        open.push(to[0]);
      }
  return seen;
}

/** All nodes that `ends` depend on, with the ends themselves. */
export function upstream(graph: Graph, ends: Iterable<string>): Set<string> {
  const seen = new Set<string>(ends);
  const open = [...seen];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { from } of graph.into.get(id) ?? [])
      if (!seen.has(from[0])) {
        seen.add(from[0]);
        open.push(from[0]);
      }
  return seen;
}
