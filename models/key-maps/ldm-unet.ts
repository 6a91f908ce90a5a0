import type { TensorSource } from './renamed';

/** Parts that are there once, in the names of CompVis' UNetModel and of diffusers' UNet2DConditionModel. */
const SINGLE: Readonly<Record<string, string>> = {
  'time_embed.0': 'time_embedding.linear_1',
  'time_embed.2': 'time_embedding.linear_2',
  'input_blocks.0.0': 'conv_in',
  'out.0': 'conv_norm_out',
  'out.2': 'conv_out',
};

const RESNET: Readonly<Record<string, string>> = {
  'in_layers.0': 'norm1',
  'in_layers.2': 'conv1',
  'emb_layers.1': 'time_emb_proj',
  'out_layers.0': 'norm2',
  'out_layers.3': 'conv2',
  skip_connection: 'conv_shortcut',
};

/** How many tensors a block may be: UNets of SD have 12, and a hostile file shall not make the walk long. */
const MOST_BLOCKS = 1000;

/**
 * Names of CompVis' UNetModel (openaimodel.py), without prefix, to those of diffusers. LDM counts blocks through all
 * resolutions; where a resolution ends is told by its downsampler or upsampler, so that any number of layers per
 * resolution is found. `unknown` are the names that no part of such a UNet has.
 */
export function mapLdmUNet(
  names: readonly string[],
  prefix: string,
): { map: Map<string, TensorSource>; unknown: string[] } {
  const known = new Set(names);
  const modules = new Map<string, { readonly to: string; readonly inner?: Readonly<Record<string, string>> }>(
    Object.entries(SINGLE).map(([from, to]) => [from, { to }]),
  );

  /** Names what the sequential block `from` holds. True where a change of resolution ends the level. */
  const place = (from: string, to: string, resnets: number, attentions: number) => {
    const found = { resnets, attentions, ends: false };
    for (let part = 0; part < 3; part += 1) {
      const at = `${from}.${part}`;
      if (known.has(`${at}.in_layers.0.weight`)) {
        modules.set(at, { to: `${to}.resnets.${found.resnets}`, inner: RESNET });
        found.resnets += 1;
      } else if (known.has(`${at}.proj_in.weight`)) {
        modules.set(at, { to: `${to}.attentions.${found.attentions}` });
        found.attentions += 1;
      } else if (known.has(`${at}.op.weight`)) {
        modules.set(`${at}.op`, { to: `${to}.downsamplers.0.conv` });
        found.ends = true;
      } else if (known.has(`${at}.conv.weight`)) {
        modules.set(`${at}.conv`, { to: `${to}.upsamplers.0.conv` });
        found.ends = true;
      }
    }
    return found;
  };

  for (const [from, to, first] of [
    ['input_blocks', 'down_blocks', 1],
    ['output_blocks', 'up_blocks', 0],
  ] as const) {
    let level = 0;
    let [resnets, attentions] = [0, 0];
    for (let block = first; block < MOST_BLOCKS; block += 1) {
      const found = place(`${from}.${block}`, `${to}.${level}`, resnets, attentions);
      if (!found.ends && found.resnets === resnets) break;
      level += found.ends ? 1 : 0;
      [resnets, attentions] = found.ends ? [0, 0] : [found.resnets, found.attentions];
    }
  }
  place('middle_block', 'mid_block', 0, 0);

  const map = new Map<string, TensorSource>();
  const unknown: string[] = [];
  for (const name of names) {
    const target = renameIn(name, modules);
    if (target === undefined) unknown.push(name);
    else map.set(target, { name: prefix + name });
  }
  return { map, unknown };
}

function renameIn(
  name: string,
  modules: ReadonlyMap<string, { readonly to: string; readonly inner?: Readonly<Record<string, string>> }>,
): string | undefined {
  const steps = name.split('.');
  for (let count = Math.min(4, steps.length - 1); count >= 2; count -= 1) {
    const module = modules.get(steps.slice(0, count).join('.'));
    if (!module) continue;
    const rest = steps.slice(count).join('.');
    if (!module.inner) return `${module.to}.${rest}`;
    const end = rest.lastIndexOf('.');
    const inner = module.inner[rest.slice(0, end)];
    return inner === undefined ? undefined : `${module.to}.${inner}${rest.slice(end)}`;
  }
  return undefined;
}
