import type { ModelReference } from './model-reference';

/** A learned word that prompts may use without a node for it: an embedding that lies where the host keeps models. */
export interface NamedEmbedding {
  /** That of its file, without ending: what stands for it in a prompt. */
  readonly name: string;
  readonly reference: ModelReference;
  /** Changes with its content, and is part of the key of whatever is read with it. */
  readonly key: string;
}

/** What a file of a learned word is called in prompts. */
export const embeddingName = (file: string): string => file.replace(/\.(?:safetensors|pt|bin|png|webp)$/i, '');

/**
 * Whether a graph, as it is saved, has a name anywhere. Those that it does not have are nothing to it: they may come and
 * go in the library, and no key changes.
 */
export function mentions(document: string, name: string): boolean {
  return document.toLowerCase().includes(JSON.stringify(name).slice(1, -1).toLowerCase());
}
