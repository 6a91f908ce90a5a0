import { z } from 'zod';
import type { ByteSource, Device } from './device';
import type { Foreseen, Foresight, Size } from './foresight';
import type { Kind, ValueOf } from './kinds';
import type { LessonNews } from './lesson';
import type { ModelKind, ModelReference } from './model-reference';
import type { NamedEmbedding } from './named-embedding';

export interface PortSpec<K extends Kind = Kind> {
  readonly kind: K;
  /** Other kinds that an input takes, or that an output may have; `NodeDefinition.varies` says which it has. */
  readonly also?: readonly K[];
  /** An input that may stay unwired; the node then sees `undefined`. */
  readonly optional?: boolean;
  /** An input that takes the whole list on its wire at once, instead of one item per run. */
  readonly gathers?: boolean;
  /** An output that yields several values: everything downstream runs once per item. */
  readonly lists?: boolean;
  readonly help?: string;
}

export type Ports = Readonly<Record<string, Kind | PortSpec>>;

/** One item of a list and how it is called in grids: "CFG 7.5". */
export interface Labelled<T> {
  readonly label: string;
  readonly value: T;
}

/** A dimension along which a value is many. */
export interface Axis {
  /** Values that got it from the same list share it; different ones make a grid. */
  readonly id: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** What came out of the list, by port, where that is plain data: what a graph for one of the items is made with. */
  readonly values?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

/** How pictures play one after the other, and what file they become. */
export interface Playback {
  /** Pictures a second. */
  readonly rate: number;
  /** Seconds for which the last picture stays longer. */
  readonly hold: number;
  /** After the last picture they go back to the first, one by one. */
  readonly back: boolean;
  /** Each has the labels of its item on it. */
  readonly labels: boolean;
  readonly format: AnimationFormat;
}

export const animationFormats = ['gif', 'apng', 'webp', 'mp4', 'webm'] as const;
export type AnimationFormat = (typeof animationFormats)[number];

/** All values on a wire: row-major over `axes`; a single value has no axes. */
export interface Gathered<T> {
  readonly axes: readonly Axis[];
  readonly items: readonly T[];
}

type KindOf<P> = P extends Kind ? P : P extends PortSpec<infer K> ? K : never;
type InValue<P> = P extends { gathers: true }
  ? Gathered<ValueOf<KindOf<P>>> | (P extends { optional: true } ? undefined : never)
  : P extends { optional: true }
    ? ValueOf<KindOf<P>> | undefined
    : ValueOf<KindOf<P>>;
type OutValue<P> = P extends { lists: true } ? readonly Labelled<ValueOf<KindOf<P>>>[] : ValueOf<KindOf<P>>;

export type Inputs<I extends Ports> = { readonly [N in keyof I]: InValue<I[N]> };
export type Outputs<O extends Ports> = { readonly [N in keyof O]: OutValue<O[N]> };

/** A read-only folder of files: a model as it was downloaded. A model that is one file is a folder with one file. */
export interface Folder {
  /** Changes when a file's content does; part of the key of whatever is computed from it. */
  readonly key: string;
  readonly title: string;
  /** All files, relative with forward slashes. */
  readonly paths: readonly string[];
  /** The file at `path`, relative with forward slashes; undefined when there is none. */
  open(path: string): Promise<ByteSource | undefined>;
}

export interface SavedFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A picture as a file had it. */
export interface DecodedImage {
  /** RGB 0..1, `[3, h, w]` row-major; what is transparent lies on white. */
  readonly data: Float32Array<ArrayBuffer>;
  /** `[h, w]` in 0..1, 1 is opaque; absent where all is. */
  readonly alpha?: Float32Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** What a node may ask of the world it runs in. All of it is asynchronous and none of it is the DOM. */
export interface Host {
  /** A file that a parameter refers to: a picture, an embedding. Throws a sentence when it is not there. */
  open(reference: ModelReference): Promise<ByteSource>;
  /** A model: its folder, or its one file as a folder. Throws a sentence when it is not there. */
  folder(reference: ModelReference): Promise<Folder>;
  decodeImage(bytes: Uint8Array): Promise<DecodedImage>;
  /** The embeddings that prompts of this graph may name without a node for them. */
  readonly embeddings?: readonly NamedEmbedding[];
  /** Hands a file to the user: a download, or a file in the output folder. */
  save(file: SavedFile): Promise<void>;
  /** The graph that is running, as it is saved: pictures carry it. */
  readonly document: string;
  /** Where work that takes long keeps how far it is, to go on from after a stop. Absent where there is no such place. */
  readonly notebook?: Notebook;
}

/** Bytes by keys of any length. What was kept last is read, also after a restart. `write` resolves with whether it was kept. */
export interface Notebook {
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /**
   * Keeps other pages of this browser from working at what has this key; undefined where one of them does. What it resolves with
   * ends that, as the end of the page does. Absent where nobody can tell.
   */
  claim?(key: string): Promise<(() => void) | undefined>;
}

export interface Surroundings {
  readonly device: Device;
  readonly host: Host;
  readonly signal: AbortSignal;
  /** What the user called this node; file names and axis titles use it. */
  readonly title: string;
  /**
   * For a node that works in many steps: tells that `done` of `of` are made, and waits while the run is paused. Throws when
   * the run was stopped. `beforeHold` is done before it stands still.
   */
  reached(done: number, of: number, beforeHold?: () => Promise<void>): Promise<void>;
  /** For a node that learns: tells what there is to see of it. */
  learned(news: LessonNews): Promise<void>;
}

export interface RunArguments<P, I extends Ports, S> extends Surroundings {
  readonly in: Inputs<I>;
  readonly params: P;
  /** Kinds of what is wired, by input. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** What this node returned as `state` at the zone's previous evaluation; `initial` before the first. */
  readonly state: S;
}

type MaybePromise<T> = T | Promise<T>;

/** What starts a zone: it says how often the inside runs and what its outputs are each time. */
export interface LoopStart<P, I extends Ports, O extends Ports> {
  /** Type of the node that closes the zone. */
  readonly end: string;
  count(input: Inputs<I>, params: P): number;
  /** `previous` holds what reached the inputs of the zone's end in the evaluation before. */
  enter(
    args: Surroundings & {
      readonly in: Inputs<I>;
      readonly params: P;
      readonly index: number;
      readonly previous: Readonly<Record<string, unknown>> | undefined;
    },
  ): MaybePromise<Outputs<O>>;
}

/** What ends a zone: it makes the zone's outputs from what reached it, evaluation by evaluation. */
export interface LoopEnd<P, I extends Ports, O extends Ports> {
  finish(
    args: Surroundings & { readonly params: P; readonly evaluations: readonly Inputs<I>[] },
  ): MaybePromise<Outputs<O>>;
}

export interface NodeDefinition<
  P extends z.ZodObject = z.ZodObject,
  I extends Ports = Ports,
  O extends Ports = Ports,
  S = undefined,
> {
  /** `category/name`, the path of its file. */
  readonly type: string;
  readonly version: number;
  readonly title: string;
  /** One sentence: what it does. */
  readonly help: string;
  /** What other programs call it, for the search: "KSampler". */
  readonly alsoCalled?: string;
  /** Of the nodes that make such a kind of value, the one that is offered where an input lacks it. */
  readonly usualSource?: true;
  /** The formula in plain text, if it has one: `a_1 · x^2 / (1 − b)`, names of ports and parameters as they are. */
  readonly formula?: string;
  /** What the letters of the formula stand for, where they are no names of ports or parameters. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** Name of a Tabler icon, without prefix: `arrows-split`. */
  readonly icon: string;
  readonly params: P;
  readonly in: I;
  readonly out: O;
  /** Changes the world (saves a file). Such a node always runs and is never cached. */
  readonly effect?: boolean;
  /** For nodes whose ports depend on how the node is set and on what is wired to it. `params` are as they are stored. */
  readonly varies?: {
    /** The optional inputs that it needs as it is set. */
    needs(params: Readonly<Record<string, unknown>>): readonly string[];
    /** The kinds of outputs that have several, by port, given those that are wired. Throws where they do not go together. */
    kinds(
      params: Readonly<Record<string, unknown>>,
      wired: Readonly<Record<string, Kind>>,
    ): Readonly<Record<string, Kind>>;
  };
  /** The user looks at what arrives here: the node shows it, and a run computes it. */
  readonly shows?: keyof I & string;
  /** It learns in `steps` steps, and tells its loss: the page draws a curve of it. */
  readonly learns?: true;
  /** What it shows are the pictures of an animation. */
  readonly plays?: (params: z.output<P>) => Playback;
  /** What its outputs depend on beside inputs and parameters, as plain data: part of their key. An empty list is nothing. */
  readonly dependsOn?: (host: Host) => readonly unknown[];
  /** The page gets the pictures that arrive here, because the user paints over them; nothing is run for that alone. */
  readonly sees?: keyof I & string;
  /** State that is handed from one evaluation of a zone to the next; outside a zone each run starts from it. */
  readonly initial?: () => S;
  /**
   * What can be told before a run: the sizes of what will come out, and what will not work. `params` lacks what arrives by
   * wire and is not known; `sizes` has what is known of pictures, masks and latents that come in.
   */
  readonly foresee?: (known: {
    readonly params: Partial<z.output<P>>;
    readonly sizes: { readonly [N in keyof I]?: Size };
    /** Inputs that a wire comes to. */
    readonly wired: ReadonlySet<string>;
  }) => Foresight;
  /**
   * What will not fit into the device's memory, told before a run once the models that come in are open: `in` has no more than
   * those. `together` counts the nodes that will run as one with this.
   */
  readonly foreseeMemory?: (known: {
    readonly in: Partial<Inputs<I>>;
    readonly params: Partial<z.output<P>>;
    readonly sizes: { readonly [N in keyof I]?: Size };
    readonly together: number;
    readonly device: Device;
  }) => Foreseen | undefined;
  readonly run?: (
    args: RunArguments<z.output<P>, I, S>,
  ) => MaybePromise<Outputs<O> & ([S] extends [undefined] ? unknown : { readonly state: S })>;
  /** Several runs that agree in the inputs `same` are made together, where the node can do that faster. */
  readonly together?: {
    readonly same: readonly (keyof I & string)[];
    run(
      args: Surroundings & { readonly params: z.output<P>; readonly runs: readonly Inputs<I>[] },
    ): Promise<readonly Outputs<O>[]>;
  };
  readonly loopStart?: LoopStart<z.output<P>, I, O>;
  readonly loopEnd?: LoopEnd<z.output<P>, I, O>;
  /** Parameters as an older version of this node stored them, brought to this version. */
  readonly migrate?: (params: Record<string, unknown>, fromVersion: number) => Record<string, unknown>;
}

/** A definition whose ports are not known to the compiler: what registries hold and the engine runs. */
// biome-ignore lint/suspicious/noExplicitAny: erases the port types; nothing narrower accepts every definition
export type AnyNode = NodeDefinition<any, any, any, any>;

/**
 * Declares a node. Its `run` is pure: it does not change its inputs, is deterministic, and draws randomness from a seed
 * among its parameters. See nodes/README.md for the contract.
 */
export function defineNode<P extends z.ZodObject, const I extends Ports, const O extends Ports, S = undefined>(
  definition: NodeDefinition<P, I, O, S>,
): NodeDefinition<P, I, O, S> {
  for (const name of Object.keys(definition.params.shape))
    if (Object.hasOwn(definition.in, name))
      throw new Error(`${definition.type}: "${name}" is both an input and a parameter.`);
  const ways = [definition.run, definition.together, definition.loopStart, definition.loopEnd].filter(Boolean).length;
  if (ways !== 1) throw new Error(`${definition.type}: needs exactly one of run, together, loopStart and loopEnd.`);
  return definition;
}

/** How a parameter is edited, where its schema alone does not tell. */
export interface ParameterMeta {
  readonly widget?: 'lines' | 'seed' | 'model' | 'file' | 'files' | 'slider' | 'expression' | 'painting';
  /** What files it takes, as in an HTML accept attribute. */
  readonly accept?: string;
  /** For files: the parameter that takes what is in texts of the same names, a line for each file. */
  readonly textsInto?: string;
  /** What models it takes. */
  readonly accepts?: readonly ModelKind[];
  readonly step?: number;
  readonly unit?: string;
  /** Most graphs leave it alone: a node shows it only where it is changed, wired or shown as a socket. */
  readonly advanced?: boolean;
  /** It decides what ports the node has, so it never arrives by wire. */
  readonly fixed?: boolean;
  /** What the options of a choice are called; the value stays what files store. */
  readonly labels?: Readonly<Record<string, string>>;
  /** It matters only while another parameter has one of these values: `{ sampler: ['ddim'] }`. */
  readonly applies?: Readonly<Record<string, readonly string[]>>;
}

declare module 'zod' {
  interface GlobalMeta extends ParameterMeta {}
}

/** Whole numbers from 0 to 2^64 - 1; beyond 2^53 as decimal text, because JSON numbers lose digits there. */
export const seed = () =>
  z
    .union([z.int().min(0), z.string().regex(/^\d{1,20}$/, 'A seed is a whole number from 0 to 2^64 - 1.')])
    .refine((value) => BigInt(value) < 1n << 64n, 'A seed is below 2^64.')
    .transform(String)
    .meta({ widget: 'seed', description: 'Where the random numbers start: the same seed draws the same noise.' });
