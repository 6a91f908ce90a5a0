import type { Axis, Host } from '../core/define-node';
import { itemCount, itemIndex, joinAxes } from '../core/many';
import { ProblemError } from '../core/problem';
import { contentKey, hashOf, itemKey } from './content-key';
import { isZone, nodesOf, type PlannedInput, type PlannedNode, type PlannedZone, type Unit } from './plan';
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
  /** What enters the unit, in the order of `inputsOf`. */
  readonly sources: readonly Source[];
  /** The unit runs once per item of this grid. */
  readonly grid: readonly Axis[];
  /** Content key by item. */
  readonly keys: readonly string[];
  /** Outputs by item, once made or found in the cache. */
  readonly values: (Values | undefined)[];
  /** The axis that its list outputs add. */
  own: Axis | undefined;
  /** Items that somebody asked for, while demand is worked out. */
  asked: boolean[] | undefined;
  /** Outputs that something is wired to. */
  readonly ports: Set<string>;
  /** Somebody looks at what happens inside of it, which only a run shows. */
  readonly looked: boolean;
  /** How many units still have to read its values. */
  readers: number;
}

/** One wire into a unit. */
export interface Source {
  readonly input: PlannedInput;
  readonly prospect: Prospect;
  readonly wired: Wired;
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

/** An output with one value per item of its node. */
class SingleOutput implements Wired {
  readonly #source: Prospect;
  readonly #port: string;

  constructor(source: Prospect, port: string) {
    this.#source = source;
    this.#port = port;
  }

  get axes(): readonly Axis[] {
    return this.#source.grid;
  }

  key(index: number): string {
    return `${this.#source.keys[index]}.${this.#port}`;
  }

  sourceItem(index: number): number {
    return index;
  }

  value(index: number): unknown {
    return this.#source.values[index]?.[this.#port];
  }
}

function listOutput(source: Prospect, port: string, own: Axis): Wired {
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

/** The wire from a unit into an input; what a list has in it must be known. */
export function sourceOf(input: PlannedInput, prospect: Prospect): Source {
  const [, port] = input.from;
  const own = listsAt(prospect.unit, port) ? prospect.own : undefined;
  return { input, prospect, wired: own ? listOutput(prospect, port, own) : new SingleOutput(prospect, port) };
}

/** Whether an input takes a whole list at once. Inside a zone nothing does: the zone runs once per item. */
export const gathers = (unit: Unit, input: PlannedInput): boolean => !isZone(unit) && input.spec.gathers === true;

const noAxes: readonly Axis[] = [];

function gridOf(unit: Unit, sources: readonly Source[]): readonly Axis[] {
  const along = sources.filter(({ input, wired }) => wired.axes.length > 0 && !gathers(unit, input));
  return along.length ? joinAxes(along.map(({ wired }) => wired.axes)) : noAxes;
}

/** What a unit will run for, given what is known of its sources. */
export function prospectOf(unit: Unit, sources: readonly Source[], targets: ReadonlySet<string>, host: Host): Prospect {
  const grid = gridOf(unit, sources);
  const count = itemCount(grid);
  const last = isZone(unit) ? unit.end : unit;
  if (count > mostItems)
    throw new ProblemError({
      node: last.id,
      what: `${last.title} would run ${count} times: ${grid.map((a) => `${a.title} (${a.labels.length})`).join(' × ')}.`,
      cure: `Shorten a list; ${mostItems} items are the most.`,
    });
  const keyFor = ({ input, wired }: Source, index: number): string => {
    if (!gathers(unit, input)) return wired.key(itemIndex(wired.axes, grid, index));
    return hashOf(
      wired.axes,
      Array.from({ length: itemCount(wired.axes) }, (_, i) => wired.key(i)),
    );
  };
  const entering = isZone(unit) ? new Map(sources.map((source) => [source.input, source])) : undefined;
  const keys: string[] = [];
  for (let index = 0; index < count; index++)
    keys.push(
      isZone(unit)
        ? zoneKey(unit, (input) => keyFor(entering?.get(input) as Source, index), targets, host)
        : nodeKey(unit, (_, place) => keyFor(sources[place] as Source, index), host),
    );
  const values = new Array<Values | undefined>(count).fill(undefined);
  const looked = isZone(unit) && nodesOf(unit).some((node) => node !== unit.end && targets.has(node.id));
  const state = { own: undefined, asked: undefined, readers: 0 };
  return { unit, id: idOf(unit), sources, grid, keys, values, ports: new Set(), looked, ...state };
}

const nodeKey = (node: PlannedNode, keyFor: (input: PlannedInput, place: number) => string, host: Host): string =>
  contentKey(
    node.definition,
    node.params,
    node.inputs.map((input, place) => [input.port, keyFor(input, place)]),
    node.definition.dependsOn?.(host),
  );

/** The key of a zone follows its wires from the start to the end, and takes in what is looked at inside. */
function zoneKey(
  zone: PlannedZone,
  outside: (input: PlannedInput) => string,
  targets: ReadonlySet<string>,
  host: Host,
): string {
  const keys = new Map<string, string>();
  const keyOf = (node: PlannedNode): string =>
    nodeKey(
      node,
      (input) => {
        const inside = keys.get(input.from[0]);
        return inside === undefined ? outside(input) : `${inside}.${input.from[1]}`;
      },
      host,
    );
  const looked: string[] = [];
  for (const node of nodesOf(zone)) {
    keys.set(node.id, keyOf(node));
    if (targets.has(node.id) && node !== zone.end) looked.push(keys.get(node.id) as string);
  }
  const key = keys.get(zone.end.id) as string;
  return looked.length ? hashOf(key, looked) : key;
}
