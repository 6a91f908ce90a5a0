import { itemCount, itemIndex } from '../core/many';
import type { Demand } from './demand';
import { gathers, type Prospect } from './prospect';

/** One item of a unit that has to be run. */
export interface Task {
  readonly demand: Demand;
  readonly item: number;
}

/**
 * Everything that is demanded, in an order in which results come one after the other: what the first item of a result needs
 * is run before what only the second needs, so that the cells of a grid appear as they finish. What has what it needs comes
 * first of all. Within that the order of `demands` stays, which is the plan's.
 */
export function tasksOf(demands: readonly Demand[]): readonly Task[] {
  const tasks = demands.flatMap((demand) => demand.items.map((item) => ({ demand, item })));
  if (tasks.length === demands.length) return tasks;
  /** When each demanded item is due: the share of the results that come before the first that needs it. */
  const due = new Map<Prospect, Map<number, number>>(
    demands.map(({ prospect, items }) => [prospect, new Map(items.map((item) => [item, Number.POSITIVE_INFINITY]))]),
  );
  for (const demand of demands.toReversed())
    for (const item of demand.items) {
      const needed = [...neededBy(demand.prospect, item)].filter(({ prospect, at }) => due.get(prospect)?.has(at));
      const mine = due.get(demand.prospect);
      const asked = mine?.get(item) ?? 0;
      const first = needed.length === 0 ? -1 : item / demand.prospect.keys.length;
      const when = asked === Number.POSITIVE_INFINITY ? first : asked;
      mine?.set(item, when);
      for (const { prospect, at, share } of needed) {
        const other = due.get(prospect);
        other?.set(at, Math.min(other.get(at) ?? 0, Math.max(when, share)));
      }
    }
  // What gathers comes after the last that it gathers.
  const order = tasks.map((task) => {
    const mine = due.get(task.demand.prospect);
    let when = mine?.get(task.item) ?? 0;
    for (const { prospect, at } of neededBy(task.demand.prospect, task.item))
      when = Math.max(when, due.get(prospect)?.get(at) ?? when);
    mine?.set(task.item, when);
    return { task, when };
  });
  return order.toSorted((a, b) => a.when - b.when).map(({ task }) => task);
}

/** The items of its sources that one item reads; `share` says for a whole list at once which part of it comes before. */
function* neededBy(prospect: Prospect, item: number): Iterable<{ prospect: Prospect; at: number; share: number }> {
  for (const { input, prospect: source, wired } of prospect.sources) {
    const { axes } = wired;
    if (gathers(prospect.unit, input)) {
      const count = itemCount(axes);
      for (let i = 0; i < count; i++) yield { prospect: source, at: wired.sourceItem(i), share: i / count };
    } else yield { prospect: source, at: wired.sourceItem(itemIndex(axes, prospect.grid, item)), share: 0 };
  }
}
