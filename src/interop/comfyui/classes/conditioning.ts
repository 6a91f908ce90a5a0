import { choice, number, same } from '../bridges';
import { nodeClass } from '../node-class';

const area = {
  in: { conditioning: 'conditioning' },
  out: ['conditioning'],
} as const;

/** Nodes that make and change what steers the UNet. */
export const conditioning = [
  nodeClass(
    'CLIPTextEncode',
    'CLIP Text Encode (Prompt)',
    { in: 'clip:CLIP', out: 'CONDITIONING', widgets: 'text:STRING=""' },
    { type: 'subgraph/comfyui-text', in: { clip: 'clip' }, out: ['conditioning'], widgets: { text: same('text') } },
  ),
  nodeClass(
    'ConditioningCombine',
    'Conditioning (Combine)',
    { in: 'conditioning_1:CONDITIONING conditioning_2:CONDITIONING', out: 'CONDITIONING' },
    {
      type: 'conditioning/combine',
      in: { conditioning_1: 'first', conditioning_2: 'second' },
      out: ['conditioning'],
      widgets: {},
    },
  ),
  nodeClass(
    'ConditioningAverage',
    'ConditioningAverage',
    {
      in: 'conditioning_to:CONDITIONING conditioning_from:CONDITIONING',
      out: 'CONDITIONING',
      widgets: 'conditioning_to_strength:FLOAT=1',
    },
    {
      type: 'conditioning/average',
      in: { conditioning_to: 'to', conditioning_from: 'from' },
      out: ['conditioning'],
      widgets: { conditioning_to_strength: number('strength') },
    },
  ),
  nodeClass(
    'ConditioningConcat',
    'Conditioning (Concat)',
    { in: 'conditioning_to:CONDITIONING conditioning_from:CONDITIONING', out: 'CONDITIONING' },
    {
      type: 'conditioning/concat',
      in: { conditioning_to: 'to', conditioning_from: 'from' },
      out: ['conditioning'],
      widgets: {},
    },
  ),
  nodeClass(
    'ConditioningSetArea',
    'Conditioning (Set Area)',
    {
      in: 'conditioning:CONDITIONING',
      out: 'CONDITIONING',
      widgets: 'width:INT=64 height:INT=64 x:INT=0 y:INT=0 strength:FLOAT=1',
    },
    {
      ...area,
      type: 'conditioning/set-area',
      params: { unit: 'pixels' },
      widgets: {
        width: number('width'),
        height: number('height'),
        x: number('left'),
        y: number('top'),
        strength: number('strength'),
      },
    },
  ),
  nodeClass(
    'ConditioningSetAreaPercentage',
    'Conditioning (Set Area with Percentage)',
    {
      in: 'conditioning:CONDITIONING',
      out: 'CONDITIONING',
      widgets: 'width:FLOAT=1 height:FLOAT=1 x:FLOAT=0 y:FLOAT=0 strength:FLOAT=1',
    },
    {
      ...area,
      type: 'conditioning/set-area',
      params: { unit: 'share' },
      widgets: {
        width: number('wide'),
        height: number('high'),
        x: number('fromLeft'),
        y: number('fromTop'),
        strength: number('strength'),
      },
    },
  ),
  nodeClass(
    'ConditioningSetAreaStrength',
    'ConditioningSetAreaStrength',
    { in: 'conditioning:CONDITIONING', out: 'CONDITIONING', widgets: 'strength:FLOAT=1' },
    { ...area, type: 'conditioning/strength', widgets: { strength: number('strength') } },
  ),
  nodeClass(
    'ConditioningSetMask',
    'Conditioning (Set Mask)',
    {
      in: 'conditioning:CONDITIONING mask:MASK',
      out: 'CONDITIONING',
      widgets: 'strength:FLOAT=1 set_cond_area:COMBO="default"',
    },
    {
      type: 'conditioning/set-mask',
      in: { conditioning: 'conditioning', mask: 'mask' },
      out: ['conditioning'],
      widgets: {
        strength: number('strength'),
        set_cond_area: choice('bounds', { default: false, 'mask bounds': true }),
      },
    },
  ),
  nodeClass(
    'ConditioningSetTimestepRange',
    'ConditioningSetTimestepRange',
    { in: 'conditioning:CONDITIONING', out: 'CONDITIONING', widgets: 'start:FLOAT=0 end:FLOAT=1' },
    { ...area, type: 'conditioning/set-range', widgets: { start: number('start'), end: number('end') } },
  ),
  nodeClass(
    'ConditioningZeroOut',
    'ConditioningZeroOut',
    { in: 'conditioning:CONDITIONING', out: 'CONDITIONING' },
    { ...area, type: 'conditioning/zero-out', widgets: {} },
  ),
  nodeClass(
    'ControlNetApply',
    'Apply ControlNet (OLD)',
    {
      in: 'conditioning:CONDITIONING control_net:CONTROL_NET image:IMAGE',
      out: 'CONDITIONING',
      widgets: 'strength:FLOAT=1',
    },
    {
      type: 'control/apply-controlnet',
      params: { both: true },
      in: { conditioning: 'conditioning', control_net: 'controlnet', image: 'image' },
      out: ['conditioning'],
      widgets: { strength: number('strength') },
    },
  ),
  nodeClass(
    'ControlNetApplyAdvanced',
    'Apply ControlNet',
    {
      in: 'positive:CONDITIONING negative:CONDITIONING control_net:CONTROL_NET image:IMAGE vae:VAE?',
      out: 'positive:CONDITIONING negative:CONDITIONING',
      widgets: 'strength:FLOAT=1 start_percent:FLOAT=0 end_percent:FLOAT=1',
    },
    {
      type: 'control/apply-controlnet',
      fits: ({ both, guess }) => both !== true && guess !== true,
      in: { positive: 'conditioning', negative: 'negative', control_net: 'controlnet', image: 'image' },
      out: ['conditioning', 'negative'],
      widgets: { strength: number('strength'), start_percent: number('start'), end_percent: number('end') },
      remark:
        'Apply ControlNet counts start and end in evaluations here, and along the noise levels in ComfyUI: what lies between 0 and 1 may begin a step apart.',
    },
  ),
  nodeClass('unCLIPConditioning', 'unCLIPConditioning', {
    in: 'conditioning:CONDITIONING clip_vision_output:CLIP_VISION_OUTPUT',
    out: 'CONDITIONING',
    widgets: 'strength:FLOAT=1 noise_augmentation:FLOAT=0',
  }),
  nodeClass('StyleModelApply', 'Apply Style Model', {
    in: 'conditioning:CONDITIONING style_model:STYLE_MODEL clip_vision_output:CLIP_VISION_OUTPUT',
    out: 'CONDITIONING',
    widgets: 'strength:FLOAT=1 strength_type:COMBO="multiply"',
  }),
  nodeClass('GLIGENTextBoxApply', 'GLIGENTextBoxApply', {
    in: 'conditioning_to:CONDITIONING clip:CLIP gligen_textbox_model:GLIGEN',
    out: 'CONDITIONING',
    widgets: 'text:STRING="" width:INT=64 height:INT=64 x:INT=0 y:INT=0',
  }),
  nodeClass('InpaintModelConditioning', 'InpaintModelConditioning', {
    in: 'positive:CONDITIONING negative:CONDITIONING vae:VAE pixels:IMAGE mask:MASK',
    out: 'positive:CONDITIONING negative:CONDITIONING latent:LATENT',
    widgets: 'noise_mask:BOOLEAN=true',
  }),
];
