import { ProblemError } from '../../core/problem';
import { isObject, type Json, type JsonObject } from './json';

/** A wire of a workflow, in either of its two forms. */
export interface Link {
  /** As it stood in the file. */
  readonly raw: Json;
  readonly id: string;
  readonly from: string;
  readonly fromSlot: number;
  readonly to: string;
  readonly toSlot: number;
  readonly type: string;
}

/** An input as a node of a workflow lists it. */
export interface Socket {
  readonly name: string;
  readonly type: string;
  /** The widget that became this socket. */
  readonly widget?: string;
  readonly link?: string;
}

export interface FlowNode {
  readonly raw: JsonObject;
  readonly id: string;
  readonly type: string;
  readonly inputs: readonly Socket[];
  readonly outputs: readonly Socket[];
}

/** What lies on a canvas of ComfyUI: a workflow, or the inside of one of its subgraphs. */
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly Link[];
  readonly groups: readonly JsonObject[];
}

export interface Definition extends Flow {
  /** The subgraph in whose own list it stood; absent for those of the workflow. */
  readonly parent?: string;
  readonly raw: JsonObject;
  readonly id: string;
  readonly name: string;
  readonly inputs: readonly Socket[];
  readonly outputs: readonly Socket[];
}

export interface Workflow extends Flow {
  readonly raw: JsonObject;
  readonly definitions: readonly Definition[];
}

/** The nodes that stand for a subgraph's border in its links. */
export const borderIn = '-10';
export const borderOut = '-20';

const most = { nodes: 10_000, links: 50_000, definitions: 500 };

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

/** Places of sockets may be written as text. */
const place = (value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 10_000 ? number : -1;
};

/** Types are names, or lists of choices. */
const typeName = (value: unknown): string => (Array.isArray(value) ? 'COMBO' : textOf(value) || '*');

function socketOf(value: Json): Socket {
  if (!isObject(value)) return { name: '', type: '*' };
  const widget = isObject(value.widget) ? textOf(value.widget.name) : '';
  const link = textOf(value.link);
  return {
    name: textOf(value.name),
    type: typeName(value.type),
    ...(widget && { widget }),
    ...(link && { link }),
  };
}

export function nodeOf(value: Json): FlowNode | undefined {
  if (!isObject(value)) return undefined;
  const id = textOf(value.id);
  const type = textOf(value.type);
  if (!id || !type) return undefined;
  return {
    raw: value,
    id,
    type,
    inputs: listOf(value.inputs).map(socketOf),
    outputs: listOf(value.outputs).map(socketOf),
  };
}

export function readLink(value: Json): Link | undefined {
  const [id, from, fromSlot, to, toSlot, type] = Array.isArray(value)
    ? value
    : isObject(value)
      ? [value.id, value.origin_id, value.origin_slot, value.target_id, value.target_slot, value.type]
      : [];
  const link = {
    raw: value,
    id: textOf(id),
    from: textOf(from),
    fromSlot: place(fromSlot),
    to: textOf(to),
    toSlot: place(toSlot),
    type: typeName(type),
  };
  return link.id && link.from && link.to && link.fromSlot >= 0 && link.toSlot >= 0 ? link : undefined;
}

const refuse = (what: string): never => {
  throw new ProblemError({ what, cure: 'Save it from ComfyUI again, with Save or Export (API).' });
};

function flowOf(raw: JsonObject): Flow {
  const nodes = listOf(raw.nodes);
  const links = Array.isArray(raw.links) ? raw.links : isObject(raw.links) ? Object.values(raw.links) : [];
  if (nodes.length > most.nodes || links.length > most.links)
    return refuse(`This workflow has ${nodes.length} nodes and ${links.length} links, which is more than Weft opens.`);
  return {
    nodes: nodes.map(nodeOf).filter((node) => node !== undefined),
    links: links.map(readLink).filter((link) => link !== undefined),
    groups: listOf(raw.groups).filter(isObject),
  };
}

/** Subgraphs may bring subgraphs of their own. */
function definitionsIn(raw: JsonObject, found: Map<string, Definition>, parent?: string): void {
  const list = isObject(raw.definitions) ? listOf(raw.definitions.subgraphs) : [];
  for (const value of list) {
    if (!isObject(value)) continue;
    const id = textOf(value.id);
    if (!id || found.has(id)) continue;
    if (found.size >= most.definitions) refuse(`This workflow has more than ${most.definitions} subgraphs.`);
    found.set(id, {
      ...flowOf(value),
      ...(parent !== undefined && { parent }),
      raw: value,
      id,
      name: textOf(value.name) || 'Subgraph',
      inputs: listOf(value.inputs).map(socketOf),
      outputs: listOf(value.outputs).map(socketOf),
    });
    definitionsIn(value, found, id);
  }
}

/** Whether JSON is a workflow: what ComfyUI's canvas saves, of any version. */
export const isWorkflow = (value: unknown): value is JsonObject => isObject(value) && Array.isArray(value.nodes);

/** Reads a workflow, 0.4 or 1.0. What is malformed in it is left out where nothing depends on it. */
export function readWorkflow(value: Json): Workflow {
  if (!isWorkflow(value)) return refuse('This is no workflow of ComfyUI: it has no list of nodes.');
  const definitions = new Map<string, Definition>();
  definitionsIn(value, definitions);
  return { ...flowOf(value), raw: value, definitions: [...definitions.values()] };
}

/** A point, which files write as a list or as an object. */
export function pointOf(value: unknown): [number, number] | undefined {
  const [x, y] = Array.isArray(value) ? value : isObject(value) ? [value['0'] ?? value.x, value['1'] ?? value.y] : [];
  const valid = (number: unknown): number is number => typeof number === 'number' && Number.isFinite(number);
  if (!valid(x) || !valid(y)) return undefined;
  const clamp = (number: number) => Math.max(-1e6, Math.min(1e6, number)) + 0;
  return [clamp(x), clamp(y)];
}
