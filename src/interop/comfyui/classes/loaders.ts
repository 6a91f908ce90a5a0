import { model, number, unused } from '../bridges';
import { nodeClass } from '../node-class';

const checkpoint = model('model', ['checkpoint', 'onnx']);

/** Nodes that load files of weights, and what changes a model without computing. */
export const loaders = [
  nodeClass(
    'CheckpointLoaderSimple',
    'Load Checkpoint',
    { out: 'MODEL CLIP VAE', widgets: 'ckpt_name:COMBO' },
    { type: 'models/checkpoint', in: {}, out: ['unet', 'encoder', 'vae'], widgets: { ckpt_name: checkpoint } },
  ),
  nodeClass(
    'CheckpointLoader',
    'Load Checkpoint With Config (DEPRECATED)',
    { out: 'MODEL CLIP VAE', widgets: 'config_name:COMBO ckpt_name:COMBO' },
    {
      type: 'models/checkpoint',
      in: {},
      out: ['unet', 'encoder', 'vae'],
      widgets: { config_name: unused(''), ckpt_name: checkpoint },
      remark: 'Load Checkpoint With Config names a configuration; Weft reads it out of the file itself.',
    },
  ),
  nodeClass(
    'VAELoader',
    'Load VAE',
    { out: 'VAE', widgets: 'vae_name:COMBO' },
    { type: 'models/vae', in: {}, out: ['vae'], widgets: { vae_name: model('model', ['vae', 'checkpoint']) } },
  ),
  nodeClass(
    'UNETLoader',
    'Load Diffusion Model',
    { out: 'MODEL', widgets: 'unet_name:COMBO weight_dtype:COMBO="default"' },
    {
      type: 'models/unet',
      in: {},
      out: ['unet'],
      widgets: { unet_name: model('model', ['unet', 'checkpoint']), weight_dtype: unused('default') },
    },
  ),
  nodeClass(
    'CLIPLoader',
    'Load CLIP',
    { out: 'CLIP', widgets: 'clip_name:COMBO type:COMBO="stable_diffusion" device:COMBO="default"' },
    {
      type: 'models/text-encoder',
      in: {},
      out: ['encoder'],
      widgets: {
        clip_name: model('model', ['text-encoder', 'checkpoint']),
        type: unused('stable_diffusion'),
        device: unused('default'),
      },
    },
  ),
  nodeClass(
    'LoraLoader',
    'Load LoRA (Model and CLIP)',
    {
      in: 'model:MODEL clip:CLIP',
      out: 'MODEL CLIP',
      widgets: 'lora_name:COMBO strength_model:FLOAT=1 strength_clip:FLOAT=1',
    },
    {
      type: 'subgraph/comfyui-lora',
      in: { model: 'model', clip: 'clip' },
      out: ['model', 'clip'],
      widgets: {
        lora_name: model('lora', ['lora']),
        strength_model: number('strength'),
        strength_clip: number('textStrength'),
      },
    },
  ),
  nodeClass(
    'LoraLoaderModelOnly',
    'Load LoRA',
    { in: 'model:MODEL', out: 'MODEL', widgets: 'lora_name:COMBO strength_model:FLOAT=1' },
    {
      type: 'subgraph/comfyui-lora',
      in: { model: 'model' },
      out: ['model'],
      widgets: { lora_name: model('lora', ['lora']), strength_model: number('strength') },
    },
  ),
  nodeClass(
    'ControlNetLoader',
    'Load ControlNet Model',
    { out: 'CONTROL_NET', widgets: 'control_net_name:COMBO' },
    {
      type: 'control/controlnet',
      in: {},
      out: ['controlnet'],
      widgets: { control_net_name: model('model', ['controlnet']) },
    },
  ),
  nodeClass(
    'CLIPSetLastLayer',
    'CLIP Set Last Layer',
    { in: 'clip:CLIP', out: 'CLIP', widgets: 'stop_at_clip_layer:INT=-1' },
    {
      type: 'models/last-layer',
      in: { clip: 'encoder' },
      out: ['encoder'],
      widgets: {
        stop_at_clip_layer: {
          read: (value) => ({ clipSkip: typeof value === 'number' ? -value : value }),
          write: ({ clipSkip }) => (typeof clipSkip === 'number' ? -clipSkip : undefined),
        },
      },
    },
  ),
  // What Weft does not compute: known by name, so that sockets and values keep their names.
  nodeClass('DiffControlNetLoader', 'Load ControlNet Model (diff)', {
    in: 'model:MODEL',
    out: 'CONTROL_NET',
    widgets: 'control_net_name:COMBO',
  }),
  nodeClass('unCLIPCheckpointLoader', 'unCLIPCheckpointLoader', {
    out: 'MODEL CLIP VAE CLIP_VISION',
    widgets: 'ckpt_name:COMBO',
  }),
  nodeClass('CLIPVisionLoader', 'Load CLIP Vision', { out: 'CLIP_VISION', widgets: 'clip_name:COMBO' }),
  nodeClass('CLIPVisionEncode', 'CLIP Vision Encode', {
    in: 'clip_vision:CLIP_VISION image:IMAGE',
    out: 'CLIP_VISION_OUTPUT',
    widgets: 'crop:COMBO="center"',
  }),
  nodeClass('StyleModelLoader', 'Load Style Model', { out: 'STYLE_MODEL', widgets: 'style_model_name:COMBO' }),
  nodeClass('GLIGENLoader', 'GLIGENLoader', { out: 'GLIGEN', widgets: 'gligen_name:COMBO' }),
  nodeClass('HypernetworkLoader', 'HypernetworkLoader', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'hypernetwork_name:COMBO strength:FLOAT=1',
  }),
  nodeClass('UpscaleModelLoader', 'Load Upscale Model', { out: 'UPSCALE_MODEL', widgets: 'model_name:COMBO' }),
  nodeClass('ImageUpscaleWithModel', 'Upscale Image (using Model)', {
    in: 'upscale_model:UPSCALE_MODEL image:IMAGE',
    out: 'IMAGE',
  }),
  nodeClass('CheckpointSave', 'Save Checkpoint', {
    in: 'model:MODEL clip:CLIP vae:VAE',
    widgets: 'filename_prefix:STRING="checkpoints/ComfyUI"',
  }),
  nodeClass('ModelMergeSimple', 'ModelMergeSimple', {
    in: 'model1:MODEL model2:MODEL',
    out: 'MODEL',
    widgets: 'ratio:FLOAT=1',
  }),
  nodeClass('ModelMergeBlocks', 'ModelMergeBlocks', {
    in: 'model1:MODEL model2:MODEL',
    out: 'MODEL',
    widgets: 'input:FLOAT=1 middle:FLOAT=1 out:FLOAT=1',
  }),
  nodeClass('ModelMergeSubtract', 'ModelMergeSubtract', {
    in: 'model1:MODEL model2:MODEL',
    out: 'MODEL',
    widgets: 'multiplier:FLOAT=1',
  }),
  nodeClass('ModelMergeAdd', 'ModelMergeAdd', { in: 'model1:MODEL model2:MODEL', out: 'MODEL' }),
  nodeClass('CLIPMergeSimple', 'CLIPMergeSimple', {
    in: 'clip1:CLIP clip2:CLIP',
    out: 'CLIP',
    widgets: 'ratio:FLOAT=1',
  }),
  nodeClass('ModelSamplingDiscrete', 'ModelSamplingDiscrete', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'sampling:COMBO="eps" zsnr:BOOLEAN=false',
  }),
  nodeClass('RescaleCFG', 'RescaleCFG', { in: 'model:MODEL', out: 'MODEL', widgets: 'multiplier:FLOAT=0.7' }),
  nodeClass('FreeU', 'FreeU', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'b1:FLOAT=1.1 b2:FLOAT=1.2 s1:FLOAT=0.9 s2:FLOAT=0.2',
  }),
  nodeClass('FreeU_V2', 'FreeU_V2', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'b1:FLOAT=1.3 b2:FLOAT=1.4 s1:FLOAT=0.9 s2:FLOAT=0.2',
  }),
];
