import { isObject, type Json, type JsonObject } from './json';

/** What a part of a document keeps of the ComfyUI file that it came from. */
export const origin = (part: { readonly foreign?: unknown }): JsonObject => {
  const foreign = part.foreign;
  return isObject(foreign) && isObject(foreign.comfyui) ? foreign.comfyui : {};
};

export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
