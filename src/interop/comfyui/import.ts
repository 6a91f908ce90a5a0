import { registry } from '../../../nodes/registry';
import {
  type Content,
  checkDocument,
  type Document,
  type DocumentNode,
  limits,
  type Subgraph,
  type Wire,
} from '../../core/document';
import type { Kind } from '../../core/kinds';
import type { ModelKind, ModelReference } from '../../core/model-reference';
import { classes } from './classes';
import { samplerRemark } from './classes/sampling';
import { isObject, type Json, type JsonObject } from './json';
import { colorOf, lookOf } from './look';
import type { Bridge, Reading } from './node-class';
import { type KnownSubgraph, Ports, portName, portNames, primitives } from './ports';
import { type Report, Reporter } from './report';
import { placeholderType, primitiveClass, slug } from './roles';
import { ownSubgraphs } from './subgraphs';
import { rollOf, widgetsOf } from './widgets';
import {
  borderIn,
  borderOut,
  type Definition,
  type Flow,
  type FlowNode,
  type Link,
  pointOf,
  readWorkflow,
  textOf,
  type Workflow,
} from './workflow';

export interface ImportOptions {
  /** Id and name of the graph. */
  readonly id: string;
  readonly title: string;
  /** The model of the library that stands for a file name; undefined where there is none. */
  readonly model?: (file: string, kinds: readonly ModelKind[]) => ModelReference | undefined;
}

export interface Imported {
  readonly document: Document;
  readonly report: Report;
}

/** What kinds the types of ComfyUI's wires are. Others go along as they are: nothing but placeholders has them. */
const kindOf: Readonly<Record<string, Kind>> = {
  MODEL: 'unet',
  CLIP: 'text-encoder',
  VAE: 'vae',
  CONDITIONING: 'conditioning',
  LATENT: 'latent',
  IMAGE: 'image',
  MASK: 'mask',
  CONTROL_NET: 'controlnet',
  INT: 'integer',
  FLOAT: 'number',
  BOOLEAN: 'boolean',
};

interface ReadDefinition extends KnownSubgraph {
  readonly subgraph: Subgraph;
  /** How the values that an instance has for its widgets become parameters, by their names. */
  readonly bridges: ReadonlyMap<string, Bridge>;
  readonly params: ReadonlySet<string>;
}

/** The border of a subgraph while its inside is read. */
interface Border {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly inputs: Definition['inputs'];
}

/** Reads a workflow of ComfyUI into a graph. Throws a `ProblemError`; otherwise the document is valid. */
export function importWorkflow(value: Json, options: ImportOptions): Imported {
  const workflow = readWorkflow(value);
  const reporter = new Reporter();
  return { document: new Importer(workflow, options, reporter).document(), report: reporter.report(nameOf(workflow)) };
}

const nameOf = ({ raw }: Workflow): string =>
  `ComfyUI workflow ${typeof raw.version === 'number' ? (raw.version === 1 ? '1.0' : raw.version) : ''}`.trim();

/** All of a workflow or subgraph but what becomes parts of the graph; those keep an empty place. */
function headOf(raw: JsonObject): JsonObject {
  const head: JsonObject = { ...raw };
  for (const key of ['nodes', 'links', 'groups']) if (Object.hasOwn(raw, key)) head[key] = [];
  if (isObject(raw.definitions)) head.definitions = { ...raw.definitions, subgraphs: [] };
  return head;
}

class Importer {
  readonly #workflow: Workflow;
  readonly #options: ImportOptions;
  readonly #reporter: Reporter;
  readonly #definitions = new Map<string, ReadDefinition>();
  readonly #ports = new Ports(this.#definitions);
  readonly #own = new Set<string>();

  constructor(workflow: Workflow, options: ImportOptions, reporter: Reporter) {
    this.#workflow = workflow;
    this.#options = options;
    this.#reporter = reporter;
  }

  document(): Document {
    const { raw, definitions } = this.#workflow;
    const open = new Set<string>();
    for (const definition of definitions) this.#define(definition, open);
    const { border: _, ...content } = this.#content(this.#workflow, undefined);
    const unread = definitions.filter(({ id }) => !this.#definitions.has(id)).map((definition) => definition.raw);
    const subgraphs = [
      ...[...this.#own].flatMap((type) => ownSubgraphs.get(type) ?? []),
      ...[...this.#definitions.values()].map(({ subgraph }) => subgraph),
    ];
    return checkDocument({
      format: 'weft',
      version: 1,
      id: this.#options.id,
      name: this.#options.title.slice(0, limits.text),
      ...content,
      foreign: {
        comfyui: {
          head: headOf(raw),
          ...content.foreign,
          ...(unread.length && { unread }),
          ...(definitions.length && { definitions: definitions.map(({ id }) => id) }),
        },
      },
      ...(subgraphs.length && { subgraphs }),
    });
  }

  /** Reads a subgraph, those first that it holds. One that holds itself stays unread: its instances are placeholders. */
  #define(definition: Definition, open: Set<string>): void {
    const { id, nodes } = definition;
    if (this.#definitions.has(id) || open.has(id)) return;
    open.add(id);
    for (const type of new Set(nodes.map((node) => node.type))) {
      const inner = this.#workflow.definitions.find((other) => other.id === type);
      if (inner) this.#define(inner, open);
    }
    open.delete(id);
    if (nodes.some(({ type }) => type === id)) return;
    const border: Border = {
      in: portNames(definition.inputs, 'in'),
      out: portNames(definition.outputs, 'out'),
      inputs: definition.inputs,
    };
    const { border: made, ...content } = this.#content(definition, border);
    const known = new Set([...this.#definitions.values()].map(({ subgraph }) => subgraph.id));
    const plain =
      /^[a-z0-9-]{1,48}$/.test(id) && !/^(inputs|outputs|sampler|comfyui-.*)$/.test(id) ? id : `flow-${slug(id)}`;
    const own = known.has(plain) ? `${plain.slice(0, 40)}-${known.size}` : plain;
    const params = made.params.map(({ name, of }) => ({ name, of }));
    const names = new Set(params.map(({ name }) => name));
    this.#definitions.set(id, {
      ...border,
      params: names,
      bridges: new Map(made.params.flatMap(({ name, bridge }) => (bridge ? [[name, bridge] as const] : []))),
      subgraph: {
        id: own,
        title: definition.name.slice(0, limits.text),
        inputs: definition.inputs.flatMap(({ type }, place) => {
          const name = border.in[place] as string;
          return names.has(name) ? [] : [{ name, kind: kindOf[type] ?? 'text' }];
        }),
        outputs: definition.outputs.map(({ type }, place) => ({
          name: border.out[place] as string,
          kind: kindOf[type] ?? 'text',
        })),
        params,
        ...content,
        foreign: {
          comfyui: {
            head: headOf(definition.raw),
            ...(definition.parent !== undefined && { parent: definition.parent }),
            ...content.foreign,
          },
        },
      },
    });
  }

  #content(flow: Flow, border: Border | undefined) {
    const ids = new Map<string, string>(
      border
        ? [
            [borderIn, 'inputs'],
            [borderOut, 'outputs'],
          ]
        : [],
    );
    const taken = new Set<string>(['inputs', 'outputs']);
    const claim = (wanted: string): string => {
      let id = wanted.slice(0, 60);
      for (let n = 2; taken.has(id); n++) id = `${wanted.slice(0, 54)}-${n}`;
      taken.add(id);
      return id;
    };
    const byId = new Map<string, FlowNode>();
    const nodes: DocumentNode[] = [];
    const notes: NonNullable<Content['notes']> = [];
    const incoming = this.#incoming(flow);
    const lefts: { nodes: Json[]; groups: Json[] } = { nodes: [], groups: [] };
    for (const node of flow.nodes) {
      const first = !byId.has(node.id);
      if (first) byId.set(node.id, node);
      const role = this.#ports.role(node);
      if (role === 'reroute') continue;
      const id = claim(portName(`${slug(node.type).slice(0, 24)}-${node.id}`) || 'node');
      if (role === 'note') notes.push(noteOf(node, id));
      else {
        if (first) ids.set(node.id, id);
        nodes.push(this.#node(node, id, flow, border !== undefined));
      }
    }
    if (border)
      for (const [type, id] of [
        ['subgraph/inputs', 'inputs'],
        ['subgraph/outputs', 'outputs'],
      ] as const)
        nodes.push({ id, type, version: 1, at: borderPlace(flow, id), params: {} });

    const wires: Wire[] = [];
    const used = new Set<string>();
    const passed = new Set<string>();
    const params: { name: string; of: [string, string]; bridge: Bridge | undefined }[] = [];
    const fed = new Set<string>();
    const borderLinks = new Map<number, Link[]>();
    for (const link of flow.links)
      if (border && link.from === borderIn)
        borderLinks.set(link.fromSlot, [...(borderLinks.get(link.fromSlot) ?? []), link]);
    /** Inputs of a subgraph that set one widget inside are parameters of its instances. */
    const promoted = new Map<Link, string>();
    for (const [place, links] of borderLinks) {
      const [link] = links;
      const target = link && byId.get(link.to);
      const name = border?.in[place];
      if (!link || links.length > 1 || !target || name === undefined) continue;
      const port = this.#ports.into(target, link.toSlot);
      const id = ids.get(link.to);
      const bridge = this.#widgetAt(target, port);
      if (port === undefined || id === undefined || !bridge) continue;
      promoted.set(link, name);
      params.push({ name, of: [id, port], bridge: bridge === true ? undefined : bridge });
    }
    for (const link of flow.links) {
      if (promoted.has(link)) continue;
      const target = byId.get(link.to);
      if (target && this.#ports.role(target) === 'reroute') continue;
      const to = ids.get(link.to);
      const port = link.to === borderOut ? border?.out[link.toSlot] : target && this.#ports.into(target, link.toSlot);
      if (to === undefined || port === undefined || incoming.get(`${link.to} ${link.toSlot}`) !== link) continue;
      const way = this.#trace(link, byId, incoming);
      const source = byId.get(way.first.from);
      const from = ids.get(way.first.from);
      const out =
        way.first.from === borderIn
          ? border?.in[way.first.fromSlot]
          : source && this.#ports.out(source, way.first.fromSlot);
      const end = `${to} ${port}`;
      if (from === undefined || out === undefined || fed.has(end)) continue;
      fed.add(end);
      const via = way.reroutes.flatMap(({ raw }) => middleOf(raw) ?? []).slice(0, limits.reroutes);
      for (const { id } of way.links) used.add(id);
      for (const { id } of way.reroutes) passed.add(id);
      wires.push({
        from: [from, out],
        to: [to, port],
        ...(via.length && { via }),
        foreign: {
          comfyui: {
            links: way.links.map(({ raw }) => raw),
            ...(way.reroutes.length && { reroutes: way.reroutes.map(({ raw }) => raw) }),
          },
        },
      });
    }
    for (const node of flow.nodes)
      if (this.#ports.role(node) === 'reroute' && !passed.has(node.id)) lefts.nodes.push(node.raw);
    const frames: Content['frames'] = [];
    for (const [index, group] of flow.groups.entries()) {
      const frame = frameOf(group, claim(`group-${index + 1}`));
      if (frame) frames.push(frame);
      else lefts.groups.push(group);
    }
    const foreign: JsonObject = {
      order: { nodes: flow.nodes.map(({ id }) => id), links: flow.links.map(({ id }) => id) },
      ...(lefts.nodes.length && { nodes: lefts.nodes }),
      ...(lefts.groups.length && { groups: lefts.groups }),
      links: flow.links.filter(({ id }) => !used.has(id)).map(({ raw }) => raw),
    };
    return {
      nodes: nodes.slice(0, limits.nodes),
      wires,
      zones: [],
      frames,
      ...(notes.length && { notes }),
      foreign,
      border: { params },
    };
  }

  /** The link that each input takes, by node and place: the one that the node itself names, or the first. */
  #incoming(flow: Flow): Map<string, Link> {
    const named = new Set(
      flow.nodes.flatMap(({ id, inputs }) => inputs.map(({ link }, place) => `${id} ${place} ${link ?? ''}`)),
    );
    const incoming = new Map<string, Link>();
    for (const link of flow.links) {
      const key = `${link.to} ${link.toSlot}`;
      if (!incoming.has(key) || named.has(`${key} ${link.id}`)) incoming.set(key, link);
    }
    return incoming;
  }

  /** Back through reroutes to where a link begins. */
  #trace(last: Link, byId: ReadonlyMap<string, FlowNode>, incoming: ReadonlyMap<string, Link>) {
    const links = [last];
    const reroutes: FlowNode[] = [];
    let first = last;
    for (let node = byId.get(first.from); node && this.#ports.role(node) === 'reroute'; node = byId.get(first.from)) {
      const before = incoming.get(`${node.id} 0`);
      if (!before || reroutes.includes(node)) break;
      reroutes.unshift(node);
      links.unshift(before);
      first = before;
    }
    return { first, links, reroutes };
  }

  /** How the widget behind a port is read; true for a parameter of a subgraph whose widget is not known, undefined for none. */
  #widgetAt(node: FlowNode, port: string | undefined): Bridge | true | undefined {
    if (port === undefined) return undefined;
    const inner = this.#definitions.get(node.type);
    if (inner) return inner.params.has(port) ? (inner.bridges.get(port) ?? true) : undefined;
    const { weft } = classes.get(node.type) ?? {};
    return weft && Object.values(weft.widgets).find((bridge) => bridge.port === port);
  }

  #node(node: FlowNode, id: string, flow: Flow, within: boolean): DocumentNode {
    const { raw, type } = node;
    const own = classes.get(type);
    const role = this.#ports.role(node);
    const shown = within ? undefined : id;
    const inner = this.#definitions.get(type);
    if (role === 'subgraph' && inner) {
      const params = this.#instanceParams(node, inner);
      const look = lookOf(raw, inner.subgraph.title);
      return {
        id,
        type: `subgraph/${inner.subgraph.id}`,
        version: 1,
        ...look,
        params,
        foreign: { comfyui: { node: raw, params } },
      };
    }
    if (role === 'primitive') return this.#primitive(node, id, flow);
    this.#reporter.count(role === 'mapped', type, shown);
    if (role === 'mapped' && own?.weft) {
      const { weft } = own;
      this.#reporter.remark(weft.remark);
      if (ownSubgraphs.has(weft.type)) this.#own.add(weft.type);
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
      const found = this.#options.model?.(file, kinds);
      this.#reporter.model({ file, kinds, ...(found !== undefined && { found }) });
      return (found ?? file.slice(0, 1000)) as Json;
    },
  };

  /** What an instance sets of its subgraph's parameters, by the place of the widget among its widgets. */
  #instanceParams({ raw, inputs }: FlowNode, inner: ReadDefinition): JsonObject {
    const { widgets_values: values } = raw;
    const params: JsonObject = {};
    const named = inputs.filter(({ widget }) => widget !== undefined);
    for (const [place, { name }] of named.entries()) {
      const param = inner.in.includes(portName(name)) ? portName(name) : undefined;
      const value = Array.isArray(values) ? values[place] : isObject(values) ? values[name] : undefined;
      if (param === undefined || !inner.params.has(param) || value === undefined || value === null) continue;
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
    const bridge = target && this.#widgetAt(target, port);
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

function borderPlace({ nodes }: Flow, id: string): [number, number] {
  const xs = nodes.flatMap(({ raw }) => pointOf(raw.pos)?.[0] ?? []);
  const y = pointOf(nodes[0]?.raw.pos)?.[1] ?? 0;
  const x = id === 'inputs' ? Math.min(0, ...xs) - 240 : Math.max(0, ...xs) + 400;
  return [Math.max(-1e6, Math.min(1e6, x)), y];
}

function middleOf(raw: JsonObject): [number, number][] | undefined {
  const at = pointOf(raw.pos);
  if (!at) return undefined;
  const [width, height] = pointOf(raw.size) ?? [75, 26];
  return [[clamped(at[0] + width / 2), clamped(at[1] + height / 2)]];
}

const clamped = (value: number): number => Math.max(-1e6, Math.min(1e6, value)) + 0;

function noteOf({ raw }: FlowNode, id: string): NonNullable<Content['notes']>[number] {
  const values = raw.widgets_values;
  const text = Array.isArray(values) ? values[0] : isObject(values) ? Object.values(values)[0] : undefined;
  const properties = isObject(raw.properties) ? raw.properties.text : undefined;
  const color = colorOf(raw.bgcolor ?? raw.color);
  return {
    id,
    at: pointOf(raw.pos) ?? [0, 0],
    size: pointOf(raw.size) ?? [240, 120],
    text: (textOf(text) || textOf(properties)).slice(0, limits.note),
    ...(color && { color }),
    foreign: { comfyui: { node: raw } },
  };
}

function frameOf(group: JsonObject, id: string): Content['frames'][number] | undefined {
  const { bounding } = group;
  const at = pointOf(bounding);
  const size = pointOf(Array.isArray(bounding) ? bounding.slice(2, 4) : undefined);
  if (!at || !size) return undefined;
  const color = colorOf(group.color);
  return {
    id,
    title: textOf(group.title).slice(0, limits.text),
    at,
    size,
    ...(color && { color }),
    foreign: { comfyui: { group } },
  };
}
