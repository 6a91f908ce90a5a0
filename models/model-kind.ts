import { foreignModel } from './foreign-models';
import { FAMILY_NAMES, type Identity, type ModelFamily, unsupported } from './identity';
import { type Parts, partsIn } from './parts';

/** What is known of a tensor without reading its elements. */
export interface TensorDescription {
  readonly shape: readonly number[];
  readonly dtype: string;
}

type Tensors = ReadonlyMap<string, TensorDescription>;

export type { Identity } from './identity';

/** Width of the conditioning, by which an add-on knows its family. */
const FAMILY_OF_WIDTH: Readonly<Record<number, ModelFamily>> = { 768: 'sd1', 1024: 'sd2', 1280: 'sdxl', 2048: 'sdxl' };

/** Tells what the tensors of one model file are, by their names and shapes alone. */
export function identify(tensors: Tensors): Identity {
  return (
    quantized(tensors) ??
    lora(tensors) ??
    foreignModel([...tensors.keys()]) ??
    controlNet(tensors) ??
    network(tensors) ??
    embedding(tensors) ?? {
      kind: 'unsupported',
      family: 'other',
      sentence:
        tensors.size === 0
          ? 'This file holds no tensors.'
          : 'This is not a model that Weft knows; it runs Stable Diffusion 1 and 2 and their LoRAs, embeddings and ControlNets.',
    }
  );
}

function quantized(tensors: Tensors): Identity | undefined {
  for (const [name, { dtype }] of tensors) {
    if (dtype.startsWith('F8_') || /\.weight\.(absmax|quant_state|quant_map)/.test(name)) {
      return {
        kind: 'unsupported',
        family: 'other',
        sentence: 'This model is quantized to 8 or fewer bits; Weft reads weights of 16 and 32 bits.',
      };
    }
  }
  return undefined;
}

/** Endings of the tensors of LoRAs as kohya, LyCORIS, diffusers and peft write them. */
const LORA_PART =
  /\.(lora_down|lora_up|lora_mid|lora_A|lora_B|lora\.down|lora\.up|lora_linear_layer\.(down|up))(\.default)?\.weight$|_lora\.(down|up)\.weight$|\.(hada_w1_a|lokr_w1|lokr_w1_a|oft_blocks|dora_scale|diff)$/;

function lora(tensors: Tensors): Identity | undefined {
  const names = [...tensors.keys()];
  if (!names.some((name) => LORA_PART.test(name))) return undefined;
  const family = loraFamily(tensors, names);
  if (family === 'sd1' || family === 'sd2') {
    return { kind: 'lora', family, sentence: `A LoRA for ${FAMILY_NAMES[family]}.` };
  }
  // Small LoKr and full-weight differences do not show their widths.
  if (family === 'other') return { kind: 'lora', family, sentence: 'A LoRA.' };
  return unsupported(`a LoRA for ${FAMILY_NAMES[family]}`, family);
}

function loraFamily(tensors: Tensors, names: readonly string[]): ModelFamily {
  const any = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (any(/double_blocks|single_blocks|single_transformer_blocks/)) return 'flux';
  if (any(/joint_blocks|transformer[._]transformer_blocks.*(add_k_proj|add_q_proj)/)) return 'sd3';
  if (any(/^lora_te[12]_|^text_encoder_2\.|add_embedding|label_emb/)) return 'sdxl';
  for (const pattern of [/attn2[._](processor\.)?to_[kv]/, /self_attn[._](q|k|v|to_q|to_k|to_v)(_proj)?[._]/]) {
    for (const [name, { shape }] of tensors) {
      if (!pattern.test(name) || !/(lora_down|lora_A|lora\.down|_lora\.down|lora_linear_layer\.down)/.test(name))
        continue;
      const family = FAMILY_OF_WIDTH[shape[1] ?? 0];
      if (family) return family;
    }
  }
  return 'other';
}

function controlNet(tensors: Tensors): Identity | undefined {
  const prefix = ['control_model.', 'controlnet.', ''].find(
    (start) =>
      tensors.has(`${start}input_hint_block.0.weight`) ||
      tensors.has(`${start}controlnet_cond_embedding.conv_in.weight`),
  );
  if (prefix === undefined) return undefined;
  const names = [...tensors.keys()];
  if (names.some((name) => /(add_embedding|label_emb)\./.test(name))) return unsupported('an SDXL ControlNet', 'sdxl');
  const family = familyOfUNet(tensors);
  return { kind: 'controlnet', family, sentence: `A ControlNet for ${FAMILY_NAMES[family]}.` };
}

/** By the width of the conditioning, or where it is an unusual one by how the projections of its attention are kept. */
function familyOfUNet(tensors: Tensors): 'sd1' | 'sd2' {
  for (const [name, { shape }] of tensors) {
    if (!name.endsWith('.attn2.to_k.weight')) continue;
    const family = FAMILY_OF_WIDTH[shape[1] ?? 0];
    if (family === 'sd1' || family === 'sd2') return family;
  }
  const projection = [...tensors].find(
    ([name]) => /transformer_blocks|proj_in\.weight$/.test(name) && name.endsWith('.proj_in.weight'),
  );
  return projection?.[1].shape.length === 2 ? 'sd2' : 'sd1';
}

function network(tensors: Tensors): Identity | undefined {
  const parts = partsIn(tensors);
  const { unet, vae, text } = parts;
  const refusal = (unet && refuseUNet(tensors, parts)) ?? (vae && refuseVae(tensors, vae.prefix));
  if (refusal) return refusal;
  const textFamily = text && (text.layout === 'openclip' || textWidth(tensors, parts) === 1024 ? 'sd2' : 'sd1');
  const family = textFamily ?? (unet ? familyOfUNet(tensors) : 'sd1');
  const name = FAMILY_NAMES[family];
  if (unet && (vae || text)) {
    const inpainting = isInpainting(tensors, parts) ? ' for inpainting' : '';
    const missing = !vae ? ', without a VAE' : !text ? ', without a text encoder' : '';
    return { kind: 'checkpoint', family, sentence: `A ${name} checkpoint${inpainting}${missing}.` };
  }
  if (unet) {
    const inpainting = isInpainting(tensors, parts) ? ' for inpainting' : '';
    return { kind: 'unet', family, sentence: `A ${name} UNet${inpainting}.` };
  }
  if (vae) return { kind: 'vae', family: 'sd1', sentence: 'A VAE for Stable Diffusion.' };
  if (text) return { kind: 'text-encoder', family, sentence: `A ${name} text encoder.` };
  return undefined;
}

function channelsOf(tensors: Tensors, { unet }: Parts): { input: number; output: number } {
  const at = (ldm: string, diffusers: string) =>
    tensors.get(`${unet?.prefix}${unet?.layout === 'ldm' ? ldm : diffusers}`)?.shape ?? [];
  return {
    input: at('input_blocks.0.0.weight', 'conv_in.weight')[1] ?? 0,
    output: at('out.2.weight', 'conv_out.weight')[0] ?? 0,
  };
}

/** Noisy latent, masked image and mask. */
function isInpainting(tensors: Tensors, parts: Parts): boolean {
  const { input, output } = channelsOf(tensors, parts);
  return input === 2 * output + 1;
}

const OTHER_INPUTS: Readonly<Record<number, string>> = {
  5: 'a UNet that is given depth',
  7: 'the Stable Diffusion upscaler',
  8: 'an InstructPix2Pix UNet, which is given a picture',
};

function refuseUNet(tensors: Tensors, parts: Parts): Identity | undefined {
  const prefix = parts.unet?.prefix ?? '';
  if (tensors.has(`${prefix}time_embedding.cond_proj.weight`) || tensors.has(`${prefix}time_embed.cond_proj.weight`)) {
    return {
      kind: 'unsupported',
      family: 'other',
      sentence:
        'This UNet is told the guidance scale (time_cond_proj), as LCM models that were distilled whole are; Weft does not support that. Use the LCM LoRA with the model it came from.',
    };
  }
  const width = [...tensors].find(([name]) => name.startsWith(prefix) && name.endsWith('.attn2.to_k.weight'))?.[1]
    .shape[1];
  if (tensors.has(`${prefix}add_embedding.linear_1.weight`)) return unsupported('an SDXL UNet', 'sdxl');
  if (tensors.has(`${prefix}label_emb.0.0.weight`) || tensors.has(`${prefix}class_embedding.linear_1.weight`)) {
    return width === 2048 || width === 1280
      ? unsupported('an SDXL UNet', 'sdxl')
      : unsupported('an unCLIP model, which is given pictures', 'other');
  }
  if (tensors.has(`${prefix}label_emb.weight`) || tensors.has(`${prefix}class_embedding.weight`)) {
    return unsupported('the Stable Diffusion upscaler', 'other');
  }
  const { input, output } = channelsOf(tensors, parts);
  if (input === output || input === 2 * output + 1) return undefined;
  return unsupported(OTHER_INPUTS[input] ?? `a UNet of ${input} input and ${output} output channels`, 'other');
}

function refuseVae(tensors: Tensors, prefix: string): Identity | undefined {
  const channels = tensors.get(`${prefix}decoder.conv_in.weight`)?.shape[1];
  return channels === 16
    ? unsupported('a VAE of 16 channels, as Stable Diffusion 3 and Flux have it', 'other')
    : undefined;
}

function textWidth(tensors: Tensors, { text }: Parts): number | undefined {
  return tensors.get(`${text?.prefix}embeddings.token_embedding.weight`)?.shape[1];
}

/** An embedding is a few vectors; a table of more is something else. */
const MOST_VECTORS = 1000;

function embedding(tensors: Tensors): Identity | undefined {
  const names = [...tensors.keys()];
  const vectors = names.filter((name) => isVectors(tensors.get(name)?.shape ?? []));
  const learned =
    names.find((name) => name === 'emb_params' || name.startsWith('string_to_param.') || name === 'clip_l') ??
    (names.length === 1 && !/\.(weight|bias)$/.test(names[0] ?? '') ? names[0] : undefined);
  if (learned === undefined || !vectors.includes(learned)) return undefined;
  const family = names.includes('clip_g') ? 'sdxl' : FAMILY_OF_WIDTH[tensors.get(learned)?.shape.at(-1) ?? 0];
  if (family === undefined)
    return { kind: 'embedding', family: 'other', sentence: 'An embedding (textual inversion).' };
  return { kind: 'embedding', family, sentence: `An embedding (textual inversion) for ${FAMILY_NAMES[family]}.` };
}

function isVectors(shape: readonly number[]): boolean {
  return shape.length === 1 || (shape.length === 2 && (shape[0] ?? 0) <= MOST_VECTORS);
}
