"""What numpy, torch, scipy and Pillow make of small masks and latents: python test/reference/make_masks.py

Writes ../fixtures/masks.json: { name: { settings, inputs: { name: {dims, data} }, result: {dims, data} } }.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import scipy.ndimage
import torch
import torch.nn.functional as F
from diffusers.image_processor import VaeImageProcessor
from PIL import Image

FILE = Path(__file__).parent.parent / "fixtures/masks.json"
generator = torch.Generator().manual_seed(0)
CASES: dict[str, dict] = {}


def rand(*dims: int) -> torch.Tensor:
    """Multiples of 1/256, so that files stay short and halves occur."""
    return torch.randint(0, 257, dims, generator=generator) / 256


def record(name: str, inputs: dict, result, **settings) -> None:
    def plain(x):
        return {"dims": list(x.shape), "data": [float(f"{value:.8g}") for value in np.asarray(x, np.float64).ravel()]}

    CASES[name] = {"settings": settings, "inputs": {k: plain(v) for k, v in inputs.items()}, "result": plain(result)}


mask = rand(1, 1, 9, 13)
mask[0, 0, ::4, ::3] = 0.5  # from here on a mask covers; the nearest pixels of some cells are among them
outside, inside = rand(2, 3, 4, 5), rand(2, 3, 4, 5)
binary = VaeImageProcessor(do_normalize=False, do_binarize=True, do_convert_grayscale=True).binarize(mask.clone())
nearest = F.interpolate(binary, size=(4, 5))
record("diffusers' blend", {"mask": mask, "outside": outside, "inside": inside}, (1 - nearest) * outside + nearest * inside,
       scaling="nearest", edges="hard")
soft = F.interpolate(mask, size=(4, 5), mode="bilinear")
record("ComfyUI's blend", {"mask": mask, "outside": outside, "inside": inside}, (1 - soft) * outside + soft * inside,
       scaling="bilinear", edges="soft")

image = rand(1, 3, 9, 13)
masked = (2 * image - 1) * (binary < 0.5)
record("diffusers' masked image", {"image": image, "mask": mask}, masked / 2 + 0.5)

latent = rand(2, 4, 4, 5)
masked_latent = rand(1, 4, 4, 5)
channels = torch.cat([latent, nearest.expand(2, 1, 4, 5), masked_latent.expand(2, 4, 4, 5)], 1)
record("input of inpainting models", {"latent": latent, "mask": mask, "masked": masked_latent}, channels)

# comfy/samplers.py, KSamplerX0Inpaint, for a model that predicts the noise at sigma 3
sigma, x, kept, prediction, clean = 3.0, rand(1, 4, 4, 5), rand(1, 4, 4, 5), rand(1, 4, 4, 5), rand(1, 4, 4, 5)
seen = x * soft + kept * (1 - soft)
denoised = (seen - sigma * prediction) * soft + clean * (1 - soft)
record("ComfyUI's denoised picture",
       {"latent": x, "seen": seen, "prediction": prediction, "picture": clean, "mask": mask}, denoised, sigma=sigma)

sketch = torch.zeros(1, 1, 11, 14)
sketch[0, 0, 3:6, 4:9] = 1
sketch[0, 0, 9:, 12:] = rand(2, 2)
array = sketch[0, 0].numpy()
for sigma in (0.6, 2.5):
    record(f"feather {sigma}", {"mask": sketch},
           scipy.ndimage.gaussian_filter(array.astype(np.float64), sigma, mode="nearest")[None, None], sigma=sigma)
for pixels in (1, 3):
    square = np.ones((2 * pixels + 1, 2 * pixels + 1))
    record(f"grow by {pixels}", {"mask": sketch}, scipy.ndimage.binary_dilation(array >= 0.5, square)[None, None], pixels=pixels)
full = 1 - sketch
record("shrink by 1", {"mask": full},
       scipy.ndimage.binary_erosion(full[0, 0].numpy() >= 0.5, np.ones((3, 3)), border_value=1)[None, None], pixels=-1)
record("threshold", {"mask": mask}, mask >= 0.5, limit=0.5)
record("invert", {"mask": mask}, 1 - mask)
other = rand(1, 1, 9, 13)
for how, result in (("add", torch.maximum(mask, other)), ("intersect", torch.minimum(mask, other)),
                    ("subtract", torch.minimum(mask, 1 - other))):
    record(how, {"first": mask, "second": other}, result, how=how)

rgb = np.random.default_rng(0).integers(0, 256, (4, 6, 3), dtype=np.uint8)
planes = torch.from_numpy(rgb).permute(2, 0, 1)[None] / 255
record("luminance", {"image": planes}, torch.from_numpy(np.array(Image.fromarray(rgb).convert("L")))[None, None] / 255,
       channel="luminance")
record("green", {"image": planes}, planes[:, 1:2], channel="green")

x = rand(2, 3, 4, 6)
for method in ("nearest", "bilinear"):
    for scale in (1.5, 2, 0.5):
        align = {} if method == "nearest" else {"align_corners": False}
        size = (round(4 * scale), round(6 * scale))
        record(f"upscale {method} {scale}", {"latent": x}, F.interpolate(x, size=size, mode=method, **align),
               method=method, scale=scale)
turns = {
    "flip left to right": x.flip(3),
    "flip top to bottom": x.flip(2),
    "rotate right": torch.rot90(x, -1, (2, 3)),
    "rotate left": torch.rot90(x, 1, (2, 3)),
    "rotate by half": torch.rot90(x, 2, (2, 3)),
}
for how, result in turns.items():
    record(how, {"latent": x}, result, how=how)
record("crop", {"latent": x}, x[:, :, 1:4, 2:5], left=2, top=1, width=3, height=3)
lower, upper, shown = rand(2, 3, 6, 7), rand(1, 3, 3, 4), rand(1, 1, 3, 4)
pasted = lower.clone()
pasted[:, :, 4:6, 0:3] = upper[:, :, :2, 1:]
record("composite over the edge", {"onto": lower, "latent": upper}, pasted, left=-1, top=4)
pasted = lower.clone()
pasted[:, :, 1:4, 2:6] = shown * upper + (1 - shown) * lower[:, :, 1:4, 2:6]
record("composite with a mask", {"onto": lower, "latent": upper, "mask": shown}, pasted, left=2, top=1)

FILE.write_text(json.dumps(CASES, separators=(",", ":")) + "\n")
print(f"{len(CASES)} cases, {FILE.stat().st_size} bytes")
