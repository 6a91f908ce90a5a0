import type { Identity } from '../../../models/model-kind';
import { type HashedModel, modelKinds } from '../../core/model-reference';

/** A file of a model. */
export interface ModelFile {
  /** Relative with forward slashes. A model of one file has its name here. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Its name in this browser's own file system; absent for a file that is read where it lies. */
  readonly stored?: string;
  /** When a file that is read where it lies was last changed, in milliseconds since 1970. */
  readonly modified?: number;
}

/** A model that this browser holds, or may read from the disk. */
export interface ModelEntry {
  /** `sha256:<hex>` of the file, or of a folder's listing: what graphs name it by. */
  readonly hash: string;
  readonly name: string;
  readonly kind: Identity['kind'];
  readonly family: Identity['family'];
  /** What it is, a sentence. */
  readonly sentence: string;
  /** Bytes of all files. */
  readonly size: number;
  /** What the user or its page says about its use: a licence, trigger words. */
  readonly note: string;
  /** Where it was downloaded from. */
  readonly source?: string;
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly files: readonly ModelFile[];
  /** The file or folder on the disk, for a model that is used where it lies. */
  readonly handle?: FileSystemFileHandle | FileSystemDirectoryHandle;
}

/** How a graph names the model. */
export const referenceTo = ({ hash, name, size, source }: ModelEntry): HashedModel => ({
  hash,
  name,
  size,
  ...(source !== undefined && { source }),
});

const kindWords: Readonly<Record<ModelEntry['kind'], string>> = {
  checkpoint: 'Checkpoint',
  unet: 'UNet',
  vae: 'VAE',
  'text-encoder': 'Text encoder',
  controlnet: 'ControlNet',
  lora: 'LoRA',
  embedding: 'Embedding',
  onnx: 'ONNX folder',
  unsupported: 'Not supported',
};

/** "LoRA": a kind of model as people write it. */
export const modelKindWords = (kind: ModelEntry['kind']): string => kindWords[kind];

/** All kinds that a list of models can be narrowed to. */
export const listedKinds: readonly ModelEntry['kind'][] = [...modelKinds, 'unsupported'];
