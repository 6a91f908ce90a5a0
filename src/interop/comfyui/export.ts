import { registry as program } from '../../../nodes/registry';
import type { Content, Document, DocumentNode, Subgraph } from '../../core/document';
import { parametersOf } from '../../core/parameters';
import { ProblemError } from '../../core/problem';
import { inputsType, outputsType, registryOf, subgraphType } from '../../core/subgraph';
import { classes, classOf } from './classes';
import { lastIds, linkId, withSubgraph } from './export-heads';
import { groupOf, noteNode } from './export-parts';
import { withValues } from './export-values';
import { facesOf, uuidOf } from './faces';
import { blank, comfyTypes, fresh } from './fresh';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import { Linker, type Placed } from './linker';
import { withLook } from './look';
import type { Bridge, NodeClass } from './node-class';
import { list, origin } from './origin';
import { Ports, primitives } from './ports';
import { placeholderType, primitiveClass } from './roles';
import { isStandard, standardSubgraphs } from './standard';
import { controlOf, rollOf } from './widgets';
import { borderIn, borderOut, type FlowNode, nodeOf, textOf } from './workflow';

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
      const standard = standardSubgraphs.get(type);
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
    for (const note of content.notes ?? []) linker.place(note.id, noteNode(note));
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
        return { raw: withValues(withLook(raw, node, own.title), own, node, full, before), own };
      if (role === 'primitive' && primitives[flowNode.outputs[0]?.type ?? '']?.type === node.type)
        return { raw: this.#primitive(raw, flowNode, node, content, before), own: undefined };
      const flow = this.#flows.get(node.type);
      if (role === 'subgraph' && flow?.uuid === flowNode.type)
        return {
          raw: this.#instance(withLook(raw, node, flow.subgraph.title), flow, node, before),
          own: undefined,
        };
    }
    const changed = standardSubgraphs.has(node.type) && this.#flows.has(node.type);
    const own = changed ? undefined : classOf(node.type, full);
    if (own) return fresh(own, full, node);
    const flow = this.#flows.get(node.type);
    if (flow) return this.#freshInstance(flow, node);
    const title = node.title ?? this.#registry.get(node.type)?.title ?? node.type;
    this.#refused.add(`“${title}”`);
    return undefined;
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
    { subgraph, head }: { readonly subgraph: Subgraph; readonly head: JsonObject },
    node: DocumentNode,
    before: JsonObject,
  ): JsonObject {
    const faces = this.#ports.subgraph(textOf(raw.type));
    const inputs = list(head.inputs).map((input) => (isObject(input) ? textOf(input.name) : ''));
    const values = raw.widgets_values;
    const next: Json[] | JsonObject = Array.isArray(values) ? [...values] : isObject(values) ? { ...values } : [];
    let changed = false;
    const names = isObject(values) ? Object.keys(values) : list(origin(node).names).map(textOf);
    for (const [place, name] of names.entries()) {
      const param = faces?.in[inputs.indexOf(name)];
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
    return { raw: withLook(raw, { ...node, foreign: undefined }, subgraph.title), own: undefined };
  }
}

/** Whether parameters are still those that a class stands for. */
const keeps = ({ weft }: NodeClass, params: JsonObject): boolean =>
  Object.entries(weft?.params ?? {}).every(([name, value]) => sameJson(params[name], value));

const sentenceList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
