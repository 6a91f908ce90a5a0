import { expect, test } from 'vitest';
import { identify } from './model-kind';

type Shapes = Readonly<Record<string, readonly number[]>>;

const identityOf = (shapes: Shapes, dtype = 'F16') =>
  identify(new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype }])));

/** Names and shapes by which diffusers' single_file_utils.py and ComfyUI's model_detection.py know models of other families. */
const FOREIGN: readonly (readonly [string, Shapes, string])[] = [
  [
    'SDXL',
    {
      'model.diffusion_model.input_blocks.0.0.weight': [320, 4, 3, 3],
      'conditioner.embedders.1.model.transformer.resblocks.9.mlp.c_proj.bias': [1280],
    },
    'an SDXL checkpoint',
  ],
  [
    'the SDXL refiner',
    { 'conditioner.embedders.0.model.transformer.resblocks.9.mlp.c_proj.bias': [1280] },
    'SDXL refiner',
  ],
  [
    'a UNet of SDXL',
    {
      'conv_in.weight': [320, 4, 3, 3],
      'time_embedding.linear_1.weight': [1280, 320],
      'conv_out.weight': [4, 320, 3, 3],
      'add_embedding.linear_1.weight': [1280, 2816],
    },
    'an SDXL UNet',
  ],
  [
    'SD 3',
    { 'model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias': [9216] },
    'Stable Diffusion 3',
  ],
  ['SD 3 in diffusers', { 'transformer_blocks.0.attn.add_k_proj.weight': [1536, 1536] }, 'Stable Diffusion 3'],
  ['Flux', { 'double_blocks.0.img_attn.norm.key_norm.scale': [128] }, 'a Flux model'],
  ['Flux in diffusers', { 'single_transformer_blocks.0.attn.to_q.weight': [3072, 3072] }, 'a Flux model'],
  [
    'PixArt',
    { 'adaln_single.linear.weight': [6912, 1152], 'caption_projection.linear_1.weight': [1152, 4096] },
    'PixArt',
  ],
  ['AuraFlow', { 'double_layers.0.attn.w2q.weight': [3072, 3072] }, 'AuraFlow'],
  ['LTX-Video', { 'model.diffusion_model.patchify_proj.weight': [2048, 128] }, 'LTX-Video'],
  ['Wan', { 'model.diffusion_model.head.modulation': [1, 2, 5120] }, 'Wan'],
  ['Stable Cascade', { 'clip_txt_mapper.weight': [2048, 1280] }, 'Stable Cascade'],
  ['AnimateDiff', { 'mid_block.motion_modules.0.temporal_transformer.norm.bias': [1280] }, 'AnimateDiff'],
  ['T5', { 'encoder.block.0.layer.0.SelfAttention.q.weight': [4096, 4096] }, 'a T5 text encoder'],
  ['IP-Adapter', { 'image_proj.proj.weight': [3072, 1024] }, 'an IP-Adapter'],
  [
    'an SDXL ControlNet',
    { 'controlnet_cond_embedding.conv_in.weight': [16, 3, 3, 3], 'add_embedding.linear_1.weight': [1280, 2816] },
    'an SDXL ControlNet',
  ],
  ['an SDXL LoRA', { 'lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight': [8, 1280] }, 'a LoRA for SDXL'],
  ['a Flux LoRA', { 'transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight': [16, 3072] }, 'a LoRA for Flux'],
  [
    'an SD 3 LoRA',
    { 'transformer.transformer_blocks.0.attn.add_k_proj.lora_A.weight': [16, 1536] },
    'a LoRA for Stable Diffusion 3',
  ],
];

test.each(FOREIGN)('%s is named, and said to be not supported', (_, shapes, words) => {
  const { kind, sentence } = identityOf(shapes);
  expect(kind).toBe('unsupported');
  expect(sentence).toContain(words);
  expect(sentence).toContain('Weft runs Stable Diffusion 1 and 2');
});

const UNET = {
  'model.diffusion_model.time_embed.0.weight': [1280, 320],
  'model.diffusion_model.input_blocks.0.0.weight': [320, 4, 3, 3],
  'model.diffusion_model.input_blocks.1.1.proj_in.weight': [320, 320, 1, 1],
  'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight': [320, 768],
  'model.diffusion_model.out.2.weight': [4, 320, 3, 3],
};

test.each([
  [
    'a UNet that is told the guidance scale',
    { 'model.diffusion_model.time_embed.cond_proj.weight': [320, 256] },
    'LCM',
  ],
  ['the upscaler', { 'model.diffusion_model.label_emb.weight': [1000, 1024] }, 'upscaler'],
  ['unCLIP', { 'model.diffusion_model.label_emb.0.0.weight': [1280, 2048] }, 'unCLIP'],
  ['InstructPix2Pix', { 'model.diffusion_model.input_blocks.0.0.weight': [320, 8, 3, 3] }, 'InstructPix2Pix'],
  ['a UNet that is given depth', { 'model.diffusion_model.input_blocks.0.0.weight': [320, 5, 3, 3] }, 'depth'],
])('%s is refused by name, though its UNet looks like that of Stable Diffusion', (_, more, words) => {
  expect(identityOf(UNET)).toMatchObject({ kind: 'unet', family: 'sd1', sentence: 'A Stable Diffusion 1 UNet.' });
  const { kind, sentence } = identityOf({ ...UNET, ...more });
  expect(kind).toBe('unsupported');
  expect(sentence).toContain(words);
});

test.each([
  [
    'kohya, SD 1',
    { 'lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight': [8, 768] },
    'sd1',
  ],
  [
    'kohya, SD 2',
    { 'lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight': [8, 1024] },
    'sd2',
  ],
  ['kohya, words only', { 'lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight': [8, 768] }, 'sd1'],
  ['peft', { 'unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight': [8, 768] }, 'sd1'],
  [
    'diffusers before peft',
    { 'unet.mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.down.weight': [4, 768] },
    'sd1',
  ],
  ['LoKr, which does not show its widths', { 'lora_unet_mid_block_attentions_0_proj_in.lokr_w1': [4, 4] }, 'other'],
])('a LoRA is known by its names and shapes: %s', (_, shapes, family) => {
  expect(identityOf(shapes)).toMatchObject({ kind: 'lora', family });
});

test.each([
  ['of A1111', { emb_params: [4, 768] }, 'sd1'],
  ['of A1111 in PyTorch’s format', { 'string_to_param.*': [2, 1024] }, 'sd2'],
  ['of diffusers', { '<cat-toy>': [768] }, 'sd1'],
  ['for SDXL', { clip_l: [2, 768], clip_g: [2, 1280] }, 'sdxl'],
])('an embedding is known by its one tensor: %s', (_, shapes, family) => {
  expect(identityOf(shapes)).toMatchObject({ kind: 'embedding', family });
});

test.each([
  [
    'in the names of the original code',
    'control_model.input_hint_block.0.weight',
    'control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight',
  ],
  [
    'in the names of diffusers',
    'controlnet_cond_embedding.conv_in.weight',
    'down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight',
  ],
])('a ControlNet is known %s', (_, hint, key) => {
  expect(identityOf({ [hint]: [16, 3, 3, 3], [key]: [320, 768] })).toMatchObject({ kind: 'controlnet', family: 'sd1' });
  expect(identityOf({ [hint]: [16, 3, 3, 3], [key]: [320, 1024] })).toMatchObject({
    kind: 'controlnet',
    family: 'sd2',
  });
});

test('what nobody knows, nothing at all, and quantized models are told apart', () => {
  expect(identityOf({ 'a.weight': [3], 'b.weight': [4] }).sentence).toContain('not a model that Weft knows');
  expect(identityOf({}).sentence).toBe('This file holds no tensors.');
  expect(identityOf(UNET, 'F8_E4M3').sentence).toContain('quantized');
});
