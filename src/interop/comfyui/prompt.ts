import { ProblemError } from '../../core/problem';
import { classes } from './classes';
import { instanceValues } from './instance-values';
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
      const name = node.inputs[slot]?.name || node.inputs[slot]?.widget || own?.in[slot]?.name;
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

  /** What an input takes. `depth` is the length of the way so far: links may run in a circle. */
  #input(place: Place, node: FlowNode, slot: number, depth: number, type?: string): Source {
    const link = place.into.get(`${node.id} ${slot}`);
    const own = node.inputs[slot]?.type ?? classes.get(node.type)?.in[slot]?.type ?? link?.type ?? '*';
    return link && this.#output(place, link.from, link.fromSlot, depth + 1, type ?? own);
  }

  /** What an output gives to an input of a type: through reroutes, bypassed nodes and the borders of subgraphs. */
  #output(place: Place, id: string, slot: number, depth: number, type: string): Source {
    // Longer than any way through a workflow.
    if (depth > 2000) return undefined;
    if (id === borderIn && place.outer) return this.#border(place.outer, slot, depth);
    const node = place.nodes.get(id);
    if (!node) return undefined;
    if (node.type === 'PrimitiveNode') {
      // Its page writes the value into the widget before anything else, whatever the node's mode.
      const values = Array.isArray(node.raw.widgets_values) ? node.raw.widgets_values : [];
      return values[0] === undefined ? undefined : { value: values[0] };
    }
    if (node.raw.mode === 4) return this.#bypassed(place, node, slot, depth, type);
    if (node.type === 'Reroute') return this.#input(place, node, 0, depth, type);
    const definition = this.#definitions.get(node.type);
    // What names a muted node is taken out in the end.
    if (!definition || node.raw.mode === 2) return { id: place.prefix + id, slot };
    const inside = this.#within(place, node, definition);
    const link = inside.into.get(`${borderOut} ${slot}`);
    return link && this.#output(inside, link.from, link.fromSlot, depth + 1, type);
  }

  /** What comes into an instance, or the value that it has in place of a wire. */
  #border({ place, instance, definition }: NonNullable<Place['outer']>, slot: number, depth: number): Source {
    const name = definition.inputs[slot]?.name ?? '';
    const named = instance.inputs.findIndex((input) => input.name === name);
    const at = named < 0 ? slot : named;
    const source = this.#input(place, instance, at, depth);
    if (source) return source;
    const value = instanceValues(instance, definition)[name];
    return value === undefined ? undefined : { value };
  }

  /** Through a bypassed node: the input at the same place if it fits, else the first of that type, else the first that fits. */
  #bypassed(place: Place, node: FlowNode, slot: number, depth: number, wanted: string): Source {
    const own = classes.get(node.type);
    const given =
      node.outputs[slot]?.type ?? own?.out[slot]?.type ?? this.#definitions.get(node.type)?.outputs[slot]?.type;
    const types =
      node.inputs.length > 0 ? node.inputs.map((input) => input.type) : (own?.in.map((input) => input.type) ?? []);
    const any = wanted === '*' || wanted === '';
    const same = types[slot];
    const at = any
      ? Math.min(slot, types.length - 1) === slot
        ? slot
        : 0
      : same !== undefined && connects(same, given ?? wanted) && connects(same, wanted)
        ? slot
        : types.includes(wanted)
          ? types.indexOf(wanted)
          : types.findIndex((type) => connects(type, wanted));
    return at < 0 || at >= types.length ? undefined : this.#input(place, node, at, depth);
  }
}

/** LiteGraph's rule: any type fits any, and of lists of types one has to be the same. */
function connects(a: string, b: string): boolean {
  if (a === '*' || b === '*' || a === '' || b === '') return true;
  const types = b.toLowerCase().split(',');
  return a
    .toLowerCase()
    .split(',')
    .some((type) => types.includes(type));
}
