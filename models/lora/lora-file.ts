import type { Lora } from '../../src/core/lora';
import type { SafetensorsTensor } from '../../src/formats/safetensors';

/**
 * The tensors of a LoRA file in the names of kohya's scripts, which every program reads: `LAYER.lora_down.weight`,
 * `.lora_up.weight`, `.lora_mid.weight` and `.alpha`, which is the scale times the rank. Undefined where a change is no
 * low-rank one.
 */
export function loraTensors({ layers }: Lora): Record<string, SafetensorsTensor> | undefined {
  const tensors: Record<string, SafetensorsTensor> = {};
  for (const { name, changes } of layers) {
    for (const change of changes) {
      if (change.kind !== 'low-rank') return undefined;
      const { down, core, up, scale } = change;
      const rank = down.shape[0] ?? 1;
      tensors[`${name}.lora_down.weight`] = { shape: down.shape, data: down.read() };
      tensors[`${name}.lora_up.weight`] = { shape: up.shape, data: up.read() };
      if (core) tensors[`${name}.lora_mid.weight`] = { shape: core.shape, data: core.read() };
      tensors[`${name}.alpha`] = { shape: [], data: Float32Array.of(scale * rank) };
    }
  }
  return tensors;
}
