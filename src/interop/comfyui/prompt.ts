import { ProblemError } from '../../core/problem';
import { classes } from './classes';
import { isObject, type Json, type JsonObject, wordOf } from './json';
import { widgetsOf } from './widgets';
import {
  borderIn,
  borderOut,
  type Definition,
  type Flow,
  type FlowNode,
  type Link,
  readWorkflow,
  type Socket,
  textOf,
  type Workflow,
} from './workflow';

/** Nodes that ComfyUI's page knows and its server does not. */
const virtual = new Set(['Note', 'MarkdownNote', 'Reroute', 'PrimitiveNode']);

/** Values that the page keeps for itself. */
const kept = new Set(['upload', 'control_after_generate', 'choose file to upload']);

/** A flow with what leads into it: the workflow, or the inside of an instance. */
interface Place {
  readonly flow: Flow;
  /** Before the ids of its nodes: `1:2:`. */
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly into: ReadonlyMap<string, Link>;
  readonly outer?: { readonly place: Place; readonly instance: FlowNode; readonly definition: Definition };
}

type Source = { readonly id: string; readonly slot: number } | { readonly value: Json } | undefined;

const deepest = 32;
const mostNodes = 50_000;

function placeOf(flow: Flow, prefix: string, outer?: Place['outer']): Place {
  const into = new Map<string, Link>();
  const nodes = new Map<string, FlowNode>();
  for (const node of flow.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
  for (const link of flow.links) {
    const key = `${link.to} ${link.toSlot}`;
    const named = nodes.get(link.to)?.inputs[link.toSlot]?.link === link.id;
    if (!into.has(key) || named) into.set(key, link);
  }
  return { flow, prefix, nodes, into, ...(outer && { outer }) };
}

/**
 * A workflow as its prompt: what ComfyUI's page sends to its server (`graphToPrompt`). Throws a `ProblemError` that names
 * the classes whose values have no names.
 */
export function workflowToPrompt(value: Json): JsonObject {
  return new Flattener(readWorkflow(value)).prompt();
}

class Flattener {
  readonly #workflow: Workflow;
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #inside = new Map<string, Place>();
  readonly #prompt: JsonObject = {};
  readonly #nameless = new Set<string>();
  #count = 0;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#definitions = new Map(workflow.definitions.map((definition) => [definition.id, definition]));
  }

  prompt(): JsonObject {
    this.#visit(placeOf(this.#workflow, ''), 0);
    if (this.#nameless.size > 0)
      throw new ProblemError({
        what: `The values of ${[...this.#nameless].join(', ')} stand in this workflow without names, and Weft does not know these nodes.`,
        cure: 'Export the workflow instead, or take these nodes out.',
      });
    // What came from a node that does not run is left out.
    for (const node of Object.values(this.#prompt)) {
      if (!isObject(node) || !isObject(node.inputs)) continue;
      for (const [name, input] of Object.entries(node.inputs))
        if (Array.isArray(input) && !Object.hasOwn(this.#prompt, wordOf(input[0]))) delete node.inputs[name];
    }
    return this.#prompt;
  }

  #visit(place: Place, depth: number): void {
    if (depth > deepest)
      throw new ProblemError({ what: `Subgraphs of this workflow nest deeper than ${deepest} levels.` });
    for (const node of place.flow.nodes) {
      if (node.raw.mode === 2 || node.raw.mode === 4 || virtual.has(node.type)) continue;
      const definition = this.#definitions.get(node.type);
      if (definition) this.#visit(this.#within(place, node, definition), depth + 1);
      else if (++this.#count > mostNodes)
        throw new ProblemError({ what: `This workflow has more than ${mostNodes} nodes.` });
      else this.#prompt[place.prefix + node.id] = this.#node(place, node);
    }
  }

  #within(place: Place, instance: FlowNode, definition: Definition): Place {
    const prefix = `${place.prefix}${instance.id}:`;
    const made = this.#inside.get(prefix) ?? placeOf(definition, prefix, { place, instance, definition });
    this.#inside.set(prefix, made);
    return made;
  }

  #node(place: Place, node: FlowNode): JsonObject {
    const own = classes.get(node.type);
    const inputs: JsonObject = {};
    const values = own
      ? {
          ...Object.fromEntries(own.widgets.map((widget) => [widget.name, widget.default])),
          ...widgetsOf(own, node.raw),
        }
      : this.#named(node);
    for (const [name, value] of Object.entries(values))
      if (!kept.has(name)) inputs[name] = Array.isArray(value) ? { __value__: value } : (value as Json);
    const count = Math.max(node.inputs.length, own?.in.length ?? 0);
    for (let slot = 0; slot < count; slot++) {
      const name = node.inputs[slot]?.widget ?? node.inputs[slot]?.name ?? own?.in[slot]?.name;
      const source = this.#input(place, node, slot, 0);
      if (!name || !source) continue;
      inputs[name] = 'value' in source ? source.value : [source.id, source.slot];
    }
    const title = textOf(node.raw.title) || own?.title || node.type;
    return { inputs, class_type: node.type, _meta: { title } };
  }

  /** Values of a class that Weft does not know: newer files name all widgets among the inputs. */
  #named({ raw, type, inputs }: FlowNode): JsonObject {
    const named = widgetsOf(undefined, raw);
    const { widgets_values: values } = raw;
    if (!Array.isArray(values) || values.length === 0 || Object.keys(named).length > 0) return named;
    const names = inputs.flatMap(({ widget }) => (widget === undefined ? [] : [widget]));
    const plain: Json[] = [];
    for (const [index, value] of values.entries()) {
      const name = names[plain.length - 1] ?? '';
      const extra = values.length - index + plain.length > names.length;
      const control =
        extra && /seed$/.test(name) && /^(fixed|increment|decrement|randomize|true|false)$/.test(wordOf(value));
      if (!control) plain.push(value);
    }
    if (plain.length !== names.length) this.#nameless.add(type);
    return Object.fromEntries(names.map((name, i) => [name, plain[i] as Json]));
  }

  #input(place: Place, node: FlowNode, slot: number, depth: number): Source {
    const link = place.into.get(`${node.id} ${slot}`);
    return link && this.#output(place, link.from, link.fromSlot, depth + 1);
  }

  #output(place: Place, id: string, slot: number, depth: number): Source {
    // Longer than any way through a workflow: links that run in a circle.
    if (depth > 2000) return undefined;
    if (id === borderIn && place.outer) return this.#border(place.outer, slot, depth);
    const node = place.nodes.get(id);
    if (!node || node.raw.mode === 2) return undefined;
    if (node.raw.mode === 4) return this.#bypassed(place, node, slot, depth);
    if (node.type === 'Reroute') return this.#input(place, node, 0, depth);
    if (node.type === 'PrimitiveNode') {
      const values = Array.isArray(node.raw.widgets_values) ? node.raw.widgets_values : [];
      return values[0] === undefined ? undefined : { value: values[0] };
    }
    const definition = this.#definitions.get(node.type);
    if (!definition) return { id: place.prefix + id, slot };
    const inside = this.#within(place, node, definition);
    const link = inside.into.get(`${borderOut} ${slot}`);
    return link && this.#output(inside, link.from, link.fromSlot, depth + 1);
  }

  /** What comes into an instance, or the value that it has in place of a wire. */
  #border({ place, instance, definition }: NonNullable<Place['outer']>, slot: number, depth: number): Source {
    const name = definition.inputs[slot]?.name ?? '';
    const named = instance.inputs.findIndex((input) => input.name === name);
    const at = named < 0 ? slot : named;
    const source = this.#input(place, instance, at, depth);
    if (source || instance.inputs[at]?.widget === undefined) return source;
    const { widgets_values: values } = instance.raw;
    const widgets = instance.inputs.filter(({ widget }) => widget !== undefined);
    const value = Array.isArray(values)
      ? values[widgets.indexOf(instance.inputs[at] as Socket)]
      : isObject(values)
        ? values[name]
        : undefined;
    return value === undefined || value === null ? undefined : { value };
  }

  /** Through a bypassed node: the input at the same place if it fits, else the first of that type, else the first that fits. */
  #bypassed(place: Place, node: FlowNode, slot: number, depth: number): Source {
    const own = classes.get(node.type);
    const definition = this.#definitions.get(node.type);
    const type = node.outputs[slot]?.type ?? own?.out[slot]?.type ?? definition?.outputs[slot]?.type ?? '*';
    const types =
      node.inputs.length > 0 ? node.inputs.map((input) => input.type) : (own?.in.map((input) => input.type) ?? []);
    const fits = (other: string | undefined) =>
      other !== undefined && (other === type || other === '*' || type === '*');
    const at = fits(types[slot]) ? slot : types.includes(type) ? types.indexOf(type) : types.findIndex(fits);
    return at < 0 ? undefined : this.#input(place, node, at, depth);
  }
}

/** Whether JSON is a prompt: nodes by id, each with a class. */
export const isPrompt = (value: unknown): value is JsonObject => {
  if (!isObject(value) || Array.isArray(value.nodes)) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every((entry) => isObject(entry) && typeof entry.class_type === 'string');
};

/** A prompt as a workflow, laid out from left to right: a prompt tells no places. */
export function promptToWorkflow(prompt: JsonObject): JsonObject {
  const ids = Object.keys(prompt);
  const links: Json[] = [];
  const outputs = new Map<string, Map<number, { type: string; links: Json[] }>>();
  const depths = depthsOf(prompt);
  const columns: number[] = [];
  const nodes = ids.map((id): JsonObject => {
    const entry = prompt[id] as JsonObject;
    const type = textOf(entry.class_type);
    const own = classes.get(type);
    const given: JsonObject = isObject(entry.inputs) ? entry.inputs : {};
    const asLink = (value: Json | undefined): readonly [string, number] | undefined =>
      Array.isArray(value) &&
      value.length === 2 &&
      typeof value[1] === 'number' &&
      Object.hasOwn(prompt, wordOf(value[0]))
        ? [wordOf(value[0]), value[1]]
        : undefined;
    const known = (own?.in ?? []).filter(({ name, optional }) => !optional || Object.hasOwn(given, name));
    const names = [
      ...known.map(({ name }) => name),
      ...Object.keys(given).filter((name) => asLink(given[name]) && !known.some((input) => input.name === name)),
    ];
    const inputs = names.map((name, slot): Json => {
      const widget = own?.widgets.find((one) => one.name === name);
      const socket = own?.in.find((one) => one.name === name);
      const from = asLink(given[name]);
      const source = from && classes.get(textOf((prompt[from[0]] as JsonObject).class_type));
      const wireType = (from && source?.out[from[1]]?.type) ?? socket?.type ?? widget?.type ?? '*';
      let link: Json = null;
      if (from) {
        link = links.length + 1;
        links.push([link, numberOrText(from[0]), from[1], numberOrText(id), slot, wireType]);
        const slots = outputs.get(from[0]) ?? new Map<number, { type: string; links: Json[] }>();
        outputs.set(from[0], slots);
        const output = slots.get(from[1]) ?? { type: wireType, links: [] };
        slots.set(from[1], { ...output, links: [...output.links, link] });
      }
      return { name, type: socket?.type ?? widget?.type ?? wireType, link, ...(widget && { widget: { name } }) };
    });
    const value = (name: string): Json | undefined => {
      const raw = given[name];
      if (asLink(raw)) return undefined;
      return isObject(raw) && Array.isArray(raw.__value__) ? raw.__value__ : raw;
    };
    const widgets: Json = own
      ? own.widgets.map(({ name, default: fallback }) => value(name) ?? fallback)
      : Object.fromEntries(
          Object.keys(given).flatMap((name) => (asLink(given[name]) ? [] : [[name, value(name) as Json]])),
        );
    const depth = depths.get(id) ?? 0;
    const y = columns[depth] ?? 0;
    const height = 100 + 26 * inputs.length + 34 * Object.keys(widgets).length;
    columns[depth] = y + height + 60;
    const title = isObject(entry._meta) ? textOf(entry._meta.title) : '';
    return {
      id: numberOrText(id),
      type,
      pos: [360 * depth, y],
      size: [300, height],
      flags: {},
      order: 0,
      mode: 0,
      ...(title && title !== own?.title && { title }),
      inputs,
      properties: { 'Node name for S&R': type },
      widgets_values: widgets,
    };
  });
  for (const node of nodes) {
    const slots = outputs.get(textOf(node.id));
    const own = classes.get(textOf(node.type));
    const count = Math.max(own?.out.length ?? 0, ...[...(slots?.keys() ?? [])].map((slot) => slot + 1));
    node.outputs = Array.from({ length: Math.min(count, 200) }, (_, slot): Json => {
      const made = slots?.get(slot);
      const type = own?.out[slot]?.type ?? made?.type ?? '*';
      return { name: own?.out[slot]?.name ?? type, type, links: made?.links ?? [], slot_index: slot };
    });
  }
  const last = nodes.reduce((most, { id }) => (typeof id === 'number' ? Math.max(most, id) : most), 0);
  return {
    last_node_id: last,
    last_link_id: links.length,
    nodes,
    links,
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
}

const numberOrText = (id: string): Json => (/^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id);

/** How many nodes lie before each, along the longest way. What runs in a circle stays where it is. */
function depthsOf(prompt: JsonObject): Map<string, number> {
  const sources = new Map(
    Object.entries(prompt).map(([id, entry]) => {
      const inputs = isObject(entry) && isObject(entry.inputs) ? Object.values(entry.inputs) : [];
      return [
        id,
        inputs.flatMap((value) => (Array.isArray(value) && value.length === 2 ? [wordOf(value[0])] : [])),
      ] as const;
    }),
  );
  const depths = new Map<string, number>();
  for (const start of sources.keys()) {
    const path = [start];
    const open = new Set<string>();
    while (path.length > 0) {
      const id = path.at(-1) as string;
      const before = (sources.get(id) ?? []).filter((other) => sources.has(other));
      const next = depths.has(id) ? undefined : before.find((other) => !depths.has(other) && !open.has(other));
      open.add(id);
      if (next !== undefined) {
        path.push(next);
        continue;
      }
      if (!depths.has(id)) depths.set(id, Math.max(0, ...before.map((other) => (depths.get(other) ?? -1) + 1)));
      path.pop();
    }
  }
  return depths;
}
