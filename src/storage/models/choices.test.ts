import { describe, expect, it } from 'vitest';
import { modelChoices } from './choices';

const listed = (...paths: string[]) => paths.map((path) => ({ path, size: path.length }));
const chosen = (...paths: string[]) =>
  Object.fromEntries(modelChoices(listed(...paths)).map(({ id, files }) => [id, files.map(({ path }) => path).sort()]));

/** As stable-diffusion-v1-5/stable-diffusion-v1-5 lists its files, in part. */
const repository = [
  'README.md',
  'feature_extractor/preprocessor_config.json',
  'model_index.json',
  'safety_checker/config.json',
  'safety_checker/model.safetensors',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'text_encoder/model.fp16.safetensors',
  'text_encoder/model.safetensors',
  'text_encoder/pytorch_model.bin',
  'tokenizer/merges.txt',
  'tokenizer/vocab.json',
  'unet/config.json',
  'unet/diffusion_pytorch_model.bin',
  'unet/diffusion_pytorch_model.fp16.safetensors',
  'unet/diffusion_pytorch_model.non_ema.safetensors',
  'unet/diffusion_pytorch_model.safetensors',
  'v1-5-pruned-emaonly.safetensors',
  'v1-5-pruned.ckpt',
  'vae/config.json',
  'vae/diffusion_pytorch_model.fp16.safetensors',
  'vae/diffusion_pytorch_model.safetensors',
];
const settings = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'tokenizer/merges.txt',
  'tokenizer/vocab.json',
  'unet/config.json',
  'vae/config.json',
];

describe('a repository', () => {
  it('offers its folder in each precision, fp16 first, and its single files', () => {
    expect(modelChoices(listed(...repository)).map(({ id }) => id)).toEqual([
      'folder fp16',
      'folder',
      'v1-5-pruned-emaonly.safetensors',
      'v1-5-pruned.ckpt',
    ]);
  });

  it('gives each part once: in the wanted precision where it has that, from safetensors where it has them', () => {
    const choices = chosen(...repository);
    expect(choices['folder fp16']).toEqual(
      [
        ...settings,
        'text_encoder/model.fp16.safetensors',
        'unet/diffusion_pytorch_model.fp16.safetensors',
        'vae/diffusion_pytorch_model.fp16.safetensors',
      ].sort(),
    );
    expect(choices.folder).toEqual(
      [
        ...settings,
        'text_encoder/model.safetensors',
        'unet/diffusion_pytorch_model.safetensors',
        'vae/diffusion_pytorch_model.safetensors',
      ].sort(),
    );
  });

  it('brings shards with the list of them, in both spellings of their names', () => {
    const old = [
      'unet/diffusion_pytorch_model-00001-of-00002.fp16.bin',
      'unet/diffusion_pytorch_model-00002-of-00002.fp16.bin',
    ];
    const recent = [
      'vae/diffusion_pytorch_model.fp16-00001-of-00002.safetensors',
      'vae/diffusion_pytorch_model.fp16-00002-of-00002.safetensors',
      'vae/diffusion_pytorch_model.safetensors.index.fp16.json',
      'vae/model.fp16.safetensors.index.json',
    ];
    expect(chosen('unet/config.json', ...old, ...recent)['folder fp16']).toEqual(
      ['unet/config.json', ...old, ...recent].sort(),
    );
  });

  it('of one part is a folder of that part', () => {
    expect(
      chosen('README.md', 'config.json', 'diffusion_pytorch_model.bin', 'diffusion_pytorch_model.safetensors'),
    ).toEqual({
      folder: ['config.json', 'diffusion_pytorch_model.safetensors'],
    });
  });

  it('of ONNX networks brings whatever lies beside a network', () => {
    const networks = ['unet/model.onnx', 'unet/model.onnx_data', 'vae_decoder/model.onnx'];
    expect(chosen('model_index.json', 'README.md', ...networks)).toEqual({
      'folder onnx': ['model_index.json', ...networks].sort(),
    });
  });

  it('of single files offers each of them, and nothing else', () => {
    expect(Object.keys(chosen('README.md', 'learned_embeds.bin', 'a/pytorch_lora_weights.safetensors'))).toEqual([
      'learned_embeds.bin',
      'a/pytorch_lora_weights.safetensors',
    ]);
    expect(modelChoices(listed('README.md', 'data.parquet'))).toEqual([]);
  });
});
