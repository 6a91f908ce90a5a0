/** Something that took time: a node, or what the device did for it. */
export interface Span {
  /**
   * `node`: a node ran once. `session`: a network ran, as far as its caller waited: on a graphics adapter a run is queued
   * while the one before it computes, and ends when that one has ended. `load`: a session was made. `warm-up`: its first run,
   * on zeros. `read`: numbers came back.
   */
  readonly kind: 'node' | 'session' | 'load' | 'warm-up' | 'read';
  /** The node, or the key of the network; of what is read its shape. */
  readonly name: string;
  /** The node that it happened for; empty between nodes, where pictures are read for the screen. */
  readonly node: string;
  /** Milliseconds since the run began. */
  readonly begin: number;
  readonly milliseconds: number;
  /** Which item of a list, and in a zone which evaluation of it. */
  readonly item?: number;
  readonly evaluation?: number;
  /** The zone that a node ran in, by the id of its start. */
  readonly zone?: string;
  /** What a session or a read takes. */
  readonly bytes?: number;
}

/** What the tensors of a node take. */
export interface NodeMemory {
  readonly node: string;
  /** Bytes of all that it made, whether they are still there or not. */
  readonly made: number;
  /** Bytes of what was there of it at one time at most. */
  readonly peak: number;
  /** Bytes of what is there of it after the run: in the cache. */
  readonly left: number;
}

/** How a run spent its time and memory. Plain data. */
export interface Profile {
  readonly device: string;
  /** When it began; milliseconds since 1970. */
  readonly at: number;
  readonly milliseconds: number;
  readonly spans: readonly Span[];
  readonly nodes: readonly NodeMemory[];
  /** Bytes of all tensors of the device, in the order of time; `at` in milliseconds since the run began. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[];
  /** Bytes of the weights that sessions held at the end. */
  readonly weights: number;
  /** How many spans were too many to be kept. */
  readonly leftOut: number;
}
