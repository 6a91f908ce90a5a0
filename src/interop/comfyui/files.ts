import type { Document } from '../../core/document';
import { ProblemError } from '../../core/problem';
import { textsInPicture } from '../../formats/picture-texts';
import { exportWorkflow } from './export';
import { type Imported, type ImportOptions, importWorkflow } from './import';
import { isObject, type Json, type JsonObject, readJson, writeJson } from './json';
import { workflowToPrompt } from './prompt';
import { isPrompt, promptToWorkflow } from './prompt-layout';
import { isWorkflow } from './workflow';

/** Texts of ComfyUI in a file: of a workflow, of a prompt, or of both. */
interface Carried {
  readonly workflow?: string;
  readonly prompt?: string;
}

/** A workflow in JSON, however it is wrapped: as a file, as what is sent to the server, or beside a prompt. */
function workflowIn(value: Json): { readonly workflow: JsonObject; readonly prompt: boolean } | undefined {
  if (isWorkflow(value)) return { workflow: value, prompt: false };
  if (isPrompt(value)) return { workflow: promptToWorkflow(value), prompt: true };
  if (!isObject(value)) return undefined;
  const extra =
    isObject(value.extra_data) && isObject(value.extra_data.extra_pnginfo) ? value.extra_data.extra_pnginfo : {};
  for (const inner of [value.workflow, extra.workflow, value.prompt]) {
    if (isWorkflow(inner)) return { workflow: inner, prompt: false };
    if (isPrompt(inner)) return { workflow: promptToWorkflow(inner), prompt: true };
  }
  return undefined;
}

/** Whether JSON looks like ComfyUI's. */
const isComfyui = (value: Json): boolean => workflowIn(value) !== undefined;

/** Reads JSON of ComfyUI, a workflow or a prompt. Throws a `ProblemError`. */
export function importComfyui(value: Json, options: ImportOptions): Imported {
  const found = workflowIn(value);
  if (!found)
    throw new ProblemError({
      what: 'This JSON is neither a Weft graph nor a workflow or prompt of ComfyUI.',
      cure: 'Open a *.weft.json file, or one that ComfyUI saved.',
    });
  const { document, report } = importWorkflow(found.workflow, options);
  return found.prompt ? { document, report: { ...report, source: 'ComfyUI prompt' } } : { document, report };
}

/** The texts that ComfyUI writes into PNG, WebP and safetensors files (.latent). Empty for other files. */
export function carriedBy(bytes: Uint8Array): Carried {
  const picture = textsInPicture(bytes);
  if (!picture) return bytes.length > 8 && bytes[8] === 0x7b ? inHeader(bytes) : {};
  const { workflow, prompt } = picture.named;
  return { ...(workflow !== undefined && { workflow }), ...(prompt !== undefined && { prompt }) };
}

function inHeader(bytes: Uint8Array): Carried {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > 32 * 2 ** 20 || 8 + length > bytes.length) return {};
  const header = readJson(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const metadata = isObject(header) && isObject(header.__metadata__) ? header.__metadata__ : {};
  return Object.fromEntries(
    ['workflow', 'prompt'].flatMap((key) => (typeof metadata[key] === 'string' ? [[key, metadata[key]]] : [])),
  );
}

/** Reads what a picture or a latent carries: its workflow, or else its prompt. Throws a `ProblemError`. */
export function importCarried({ workflow, prompt }: Carried, options: ImportOptions): Imported {
  const texts = [workflow, prompt].filter((text) => text !== undefined);
  for (const [i, text] of texts.entries()) {
    const last = i === texts.length - 1;
    try {
      const value = readJson(text);
      if (isComfyui(value) || last) return importComfyui(value, options);
    } catch (cause) {
      if (last) throw cause;
    }
  }
  throw new ProblemError({ what: 'This file carries no workflow.' });
}

/** A graph as a file of ComfyUI, two spaces deep as its page writes it. */
export function comfyuiFile(document: Document, form: 'workflow' | 'prompt'): string {
  const workflow = exportWorkflow(document);
  return `${writeJson(form === 'workflow' ? workflow : workflowToPrompt(workflow), 2)}\n`;
}
