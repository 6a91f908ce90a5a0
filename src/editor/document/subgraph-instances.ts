import type { Document, DocumentNode, Subgraph, Wire, WireEnd } from '../../core/document';
import { subgraphType } from '../../core/subgraph';

/** What sockets and parameters of a subgraph are called now; `undefined` for those that are gone. */
export interface Renamed {
  readonly inputs?: ReadonlyMap<string, string | undefined>;
  readonly outputs?: ReadonlyMap<string, string | undefined>;
  readonly params?: ReadonlyMap<string, string | undefined>;
}

const none: ReadonlyMap<string, string | undefined> = new Map();

function renamedKeys<T>(record: Readonly<Record<string, T>>, names: NonNullable<Renamed['params']>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const now = names.has(name) ? names.get(name) : name;
      return now === undefined ? [] : [[now, value] as const];
    }),
  );
}

function renamedNode(node: DocumentNode, params: NonNullable<Renamed['params']>): DocumentNode {
  const { exposed, rolls, ...rest } = node;
  const sockets = exposed?.flatMap((name) => (params.has(name) ? (params.get(name) ?? []) : [name]));
  const changes = rolls && renamedKeys(rolls, params);
  return {
    ...rest,
    params: renamedKeys(node.params, params),
    ...(sockets?.length && { exposed: sockets }),
    ...(changes && Object.keys(changes).length > 0 && { rolls: changes }),
  };
}

function inContent<T extends Pick<Document, 'nodes' | 'wires'>>(content: T, type: string, renamed: Renamed): T {
  const { inputs = none, outputs = none, params = none } = renamed;
  const instances = new Set(content.nodes.flatMap((node) => (node.type === type ? [node.id] : [])));
  if (instances.size === 0) return content;
  const end = ([id, name]: WireEnd, names: typeof none): WireEnd | undefined => {
    if (!instances.has(id) || !names.has(name)) return [id, name];
    const now = names.get(name);
    return now === undefined ? undefined : [id, now];
  };
  const into = new Map([...inputs, ...params]);
  return {
    ...content,
    nodes: content.nodes.map((node) => (instances.has(node.id) ? renamedNode(node, params) : node)),
    wires: content.wires.flatMap(({ from, to, ...rest }): Wire[] => {
      const [source, target] = [end(from, outputs), end(to, into)];
      return source && target ? [{ from: source, to: target, ...rest }] : [];
    }),
  };
}

/** A graph in which the instances of a subgraph, wherever they are, follow its new names. */
export function followNames(document: Document, type: string, renamed: Renamed): Document {
  let next = inContent(document, type, renamed);
  const { params = none } = renamed;
  for (const subgraph of document.subgraphs ?? []) {
    const inside = inContent(subgraph, type, renamed);
    if (inside === subgraph) continue;
    const instances = new Set(inside.nodes.flatMap((node) => (node.type === type ? [node.id] : [])));
    // A parameter of an instance inside may be shown one level further out, and so on.
    const gone = new Map<string, undefined>();
    const shown = subgraph.params.flatMap((parameter): Subgraph['params'] => {
      const [id, name] = parameter.of;
      if (!instances.has(id) || !params.has(name)) return [parameter];
      const now = params.get(name);
      if (now === undefined) gone.set(parameter.name, undefined);
      return now === undefined ? [] : [{ ...parameter, of: [id, now] }];
    });
    const changed = { ...inside, params: shown };
    next = { ...next, subgraphs: (next.subgraphs ?? []).map((other) => (other.id === subgraph.id ? changed : other)) };
    if (gone.size) next = followNames(next, subgraphType(subgraph.id), { params: gone });
  }
  return next;
}
