import { type Document, parseDocument } from '../core/document';
import { ProblemError } from '../core/problem';
import { textsInPicture } from '../formats/picture-texts';
import { importParameters } from './a1111/import';
import { parseParameters } from './a1111/parameters';
import { carriedBy, importCarried, importComfyui } from './comfyui/files';
import type { ImportOptions } from './comfyui/import';
import { isObject, readJson } from './comfyui/json';
import type { Report } from './comfyui/report';

/** A graph out of a file; with a report where another program made the file. */
export interface Opened {
  readonly document: Document;
  readonly report?: Report;
}

/**
 * Opens any file that holds a graph: Weft's, ComfyUI's workflows and prompts, AUTOMATIC1111's parameters, as JSON or text or
 * inside of a picture or a latent. Undefined for a picture or a latent that carries none. Throws a `ProblemError` otherwise.
 */
export function openGraph(bytes: Uint8Array, options: ImportOptions): Opened | undefined {
  try {
    return opened(bytes, options);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError({ what: `This file cannot be read: ${(cause as Error).message}` }, { cause });
  }
}

function opened(bytes: Uint8Array, options: ImportOptions): Opened | undefined {
  const picture = textsInPicture(bytes);
  if (picture) {
    const { weft, parameters } = picture.named;
    if (weft !== undefined) return { document: parseDocument(weft) };
    return carried(bytes, parameters === undefined ? picture.others : [parameters], options);
  }
  if (bytes.length > 8 && bytes[8] === 0x7b && bytes[0] !== 0x7b) return carried(bytes, [], options);
  const text = new TextDecoder().decode(bytes);
  const parameters = /^\s*[{[]/.test(text) ? undefined : parseParameters(text);
  if (parameters) return importParameters(parameters, options);
  // Weft's own files are read as they are: their limits and their words are their own.
  if (/"format"\s*:\s*"weft"/.test(text.slice(0, 1000))) return { document: parseDocument(text) };
  const value = readJson(text);
  if (isObject(value) && value.format === 'weft') return { document: parseDocument(text) };
  return importComfyui(value, options);
}

function carried(bytes: Uint8Array, texts: readonly string[], options: ImportOptions): Opened | undefined {
  const comfyui = carriedBy(bytes);
  if (comfyui.workflow !== undefined || comfyui.prompt !== undefined) return importCarried(comfyui, options);
  for (const text of texts) {
    const parameters = parseParameters(text);
    if (parameters) return importParameters(parameters, options);
  }
  return undefined;
}
