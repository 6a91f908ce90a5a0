import type { DocumentNode } from '../../core/document';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import type { NodeClass } from './node-class';
import { list } from './origin';
import { controlOf, placesOf, rollOf } from './widgets';

/** The values of a node that came from ComfyUI: those that were changed here are written anew. */
export function withValues(
  raw: JsonObject,
  own: NodeClass,
  node: DocumentNode,
  full: JsonObject,
  before: JsonObject,
): JsonObject {
  const values = raw.widgets_values;
  const places = placesOf(own, Array.isArray(values) ? values : []);
  const written: JsonObject = {};
  for (const { name, at } of places) {
    const bridge = own.weft?.widgets[name];
    if (!bridge) continue;
    const value = Array.isArray(values)
      ? at === undefined
        ? undefined
        : values[at]
      : isObject(values)
        ? values[name]
        : undefined;
    const fallback = own.widgets.find((widget) => widget.name === name)?.default ?? null;
    const names = Object.keys(bridge.read((value ?? fallback) as Json, { model: (file) => file }));
    // A bridge may have read fewer parameters than it would write now.
    const all = [...names, ...(bridge.port && !names.includes(bridge.port) ? [bridge.port] : [])];
    if (all.every((key) => !Object.hasOwn(before, key) || sameJson(before[key], full[key]))) continue;
    const next = bridge.write(full);
    if (next !== undefined) written[name] = next;
  }
  const rolls = own.widgets.flatMap(({ name, control }) => {
    const port = own.weft?.widgets[name]?.port;
    const now = port === undefined ? undefined : node.rolls?.[port];
    return control && now !== rollOf(own, raw, name) ? [[name, controlOf(now)] as const] : [];
  });
  return written && (Object.keys(written).length || rolls.length)
    ? { ...raw, ...writeValues(raw, own, written, Object.fromEntries(rolls)) }
    : raw;
}

/** `widgets_values` with some of them changed, in the form that it had. */
function writeValues(raw: JsonObject, own: NodeClass, written: JsonObject, controls: JsonObject): JsonObject {
  const { widgets_values: values, widgets_values_named: named } = raw;
  const also = isObject(named) ? { widgets_values_named: { ...named, ...written } } : {};
  if (isObject(values)) {
    const control = Object.values(controls)[0];
    return {
      widgets_values: { ...values, ...written, ...(control !== undefined && { control_after_generate: control }) },
      ...also,
    };
  }
  const next: Json[] = [];
  const before = list(values);
  for (const [index, { at, control, name }] of placesOf(own, before).entries()) {
    const widget = own.widgets[index];
    next.push(
      Object.hasOwn(written, name)
        ? (written[name] as Json)
        : at === undefined
          ? (widget?.default ?? null)
          : (before[at] as Json),
    );
    if (Object.hasOwn(controls, name)) next.push(controls[name] as Json);
    else if (control !== undefined) next.push(before[control] as Json);
  }
  return { widgets_values: [...next, ...before.slice(next.length)], ...also };
}
