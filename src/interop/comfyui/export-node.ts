import type { Content, DocumentNode, Subgraph } from '../../core/document';
import { parametersOf } from '../../core/parameters';
import type { registryOf } from '../../core/subgraph';
import { classes, classOf } from './classes';
import { withValues } from './export-values';
import { facesOf } from './faces';
import { blank, comfyTypes, fresh } from './fresh';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import type { Placed } from './linker';
import { withLook } from './look';
import type { Bridge, NodeClass } from './node-class';
import { list, origin } from './origin';
import { type Ports, primitives } from './ports';
import { placeholderType, primitiveClass } from './roles';
import { standardSubgraphs } from './standard';
import { controlOf, rollOf } from './widgets';
import { type FlowNode, nodeOf, textOf } from './workflow';

/** A subgraph of the document that is one of the workflow, with what the workflow said of it. */
export interface WrittenFlow {
  readonly subgraph: Subgraph;
  readonly uuid: string;
  readonly head: JsonObject;
}

/** Writes nodes: those that came from a workflow as they were, but for what was changed, others as their counterparts. */
export class NodeWriter {
  /** What ComfyUI has nothing for. */
  readonly refused = new Set<string>();
  readonly #registry: ReturnType<typeof registryOf>;
  readonly #flows: ReadonlyMap<string, WrittenFlow>;
  readonly #ports: Ports;

  /** `flows`: by Weft's type. */
  constructor(registry: ReturnType<typeof registryOf>, flows: ReadonlyMap<string, WrittenFlow>, ports: Ports) {
    this.#registry = registry;
    this.#flows = flows;
    this.#ports = ports;
  }

  typeOf({ inputs, outputs, params, nodes }: Subgraph, name: string, side: 'in' | 'out'): string {
    const kind = (side === 'in' ? inputs : outputs).find((port) => port.name === name)?.kind;
    if (kind) return comfyTypes[kind] ?? '*';
    const of = params.find((param) => param.name === name)?.of;
    const node = nodes.find(({ id }) => id === of?.[0]);
    const own = node && classOf(node.type, this.full(node));
    const widget = own?.widgets.find((one) => own.weft?.widgets[one.name]?.port === of?.[1]);
    return widget?.type ?? '*';
  }

  /** Parameters with the defaults of Weft filled in. */
  full(node: DocumentNode): JsonObject {
    const definition = this.#registry.get(node.type);
    const defaults = definition
      ? Object.fromEntries(parametersOf(definition).map((parameter) => [parameter.name, parameter.default as Json]))
      : {};
    return { ...defaults, ...(node.params as JsonObject) };
  }

  /** A node of `content`; undefined where it is refused. */
  placed(node: DocumentNode, content: Content): Placed | undefined {
    const { node: rawNode, params: imported } = origin(node);
    const raw = isObject(rawNode) ? rawNode : undefined;
    const flowNode = raw && nodeOf(raw);
    const full = this.full(node);
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
    this.refused.add(`“${title}”`);
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
    const own = classOf(node.type, this.full(node));
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
      if (!param) return { name, type: this.typeOf(subgraph, name, 'in'), link: null };
      const bridge = this.#bridgeAt(subgraph, param.of);
      const value = this.full(node)[name] as Json;
      values.push((bridge ? bridge.write({ [param.of[1]]: value }) : value) ?? null);
      return { name, type: this.typeOf(subgraph, name, 'in'), link: null, widget: { name } };
    });
    const outputs = faces.out.map((name): Json => ({ name, type: this.typeOf(subgraph, name, 'out'), links: null }));
    const raw = { ...blank(uuid, node, [260, 120]), inputs, outputs, widgets_values: values };
    return { raw: withLook(raw, { ...node, foreign: undefined }, subgraph.title), own: undefined };
  }
}

/** Whether parameters are still those that a class stands for. */
const keeps = ({ weft }: NodeClass, params: JsonObject): boolean =>
  Object.entries(weft?.params ?? {}).every(([name, value]) => sameJson(params[name], value));
