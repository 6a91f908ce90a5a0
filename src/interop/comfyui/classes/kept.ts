import { nodeClass } from '../node-class';

/**
 * More classes that Weft does not compute. Known by name, so that they keep their sockets' names, and a workflow that has them
 * can be written as a prompt, where values have names.
 */
export const kept = [
  nodeClass('LatentAdd', 'LatentAdd', { in: 'samples1:LATENT samples2:LATENT', out: 'LATENT' }),
  nodeClass('LatentSubtract', 'LatentSubtract', { in: 'samples1:LATENT samples2:LATENT', out: 'LATENT' }),
  nodeClass('LatentMultiply', 'LatentMultiply', {
    in: 'samples:LATENT',
    out: 'LATENT',
    widgets: 'multiplier:FLOAT=1',
  }),
  nodeClass('LatentInterpolate', 'LatentInterpolate', {
    in: 'samples1:LATENT samples2:LATENT',
    out: 'LATENT',
    widgets: 'ratio:FLOAT=1',
  }),
  nodeClass('RebatchLatents', 'Rebatch Latents', { in: 'latents:LATENT', out: 'LATENT', widgets: 'batch_size:INT=1' }),
  nodeClass('LatentBatchSeedBehavior', 'LatentBatchSeedBehavior', {
    in: 'samples:LATENT',
    out: 'LATENT',
    widgets: 'seed_behavior:COMBO="fixed"',
  }),
  nodeClass('EmptySD3LatentImage', 'EmptySD3LatentImage', {
    out: 'LATENT',
    widgets: 'width:INT=1024 height:INT=1024 batch_size:INT=1',
  }),
  nodeClass('PerpNeg', 'Perp-Neg (DEPRECATED by PerpNegGuider)', {
    in: 'model:MODEL empty_conditioning:CONDITIONING',
    out: 'MODEL',
    widgets: 'neg_scale:FLOAT=1',
  }),
  nodeClass('SelfAttentionGuidance', 'Self-Attention Guidance', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'scale:FLOAT=0.5 blur_sigma:FLOAT=2',
  }),
  nodeClass('PerturbedAttentionGuidance', 'PerturbedAttentionGuidance', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'scale:FLOAT=3',
  }),
  nodeClass('HyperTile', 'HyperTile', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets: 'tile_size:INT=256 swap_size:INT=2 max_depth:INT=0 scale_depth:BOOLEAN=false',
  }),
  nodeClass('TomePatchModel', 'TomePatchModel', { in: 'model:MODEL', out: 'MODEL', widgets: 'ratio:FLOAT=0.3' }),
  nodeClass('PatchModelAddDownscale', 'PatchModelAddDownscale (Kohya Deep Shrink)', {
    in: 'model:MODEL',
    out: 'MODEL',
    widgets:
      'block_number:INT=3 downscale_factor:FLOAT=2 start_percent:FLOAT=0 end_percent:FLOAT=0.35 downscale_after_skip:BOOLEAN=true downscale_method:COMBO="bicubic" upscale_method:COMBO="bicubic"',
  }),
  nodeClass('DifferentialDiffusion', 'Differential Diffusion', { in: 'model:MODEL', out: 'MODEL' }),
  nodeClass('DualCLIPLoader', 'DualCLIPLoader', {
    out: 'CLIP',
    widgets: 'clip_name1:COMBO clip_name2:COMBO type:COMBO="sdxl" device:COMBO="default"',
  }),
  nodeClass('ExponentialScheduler', 'ExponentialScheduler', {
    out: 'SIGMAS',
    widgets: 'steps:INT=20 sigma_max:FLOAT=14.614642 sigma_min:FLOAT=0.0291675',
  }),
  nodeClass('PolyexponentialScheduler', 'PolyexponentialScheduler', {
    out: 'SIGMAS',
    widgets: 'steps:INT=20 sigma_max:FLOAT=14.614642 sigma_min:FLOAT=0.0291675 rho:FLOAT=1',
  }),
  nodeClass('SDTurboScheduler', 'SDTurboScheduler', {
    in: 'model:MODEL',
    out: 'SIGMAS',
    widgets: 'steps:INT=1 denoise:FLOAT=1',
  }),
  nodeClass('BetaSamplingScheduler', 'BetaSamplingScheduler', {
    in: 'model:MODEL',
    out: 'SIGMAS',
    widgets: 'steps:INT=20 alpha:FLOAT=0.6 beta:FLOAT=0.6',
  }),
  nodeClass('FlipSigmas', 'FlipSigmas', { in: 'sigmas:SIGMAS', out: 'SIGMAS' }),
  nodeClass('SplitSigmasDenoise', 'SplitSigmasDenoise', {
    in: 'sigmas:SIGMAS',
    out: 'high_sigmas:SIGMAS low_sigmas:SIGMAS',
    widgets: 'denoise:FLOAT=1',
  }),
  nodeClass('SetFirstSigma', 'SetFirstSigma', { in: 'sigmas:SIGMAS', out: 'SIGMAS', widgets: 'sigma:FLOAT=136' }),
  nodeClass('SamplerEulerAncestral', 'SamplerEulerAncestral', {
    out: 'SAMPLER',
    widgets: 'eta:FLOAT=1 s_noise:FLOAT=1',
  }),
  nodeClass('AddNoise', 'AddNoise', {
    in: 'model:MODEL noise:NOISE sigmas:SIGMAS latent_image:LATENT',
    out: 'LATENT',
  }),
  nodeClass('ImageSharpen', 'Image Sharpen', {
    in: 'image:IMAGE',
    out: 'IMAGE',
    widgets: 'sharpen_radius:INT=1 sigma:FLOAT=1 alpha:FLOAT=1',
  }),
  nodeClass('ImageBlend', 'Image Blend', {
    in: 'image1:IMAGE image2:IMAGE',
    out: 'IMAGE',
    widgets: 'blend_factor:FLOAT=0.5 blend_mode:COMBO="normal"',
  }),
  nodeClass('ImageQuantize', 'Image Quantize', {
    in: 'image:IMAGE',
    out: 'IMAGE',
    widgets: 'colors:INT=256 dither:COMBO="none"',
  }),
  nodeClass('ImageFromBatch', 'ImageFromBatch', {
    in: 'image:IMAGE',
    out: 'IMAGE',
    widgets: 'batch_index:INT=0 length:INT=1',
  }),
  nodeClass('RepeatImageBatch', 'RepeatImageBatch', { in: 'image:IMAGE', out: 'IMAGE', widgets: 'amount:INT=1' }),
  nodeClass('RebatchImages', 'Rebatch Images', { in: 'images:IMAGE', out: 'IMAGE', widgets: 'batch_size:INT=1' }),
  nodeClass('GetImageSize', 'Get Image Size', { in: 'image:IMAGE', out: 'width:INT height:INT batch_size:INT' }),
  nodeClass('SplitImageWithAlpha', 'Split Image with Alpha', { in: 'image:IMAGE', out: 'IMAGE MASK' }),
  nodeClass('JoinImageWithAlpha', 'Join Image with Alpha', { in: 'image:IMAGE alpha:MASK', out: 'IMAGE' }),
  nodeClass('ThresholdMask', 'ThresholdMask', { in: 'mask:MASK', out: 'MASK', widgets: 'value:FLOAT=0.5' }),
  nodeClass('ImageColorToMask', 'ImageColorToMask', { in: 'image:IMAGE', out: 'MASK', widgets: 'color:INT=0' }),
];
