import type { Weights } from '../src/onnx/weights';

/**
 * The configs of networks by the shapes of their tensors (in diffusers' names), for files that come without a config. What
 * shapes do not tell is what all models of Stable Diffusion 1 or 2 have.
 */

const GROUPS = 32;
/** Of SD 1, at every resolution. */
const HEADS = 8;
/** Channels of a head in SD 2, and in CLIP. */
const HEAD_WIDTH = 64;
const SCALING_FACTOR = 0.18215;
/** Pixels of a tile of an autoencoder. */
const SAMPLE_SIZE = 512;

/** How many blocks follow each other: the first `i` for which there is no `name(i)`. */
function count(weights: Weights, name: (i: number) => string): number {
  let i = 0;
  while (weights.shape(name(i))) i += 1;
  return i;
}

function shapeOf(weights: Weights, name: string): readonly number[] {
  const shape = weights.shape(name);
  if (!shape) throw new Error(`The file is incomplete: it has no tensor "${name}". Is it the whole model?`);
  return shape;
}

/** A config.json of diffusers' UNet2DConditionModel. */
export function unetConfig(weights: Weights): Record<string, unknown> {
  const levels = count(weights, (i) => `down_blocks.${i}.resnets.0.conv1.weight`);
  const transformers = (block: string): number =>
    count(weights, (i) => `${block}.attentions.0.transformer_blocks.${i}.attn1.to_q.weight`);
  const down = Array.from({ length: levels }, (_, i) => `down_blocks.${i}`);
  const up = Array.from({ length: levels }, (_, i) => `up_blocks.${i}`);
  const channels = down.map((block) => shapeOf(weights, `${block}.resnets.0.conv1.weight`)[0] ?? 0);
  const attentive = [...down, 'mid_block', ...up].find((block) => transformers(block) > 0) ?? 'mid_block';
  const projection = shapeOf(weights, `${attentive}.attentions.0.proj_in.weight`);
  const middle = weights.shape('mid_block.attentions.0.proj_in.weight')
    ? 'UNetMidBlock2DCrossAttn'
    : weights.shape('mid_block.resnets.0.conv1.weight')
      ? 'UNetMidBlock2D'
      : null;
  return {
    in_channels: shapeOf(weights, 'conv_in.weight')[1],
    out_channels: shapeOf(weights, 'conv_out.weight')[0],
    block_out_channels: channels,
    down_block_types: down.map((block) => (transformers(block) > 0 ? 'CrossAttnDownBlock2D' : 'DownBlock2D')),
    mid_block_type: middle,
    up_block_types: up.map((block) => (transformers(block) > 0 ? 'CrossAttnUpBlock2D' : 'UpBlock2D')),
    layers_per_block: down.map((block) => count(weights, (i) => `${block}.resnets.${i}.conv1.weight`)),
    // The middle block counts as part of the lowest level.
    transformer_layers_per_block: down.map((block, i) =>
      Math.max(1, transformers(block), i === levels - 1 ? transformers('mid_block') : 0),
    ),
    cross_attention_dim: shapeOf(weights, `${attentive}.attentions.0.transformer_blocks.0.attn2.to_k.weight`)[1],
    attention_head_dim:
      projection.length === 2 ? channels.map((width) => Math.max(1, Math.floor(width / HEAD_WIDTH))) : HEADS,
    use_linear_projection: projection.length === 2,
    norm_num_groups: GROUPS,
  };
}

/** A config.json of diffusers' AutoencoderKL. */
export function vaeConfig(weights: Weights): Record<string, unknown> {
  const levels = count(weights, (i) => `encoder.down_blocks.${i}.resnets.0.conv1.weight`);
  const blocks = Array.from({ length: levels }, (_, i) => `encoder.down_blocks.${i}`);
  return {
    block_out_channels: blocks.map((block) => shapeOf(weights, `${block}.resnets.0.conv1.weight`)[0]),
    down_block_types: blocks.map(() => 'DownEncoderBlock2D'),
    up_block_types: blocks.map(() => 'UpDecoderBlock2D'),
    layers_per_block: count(weights, (i) => `encoder.down_blocks.0.resnets.${i}.conv1.weight`),
    latent_channels: shapeOf(weights, 'decoder.conv_in.weight')[1],
    norm_num_groups: GROUPS,
    scaling_factor: SCALING_FACTOR,
    sample_size: SAMPLE_SIZE,
    use_quant_conv: weights.shape('quant_conv.weight') !== undefined,
    use_post_quant_conv: weights.shape('post_quant_conv.weight') !== undefined,
    mid_block_add_attention: weights.shape('decoder.mid_block.attentions.0.group_norm.weight') !== undefined,
  };
}

/** A config.json of transformers' CLIPTextModel; its names are without `text_model.`. */
export function clipTextConfig(weights: Weights, family: 'sd1' | 'sd2'): Record<string, unknown> {
  const [vocabulary, width = 0] = shapeOf(weights, 'embeddings.token_embedding.weight');
  return {
    vocab_size: vocabulary,
    hidden_size: width,
    intermediate_size: shapeOf(weights, 'encoder.layers.0.mlp.fc1.weight')[0],
    num_hidden_layers: count(weights, (i) => `encoder.layers.${i}.self_attn.q_proj.weight`),
    num_attention_heads: Math.max(1, Math.floor(width / HEAD_WIDTH)),
    max_position_embeddings: shapeOf(weights, 'embeddings.position_embedding.weight')[0],
    hidden_act: family === 'sd2' ? 'gelu' : 'quick_gelu',
  };
}
