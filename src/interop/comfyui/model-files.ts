import { isObject, type Json, type JsonObject } from './json';
import { textOf, type Workflow } from './workflow';

/** What a workflow says of a file of weights (`models`, of the workflow or in a node's properties). */
export interface ModelFile {
  readonly name: string;
  /** Where it can be downloaded. */
  readonly source?: string;
  /** "sha256:" and 64 hexadecimal digits. */
  readonly hash?: string;
  /** ComfyUI's folder for it: "checkpoints", "loras". */
  readonly folder?: string;
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

/** The last part of a path, which is what nodes and lists of models agree on. */
export const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function modelFile(value: Json): ModelFile | undefined {
  if (!isObject(value)) return undefined;
  const name = textOf(value.name);
  if (!name) return undefined;
  const source = textOf(value.url);
  const hash = textOf(value.hash).toLowerCase();
  const isSha = /^[0-9a-f]{64}$/.test(hash) && /^(sha-?256)?$/i.test(textOf(value.hash_type));
  const folder = textOf(value.directory);
  return {
    name,
    ...(/^https?:\/\/[^\s]{3,1900}$/.test(source) && { source }),
    ...(isSha && { hash: `sha256:${hash}` }),
    ...(folder && { folder }),
  };
}

/** All that a workflow says of its models, by the names of the files. */
export function modelFilesOf({ raw, nodes, definitions }: Workflow): ReadonlyMap<string, ModelFile> {
  const files = new Map<string, ModelFile>();
  const add = (values: unknown) => {
    for (const value of list(values)) {
      const file = modelFile(value);
      if (file) files.set(baseName(file.name), { ...files.get(baseName(file.name)), ...file });
    }
  };
  const ofNodes = (parts: readonly { readonly raw: JsonObject }[]) => {
    for (const node of parts) add(isObject(node.raw.properties) ? node.raw.properties.models : undefined);
  };
  add(raw.models);
  ofNodes(nodes);
  for (const definition of definitions) ofNodes(definition.nodes);
  return files;
}
