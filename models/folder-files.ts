import type { ByteSource } from '../src/core/device';

/** The files of a model as diffusers' `save_pretrained` writes them, wherever they are kept. */
export interface ModelFolder {
  /** Undefined when there is no such file. Paths are relative: `unet/config.json`. */
  open(path: string): Promise<ByteSource | undefined>;
}

export async function readText(folder: ModelFolder, path: string): Promise<string | undefined> {
  const source = await folder.open(path);
  return source && new TextDecoder().decode(source.read(0, source.size));
}

export async function readJson(folder: ModelFolder, path: string): Promise<unknown> {
  const text = await readText(folder, path);
  if (text === undefined) throw new Error(`The model folder has no file "${path}".`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The file "${path}" is not JSON.`);
  }
}
