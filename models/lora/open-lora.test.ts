import { describe, expect, test } from 'vitest';
import { bytesInMemory } from '../../src/formats/bytes';
import { writeSafetensors } from '../../src/formats/safetensors';
import { openTensorFile } from '../../src/formats/tensor-file';
import { openLora } from './open-lora';

const tensor = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, dim) => product * dim, 1) }, (_, i) => (i + 1) / 8),
});

type Tensors = Readonly<Record<string, ReturnType<typeof tensor>>>;

const open = (tensors: Tensors, metadata: Record<string, string> = {}) =>
  openLora(openTensorFile(bytesInMemory(writeSafetensors(tensors, metadata))), { key: 'k', title: 'pixel' });

const pair = (layer: string, rank = 4): Tensors => ({
  [`${layer}.lora_down.weight`]: tensor(rank, 6),
  [`${layer}.lora_up.weight`]: tensor(8, rank),
});

const scaleOf = (tensors: Tensors, metadata?: Record<string, string>) => {
  const change = open(tensors, metadata).layers[0]?.changes[0];
  return change && 'scale' in change ? change.scale : undefined;
};

describe('a LoRA file', () => {
  test('is scaled by alpha over rank, by 1 without alpha, and by what peft says in the metadata', () => {
    const alpha = { 'lora_unet_conv_in.alpha': { shape: [], data: Float32Array.of(2) } };
    expect(scaleOf({ ...pair('lora_unet_conv_in'), ...alpha })).toBe(0.5);
    expect(scaleOf(pair('lora_unet_conv_in'))).toBe(1);
    const peft = { 'unet.conv_in.lora_A.weight': tensor(4, 6), 'unet.conv_in.lora_B.weight': tensor(8, 4) };
    const says = (settings: object) => ({ lora_adapter_metadata: JSON.stringify(settings) });
    expect(scaleOf(peft, says({ 'unet.r': 4, 'unet.lora_alpha': 8, 'unet.target_modules': null }))).toBe(2);
    expect(scaleOf(peft, says({ 'unet.lora_alpha': 8, 'unet.use_rslora': true }))).toBe(4);
    expect(scaleOf(peft, says({ 'unet.lora_alpha': 8, 'unet.alpha_pattern': { conv_in: 2 } }))).toBe(0.5);
    expect(scaleOf(peft, says({ 'text_encoder.lora_alpha': 8 }))).toBe(1);
    expect(() => scaleOf(peft, { lora_adapter_metadata: '{' })).toThrow('"lora_adapter_metadata") cannot be read.');
  });

  test('lists every tensor that is not understood, and those that lack their other half', () => {
    const { layers, notes } = open({
      ...pair('lora_unet_conv_in'),
      'lora_unet_conv_out.oft_blocks': tensor(2),
      'lora_unet_mid_block_attentions_0_proj_in.lora_down.weight': tensor(4, 6),
      'lora_unet_mid_block_attentions_0_proj_in.alpha': tensor(1),
    });
    expect(layers.map(({ name }) => name)).toEqual(['lora_unet_conv_in']);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^Not understood in "pixel", and left out: .*\.$/);
    for (const name of ['conv_out.oft_blocks', 'proj_in.lora_down.weight', 'proj_in.alpha'])
      expect(notes[0]).toContain(name);
  });

  test.each<[string, Tensors, string]>([
    ['a DoRA', { ...pair('lora_unet_conv_in'), 'lora_unet_conv_in.dora_scale': tensor(8, 1) }, '"pixel" is a DoRA'],
    ['no LoRA', { 'conv_in.weight': tensor(8, 6) }, '"pixel" is not a LoRA that Weft knows: none of its 1 tensors'],
    [
      'factors of different rank',
      { 'lora_unet_conv_in.lora_down.weight': tensor(4, 6), 'lora_unet_conv_in.lora_up.weight': tensor(8, 3) },
      'The factors of "lora_unet_conv_in" do not fit each other: one is of rank 4, another [8,3].',
    ],
    [
      'an alpha that is no number',
      { ...pair('lora_unet_conv_in'), 'lora_unet_conv_in.alpha': { shape: [1], data: Float32Array.of(Number.NaN) } },
      'The alpha of "lora_unet_conv_in" is not a number.',
    ],
  ])('that is %s is refused in a sentence', (_, tensors, sentence) => {
    expect(() => open(tensors)).toThrow(sentence);
  });
});
