import { isObject, type Json, type JsonObject, wordOf } from './json';
import type { NodeClass } from './node-class';

const controls = new Set(['fixed', 'increment', 'decrement', 'randomize']);

/** What is done to a seed after a run; old files say only whether it changes. */
const isControl = (value: Json | undefined): boolean => typeof value === 'boolean' || controls.has(wordOf(value));

/** Where the values of a node's widgets stand, in the order of its class. */
export interface Places {
  readonly name: string;
  /** Index in `widgets_values`; undefined where the list is too short. */
  readonly at: number | undefined;
  /** Index of what becomes of the value. */
  readonly control: number | undefined;
}

export function placesOf({ widgets }: NodeClass, values: readonly Json[]): Places[] {
  let next = 0;
  return widgets.map(({ name, control }) => {
    const at = next < values.length ? next : undefined;
    next += 1;
    if (!control || !isControl(values[next])) return { name, at, control: undefined };
    next += 1;
    return { name, at, control: next - 1 };
  });
}

/** The values of a node's widgets by name. Those that the file does not have are left out. */
export function widgetsOf(own: NodeClass | undefined, raw: JsonObject): JsonObject {
  const { widgets_values: values, widgets_values_named: named } = raw;
  const byName = isObject(values) ? values : isObject(named) ? named : {};
  if (!own || !Array.isArray(values)) return { ...byName };
  const entries = placesOf(own, values).flatMap(({ name, at }) =>
    at === undefined ? [] : [[name, values[at] as Json] as const],
  );
  return { ...byName, ...Object.fromEntries(entries) };
}

export type Roll = 'random' | 'increment' | 'decrement';

const rolls: Readonly<Record<string, Roll>> = { randomize: 'random', increment: 'increment', decrement: 'decrement' };

/** What is done to a widget's value: undefined is nothing. */
export function rollOf(own: NodeClass, raw: JsonObject, widget: string): Roll | undefined {
  const { widgets_values: values } = raw;
  const list = Array.isArray(values) ? values : [];
  const at = placesOf(own, list).find(({ name }) => name === widget)?.control;
  const value = isObject(values) ? values.control_after_generate : at === undefined ? undefined : list[at];
  return value === true ? 'random' : rolls[wordOf(value)];
}

export const controlOf = (roll: Roll | undefined): string =>
  Object.keys(rolls).find((name) => rolls[name] === roll) ?? 'fixed';
