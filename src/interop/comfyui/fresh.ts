import type { DocumentNode } from '../../core/document';
import type { Json, JsonObject } from './json';
import type { Placed } from './linker';
import { withLook } from './look';
import type { NodeClass } from './node-class';
import { controlOf } from './widgets';

/** ComfyUI's types of Weft's kinds. */
export const comfyTypes: Readonly<Record<string, string>> = {
  unet: 'MODEL',
  'text-encoder': 'CLIP',
  vae: 'VAE',
  conditioning: 'CONDITIONING',
  latent: 'LATENT',
  image: 'IMAGE',
  mask: 'MASK',
  controlnet: 'CONTROL_NET',
  integer: 'INT',
  number: 'FLOAT',
  boolean: 'BOOLEAN',
  text: 'STRING',
};

/** What every node of a workflow has. */
export const blank = (
  type: string,
  { at }: { readonly at: readonly number[] },
  size: readonly number[],
): JsonObject => ({
  type,
  pos: [...at],
  size: [...size],
  flags: {},
  order: 0,
  mode: 0,
  properties: {},
});

/** A node that did not come from ComfyUI. */
export function fresh(
  own: NodeClass,
  full: JsonObject,
  node: Pick<DocumentNode, 'at'> & Partial<DocumentNode>,
): Placed {
  const values: Json[] = [];
  for (const { name, default: fallback, control } of own.widgets) {
    const bridge = own.weft?.widgets[name];
    const value = bridge?.write(full);
    values.push(value === undefined ? fallback : value);
    if (control) values.push(controlOf(bridge?.port === undefined ? undefined : node.rolls?.[bridge.port]));
  }
  const inputs = own.in.map(
    ({ name, type, optional }): Json => ({ name, type, link: null, ...(optional && { shape: 7 }) }),
  );
  const outputs = own.out.map(({ name, type }, slot): Json => ({ name, type, links: null, slot_index: slot }));
  const raw: JsonObject = {
    ...blank(own.name, node, [300, 60 + 26 * Math.max(inputs.length, outputs.length) + 30 * values.length]),
    inputs,
    outputs,
    properties: { 'Node name for S&R': own.name },
    ...(values.length && { widgets_values: values }),
  };
  return { raw: withLook(raw, { ...node, foreign: undefined }, own.title), own };
}
