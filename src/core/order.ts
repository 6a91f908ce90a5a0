/**
 * Topological order by Kahn's algorithm. What could come in any order keeps the order of `ids`. `dependencies` may name
 * ids that are not among `ids`; those are ignored. `cyclic` lists what is on or behind a cycle and has no place in the order.
 */
export function topologicalOrder(
  ids: Iterable<string>,
  dependencies: (id: string) => Iterable<string>,
): { order: string[]; cyclic: string[] } {
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const id of ids) {
    waiting.set(id, 0);
    dependents.set(id, []);
  }
  for (const id of waiting.keys())
    for (const dependency of new Set(dependencies(id))) {
      const list = dependents.get(dependency);
      if (!list) continue;
      list.push(id);
      waiting.set(id, (waiting.get(id) ?? 0) + 1);
    }
  const order: string[] = [];
  for (const [id, count] of waiting) if (count === 0) order.push(id);
  for (let next = 0; next < order.length; next++)
    for (const id of dependents.get(order[next] as string) ?? []) {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      if (left === 0) order.push(id);
    }
  const placed = new Set(order);
  return { order, cyclic: [...waiting.keys()].filter((id) => !placed.has(id)) };
}
