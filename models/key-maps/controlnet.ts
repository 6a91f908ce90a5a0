import { mapLdmUNet } from './ldm-unet';
import type { KeyMap, TensorSource } from './renamed';

/** The ControlNet among the tensors of a file: how they are named and what stands before their names. */
export interface ControlNetPart {
  readonly layout: 'ldm' | 'diffusers';
  /** `control_model.`, or nothing. */
  readonly prefix: string;
}

/** Names that only a ControlNet has, after its prefix. */
const SIGNS = { ldm: 'input_hint_block.0.weight', diffusers: 'controlnet_cond_embedding.conv_in.weight' } as const;
const PREFIXES = ['control_model.', 'controlnet.', ''];

/** Finds a ControlNet by names alone; undefined where there is none. */
export function controlNetIn(names: { has(name: string): boolean }): ControlNetPart | undefined {
  for (const layout of ['ldm', 'diffusers'] as const) {
    const prefix = PREFIXES.find((before) => names.has(before + SIGNS[layout]));
    if (prefix !== undefined) return { layout, prefix };
  }
  return undefined;
}

/**
 * Names of the original ControlNet (cldm.py of https://github.com/lllyasviel/ControlNet), without prefix, to those of
 * diffusers' ControlNetModel. `unknown` are the names that no part of a ControlNet has.
 */
export function mapLdmControlNet(names: readonly string[], prefix: string): { map: KeyMap; unknown: string[] } {
  const copy = mapLdmUNet(names, prefix);
  const map = new Map<string, TensorSource>(copy.map);
  // The convolutions that look at the picture stand between activations, so every second index is one.
  const hints = copy.unknown.flatMap((name) => Number(/^input_hint_block\.(\d{1,3})\.weight$/.exec(name)?.[1] ?? []));
  const last = Math.max(...hints);
  const unknown: string[] = [];
  for (const name of copy.unknown) {
    const [, part, index = '', parameter] =
      /^(input_hint_block|zero_convs|middle_block_out)\.(\d{1,3})(?:\.0)?\.(weight|bias)$/.exec(name) ?? [];
    const at = Number(index);
    let target: string | undefined;
    if (part === 'zero_convs') target = `controlnet_down_blocks.${at}`;
    if (part === 'middle_block_out') target = 'controlnet_mid_block';
    if (part === 'input_hint_block') {
      const place = at === 0 ? 'conv_in' : at === last ? 'conv_out' : `blocks.${at / 2 - 1}`;
      target = `controlnet_cond_embedding.${place}`;
    }
    if (target === undefined) unknown.push(name);
    else map.set(`${target}.${parameter}`, { name: prefix + name });
  }
  return { map, unknown };
}

/** Names of diffusers' ControlNetModel behind a prefix. */
export function withoutPrefix(names: readonly string[], prefix: string): KeyMap {
  return new Map(names.map((name) => [name, { name: prefix + name }]));
}
