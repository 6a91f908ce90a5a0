import { z } from 'zod';
import { only, parseConfig, size } from './config';

/** Fields that every transformers config may carry and that do not change what a text encoder computes. */
const TRANSFORMERS_FIELDS = [
  ...['_name_or_path', '_commit_hash', '_attn_implementation_autoset', 'architectures', 'transformers_version'],
  ...['torch_dtype', 'dtype', 'torchscript', 'use_bfloat16', 'return_dict', 'problem_type', 'id2label', 'label2id'],
  ...[
    'output_attentions',
    'output_hidden_states',
    'chunk_size_feed_forward',
    'is_encoder_decoder',
    'gradient_checkpointing',
  ],
  ...['attention_dropout', 'dropout', 'initializer_factor', 'initializer_range'],
  // Tokens are the tokenizer's affair, and pooling and projection come after the hidden state that is used here.
  ...['bos_token_id', 'eos_token_id', 'pad_token_id', 'projection_dim'],
] as const;

const harmless = Object.fromEntries(TRANSFORMERS_FIELDS.map((name) => [name, z.unknown().optional()])) as Record<
  (typeof TRANSFORMERS_FIELDS)[number],
  z.ZodOptional<z.ZodUnknown>
>;

/** config.json of transformers' CLIPTextModel. */
const schema = z.strictObject({
  ...harmless,
  model_type: only('clip_text_model'),
  vocab_size: size(1_000_000).default(49408),
  hidden_size: size(16384).default(512),
  intermediate_size: size(65536).default(2048),
  num_hidden_layers: size(256).default(12),
  num_attention_heads: size(1024).default(8),
  max_position_embeddings: size(4096).default(77),
  hidden_act: z.enum(['quick_gelu', 'gelu', 'relu', 'silu']).default('quick_gelu'),
  layer_norm_eps: z.number().positive().max(1).default(1e-5),
});

export type ClipTextConfig = z.output<typeof schema>;

export function parseClipTextConfig(json: unknown, file = 'text_encoder/config.json'): ClipTextConfig {
  const config = parseConfig(schema, json, file);
  if (config.hidden_size % config.num_attention_heads !== 0) {
    throw new Error(
      `${file}: "hidden_size" is ${config.hidden_size}, which cannot be divided among ` +
        `"num_attention_heads", ${config.num_attention_heads}.`,
    );
  }
  return config;
}
