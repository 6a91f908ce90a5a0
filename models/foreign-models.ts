import { type Identity, type ModelFamily, unsupported } from './identity';

/**
 * Models of other families by names that only their tensors have: of the original releases, ComfyUI's files and
 * diffusers. The first that fits names the file, so the narrower ones stand first.
 */
const FOREIGN: readonly (readonly [RegExp, string, ModelFamily?])[] = [
  [/^conditioner\.embedders\.1\./, 'an SDXL checkpoint', 'sdxl'],
  [/^conditioner\.embedders\.0\.model\./, 'the SDXL refiner', 'sdxl'],
  [/^conditioner\.embedders\./, 'a checkpoint with conditions of another kind, as SDXL and video models have'],
  [/(^|\.)joint_blocks\.\d+\.(context_block|x_block)\./, 'a Stable Diffusion 3 model', 'sd3'],
  [/^text_encoders\.(clip_l|clip_g|t5xxl)\./, 'a Stable Diffusion 3 or Flux checkpoint', 'sd3'],
  [/(^|\.)distilled_guidance_layer\./, 'a Chroma model', 'flux'],
  [/(^|\.)double_blocks\.\d+\.(img_attn|img_mod)/, 'a Flux model, or one built like it', 'flux'],
  [/(^|\.)single_transformer_blocks\.\d+\./, 'a Flux model, or one built like it', 'flux'],
  [/(^|\.)double_layers\.\d+\./, 'an AuraFlow model'],
  [/(^|\.)patchify_proj\./, 'an LTX-Video model'],
  [/(^|\.)transformer_blocks\.\d+\.attn\.add_k_proj\./, 'a Stable Diffusion 3 model', 'sd3'],
  [/(^|\.)(caption_projection|y_embedder\.y_proj|csize_embedder)\./, 'a PixArt model', 'pixart'],
  [/(^|\.)blocks\.\d+\.scale_shift_table$/, 'a PixArt model', 'pixart'],
  [/(^|\.)blocks\.\d+\.cross_attn\.(q_linear|kv_linear)\./, 'a PixArt or Sana model', 'pixart'],
  [/(^|\.)blocks\.\d+\.attn2\.(q_norm|kv_proj)\./, 'a HunyuanDiT model'],
  [/(^|\.)(cap_embedder|noise_refiner)\./, 'a Lumina or Z-Image model'],
  [/(^|\.)txt_in\.(text_norm|individual_token_refiner)/, 'a Qwen-Image or HunyuanVideo model'],
  [/(^|\.)head\.modulation$/, 'a Wan video model'],
  [/(^|\.)motion_modules\.\d+\./, 'an AnimateDiff motion module'],
  [/(^|\.)time_stack\.|\.time_mixer\./, 'a Stable Video Diffusion model'],
  [/^(clip_txt_mapper|clip_txt_pooled_mapper)\.|\.channelwise\.0\.weight$/, 'a Stable Cascade model'],
  [/^depth_model\./, 'a Stable Diffusion 2 depth model'],
  [/^embedder\.|^noise_augmentor\./, 'an unCLIP model, which is given pictures'],
  [/(^|\.)position_net\./, 'a GLIGEN model'],
  [/^lora_controlnet$/, 'a Control-LoRA for SDXL', 'sdxl'],
  [/^(ip_adapter|image_proj)\./, 'an IP-Adapter'],
  [/^(adapter\.)?body\.\d+\.(resnets|block1|in_conv)\b/, 'a T2I-Adapter'],
  [/^(conv_first|model\.0)\.weight$|\.rdb1\.|\.RDB1\./, 'an upscaler'],
  [/^(encoder|decoder)\.(layers\.)?\d+\.(conv\.\d+\.)?weight$/, 'a TAESD preview decoder'],
  [/(^|\.)encoder\.block\.0\.layer\.0\.SelfAttention\./, 'a T5 text encoder'],
  [/^(concept_embeds|special_care_embeds)$/, 'a safety checker'],
  [/^(model\.)?layers\.0\.self_attn\.q_proj\.weight$/, 'a language model'],
];

/** Names a model of another family; undefined where it is none that Weft knows. */
export function foreignModel(names: readonly string[]): Identity | undefined {
  for (const [pattern, what, family = 'other'] of FOREIGN) {
    if (names.some((name) => pattern.test(name))) return unsupported(what, family);
  }
  return undefined;
}
