import { z } from 'zod';
import { type Kind, kinds } from './kinds';
import { ProblemError } from './problem';
import { refuseImpossibleSubgraphs } from './subgraph-check';

/** Limits of a graph file; far above what a person draws, low enough that a hostile file cannot stall the page. */
export const limits = {
  bytes: 32 * 2 ** 20,
  depth: 64,
  nodes: 20_000,
  wires: 100_000,
  subgraphs: 1000,
  text: 200,
  note: 20_000,
  reroutes: 64,
} as const;

const reserved = new Set(['__proto__', 'constructor', 'prototype']);
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
  .refine((id) => !reserved.has(id), 'is a reserved word');
const line = z.string().max(limits.text);
/** Minus zero is not kept by JSON, so it becomes zero on the way in. */
const coordinate = z
  .number()
  .min(-1e6)
  .max(1e6)
  .overwrite((value) => value + 0);
const point = z.tuple([coordinate, coordinate]);
const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #4f7fe0');
const end = z.tuple([name, name]);
/** What another program's file said of a part, kept as it came, so that it can be written back: `{ comfyui: … }`. */
const foreign = z.json().optional();

const node = z.strictObject({
  id: name,
  type: z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/, 'must be a node type such as sampling/cfg-combine'),
  version: z.int().min(1).max(1_000_000),
  at: point,
  title: line.optional(),
  params: z.record(name, z.json()).default({}),
  /** Parameters shown as input sockets. */
  exposed: z.array(name).optional(),
  size: point.optional(),
  color: color.optional(),
  collapsed: z.boolean().optional(),
  /** Does not run; neither does what needs it. */
  muted: z.boolean().optional(),
  /** Does not run; its outputs are what comes into it (see `passedInput`). */
  bypassed: z.boolean().optional(),
  /** What the editor does to a seed before each run; one that is not named stays as it is. */
  rolls: z.record(name, z.enum(['random', 'increment', 'decrement'])).optional(),
  foreign,
});

/** What lies on a canvas: that of the graph, or the inside of a subgraph. */
const content = {
  nodes: z.array(node).max(limits.nodes),
  wires: z
    .array(
      z.strictObject({
        from: end,
        to: end,
        /** Points through which it is drawn, from its output on. Nothing but the drawing depends on them. */
        via: z.array(point).min(1).max(limits.reroutes).optional(),
        foreign,
      }),
    )
    .max(limits.wires),
  zones: z.array(z.strictObject({ id: name, start: name, end: name })).default([]),
  frames: z
    .array(z.strictObject({ id: name, title: line, at: point, size: point, color: color.optional(), foreign }))
    .default([]),
  notes: z
    .array(
      z.strictObject({
        id: name,
        at: point,
        size: point,
        text: z.string().max(limits.note),
        color: color.optional(),
        foreign,
      }),
    )
    .optional(),
  foreign,
};

const port = z.strictObject({ name, kind: z.enum(Object.keys(kinds) as Kind[]), help: line.optional() });

/**
 * A graph that stands for one node: nodes of the type `subgraph/<id>` are its instances. Two of its nodes are its border: what
 * comes in leaves `subgraph/inputs`, and what arrives at `subgraph/outputs` comes out.
 */
const subgraph = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,48}$/, 'must be 1 to 48 small letters, digits or dashes'),
  title: line,
  help: line.optional(),
  inputs: z.array(port),
  outputs: z.array(port),
  /** Parameters of nodes inside that each instance may set for itself, by these names. */
  params: z.array(z.strictObject({ name, of: end, help: line.optional() })),
  ...content,
});

/** The shape of a graph file; `parseDocument` checks what a shape cannot say. */
export const documentShape = z.strictObject({
  format: z.literal('weft'),
  version: z.literal(1),
  id: name,
  name: line,
  ...content,
  subgraphs: z.array(subgraph).max(limits.subgraphs).optional(),
  /** Where the user looks: the point of the graph in the middle of the window, and how large. */
  view: z.strictObject({ at: point, zoom: z.number().min(0.01).max(10) }).optional(),
});

/** A graph as it is stored. Everything in it is data; see DESIGN.md, "Documents". */
export type Document = z.output<typeof documentShape>;
export type DocumentNode = Document['nodes'][number];
export type Wire = Document['wires'][number];
/** Node id and port name. */
export type WireEnd = Wire['from'];
export type Zone = Document['zones'][number];
export type Frame = Document['frames'][number];
/** Text on the canvas, in Markdown. */
export type Note = NonNullable<Document['notes']>[number];
export type Subgraph = NonNullable<Document['subgraphs']>[number];
export type SubgraphPort = Subgraph['inputs'][number];
/** What a graph and the inside of a subgraph have in common. */
export type Content = Pick<Document, keyof typeof content>;

export const documentVersion = 1;

export function emptyDocument(id: string, title: string): Document {
  return { format: 'weft', version: documentVersion, id, name: title, nodes: [], wires: [], zones: [], frames: [] };
}

/** Changes a document of version `n` into one of version `n + 1`; index 0 is version 1. */
const migrations: readonly ((old: Record<string, unknown>) => Record<string, unknown>)[] = [];

const refuse = (what: string, cure?: string): never => {
  throw new ProblemError(cure ? { what, cure } : { what });
};

/** Deep nesting would overflow the stack of whoever walks the value, so it is refused on the text. */
function refuseDeepNesting(text: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < text.length && text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > limits.depth)
        refuse(`This file nests deeper than ${limits.depth} levels, which no Weft graph does.`);
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
}

/**
 * Reads a graph file. Throws a `ProblemError` that says what is wrong and where; nothing else is thrown, whatever the
 * text is. Node types and parameters are not looked at: an unknown node is kept as it is (see `resolve`).
 */
export function parseDocument(text: string): Document {
  if (text.length > limits.bytes)
    refuse(
      `This file is larger than ${limits.bytes / 2 ** 20} MB.`,
      'Weft graphs hold no pictures or weights; open those as such.',
    );
  refuseDeepNesting(text);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    refuse(`This is not a Weft graph: it is not JSON (${(cause as Error).message}).`);
  }
  return checkDocument(data);
}

/** The same for a value that was parsed already, such as one out of a database. */
export function checkDocument(data: unknown): Document {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || !('format' in data) || data.format !== 'weft')
    refuse('This is not a Weft graph: it has no "format": "weft".', 'Open a *.weft.json file.');
  let old = data as Record<string, unknown>;
  const version = old.version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    refuse('This graph has no valid version number.');
  if ((version as number) > documentVersion)
    refuse(
      `This graph was saved by a newer Weft (format ${version}; this one reads up to ${documentVersion}).`,
      'Update Weft and open it again.',
    );
  for (let v = version as number; v < documentVersion; v++) {
    const migrate = migrations[v - 1];
    if (!migrate) return refuse(`Graphs of format ${v} can no longer be read.`);
    old = { ...migrate(old), version: v + 1 };
  }
  const result = documentShape.safeParse(old);
  if (!result.success) {
    const issue = result.error.issues[0];
    const where = issue?.path.length ? ` at ${issue.path.map(String).join('.')}` : '';
    const more = result.error.issues.length > 1 ? ` (and ${result.error.issues.length - 1} more)` : '';
    return refuse(`This graph cannot be read${where}: ${issue?.message ?? 'it is malformed'}${more}.`);
  }
  const { subgraphs = [] } = result.data;
  refuseContradictions(result.data, 'This graph');
  for (const inside of subgraphs) refuseContradictions(inside, `This graph's subgraph "${inside.id}"`);
  refuseImpossibleSubgraphs(result.data, limits.nodes);
  return result.data;
}

/** What a schema cannot say: ids are unique, wires and zones name nodes that exist, an input has one wire. */
function refuseContradictions({ nodes, wires, zones, frames, notes = [] }: Content, graph: string): void {
  const ids = new Set<string>();
  for (const { id } of [...nodes, ...zones, ...frames, ...notes]) {
    if (ids.has(id)) refuse(`${graph} cannot be read: two of its parts have the id "${id}".`);
    ids.add(id);
  }
  const known = new Set(nodes.map((n) => n.id));
  const fed = new Set<string>();
  for (const { from, to } of wires) {
    for (const [id] of [from, to])
      if (!known.has(id)) refuse(`${graph} cannot be read: a wire names the node "${id}", which does not exist.`);
    const input = to.join(' ');
    if (fed.has(input)) refuse(`${graph} cannot be read: the input "${to[1]}" of "${to[0]}" has two wires.`);
    fed.add(input);
  }
  const paired = new Set<string>();
  for (const { id, start, end } of zones)
    for (const part of [start, end]) {
      if (!known.has(part))
        refuse(`${graph} cannot be read: the zone "${id}" names the node "${part}", which does not exist.`);
      if (paired.has(part)) refuse(`${graph} cannot be read: the node "${part}" belongs to two zones.`);
      paired.add(part);
    }
}

const list = (items: readonly string[], indent: string): string =>
  items.length ? `[\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}]` : '[]';

/** What lies on a canvas, as fields of JSON: one line for each part. */
const contentFields = ({ nodes, wires, zones, frames, notes }: Content, indent: string): string[] =>
  Object.entries({ nodes, wires, zones, frames, ...(notes?.length && { notes }) }).map(
    ([key, items]) =>
      `"${key}": ${list(
        items.map((item) => JSON.stringify(item)),
        indent,
      )}`,
  );

function subgraphText({ nodes, wires, zones, frames, notes, ...head }: Subgraph): string {
  const fields = Object.entries(head).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const all = [...fields, ...contentFields({ nodes, wires, zones, frames, notes }, '      ')];
  return `{\n${all.map((field) => `      ${field}`).join(',\n')}\n    }`;
}

/** Writes a graph file: one line for each node and wire, keys in a fixed order, so that diffs stay small. */
export function writeDocument(document: Document): string {
  const { nodes, wires, zones, frames, notes, subgraphs, ...head } = documentShape.parse(document);
  const fields = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  fields.push(...contentFields({ nodes, wires, zones, frames, notes }, '  '));
  if (subgraphs?.length) fields.push(`"subgraphs": ${list(subgraphs.map(subgraphText), '  ')}`);
  return `{\n${fields.map((field) => `  ${field}`).join(',\n')}\n}\n`;
}
