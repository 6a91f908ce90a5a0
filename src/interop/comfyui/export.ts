import { registry as program } from '../../../nodes/registry';
import samplerFile from '../../../subgraphs/sampler.weft.json?raw';
import { type Content, type Document, type DocumentNode, parseDocument, type Subgraph } from '../../core/document';
import { parametersOf } from '../../core/parameters';
import { ProblemError } from '../../core/problem';
import { inputsType, outputsType, registryOf, subgraphType } from '../../core/subgraph';
import { classes, classOf } from './classes';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import { Linker, type Placed } from './linker';
import { colorOf, withLook } from './look';
import type { Bridge, NodeClass } from './node-class';
import { Ports, portNames, primitives } from './ports';
import { placeholderType, primitiveClass } from './roles';
import { ownSubgraphs } from './subgraphs';
import { controlOf, placesOf, rollOf } from './widgets';
import { borderIn, borderOut, type FlowNode, nodeOf, pointOf, textOf } from './workflow';

/** What a part of a document keeps of the ComfyUI file that it came from. */
const origin = (part: { readonly foreign?: unknown }): JsonObject => {
  const foreign = part.foreign;
  return isObject(foreign) && isObject(foreign.comfyui) ? foreign.comfyui : {};
};

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

/** What a subgraph computes, however it is drawn. */
const essence = ({ nodes, zones }: Subgraph) => ({
  nodes: nodes.map(({ id, type, params: set }) => ({ id, type, params: set })),
  zones: zones.map(({ start, end }) => ({ start, end })),
});

const wiresAndParams = ({ wires, params }: Subgraph): Set<string> =>
  new Set([
    ...wires.map(({ from, to }) => `${from.join('.')} ${to.join('.')}`),
    ...params.map(({ name, of }) => `${name} = ${of.join('.')}`),
  ]);

/** Whether nobody changed a subgraph. Those of older graphs lack what came later: parameters, and the wire for CFG++. */
function isStandard(standard: Subgraph, own: Subgraph): boolean {
  if (!sameJson(essence(standard), essence(own))) return false;
  const [all, has] = [wiresAndParams(standard), wiresAndParams(own)];
  const later = (one: string) => one.includes(' = ') || one === 'unet-negative.prediction step.unguided';
  return [...has].every((one) => all.has(one)) && [...all].every((one) => has.has(one) || later(one));
}

/** Subgraphs that ComfyUI has as one node, as they are when nobody changed them. */
const known: ReadonlyMap<string, Subgraph> = new Map([
  ...ownSubgraphs,
  ...(parseDocument(samplerFile).subgraphs ?? []).map((subgraph) => [subgraphType(subgraph.id), subgraph] as const),
]);

/** An id such as ComfyUI gives to subgraphs, always the same for a name. */
function uuidOf(name: string): string {
  let digits = '';
  for (let round = 0; digits.length < 32; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    digits += hash.toString(16).padStart(8, '0');
  }
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * A graph as a workflow of ComfyUI. What came from one is as it was there, but for what was changed; what has a counterpart is
 * written as that. Throws a `ProblemError` that names everything else.
 */
export function exportWorkflow(document: Document): JsonObject {
  return new Exporter(document).workflow();
}

class Exporter {
  readonly #document: Document;
  readonly #registry;
  /** Subgraphs of the document that are subgraphs of the workflow, by Weft's type. */
  readonly #flows = new Map<
    string,
    { readonly subgraph: Subgraph; readonly uuid: string; readonly head: JsonObject }
  >();
  readonly #ports: Ports;
  readonly #refused = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
    this.#registry = registryOf(document, program);
    const byUuid = new Map<string, { subgraph: Subgraph; in: readonly string[]; out: readonly string[] }>();
    for (const subgraph of document.subgraphs ?? []) {
      const type = subgraphType(subgraph.id);
      const standard = known.get(type);
      if (standard && isStandard(standard, subgraph)) continue;
      const head = isObject(origin(subgraph).head) ? (origin(subgraph).head as JsonObject) : {};
      const uuid = textOf(head.id) || uuidOf(subgraph.id);
      this.#flows.set(type, { subgraph, uuid, head });
      byUuid.set(uuid, { subgraph, ...facesOf(subgraph, head) });
    }
    this.#ports = new Ports(byUuid);
  }

  workflow(): JsonObject {
    const { foreign: _, ...own } = origin(this.#document);
    const head: JsonObject = isObject(own.head) ? own.head : { version: 0.4, config: {}, extra: {} };
    const content = this.#content(this.#document, head.version === 1);
    const definitions = [...this.#flows.values()].map((flow) => ({
      parent: origin(flow.subgraph).parent,
      uuid: flow.uuid,
      raw: this.#definition(flow),
    }));
    if (this.#refused.size > 0)
      throw new ProblemError({
        what: `ComfyUI has nothing for ${sentenceList([...this.#refused])}.`,
        cure: 'Take these out of the graph, or replace them by nodes that both have, such as KSampler.',
      });
    const before = list(own.definitions).map(textOf);
    const rank = (uuid: string) => (before.includes(uuid) ? before.indexOf(uuid) : before.length);
    definitions.sort((a, b) => rank(a.uuid) - rank(b.uuid));
    for (const { parent, raw } of definitions) {
      const holder = definitions.find(({ uuid }) => uuid === parent)?.raw;
      if (holder && isObject(holder.definitions)) list(holder.definitions.subgraphs);
      if (holder) holder.definitions = withSubgraph(holder.definitions, raw);
    }
    const outer = definitions.filter(({ parent }) => !definitions.some(({ uuid }) => uuid === parent));
    const subgraphs = [...outer.map(({ raw }): Json => raw), ...list(own.unread)].sort(
      (a, b) => rank(isObject(a) ? textOf(a.id) : '') - rank(isObject(b) ? textOf(b.id) : ''),
    );
    return {
      ...head,
      ...lastIds(head, content),
      nodes: content.nodes,
      links: content.links,
      ...((content.groups.length > 0 || Object.hasOwn(head, 'groups')) && { groups: content.groups }),
      ...((subgraphs.length > 0 || isObject(head.definitions)) && {
        definitions: { ...(isObject(head.definitions) ? head.definitions : {}), subgraphs },
      }),
      ...(!Object.hasOwn(head, 'version') && origin(this.#document).head === undefined && { version: 0.4 }),
    };
  }

  #definition({ subgraph, uuid, head }: { subgraph: Subgraph; uuid: string; head: JsonObject }): JsonObject {
    const content = this.#content(subgraph, true);
    const faces = facesOf(subgraph, head);
    const { order } = origin(subgraph);
    const [were, are] = [list(isObject(order) ? order.links : []).map(textOf), content.links.map(linkId)];
    const gone = (id: Json) => were.includes(textOf(id)) && !are.includes(textOf(id));
    const sockets = (names: readonly string[], old: readonly Json[], side: 'in' | 'out', slot: 'from' | 'to') =>
      names.map((name, place): Json => {
        const linkIds = content.links
          .filter(
            (link) =>
              isObject(link) &&
              String(slot === 'from' ? link.origin_id : link.target_id) === (side === 'in' ? borderIn : borderOut),
          )
          .filter((link) => isObject(link) && Number(slot === 'from' ? link.origin_slot : link.target_slot) === place)
          .map((link) => (link as JsonObject).id as Json);
        const before = old[place];
        if (isObject(before)) {
          const kept = list(before.linkIds).filter((id) => linkIds.includes(id) || !gone(id));
          const all = [...kept, ...linkIds.filter((id) => !kept.includes(id))];
          return Object.hasOwn(before, 'linkIds') || all.length ? { ...before, linkIds: all } : before;
        }
        return { id: uuidOf(`${uuid} ${side} ${name}`), name, type: this.#typeOf(subgraph, name, side), linkIds };
      });
    return {
      id: uuid,
      version: 1,
      state: { lastGroupId: 0, lastNodeId: 0, lastLinkId: 0, lastRerouteId: 0 },
      revision: 0,
      config: {},
      inputNode: { id: -10, bounding: [-240, 0, 120, 60] },
      outputNode: { id: -20, bounding: [400, 0, 120, 60] },
      widgets: [],
      ...head,
      name: subgraph.title,
      inputs: sockets(faces.in, list(head.inputs), 'in', 'from'),
      outputs: sockets(faces.out, list(head.outputs), 'out', 'to'),
      nodes: content.nodes,
      links: content.links,
      ...((content.groups.length > 0 || Object.hasOwn(head, 'groups')) && { groups: content.groups }),
      ...lastIds(head, content),
    };
  }

  #typeOf({ inputs, outputs, params, nodes }: Subgraph, name: string, side: 'in' | 'out'): string {
    const kind = (side === 'in' ? inputs : outputs).find((port) => port.name === name)?.kind;
    if (kind) return comfyTypes[kind] ?? '*';
    const of = params.find((param) => param.name === name)?.of;
    const node = nodes.find(({ id }) => id === of?.[0]);
    const own = node && classOf(node.type, this.#full(node));
    const widget = own?.widgets.find((one) => own.weft?.widgets[one.name]?.port === of?.[1]);
    return widget?.type ?? '*';
  }

  /** Parameters with the defaults of Weft filled in. */
  #full(node: DocumentNode): JsonObject {
    const definition = this.#registry.get(node.type);
    const defaults = definition
      ? Object.fromEntries(parametersOf(definition).map((parameter) => [parameter.name, parameter.default as Json]))
      : {};
    return { ...defaults, ...(node.params as JsonObject) };
  }

  #content(content: Content, objects: boolean) {
    const own = origin(content);
    const order = isObject(own.order) ? own.order : {};
    const linker = new Linker(this.#ports, list(order.links).map(textOf), objects);
    const rest = list(own.nodes);
    for (const node of content.nodes) {
      if (node.type === inputsType || node.type === outputsType) {
        const subgraph = this.#document.subgraphs?.find(({ nodes }) => nodes === content.nodes);
        const flow = subgraph && this.#flows.get(subgraphType(subgraph.id));
        const faces = flow && facesOf(flow.subgraph, flow.head);
        linker.border(node.id, node.type === inputsType ? borderIn : borderOut, faces ?? { in: [], out: [] });
        continue;
      }
      const placed = this.#placed(node, content);
      if (placed) linker.place(node.id, placed);
    }
    for (const note of content.notes ?? []) linker.place(note.id, this.#note(note));
    for (const wire of content.wires) {
      const failed = linker.wire(wire, origin(wire));
      if (failed) this.#refused.add(failed);
    }
    this.#emptyLatents(content, linker);
    const made = linker.finish(rest, list(own.links), list(order.nodes).map(textOf));
    const groups = [...content.frames.map(groupOf), ...list(own.groups)];
    return { ...made, groups };
  }

  /** Weft's Sampler makes its own latent where none is wired; KSampler wants one. */
  #emptyLatents(content: Content, linker: Linker): void {
    for (const node of content.nodes) {
      if (node.type !== 'subgraph/sampler' || content.wires.some(({ to }) => to[0] === node.id && to[1] === 'latent'))
        continue;
      const { width, height } = this.#full(node);
      const own = classes.get('EmptyLatentImage');
      if (!own) continue;
      const id = `${node.id} empty`;
      const at: [number, number] = [node.at[0] - 340, node.at[1] + 120];
      linker.place(id, fresh(own, { width: width as Json, height: height as Json, count: 1 }, { at }));
      linker.wire({ from: [id, 'latent'], to: [node.id, 'latent'] }, {});
    }
  }

  #placed(node: DocumentNode, content: Content): Placed | undefined {
    const { node: rawNode, params: imported } = origin(node);
    const raw = isObject(rawNode) ? rawNode : undefined;
    const flowNode = raw && nodeOf(raw);
    const full = this.#full(node);
    if (raw && flowNode) {
      const before = isObject(imported) ? imported : {};
      const role = this.#ports.role(flowNode);
      const own = classes.get(flowNode.type);
      if (role === 'placeholder' && node.type === placeholderType(flowNode.type)) {
        const shown = own?.title ?? flowNode.type;
        const { title, ...look } = node;
        return {
          raw: withLook(raw, title === undefined || title === shown.slice(0, 200) ? look : node, undefined),
          own,
        };
      }
      if (role === 'mapped' && own?.weft?.type === node.type && keeps(own, full))
        return { raw: this.#widgets(withLook(raw, node, own.title), own, node, full, before), own };
      if (role === 'primitive' && primitives[flowNode.outputs[0]?.type ?? '']?.type === node.type)
        return { raw: this.#primitive(raw, flowNode, node, content, before), own: undefined };
      const flow = this.#flows.get(node.type);
      if (role === 'subgraph' && flow?.uuid === flowNode.type)
        return {
          raw: this.#instance(withLook(raw, node, flow.subgraph.title), flowNode, flow.subgraph, node, before),
          own: undefined,
        };
    }
    const changed = known.has(node.type) && this.#flows.has(node.type);
    const own = changed ? undefined : classOf(node.type, full);
    if (own) return fresh(own, full, node);
    const flow = this.#flows.get(node.type);
    if (flow) return this.#freshInstance(flow, node);
    const title = node.title ?? this.#registry.get(node.type)?.title ?? node.type;
    this.#refused.add(`“${title}”`);
    return undefined;
  }

  /** The values of a node that came from ComfyUI: those that were changed here are written anew. */
  #widgets(raw: JsonObject, own: NodeClass, node: DocumentNode, full: JsonObject, before: JsonObject): JsonObject {
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

  #primitive(
    raw: JsonObject,
    flowNode: FlowNode,
    node: DocumentNode,
    content: Content,
    before: JsonObject,
  ): JsonObject {
    const shown = withLook(raw, node, undefined);
    const param = primitives[flowNode.outputs[0]?.type ?? '']?.param ?? 'value';
    const values = list(raw.widgets_values);
    const roll = rollOf(primitiveClass, raw, 'value');
    const control = node.rolls?.[param];
    if (sameJson(node.params[param], before[param]) && roll === control) return shown;
    const [target] = content.wires.filter(({ from }) => from[0] === node.id).map(({ to }) => to);
    const bridge = target && this.#bridgeAt(content, target);
    const now = (node.params[param] ?? null) as Json;
    const value = sameJson(node.params[param], before[param])
      ? values[0]
      : bridge
        ? bridge.write({ [target[1]]: now })
        : now;
    const rest = roll === control ? values.slice(1) : [controlOf(control), ...values.slice(2)];
    return { ...shown, widgets_values: [value ?? now, ...rest] };
  }

  /** How the parameter at the end of a wire is written. */
  #bridgeAt({ nodes }: Content, [id, port]: readonly [string, string]): Bridge | undefined {
    const node = nodes.find((some) => some.id === id);
    if (!node) return undefined;
    const inner = this.#flows.get(node.type)?.subgraph;
    const of = inner?.params.find(({ name }) => name === port)?.of;
    if (inner && of) {
      const bridge = this.#bridgeAt(inner, of);
      return bridge && { ...bridge, write: (params) => bridge.write({ [of[1]]: params[port] as Json }) };
    }
    const own = classOf(node.type, this.#full(node));
    return own && Object.values(own.weft?.widgets ?? {}).find((bridge) => bridge.port === port);
  }

  #instance(
    raw: JsonObject,
    { inputs }: FlowNode,
    subgraph: Subgraph,
    node: DocumentNode,
    before: JsonObject,
  ): JsonObject {
    const faces = this.#ports.subgraph(textOf(raw.type));
    const values = raw.widgets_values;
    const next: Json[] | JsonObject = Array.isArray(values) ? [...values] : isObject(values) ? { ...values } : [];
    let changed = false;
    for (const [place, { name }] of inputs.filter(({ widget }) => widget !== undefined).entries()) {
      const param = faces?.in[inputs.findIndex((input) => input.name === name)];
      if (param === undefined || sameJson(node.params[param], before[param])) continue;
      const of = subgraph.params.find((one) => one.name === param)?.of;
      const bridge = of && this.#bridgeAt(subgraph, of);
      const value = (bridge && of ? bridge.write({ [of[1]]: node.params[param] as Json }) : node.params[param]) as Json;
      if (Array.isArray(next)) next[place] = value ?? null;
      else next[name] = value ?? null;
      changed = true;
    }
    return changed ? { ...raw, widgets_values: next } : raw;
  }

  #freshInstance(
    { subgraph, uuid, head }: { subgraph: Subgraph; uuid: string; head: JsonObject },
    node: DocumentNode,
  ): Placed {
    const faces = facesOf(subgraph, head);
    const values: Json[] = [];
    const inputs = faces.in.map((name): Json => {
      const param = subgraph.params.find((one) => one.name === name);
      if (!param) return { name, type: this.#typeOf(subgraph, name, 'in'), link: null };
      const bridge = this.#bridgeAt(subgraph, param.of);
      const value = this.#full(node)[name] as Json;
      values.push((bridge ? bridge.write({ [param.of[1]]: value }) : value) ?? null);
      return { name, type: this.#typeOf(subgraph, name, 'in'), link: null, widget: { name } };
    });
    const outputs = faces.out.map((name): Json => ({ name, type: this.#typeOf(subgraph, name, 'out'), links: null }));
    const raw = { ...blank(uuid, node, [260, 120]), inputs, outputs, widgets_values: values };
    return { raw: withLook(raw, node, subgraph.title), own: undefined };
  }

  #note(note: NonNullable<Content['notes']>[number]): Placed {
    const { node } = origin(note);
    const color = note.color ?? undefined;
    if (!isObject(node)) {
      const raw = { ...blank('MarkdownNote', note, note.size), inputs: [], outputs: [], widgets_values: [note.text] };
      return { raw: color ? { ...raw, color, bgcolor: color } : raw, own: undefined };
    }
    const values = list(node.widgets_values);
    const text = textOf(values[0]) || textOf(isObject(node.properties) ? node.properties.text : undefined);
    const raw: JsonObject = { ...node };
    const at = pointOf(node.pos);
    const size = pointOf(node.size);
    if (!at || at[0] !== note.at[0] || at[1] !== note.at[1]) raw.pos = [...note.at];
    if (size && (size[0] !== note.size[0] || size[1] !== note.size[1])) raw.size = [...note.size];
    if (text.slice(0, note.text.length + 1) !== note.text && text.slice(0, 20_000) !== note.text)
      raw.widgets_values = [note.text, ...values.slice(1)];
    if (color !== colorOf(node.bgcolor ?? node.color) && color) Object.assign(raw, { color, bgcolor: color });
    return { raw, own: undefined };
  }
}

/** Whether parameters are still those that a class stands for. */
const keeps = ({ weft }: NodeClass, params: JsonObject): boolean =>
  Object.entries(weft?.params ?? {}).every(([name, value]) => sameJson(params[name], value));

/** ComfyUI's types of Weft's kinds. */
const comfyTypes: Readonly<Record<string, string>> = {
  unet: 'MODEL',
  'text-encoder': 'CLIP',
  vae: 'VAE',
  conditioning: 'CONDITIONING',
  latent: 'LATENT',
  image: 'IMAGE',
  mask: 'MASK',
  controlnet: 'CONTROL_NET',
  integer: 'INT',
  number: 'FLOAT',
  boolean: 'BOOLEAN',
  text: 'STRING',
};

/** Names of a subgraph's inputs and parameters, and of its outputs, in ComfyUI's order; new ones come last. */
function facesOf({ inputs, params, outputs }: Subgraph, head: JsonObject) {
  const all = [...inputs, ...params].map(({ name }) => name);
  const old = (sockets: unknown, fallback: string) =>
    portNames(
      list(sockets).map((socket) => ({
        name: isObject(socket) ? textOf(socket.name) : '',
        type: isObject(socket) ? textOf(socket.type) : '',
      })),
      fallback,
    );
  const [oldIn, oldOut] = [old(head.inputs, 'in'), old(head.outputs, 'out')];
  const names = outputs.map(({ name }) => name);
  return {
    in: [...oldIn, ...all.filter((name) => !oldIn.includes(name))],
    out: [...oldOut, ...names.filter((name) => !oldOut.includes(name))],
  };
}

const blank = (type: string, { at }: { readonly at: readonly number[] }, size: readonly number[]): JsonObject => ({
  type,
  pos: [...at],
  size: [...size],
  flags: {},
  order: 0,
  mode: 0,
  properties: {},
});

/** A node that did not come from ComfyUI. */
function fresh(own: NodeClass, full: JsonObject, node: Pick<DocumentNode, 'at'> & Partial<DocumentNode>): Placed {
  const values: Json[] = [];
  for (const { name, default: fallback, control } of own.widgets) {
    const bridge = own.weft?.widgets[name];
    const value = bridge?.write(full);
    values.push(value === undefined ? fallback : value);
    if (control) values.push(controlOf(bridge?.port === undefined ? undefined : node.rolls?.[bridge.port]));
  }
  const inputs = own.in.map(
    ({ name, type, optional }): Json => ({ name, type, link: null, ...(optional && { shape: 7 }) }),
  );
  const outputs = own.out.map(({ name, type }, slot): Json => ({ name, type, links: null, slot_index: slot }));
  const raw: JsonObject = {
    ...blank(own.name, node, [300, 60 + 26 * Math.max(inputs.length, outputs.length) + 30 * values.length]),
    inputs,
    outputs,
    properties: { 'Node name for S&R': own.name },
    ...(values.length && { widgets_values: values }),
  };
  return { raw: withLook(raw, node, own.title), own };
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

function groupOf(frame: Content['frames'][number]): Json {
  const { group } = origin(frame);
  const { title, at, size, color } = frame;
  if (!isObject(group)) return { title, bounding: [...at, ...size], ...(color && { color }), font_size: 24, flags: {} };
  const next: JsonObject = { ...group };
  const bounding = list(group.bounding);
  const was = [...(pointOf(bounding) ?? []), ...(pointOf(bounding.slice(2, 4)) ?? [])];
  if (!sameJson(was, [...at, ...size])) next.bounding = [...at, ...size];
  if (textOf(group.title).slice(0, 200) !== title) next.title = title;
  if (color !== colorOf(group.color)) {
    if (color) next.color = color;
    else delete next.color;
  }
  return next;
}

const withSubgraph = (definitions: unknown, raw: JsonObject): JsonObject => ({
  ...(isObject(definitions) ? definitions : {}),
  subgraphs: [...list(isObject(definitions) ? definitions.subgraphs : undefined), raw],
});

const linkId = (link: Json): string => textOf(isObject(link) ? link.id : list(link)[0]);

/** The counters of a workflow, where new parts went beyond them. */
function lastIds(
  head: JsonObject,
  { lastNode, lastLink }: { readonly lastNode: number; readonly lastLink: number },
): JsonObject {
  const beyond = (value: Json | undefined, last: number): Json =>
    value !== undefined && (last === 0 || (typeof value === 'number' && value >= last)) ? value : last;
  if (isObject(head.state)) {
    const { state } = head;
    return {
      state: {
        ...state,
        lastNodeId: typeof state.lastNodeId === 'string' ? state.lastNodeId : beyond(state.lastNodeId, lastNode),
        lastLinkId: beyond(state.lastLinkId, lastLink),
      },
    };
  }
  if (head.inputNode !== undefined) return {};
  const own = Object.hasOwn(head, 'nodes');
  return {
    ...((!own || Object.hasOwn(head, 'last_node_id')) && {
      last_node_id: typeof head.last_node_id === 'string' ? head.last_node_id : beyond(head.last_node_id, lastNode),
    }),
    ...((!own || Object.hasOwn(head, 'last_link_id')) && {
      last_link_id: typeof head.last_link_id === 'string' ? head.last_link_id : beyond(head.last_link_id, lastLink),
    }),
  };
}

const sentenceList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
