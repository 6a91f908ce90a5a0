/** ComfyUI's `common_upscale` (comfy/utils.py): torch's interpolate, or Pillow's Lanczos, or bislerp for latents. */
export const latentMethods = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'bislerp'] as const;
export const imageMethods = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'] as const;
