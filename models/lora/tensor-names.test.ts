import { describe, expect, test } from 'vitest';
import { readTensorName } from './tensor-names';

describe('the name of a tensor in a LoRA file is read as', () => {
  test.each([
    [
      "kohya's",
      'lora_unet_mid_block_attentions_0_proj_in.lora_down.weight',
      'unet mid_block_attentions_0_proj_in down',
    ],
    ["kohya's core", 'lora_unet_conv_in.lora_mid.weight', 'unet conv_in core'],
    [
      "kohya's alpha",
      'lora_te_text_model_encoder_layers_0_mlp_fc1.alpha',
      'text-encoder text_model_encoder_layers_0_mlp_fc1 alpha',
    ],
    [
      "kohya's first text encoder of two",
      'lora_te1_text_model_encoder_layers_0_mlp_fc1.alpha',
      'text-encoder text_model_encoder_layers_0_mlp_fc1 alpha',
    ],
    [
      "kohya's second text encoder, which is nobody's here",
      'lora_te2_text_model_encoder_layers_0_mlp_fc1.alpha',
      '? lora_te2_text_model_encoder_layers_0_mlp_fc1 alpha',
    ],
    ["LyCORIS'", 'lora_unet_out_2.hada_w1_a', 'unet out_2 hada_w1_a'],
    ["LyCORIS'", 'lora_unet_out_2.lokr_w2', 'unet out_2 lokr_w2'],
    ["LyCORIS' norms", 'lora_unet_out_0.b_norm', 'unet out_0 diff_b'],
    ["peft's", 'base_model.model.conv_in.lora_A.weight', '? conv_in down'],
    [
      "peft's with an adapter",
      'base_model.model.mid_block.attentions.0.proj_in.lora_B.default.weight',
      '? mid_block_attentions_0_proj_in up',
    ],
    [
      "diffusers'",
      'unet.up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_out.0.lora_B.weight',
      'unet up_blocks_1_attentions_0_transformer_blocks_0_attn1_to_out_0 up',
    ],
    ["diffusers'", 'unet.conv_in.lora.up.weight', 'unet conv_in up'],
    [
      "diffusers' processors",
      'unet.mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.down.weight',
      'unet mid_block_attentions_0_transformer_blocks_0_attn2_to_k down',
    ],
    [
      "diffusers' processors without prefix",
      'mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_out_lora.up.weight',
      '? mid_block_attentions_0_transformer_blocks_0_attn2_to_out_0 up',
    ],
    [
      "diffusers' text encoder",
      'text_encoder.text_model.encoder.layers.3.self_attn.q_proj.lora_linear_layer.up.weight',
      'text-encoder text_model_encoder_layers_3_self_attn_q_proj up',
    ],
    [
      "diffusers' text encoder",
      'text_encoder.text_model.encoder.layers.3.self_attn.to_out_lora.up.weight',
      'text-encoder text_model_encoder_layers_3_self_attn_out_proj up',
    ],
    ["ComfyUI's", 'diffusion_model.input_blocks.1.1.proj_in.lora_up.weight', 'unet input_blocks_1_1_proj_in up'],
    ['DoRA', 'lora_unet_conv_in.dora_scale', 'unet conv_in dora'],
    ['DoRA', 'unet.conv_in.lora_magnitude_vector', 'unet conv_in dora'],
  ])('%s: %s', (_, name, expected) => {
    const read = readTensorName(name);
    expect(`${read?.part ?? '?'} ${read?.module} ${read?.role}`).toBe(expected);
  });

  test.each(['lora_unet_conv_in.oft_blocks', 'unet.conv_in.weight', 'lora_unet_conv_in.lora_down.bias', 'alpha', ''])(
    'none: %s',
    (name) => {
      expect(readTensorName(name)).toBeUndefined();
    },
  );
});
