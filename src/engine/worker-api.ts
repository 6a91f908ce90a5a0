import type { SavedFile } from '../core/define-node';
import type { Document } from '../core/document';
import type { HashedModel } from '../core/model-reference';
import type { NamedEmbedding } from '../core/named-embedding';
import type { Problem } from '../core/problem';
import type { Outcome, Picture, RunEvent } from './events';
import type { Found } from './problems/foresee';
import type { About } from './recording/about';
import type { PictureAddress, RecordingIndex, RecordingSettings, ValueAddress } from './recording/address';
import type { PlainValue } from './recording/plain';

/** The files of a model, to be read piece by piece; or why there are none. */
export type ModelAnswer =
  | { readonly files: readonly { readonly path: string; readonly blob: Blob }[] }
  | { readonly problem: Problem };

/** What the page does for the engine. Comlink passes functions only as arguments of their own: wrap this in `proxy`. */
export interface PageServices {
  /** A file the page holds and a graph refers to: `reference` is `sha256:<hex>/<name>`. */
  file(reference: string): Promise<Blob | undefined>;
  /** A model of the user's library. */
  model(reference: HashedModel): Promise<ModelAnswer>;
  /** The embeddings that prompts of a graph, as it is saved, may name without a node for them. */
  embeddings(document: string): Promise<readonly NamedEmbedding[]>;
  /** Hands a file to the user. */
  save(file: SavedFile): Promise<void>;
}

/** How a run differs from the usual one. */
export interface RunWay {
  /** Everything is computed, whatever the cache has, and no file is saved: to see whether the same comes out again. */
  readonly anew?: boolean;
  /**
   * The zone that ends with this node goes on from an evaluation of the graph's last run, whatever was changed since.
   */
  readonly from?: { readonly zone: string; readonly evaluation: number } | undefined;
  /** Tells how the time and the memory were spent, in an event of its own. */
  readonly profile?: boolean;
}

/** The engine as the page sees it through comlink; everything behind it lives in a worker. */
export interface EngineApi {
  /** Chooses the device (WebGPU, else WebAssembly) and reports it. May be called again after a device was lost. */
  start(
    options: {
      /** Where the embedded models are served: an absolute URL that ends in a slash. */
      readonly models: string;
      readonly prefer?: 'webgpu' | 'wasm';
      /** Bytes that the graphics adapter has for models, where somebody knows; browsers do not tell. */
      readonly memory?: number;
    },
    page: PageServices,
  ): Promise<{ readonly kind: string; readonly name: string; readonly reason?: string }>;
  /** Runs the graph up to `targets` (all nodes that show or save something by default). One run at a time. */
  run(
    document: Document,
    targets: readonly string[] | undefined,
    onEvent: (event: RunEvent) => void,
    way?: RunWay,
  ): Promise<Outcome>;
  /**
   * What is held of the last run of a graph, until its next run replaces it or the graph is closed. Also while it runs; then
   * it is what was made so far.
   */
  recorded(graph: string): Promise<RecordingIndex>;
  /** A value of that run; undefined where it was not made, or is not held whole. */
  valueOf(graph: string, address: ValueAddress): Promise<PlainValue | undefined>;
  /**
   * Small pictures of values of that run, at most `most` cells on a side, in the order of the addresses. Of a prediction it is the
   * picture that it expects at the end.
   */
  previewsOf(
    graph: string,
    addresses: readonly PictureAddress[],
    most: number,
  ): Promise<readonly (Picture | undefined)[]>;
  /** How what runs from now on is recorded, and what all of it may take. */
  record(settings: RecordingSettings): void;
  /**
   * A latent of that run through the autoencoder that follows it in the graph, or through any that the graph has; `image` says
   * which of its images. Undefined where the value is no latent, is not held whole or the graph has no autoencoder.
   */
  decoded(graph: string, address: ValueAddress, image?: number): Promise<Picture | undefined>;
  /** What else there is to tell of a value of that run: the words an embedding is near, what a model is made of. */
  about(graph: string, address: ValueAddress): Promise<About | undefined>;
  /**
   * What of a graph will not fit into the memory of the device, as far as that is known before a run; undefined while one
   * goes on. Opens the models of the graph.
   */
  memory(document: Document): Promise<readonly Found[] | undefined>;
  /** A graph was closed: what only it used is freed. */
  close(graph: string): Promise<void>;
  pause(): void;
  resume(): void;
  /** Takes effect within one model evaluation. */
  cancel(): void;
}
