import { type Content, checkDocument, type Document, type DocumentNode, limits } from '../../core/document';
import type { Kind } from '../../core/kinds';
import { type FindModel, NodeReader, type ReadDefinition } from './import-node';
import { borderPlace, frameOf, noteOf } from './import-parts';
import { type Border, WireReader } from './import-wires';
import { isObject, type Json, type JsonObject } from './json';
import { modelFilesOf } from './model-files';
import { Ports, portName, portNames } from './ports';
import { type Report, Reporter } from './report';
import { slug } from './roles';
import { spread } from './spread';
import { ownSubgraphs } from './subgraphs';
import {
  borderIn,
  borderOut,
  type Definition,
  type Flow,
  type FlowNode,
  readWorkflow,
  type Workflow,
} from './workflow';

export interface ImportOptions {
  /** Id and name of the graph. */
  readonly id: string;
  readonly title: string;
  /** The model of the library that stands for a file; undefined where there is none. */
  readonly model?: FindModel;
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
  readonly #definitions = new Map<string, ReadDefinition>();
  readonly #ports = new Ports(this.#definitions);
  readonly #nodes: NodeReader;

  constructor(workflow: Workflow, options: ImportOptions, reporter: Reporter) {
    this.#workflow = workflow;
    this.#options = options;
    this.#nodes = new NodeReader(this.#ports, this.#definitions, reporter, modelFilesOf(workflow), options.model);
  }

  document(): Document {
    const { raw, definitions } = this.#workflow;
    const open = new Set<string>();
    for (const definition of definitions) this.#define(definition, open);
    const { border: _, ...content } = this.#content(this.#workflow, undefined);
    const unread = definitions.filter(({ id }) => !this.#definitions.has(id)).map((definition) => definition.raw);
    const subgraphs = [
      ...[...this.#nodes.own].flatMap((type) => ownSubgraphs.get(type) ?? []),
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
      definition,
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
        nodes.push(this.#nodes.node(node, id, flow, border !== undefined));
      }
    }
    if (border)
      for (const [type, id] of [
        ['subgraph/inputs', 'inputs'],
        ['subgraph/outputs', 'outputs'],
      ] as const)
        nodes.push({ id, type, version: 1, at: borderPlace(flow, id), params: {} });

    const { wires, params, used, passed } = new WireReader(this.#ports, this.#nodes, flow, ids, byId).read(border);
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
    const parts = { nodes: nodes.slice(0, limits.nodes), frames, ...(notes.length && { notes }) };
    const subgraphs = [...ownSubgraphs.values(), ...[...this.#definitions.values()].map(({ subgraph }) => subgraph)];
    return { ...spread(parts, subgraphs), wires, zones: [], foreign, border: { params } };
  }
}
