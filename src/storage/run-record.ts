import type { Axis } from '../core/define-node';

/** A model that a run used, by its content. */
export interface UsedModel {
  readonly name: string;
  /** `sha256:<hex>`, as graphs name models; undefined where it could not be found out. */
  readonly hash: string | undefined;
}

/** How long a node took. */
export interface NodeTime {
  /** Nodes inside of subgraphs are called `instance/node`. */
  readonly node: string;
  readonly milliseconds: number;
  readonly runs: number;
  /** Nothing had to be computed. */
  readonly cached: boolean;
}

/** A run that made pictures, with all that is needed to make them again. */
export interface RunRecord {
  readonly id: string;
  /** When it ended; milliseconds since 1970. */
  readonly at: number;
  /** The graph as it ran, with its seeds: what `writeDocument` wrote. */
  readonly graph: string;
  /** The graph that it came from, where that is still there. */
  readonly graphId: string;
  readonly name: string;
  /** "WebGPU · NVIDIA". */
  readonly device: string;
  /** Of Weft. */
  readonly version: string;
  readonly outcome: 'done' | 'failed' | 'cancelled';
  readonly milliseconds: number;
  /** It went on from this step of an earlier run, which its graph alone does not tell; counted from 1. */
  readonly resumed?: number;
  readonly models: readonly UsedModel[];
  readonly nodes: readonly NodeTime[];
}

/** What is known of a picture of a run, apart from its bytes. */
export interface PictureRecord {
  readonly id: string;
  readonly run: string;
  /** When its run ended; milliseconds since 1970. */
  readonly at: number;
  /** Its place among the pictures of its run. */
  readonly order: number;
  /** The node that showed it, and which of the node's pictures it is. */
  readonly node: string;
  readonly index: number;
  /** How it is called in its grid: `['CFG 7.5']`; empty for a picture by itself. */
  readonly labels: readonly string[];
  /** The grid that it is one picture of. */
  readonly axes?: readonly Axis[];
  /** It is the last of so many that are played one after the other; the others are not kept. */
  readonly frames?: number;
  readonly seeds: readonly { readonly node: string; readonly name: string; readonly value: string }[];
  readonly graphId: string;
  readonly name: string;
  /** Names of the models. */
  readonly models: readonly string[];
  /** The prompt that it was made from, if there is one. */
  readonly prompt: string;
  /** All that it is found by, in small letters. */
  readonly text: string;
  readonly width: number;
  readonly height: number;
  /** Hexadecimal, of its pixels: RGBA, 8 bits each, row-major. */
  readonly sha256: string;
  /** What its files take. */
  readonly bytes: number;
  readonly starred: boolean;
}

/** The bytes of a picture. */
export interface PictureFiles {
  readonly id: string;
  readonly png: Blob;
  /** Smaller, for lists; absent where the picture itself is small. */
  readonly thumbnail?: Blob;
}
