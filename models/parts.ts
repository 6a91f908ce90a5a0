/** The networks of Stable Diffusion that a file may hold, and how their tensors are named there. */
export interface Parts {
  readonly unet?: Part<'ldm' | 'diffusers'>;
  readonly vae?: Part<'ldm' | 'diffusers'>;
  readonly text?: Part<'clip' | 'openclip'>;
}

export interface Part<Layout extends string> {
  readonly layout: Layout;
  /** What stands before its names: `model.diffusion_model.`, or nothing. */
  readonly prefix: string;
}

interface Sign<Layout extends string> extends Part<Layout> {
  /** Names that such a part always has, after its prefix. */
  readonly names: readonly string[];
}

const LDM_UNET = ['input_blocks.0.0.weight', 'time_embed.0.weight', 'out.2.weight'];
const DIFFUSERS_UNET = ['conv_in.weight', 'time_embedding.linear_1.weight', 'conv_out.weight'];
const LDM_VAE = ['decoder.up.0.block.0.conv1.weight', 'encoder.down.0.block.0.conv1.weight'];
const DIFFUSERS_VAE = ['decoder.up_blocks.0.resnets.0.conv1.weight', 'encoder.down_blocks.0.resnets.0.conv1.weight'];
const CLIP = ['embeddings.token_embedding.weight', 'encoder.layers.0.self_attn.q_proj.weight'];
const OPENCLIP = ['token_embedding.weight', 'transformer.resblocks.0.attn.in_proj_weight'];

const signs = <Layout extends string>(
  layout: Layout,
  names: readonly string[],
  ...prefixes: string[]
): Sign<Layout>[] => prefixes.map((prefix) => ({ layout, names, prefix }));

const UNET = [
  ...signs('ldm', LDM_UNET, 'model.diffusion_model.', 'diffusion_model.', ''),
  ...signs('diffusers', DIFFUSERS_UNET, 'unet.', ''),
];
const VAE = [
  ...signs('ldm', LDM_VAE, 'first_stage_model.', 'vae.', ''),
  ...signs('diffusers', DIFFUSERS_VAE, 'first_stage_model.', 'vae.', ''),
];
const TEXT = [
  ...signs(
    'clip',
    CLIP,
    'cond_stage_model.transformer.text_model.',
    // Of files made before transformers put `text_model` there, and of those made after it was left out.
    'cond_stage_model.transformer.',
    'text_encoder.text_model.',
    'text_encoder.',
    'text_model.',
    'transformer.text_model.',
    '',
  ),
  ...signs('openclip', OPENCLIP, 'cond_stage_model.model.', 'text_encoder.', 'model.', ''),
];

/** Which parts the tensors called `names` make. */
export function partsIn(names: { has(name: string): boolean }): Parts {
  const find = <Layout extends string>(all: readonly Sign<Layout>[]) => {
    const found = all.find((sign) => sign.names.every((name) => names.has(sign.prefix + name)));
    return found && { layout: found.layout, prefix: found.prefix };
  };
  const [unet, vae, text] = [find(UNET), find(VAE), find(TEXT)];
  return { ...(unet && { unet }), ...(vae && { vae }), ...(text && { text }) };
}
