/** Parts of a residual block, in the names of diffusers and of Stable Diffusion's first code (LDM). */
const RESNET: Readonly<Record<string, string>> = {
  conv1: 'in_layers.2',
  conv2: 'out_layers.3',
  time_emb_proj: 'emb_layers.1',
  conv_shortcut: 'skip_connection',
  norm1: 'in_layers.0',
  norm2: 'out_layers.0',
};

const SINGLE: readonly (readonly [string, string])[] = [
  ['input_blocks.0.0', 'conv_in'],
  ['time_embed.0', 'time_embedding.linear_1'],
  ['time_embed.2', 'time_embedding.linear_2'],
  ['out.0', 'conv_norm_out'],
  ['out.2', 'conv_out'],
];

/**
 * The names of LDM for the layers of a UNet that has diffusers' `modules`: pairs of both. LDM numbers its blocks through all
 * levels, and a level may have any number of layers, so they are counted.
 */
export function* ldmNames(modules: ReadonlySet<string>): Generator<[string, string]> {
  yield* SINGLE.map(([ldm, own]): [string, string] => [ldm, own]);
  const roots = new Map<string, string>();
  const blocks = new Set([...modules].map((module) => module.split('.').slice(0, 4).join('.')));
  const has = (block: string) => blocks.has(block);

  let input = 1;
  let output = 0;
  for (const way of ['down_blocks', 'up_blocks'] as const) {
    for (let level = 0; has(`${way}.${level}.resnets.0`); level += 1) {
      const at = `${way}.${level}`;
      for (let layer = 0; has(`${at}.resnets.${layer}`); layer += 1) {
        const block = way === 'down_blocks' ? `input_blocks.${input++}` : `output_blocks.${output++}`;
        const attends = has(`${at}.attentions.${layer}`);
        roots.set(`${at}.resnets.${layer}`, `${block}.0`);
        if (attends) roots.set(`${at}.attentions.${layer}`, `${block}.1`);
        // The upsampler ends the last block of a level, whichever that is.
        if (way === 'up_blocks') roots.set(`${at}.upsamplers.0`, `${block}.${attends ? 2 : 1}`);
      }
      if (has(`${at}.downsamplers.0`)) roots.set(`${at}.downsamplers.0`, `input_blocks.${input++}.0`);
    }
  }
  for (const [own, place] of [
    ['resnets.0', 0],
    ['attentions.0', 1],
    ['resnets.1', 2],
  ] as const)
    roots.set(`mid_block.${own}`, `middle_block.${place}`);

  for (const module of modules) {
    const parts = module.split('.');
    const length = parts[0] === 'mid_block' ? 3 : 4;
    const root = roots.get(parts.slice(0, length).join('.'));
    const rest = parts.slice(length).join('.');
    if (root === undefined) continue;
    const inner = module.includes('.downsamplers.') ? 'op' : (RESNET[rest] ?? rest);
    yield [`${root}.${inner}`, module];
  }
}
