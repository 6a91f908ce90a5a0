import type { TensorSource } from './renamed';

const ATTENTION: Readonly<Record<string, string>> = {
  norm: 'group_norm',
  q: 'to_q',
  k: 'to_k',
  v: 'to_v',
  proj_out: 'to_out.0',
};

/** Names of CompVis' AutoencoderKL, without prefix, to those of diffusers. What belongs to its training is left out. */
export function mapLdmVae(names: readonly string[], prefix: string): Map<string, TensorSource> {
  const levels = new Set(names.flatMap((name) => /^decoder\.up\.(\d{1,2})\./.exec(name)?.[1] ?? [])).size;
  const map = new Map<string, TensorSource>();
  for (const name of names) {
    if (!/^(encoder|decoder|quant_conv|post_quant_conv)\./.test(name)) continue;
    const target = name
      .replace(/^encoder\.down\.(\d+)\.block\.(\d+)\./, 'encoder.down_blocks.$1.resnets.$2.')
      .replace(/^encoder\.down\.(\d+)\.downsample\./, 'encoder.down_blocks.$1.downsamplers.0.')
      // LDM numbers the levels of the decoder from the highest resolution, diffusers from the lowest.
      .replace(/^decoder\.up\.(\d+)\.block\.(\d+)\./, (_, i, j) => `decoder.up_blocks.${levels - 1 - i}.resnets.${j}.`)
      .replace(/^decoder\.up\.(\d+)\.upsample\./, (_, i) => `decoder.up_blocks.${levels - 1 - i}.upsamplers.0.`)
      .replace(/\.mid\.block_([12])\./, (_, i) => `.mid_block.resnets.${i - 1}.`)
      .replace(/\.mid\.attn_1\.(\w+)\./, (_, part) => `.mid_block.attentions.0.${ATTENTION[part] ?? part}.`)
      .replace('.nin_shortcut.', '.conv_shortcut.')
      .replace('.norm_out.', '.conv_norm_out.');
    map.set(target, { name: prefix + name });
  }
  return map;
}
