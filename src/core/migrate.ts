import type { AnyNode } from './define-node';
import type { Document, DocumentNode } from './document';
import type { Registry } from './graph';
import type { Problem } from './problem';

/** Brings one node's parameters to the version of its definition. */
function migrateNode(node: DocumentNode, definition: AnyNode): DocumentNode {
  if (node.version >= definition.version || !definition.migrate) return node;
  const params = definition.migrate({ ...node.params }, node.version) as DocumentNode['params'];
  return { ...node, version: definition.version, params };
}

/** Brings all nodes to the versions of this program. Nodes of unknown types stay as they are. */
export function migrateNodes(document: Document, registry: Registry): { document: Document; changed: string[] } {
  const changed: string[] = [];
  const nodes = document.nodes.map((node) => {
    const definition = registry.get(node.type);
    const migrated = definition ? migrateNode(node, definition) : node;
    if (migrated !== node) changed.push(node.id);
    return migrated;
  });
  return { document: changed.length ? { ...document, nodes } : document, changed };
}

/** A node's parameters with defaults filled in, or what is wrong with them. Parameters in `wired` are not looked at. */
export function resolveParameters(
  node: DocumentNode,
  definition: AnyNode,
  wired: ReadonlySet<string>,
): { params: Record<string, unknown> } | { problem: Problem } {
  const title = node.title ?? definition.title;
  if (node.version > definition.version)
    return {
      problem: {
        node: node.id,
        what: `${title} was saved by a newer Weft (version ${node.version}; this one has ${definition.version}).`,
        cure: 'Update Weft to run it.',
      },
    };
  const stored = Object.fromEntries(Object.entries(node.params).filter(([name]) => !wired.has(name)));
  const unknown = Object.keys(stored).find((name) => !Object.hasOwn(definition.params.shape, name));
  if (unknown !== undefined)
    return { problem: { node: node.id, port: unknown, what: `${title} has no parameter called ${unknown}.` } };
  const result = definition.params.safeParse(stored);
  if (result.success) return { params: result.data };
  const issue = result.error.issues[0];
  const port = issue?.path[0] === undefined ? undefined : String(issue.path[0]);
  return {
    problem: {
      node: node.id,
      ...(port !== undefined && { port }),
      what: `${title}: ${port ?? 'parameters'} cannot be used. ${issue?.message ?? ''}`.trim(),
    },
  };
}
