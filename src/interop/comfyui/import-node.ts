import { registry } from '../../../nodes/registry';
import { type DocumentNode, limits, type Subgraph } from '../../core/document';
import type { ModelKind, ModelReference } from '../../core/model-reference';
import { classes } from './classes';
import { samplerRemark } from './classes/sampling';
import { instanceNames, instanceValues } from './instance-values';
import type { Json, JsonObject } from './json';
import { lookOf } from './look';
import { baseName, type ModelFile } from './model-files';
import type { Bridge, Reading } from './node-class';
import { type KnownSubgraph, type Ports, portName, primitives } from './ports';
import type { Reporter } from './report';
import { placeholderType, primitiveClass } from './roles';
import { ownSubgraphs } from './subgraphs';
import { rollOf, widgetsOf } from './widgets';
import type { Definition, Flow, FlowNode } from './workflow';

/** A subgraph of a workflow that was read. */
export interface ReadDefinition extends KnownSubgraph {
  readonly definition: Definition;
  readonly subgraph: Subgraph;
  /** How the values that an instance has for its widgets become parameters, by their names. */
  readonly bridges: ReadonlyMap<string, Bridge>;
  readonly params: ReadonlySet<string>;
}

/** The model of the library that stands for a file name, or for the SHA-256 that the workflow gives of it. */
export type FindModel = (file: string, kinds: readonly ModelKind[], hash?: string) => ModelReference | undefined;

/** Reads the nodes of a workflow. */
export class NodeReader {
  readonly #ports: Ports;
  readonly #definitions: ReadonlyMap<string, ReadDefinition>;
  readonly #reporter: Reporter;
  readonly #files: ReadonlyMap<string, ModelFile>;
  readonly #model: FindModel | undefined;
  /** Types of Weft's own subgraphs that were met. */
  readonly own = new Set<string>();

  constructor(
    ports: Ports,
    definitions: ReadonlyMap<string, ReadDefinition>,
    reporter: Reporter,
    files: ReadonlyMap<string, ModelFile>,
    model: FindModel | undefined,
  ) {
    this.#ports = ports;
    this.#definitions = definitions;
    this.#reporter = reporter;
    this.#files = files;
    this.#model = model;
  }

  /** How the widget behind a port is read; true for a parameter of a subgraph whose widget is not known, undefined for none. */
  widgetAt(node: FlowNode, port: string | undefined): Bridge | true | undefined {
    if (port === undefined) return undefined;
    const inner = this.#definitions.get(node.type);
    if (inner) return inner.params.has(port) ? (inner.bridges.get(port) ?? true) : undefined;
    const { weft } = classes.get(node.type) ?? {};
    return weft && Object.values(weft.widgets).find((bridge) => bridge.port === port);
  }

  node(node: FlowNode, id: string, flow: Flow, within: boolean): DocumentNode {
    const { raw, type } = node;
    const own = classes.get(type);
    const role = this.#ports.role(node);
    const shown = within ? undefined : id;
    const inner = this.#definitions.get(type);
    if (role === 'subgraph' && inner) {
      const params = this.#instanceParams(node, inner);
      const look = lookOf(raw, inner.subgraph.title);
      const names = [...instanceNames(node, inner.definition)];
      return {
        id,
        type: `subgraph/${inner.subgraph.id}`,
        version: 1,
        ...look,
        params,
        foreign: { comfyui: { node: raw, params, ...(names.length && { names }) } },
      };
    }
    if (role === 'primitive') return this.#primitive(node, id, flow);
    this.#reporter.count(role === 'mapped', type, shown);
    if (role === 'mapped' && own?.weft) {
      const { weft } = own;
      this.#reporter.remark(weft.remark);
      if (ownSubgraphs.has(weft.type)) this.own.add(weft.type);
      const values = widgetsOf(own, raw);
      const params: JsonObject = { ...weft.params };
      const rolls: Record<string, 'random' | 'increment' | 'decrement'> = {};
      for (const { name, default: fallback, control } of own.widgets) {
        const value = (Object.hasOwn(values, name) ? values[name] : fallback) as Json;
        const bridge = weft.widgets[name];
        if (!bridge) continue;
        Object.assign(params, bridge.read(value ?? fallback, this.#reading));
        if (name === 'sampler_name' && typeof value === 'string') this.#reporter.remark(samplerRemark(value));
        const roll = control && rollOf(own, raw, name);
        if (roll && bridge.port) rolls[bridge.port] = roll;
      }
      const safe = plainParams(params);
      return {
        id,
        type: weft.type,
        version: registry.get(weft.type)?.version ?? 1,
        ...lookOf(raw, own.title),
        params: safe,
        ...(Object.keys(rolls).length && { rolls }),
        foreign: { comfyui: { node: raw, params: safe } },
      };
    }
    const look = lookOf(raw, undefined);
    return {
      id,
      type: placeholderType(type),
      version: 1,
      ...look,
      title: look.title ?? (own?.title ?? type).slice(0, limits.text),
      params: {},
      foreign: { comfyui: { node: raw } },
    };
  }

  readonly #reading: Reading = {
    model: (file, kinds) => {
      if (!file) return '';
      const said = this.#files.get(baseName(file));
      const found = this.#model?.(file, kinds, said?.hash);
      const { hash, source, folder } = said ?? {};
      this.#reporter.model({
        file,
        kinds,
        ...(found !== undefined && { found }),
        ...(source && { source }),
        ...(folder && { folder }),
        ...(hash && { hash }),
      });
      if (found !== undefined) return found as Json;
      // With the hash the graph names the file itself, wherever it is added later, and says where it can be had.
      return hash ? { hash, name: file.slice(0, 200), ...(source && { source }) } : file.slice(0, 1000);
    },
  };

  /** What an instance sets of its subgraph's parameters, by the place of the widget among its widgets. */
  #instanceParams(node: FlowNode, inner: ReadDefinition): JsonObject {
    const params: JsonObject = {};
    for (const [name, value] of Object.entries(instanceValues(node, inner.definition))) {
      const param = inner.in.includes(portName(name)) ? portName(name) : undefined;
      if (param === undefined || !inner.params.has(param)) continue;
      const read = inner.bridges.get(param)?.read(value, this.#reading) ?? { [param]: value };
      const [first] = Object.values(read);
      if (first !== undefined) params[param] = first;
    }
    return plainParams(params);
  }

  #primitive(node: FlowNode, id: string, flow: Flow): DocumentNode {
    const { raw, type, outputs } = node;
    const made = primitives[outputs[0]?.type ?? ''];
    if (!made) throw new Error(`PrimitiveNode ${id} has no value.`);
    this.#reporter.count(true, type, undefined);
    const values = Array.isArray(raw.widgets_values) ? raw.widgets_values : [];
    const value = values[0] ?? null;
    const link = flow.links.find(({ from }) => from === node.id);
    const target = link && flow.nodes.find((other) => other.id === link.to);
    const port = target && this.#ports.into(target, link.toSlot);
    const bridge = target && this.widgetAt(target, port);
    const read = bridge && bridge !== true && port ? bridge.read(value, this.#reading)[port] : value;
    const params = plainParams(read === undefined || read === null ? {} : { [made.param]: read });
    const roll = rollOf(primitiveClass, raw, 'value');
    return {
      id,
      type: made.type,
      version: registry.get(made.type)?.version ?? 1,
      ...lookOf(raw, undefined),
      params,
      ...(roll && made.type === 'numbers/integer' && { rolls: { [made.param]: roll } }),
      foreign: { comfyui: { node: raw, params } },
    };
  }
}

/** Parameters by names that a document may have. */
const plainParams = (params: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(params).filter(([name, value]) => portName(name) === name && value !== undefined));
