import type { TensorSource } from './renamed';

const LAYER: Readonly<Record<string, string>> = {
  ln_1: 'layer_norm1',
  ln_2: 'layer_norm2',
  'attn.out_proj': 'self_attn.out_proj',
  'mlp.c_fc': 'mlp.fc1',
  'mlp.c_proj': 'mlp.fc2',
};

/** SD 2's text encoder, OpenCLIP ViT-H. */
const SD2 = { width: 1024, layers: 23 };

/**
 * Names of OpenCLIP's text transformer, without prefix, to those of transformers' CLIPTextModel, without `text_model`. `in_proj` holds the
 * projections of query, key and value as thirds of its rows. SD 2 reads the last layer but one: as in diffusers, the last
 * layer is left out (unless the file left it out itself), and the final norm follows.
 */
export function mapOpenClipText(
  names: readonly string[],
  shapeOf: (name: string) => readonly number[] | undefined,
  prefix: string,
): Map<string, TensorSource> {
  const map = new Map<string, TensorSource>();
  const layers =
    1 + Math.max(-1, ...names.map((name) => Number(/^transformer\.resblocks\.(\d{1,3})\./.exec(name)?.[1] ?? -1)));
  const width = shapeOf('ln_final.weight')?.[0];
  const used = width === SD2.width && layers === SD2.layers ? layers : layers - 1;
  for (const name of names) {
    const [, layer, part = ''] = /^transformer\.resblocks\.(\d{1,3})\.(.+)$/.exec(name) ?? [];
    if (layer === undefined) {
      const target = SINGLE[name];
      if (target !== undefined) map.set(target, { name: prefix + name });
      continue;
    }
    if (Number(layer) >= used) continue;
    const to = `encoder.layers.${Number(layer)}`;
    const ending = /^attn\.in_proj_(weight|bias)$/.exec(part)?.[1];
    if (ending !== undefined) {
      const third = Math.floor((shapeOf(name)?.[0] ?? 0) / 3);
      for (const [i, letter] of ['q', 'k', 'v'].entries()) {
        map.set(`${to}.self_attn.${letter}_proj.${ending}`, {
          name: prefix + name,
          rows: [i * third, (i + 1) * third],
        });
      }
      continue;
    }
    const at = part.lastIndexOf('.');
    const inner = LAYER[part.slice(0, at)];
    if (inner !== undefined) map.set(`${to}.${inner}${part.slice(at)}`, { name: prefix + name });
  }
  return map;
}

const SINGLE: Readonly<Record<string, string>> = {
  'token_embedding.weight': 'embeddings.token_embedding.weight',
  positional_embedding: 'embeddings.position_embedding.weight',
  'ln_final.weight': 'final_layer_norm.weight',
  'ln_final.bias': 'final_layer_norm.bias',
};
