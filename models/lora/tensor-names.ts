/** What a tensor of a LoRA file is in the change of its layer. */
export type Role =
  | 'down'
  | 'core'
  | 'up'
  | 'alpha'
  | 'dora'
  | 'diff'
  | 'diff_b'
  | `hada_${'w1_a' | 'w1_b' | 'w2_a' | 'w2_b' | 't1' | 't2'}`
  | `lokr_${'w1' | 'w1_a' | 'w1_b' | 'w2' | 'w2_a' | 'w2_b' | 't2'}`;

export interface LoraTensorName {
  /** The layer in the file's spelling, prefix and all. */
  readonly layer: string;
  readonly part?: 'unet' | 'text-encoder';
  /** The layer's own name with underscores for dots. */
  readonly module: string;
  readonly role: Role;
}

/** Endings of names; the layer is what stands before. peft may put the name of an adapter behind its A and B. */
const ENDINGS: readonly (readonly [RegExp, (match: RegExpExecArray) => Role])[] = [
  [/\.lora_(down|up|mid)\.weight$/, ([, which]) => (which === 'mid' ? 'core' : (which as 'down' | 'up'))],
  [/\.lora_([AB])(?:\.[^.]+)?\.weight$/, ([, which]) => (which === 'A' ? 'down' : 'up')],
  [/(?:\.lora|_lora|\.lora_linear_layer)\.(down|up)\.weight$/, ([, which]) => which as Role],
  [/\.alpha$/, () => 'alpha'],
  [/\.((?:hada_w[12]_[ab]|hada_t[12]|lokr_w[12](?:_[ab])?|lokr_t2))(?:\.default)?$/, ([, which]) => which as Role],
  [/\.(?:diff|w_norm)$/, () => 'diff'],
  [/\.(?:diff_b|b_norm)$/, () => 'diff_b'],
  [/\.(?:dora_scale|lora_magnitude_vector(?:\.[^.]+)?)$/, () => 'dora'],
];

/** Beginnings of names and whose layers they announce; kohya's scripts write the first two. */
const BEGINNINGS: readonly (readonly [RegExp, LoraTensorName['part']])[] = [
  [/^lora_unet_/, 'unet'],
  [/^lora_te1?_/, 'text-encoder'],
  [/^unet\./, 'unet'],
  [/^text_encoder\./, 'text-encoder'],
  [/^(?:model\.)?diffusion_model\./, 'unet'],
];

/** diffusers' attention processors and their like in the text encoder, by the projection that they stand for. */
const PROJECTIONS: readonly (readonly [RegExp, string])[] = [
  [/\.processor\.to_out$/, '.to_out.0'],
  [/\.processor\.to_([qkv])$/, '.to_$1'],
  [/\.self_attn\.to_out$/, '.self_attn.out_proj'],
  [/\.self_attn\.to_([qkv])$/, '.self_attn.$1_proj'],
];

/** Reads the name of a tensor in the styles of kohya, LyCORIS, diffusers and peft; undefined where it has none of them. */
export function readTensorName(name: string): LoraTensorName | undefined {
  for (const [ending, roleOf] of ENDINGS) {
    const match = ending.exec(name);
    if (!match) continue;
    const layer = name.slice(0, match.index);
    let own = layer.replace(/^base_model\.model\./, '');
    const beginning = BEGINNINGS.find(([pattern]) => pattern.test(own));
    if (beginning) own = own.replace(beginning[0], '').replace(/^base_model\.model\./, '');
    for (const [pattern, projection] of PROJECTIONS) own = own.replace(pattern, projection);
    const part = beginning?.[1];
    return { layer, ...(part && { part }), module: own.replaceAll('.', '_'), role: roleOf(match) };
  }
  return undefined;
}
