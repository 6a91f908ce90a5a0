import { itemCount, itemIndex } from '../core/many';
import type { OutputCache } from './cache';
import { isZone, type Unit } from './plan';
import { gathers, type Prospect } from './prospect';
import type { TensorUse } from './tensor-use';

/** What has to be run: items of a unit, in ascending order. */
interface Demand {
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
export function demandFor(
  units: readonly Prospect[],
  wanted: readonly Prospect[],
  cache: OutputCache,
  use: TensorUse,
): Demand[] {
  for (const prospect of wanted) prospect.asked = prospect.keys.map(() => true);
  const demands: Demand[] = [];
  for (let place = units.length - 1; place >= 0; place--) {
    const prospect = units[place] as Prospect;
    const items = missing(prospect, cache, use);
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
