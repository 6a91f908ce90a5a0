/**
 * Topological order by Kahn's algorithm. What could come in any order keeps the order of `ids`. `dependencies` may name
 * ids that are not among `ids`; those are ignored. `cyclic` lists what is on or behind a cycle and has no place in the order.
 */
export function topologicalOrder(
  ids: Iterable<string>,
  dependencies: (id: string) => Iterable<string>,
): { order: string[]; cyclic: string[] } {
  // By place in `names`: looking ids up is what takes the time in a large graph.
  const places = new Map<string, number>();
  for (const id of ids) if (!places.has(id)) places.set(id, places.size);
  const names = [...places.keys()];
  const waiting = new Int32Array(names.length);
  const dependents: (number[] | undefined)[] = new Array(names.length).fill(undefined);
  for (let place = 0; place < names.length; place++)
    for (const dependency of dependencies(names[place] as string)) {
      const source = places.get(dependency);
      if (source === undefined) continue;
      const list = dependents[source];
      if (list) list.push(place);
      else dependents[source] = [place];
      waiting[place] = (waiting[place] as number) + 1;
    }
  const order: number[] = [];
  for (let place = 0; place < names.length; place++) if (waiting[place] === 0) order.push(place);
  for (let next = 0; next < order.length; next++)
    for (const place of dependents[order[next] as number] ?? []) {
      const left = (waiting[place] as number) - 1;
      waiting[place] = left;
      if (left === 0) order.push(place);
    }
  return {
    order: order.map((place) => names[place] as string),
    cyclic: order.length < names.length ? names.filter((_, place) => (waiting[place] as number) > 0) : [],
  };
}
