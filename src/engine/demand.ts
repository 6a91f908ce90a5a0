import { itemCount, itemIndex } from '../core/many';
import type { OutputCache } from './cache';
import type { KeptCells } from './kept-cells';
import { isZone, type Unit } from './plan';
import { gathers, type Prospect } from './prospect';
import type { RunScope } from './run-node';
import type { TensorUse } from './tensor-use';

/** What has to be run: items of a unit, in ascending order. */
export interface Demand {
  readonly prospect: Prospect;
  readonly items: readonly number[];
}

/** Saving a file changes the world, and a picture that is looked at is shown after every run. */
export const alwaysRuns = (unit: Unit): boolean =>
  !isZone(unit) && (unit.definition.effect === true || unit.definition.shows !== undefined);

/**
 * Goes backwards from what is wanted to the items that have to be run, and takes what the cache has. `units` are in the
 * order in which they run, and so is what comes out.
 */
export async function demandFor(
  units: readonly Prospect[],
  wanted: readonly Prospect[],
  cache: OutputCache,
  { use, kept }: Pick<RunScope, 'use' | 'kept'>,
): Promise<Demand[]> {
  for (const prospect of wanted) prospect.asked = prospect.keys.map(() => true);
  const demands: Demand[] = [];
  for (let place = units.length - 1; place >= 0; place--) {
    const prospect = units[place] as Prospect;
    let items = missing(prospect, cache, use);
    if (kept && items.length && isKept(prospect)) items = await recall(prospect, items, kept, use);
    if (!items.length) continue;
    demands.push({ prospect, items });
    for (const source of prospect.sources) {
      source.prospect.asked ??= [];
      source.prospect.readers += 1;
      const { asked } = source.prospect;
      const { axes } = source.wired;
      if (gathers(prospect.unit, source.input))
        for (let i = 0; i < itemCount(axes); i++) asked[source.wired.sourceItem(i)] = true;
      else for (const item of items) asked[source.wired.sourceItem(itemIndex(axes, prospect.grid, item))] = true;
    }
  }
  return demands.reverse();
}

/** The cells of a sweep whose values outlast the engine: those of loops, where the time goes. */
export const isKept = ({ unit, keys, ports, looked }: Prospect): boolean =>
  isZone(unit) && keys.length > 1 && ports.size > 0 && !looked;

/** Takes what was kept of these items. Returns those of which nothing was. */
async function recall(
  { keys, ports, values }: Prospect,
  items: readonly number[],
  kept: KeptCells,
  use: TensorUse,
): Promise<number[]> {
  const missing: number[] = [];
  for (const item of items) {
    const outputs = await kept.get(keys[item] as string, [...ports]);
    if (outputs) values[item] = use.hold(outputs);
    else missing.push(item);
  }
  return missing;
}

/** The items that were asked for and that neither the run nor the cache has. */
function missing(prospect: Prospect, cache: OutputCache, use: TensorUse): number[] {
  const { asked, keys, values } = prospect;
  prospect.asked = undefined;
  const items: number[] = [];
  for (let item = 0; asked && item < keys.length; item++) {
    if (!asked[item] || values[item]) continue;
    const cached = alwaysRuns(prospect.unit) ? undefined : cache.get(keys[item] as string);
    if (cached) values[item] = use.hold(cached);
    else items.push(item);
  }
  return items;
}

/**
 * To be called when a unit is done with what it read. Values whose last reader is done are let go; the cache keeps what its
 * budget allows. Lists are small and stay.
 */
export function release(prospect: Prospect, use: TensorUse): void {
  prospect.readers -= 1;
  if (prospect.readers > 0 || prospect.own) return;
  const { values } = prospect;
  for (let item = 0; item < values.length; item++) {
    const outputs = values[item];
    if (outputs) use.drop(outputs);
    values[item] = undefined;
  }
}
