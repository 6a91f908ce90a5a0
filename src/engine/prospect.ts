import type { Axis } from '../core/define-node';
import { itemCount, itemIndex, joinAxes } from '../core/many';
import { ProblemError } from '../core/problem';
import { contentKey, hashOf, itemKey } from './content-key';
import { inputsOf, isZone, nodesOf, type PlannedInput, type PlannedNode, type PlannedZone, type Unit } from './plan';
import type { Values } from './run-node';

/** More items than anybody waits for; a mistyped list stops here instead of filling the memory. */
const mostItems = 10_000;

/**
 * A unit's outputs before and after they are made: along which axes it runs, the content key of each item, and the values
 * as they come.
 */
export interface Prospect {
  readonly unit: Unit;
  readonly id: string;
  /** The unit runs once per item of this grid. */
  readonly grid: readonly Axis[];
  /** Content key by item. */
  readonly keys: readonly string[];
  /** Outputs by item, once made or found in the cache. */
  readonly values: (Values | undefined)[];
  /** The axis that its list outputs add. */
  own?: Axis;
}

/** What is on one wire, seen from its source. */
export interface Wired {
  readonly axes: readonly Axis[];
  key(index: number): string;
  /** Which item of the source holds item `index`. */
  sourceItem(index: number): number;
  value(index: number): unknown;
}

/** Id under which a unit's outputs are found: zones answer under the node that ends them. */
export const idOf = (unit: Unit): string => (isZone(unit) ? unit.end.id : unit.id);

const listsAt = (unit: Unit, port: string): boolean => {
  const spec = (isZone(unit) ? unit.end : unit).definition.out[port];
  return typeof spec === 'object' && spec.lists === true;
};

export function wiredTo(source: Prospect, port: string): Wired {
  const own = listsAt(source.unit, port) ? source.own : undefined;
  if (!own)
    return {
      axes: source.grid,
      key: (index) => `${source.keys[index]}.${port}`,
      sourceItem: (index) => index,
      value: (index) => source.values[index]?.[port],
    };
  const length = own.labels.length;
  const item = (index: number) =>
    (source.values[Math.floor(index / length)]?.[port] as { value: unknown }[] | undefined)?.[index % length]?.value;
  return {
    axes: [...source.grid, own],
    key: (index) => itemKey(source.keys[Math.floor(index / length)] as string, port, index % length, item(index)),
    sourceItem: (index) => Math.floor(index / length),
    value: item,
  };
}

/** Whether an input takes a whole list at once. Inside a zone nothing does: the zone runs once per item. */
export const gathers = (unit: Unit, input: PlannedInput): boolean => !isZone(unit) && input.spec.gathers === true;

/** What a unit will run for, given what is known of its sources. */
export function prospectOf(unit: Unit, wired: (input: PlannedInput) => Wired, targets: ReadonlySet<string>): Prospect {
  const inputs = inputsOf(unit);
  const grid = joinAxes(inputs.filter((input) => !gathers(unit, input)).map((input) => wired(input).axes));
  const count = itemCount(grid);
  const last = isZone(unit) ? unit.end : unit;
  if (count > mostItems)
    throw new ProblemError({
      node: last.id,
      what: `${last.title} would run ${count} times: ${grid.map((a) => `${a.title} (${a.labels.length})`).join(' × ')}.`,
      cure: `Shorten a list; ${mostItems} items are the most.`,
    });
  const keyFor = (input: PlannedInput, index: number): string => {
    const { axes, key } = wired(input);
    if (!gathers(unit, input)) return key(itemIndex(axes, grid, index));
    return hashOf(
      axes,
      Array.from({ length: itemCount(axes) }, (_, i) => key(i)),
    );
  };
  const keys = Array.from({ length: count }, (_, index) =>
    isZone(unit)
      ? zoneKey(unit, (input) => keyFor(input, index), targets)
      : nodeKey(unit, (input) => keyFor(input, index)),
  );
  return { unit, id: idOf(unit), grid, keys, values: new Array(count).fill(undefined) };
}

const nodeKey = (node: PlannedNode, keyFor: (input: PlannedInput) => string): string =>
  contentKey(
    node.definition,
    node.params,
    node.inputs.map((input) => [input.port, keyFor(input)]),
  );

/** The key of a zone follows its wires from the start to the end, and takes in what is looked at inside. */
function zoneKey(zone: PlannedZone, outside: (input: PlannedInput) => string, targets: ReadonlySet<string>): string {
  const keys = new Map<string, string>();
  const keyOf = (node: PlannedNode): string =>
    nodeKey(node, (input) => {
      const inside = keys.get(input.from[0]);
      return inside === undefined ? outside(input) : `${inside}.${input.from[1]}`;
    });
  const looked: string[] = [];
  for (const node of nodesOf(zone)) {
    keys.set(node.id, keyOf(node));
    if (targets.has(node.id) && node !== zone.end) looked.push(keys.get(node.id) as string);
  }
  const key = keys.get(zone.end.id) as string;
  return looked.length ? hashOf(key, looked) : key;
}
