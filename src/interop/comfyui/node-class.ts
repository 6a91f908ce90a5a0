import type { ModelKind } from '../../core/model-reference';
import type { Json, JsonObject } from './json';

/** A socket of a ComfyUI node. */
export interface Slot {
  readonly name: string;
  readonly type: string;
  readonly optional?: boolean;
}

/** A value that a ComfyUI node stores in `widgets_values`, by position. */
export interface Widget {
  readonly name: string;
  readonly type: string;
  readonly default: Json;
  /** The next place in `widgets_values` may hold what becomes of the value after a run. */
  readonly control?: boolean;
}

/** What reading a widget may ask: which model of the library stands for a file name. */
export interface Reading {
  model(file: string, kinds: readonly ModelKind[], widget: string): Json;
}

/** How a widget becomes parameters of a Weft node, and the way back. */
export interface Bridge {
  /** The parameter that a wire goes to where the widget was turned into a socket. */
  readonly port?: string;
  read(value: Json, reading: Reading): JsonObject;
  /** Undefined where the parameters say nothing that ComfyUI could. */
  write(params: JsonObject): Json | undefined;
}

/** What a node of ComfyUI is in Weft: sockets by position, widgets by name. */
export interface Mapping {
  readonly type: string;
  /** Parameters that it has in any case; they tell classes apart that are one node in Weft. */
  readonly params?: JsonObject;
  /** Ports by the names of ComfyUI's inputs; one that is left out has no counterpart. */
  readonly in: Readonly<Record<string, string>>;
  /** Ports by the places of ComfyUI's outputs. */
  readonly out: readonly string[];
  readonly widgets: Readonly<Record<string, Bridge>>;
  /** Other Weft types that are written as this class, though none is read as them. */
  readonly writes?: readonly string[];
  /** Whether a node of this type, with these parameters, is this class; by default where `params` are its own. */
  readonly fits?: (params: JsonObject) => boolean;
  /** What the user should know of it, once for each graph. */
  readonly remark?: string;
}

export interface NodeClass {
  readonly name: string;
  /** What ComfyUI shows. */
  readonly title: string;
  readonly in: readonly Slot[];
  readonly out: readonly Slot[];
  readonly widgets: readonly Widget[];
  /** Absent where Weft has no such node: it becomes a placeholder with these sockets. */
  readonly weft?: Mapping;
}

const words = (text: string): string[] => text.split(' ').filter(Boolean);

/** `name:TYPE`, or `TYPE` where both are one; a `?` behind it makes it optional. */
function slot(word: string): Slot {
  const optional = word.endsWith('?');
  const [name = '', type = name] = (optional ? word.slice(0, -1) : word).split(':');
  return { name, type, ...(optional && { optional }) };
}

/** `name:TYPE=default`, a `!` behind it where a control follows. Defaults are JSON without spaces. */
function widget(word: string): Widget {
  const [, name = '', type = '', value = '""', control] = /^([^:]+):([A-Z]+)(?:=(.*?))?(!)?$/.exec(word) ?? [];
  return { name, type, default: JSON.parse(value) as Json, ...(control && { control: true }) };
}

/** A class of ComfyUI, its interface as its source declares it (`INPUT_TYPES`, `RETURN_TYPES`). */
export function nodeClass(
  name: string,
  title: string,
  sockets: { readonly in?: string; readonly out?: string; readonly widgets?: string },
  weft?: Mapping,
): NodeClass {
  return {
    name,
    title,
    in: words(sockets.in ?? '').map(slot),
    out: words(sockets.out ?? '').map(slot),
    widgets: words(sockets.widgets ?? '').map(widget),
    ...(weft && { weft }),
  };
}
