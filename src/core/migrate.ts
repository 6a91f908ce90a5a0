import type { z } from 'zod';
import type { AnyNode } from './define-node';
import type { Document, DocumentNode, Subgraph } from './document';
import type { Registry } from './graph';
import type { Problem } from './problem';

/** Brings one node's parameters to the version of its definition. */
function migrateNode(node: DocumentNode, definition: AnyNode): DocumentNode {
  if (node.version >= definition.version || !definition.migrate) return node;
  const params = definition.migrate({ ...node.params }, node.version) as DocumentNode['params'];
  return { ...node, version: definition.version, params };
}

/** What a parameter is called in the version of today, by what becomes of a node that has nothing but it. */
function renamedParameter(node: DocumentNode, definition: AnyNode, name: string): string {
  if (node.version >= definition.version || !definition.migrate) return name;
  const value = node.params[name];
  const after = Object.keys(definition.migrate(value === undefined ? { [name]: 0 } : { [name]: value }, node.version));
  return after.includes(name) ? name : (after[0] ?? name);
}

function migrateSubgraph(subgraph: Subgraph, registry: Registry, changed: string[]): Subgraph {
  const { document: nodes, changed: inside } = migrateContent(subgraph, registry);
  if (inside.length === 0) return subgraph;
  changed.push(...inside.map((id) => `${subgraph.id}/${id}`));
  const params = subgraph.params.map((parameter) => {
    const node = subgraph.nodes.find(({ id }) => id === parameter.of[0]);
    const definition = registry.get(node?.type ?? '');
    if (!node || !definition) return parameter;
    const of: Subgraph['params'][number]['of'] = [node.id, renamedParameter(node, definition, parameter.of[1])];
    return { ...parameter, of };
  });
  return { ...nodes, params };
}

function migrateContent<T extends Pick<Document, 'nodes'>>(document: T, registry: Registry) {
  const changed: string[] = [];
  const nodes = document.nodes.map((node) => {
    const definition = registry.get(node.type);
    const migrated = definition ? migrateNode(node, definition) : node;
    if (migrated !== node) changed.push(node.id);
    return migrated;
  });
  return { document: changed.length ? { ...document, nodes } : document, changed };
}

/**
 * Brings all nodes to the versions of this program, those in subgraphs too. Nodes of unknown types stay as they are.
 * `changed` names the nodes that it changed; those of a subgraph as `subgraph/node`.
 */
export function migrateNodes(document: Document, registry: Registry): { document: Document; changed: string[] } {
  const { document: own, changed } = migrateContent(document, registry);
  const subgraphs = document.subgraphs?.map((subgraph) => migrateSubgraph(subgraph, registry, changed));
  return { document: changed.length && subgraphs ? { ...own, subgraphs } : own, changed };
}

/** A node's parameters with defaults filled in, or all that is wrong with them. Parameters in `wired` are not looked at. */
export function resolveParameters(
  node: DocumentNode,
  definition: AnyNode,
  wired: ReadonlySet<string>,
): { params: Record<string, unknown> } | { problems: readonly [Problem, ...Problem[]] } {
  const title = node.title ?? definition.title;
  if (node.version > definition.version)
    return {
      problems: [
        {
          node: node.id,
          what: `${title} was saved by a newer Weft (version ${node.version}; this one has ${definition.version}).`,
          cure: 'Update Weft to run it.',
        },
      ],
    };
  const stored = Object.fromEntries(Object.entries(node.params).filter(([name]) => !wired.has(name)));
  const unknown = Object.keys(stored).filter((name) => !Object.hasOwn(definition.params.shape, name));
  const [first, ...more] = unknown.map(
    (port): Problem => ({
      node: node.id,
      port,
      what: `${title} has no parameter called ${port}.`,
      fix: { do: 'set', label: 'Remove it', node: node.id, params: { [port]: undefined } },
    }),
  );
  if (first) return { problems: [first, ...more] };
  const result = definition.params.safeParse(stored);
  if (result.success) return { params: result.data };
  const issues = (result.error as z.ZodError).issues.map(({ path: [name], message }): Problem => {
    const port = name === undefined ? undefined : String(name);
    return {
      node: node.id,
      ...(port !== undefined && { port }),
      what: `${title}: ${port ?? 'parameters'} cannot be used. ${message}`.trim(),
      ...(port !== undefined && {
        fix: { do: 'set', label: 'Use its default', node: node.id, params: { [port]: undefined } },
      }),
    };
  });
  return { problems: issues as [Problem, ...Problem[]] };
}
