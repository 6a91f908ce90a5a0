import type { SavedFile } from '../core/define-node';
import type { Document } from '../core/document';
import type { Outcome, RunEvent } from './events';

/** A file the page holds and a graph may refer to: `reference` is `sha256:<hex>/<name>`. */
export type FileLookup = (reference: string) => Promise<Blob | undefined>;

/** The engine as the page sees it through comlink; everything behind it lives in a worker. */
export interface EngineApi {
  /** Chooses the device (WebGPU, else WebAssembly) and reports it. May be called again after a device was lost. */
  start(options: {
    /** Where the embedded models are served: an absolute URL that ends in a slash. */
    readonly models: string;
    readonly prefer?: 'webgpu' | 'wasm';
    readonly file: FileLookup;
    readonly save: (file: SavedFile) => Promise<void>;
  }): Promise<{ readonly kind: string; readonly name: string; readonly reason?: string }>;
  /** Runs the graph up to `targets` (all nodes that show or save something by default). One run at a time. */
  run(
    document: Document,
    targets: readonly string[] | undefined,
    onEvent: (event: RunEvent) => void,
  ): Promise<Outcome>;
  pause(): void;
  resume(): void;
  /** Takes effect within one model evaluation. */
  cancel(): void;
}
