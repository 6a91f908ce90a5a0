import { isObject, type Json, type JsonObject } from './json';
import { borderIn, type Definition, type FlowNode } from './workflow';

/** Inputs of a subgraph that set a widget inside, in order. */
const widgetInputs = ({ inputs, nodes, links }: Definition): string[] =>
  inputs.flatMap(({ name }, place) => {
    const sets = links.some((link) => {
      if (link.from !== borderIn || link.fromSlot !== place) return false;
      return nodes.find(({ id }) => id === link.to)?.inputs[link.toSlot]?.widget !== undefined;
    });
    return sets ? [name] : [];
  });

/**
 * The names that the places in an instance's `widgets_values` belong to: all inputs of the subgraph that set a widget, in files of
 * late 2025 and after; before that those that the instance lists. Empty where the values are named.
 */
export function instanceNames({ raw, inputs }: FlowNode, definition: Definition): readonly string[] {
  const { widgets_values: values } = raw;
  if (!Array.isArray(values)) return [];
  const listed = inputs.flatMap(({ name, widget }) => (widget === undefined ? [] : [name]));
  const all = widgetInputs(definition);
  return values.length !== listed.length && values.length === all.length ? all : listed;
}

/** What an instance has in the place of wires, by the names of its inputs. */
export function instanceValues(node: FlowNode, definition: Definition): JsonObject {
  const { widgets_values: values } = node.raw;
  if (isObject(values)) return values;
  if (!Array.isArray(values)) return {};
  const entries = instanceNames(node, definition).flatMap((name, place): [string, Json][] => {
    const value = values[place];
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
