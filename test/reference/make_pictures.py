"""Latents and pictures that diffusers' pipelines make with the micro models: the whole way from a prompt to pixels.

    python test/reference/make_pictures.py          (after make_micro_models.py; torch, diffusers, transformers, Pillow)

Writes pictures.safetensors (`NAME.latent`, `NAME.image`), pictures.json (the settings) and start.png (the picture that image
to image starts from) into test/reference/pictures.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from PIL import Image
from safetensors.torch import save_file

HERE = Path(__file__).parent
OUT = HERE / "pictures"
SAMPLERS = {"euler": EulerDiscreteScheduler, "ddim": DDIMScheduler, "dpmpp-2m": DPMSolverMultistepScheduler}
WIDTH, HEIGHT = 64, 32  # px; the micro VAEs make latents of 16x8 or 32x16 of it

CASES = {
    "dpmpp-2m": {"model": "sd1-fp32", "sampler": "dpmpp-2m", "steps": 6, "guidance": 5.0, "negative": "the dogs"},
    "euler": {"model": "sd1-fp32", "sampler": "euler", "steps": 5, "guidance": 7.5, "negative": "", "karras": True},
    "ddim with fresh noise": {"model": "sd1-fp32", "sampler": "ddim", "steps": 5, "guidance": 3.0, "negative": "", "eta": 0.7},
    "two pictures": {"model": "sd1-fp32", "sampler": "dpmpp-2m", "steps": 4, "guidance": 2.0, "negative": "", "count": 2},
    "velocity": {"model": "sd2-fp16", "sampler": "dpmpp-2m", "steps": 5, "guidance": 4.0, "negative": "red", "rescale": 0.7},
    "image to image": {"model": "sd1-fp32", "sampler": "ddim", "steps": 8, "guidance": 4.0, "negative": "", "strength": 0.6},
}
PROMPT, SEED = "a red cat and the moon", 12345678901


def start_picture() -> Image.Image:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([x * 255 / WIDTH, y * 255 / HEIGHT, 128 + 100 * np.sin(x / 7)], -1)
    return Image.fromarray(rgb.round().astype(np.uint8))


def run(case: dict) -> tuple[torch.Tensor, torch.Tensor]:
    folder = HERE / "models" / case["model"]
    cls = StableDiffusionImg2ImgPipeline if "strength" in case else StableDiffusionPipeline
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32)
    unet.register_to_config(sample_size=64)  # the micro models leave it open; the pipelines compare it with a number
    pipe = cls.from_pretrained(folder, unet=unet, torch_dtype=torch.float32, safety_checker=None)
    karras = {"use_karras_sigmas": True} if case.get("karras") else {}
    pipe.scheduler = SAMPLERS[case["sampler"]].from_config(pipe.scheduler.config, **karras)
    common = {
        "num_inference_steps": case["steps"],
        "guidance_scale": case["guidance"],
        "negative_prompt": case["negative"],
        "num_images_per_prompt": case.get("count", 1),
        "generator": torch.Generator().manual_seed(SEED),
        "eta": case.get("eta", 0.0),
        "output_type": "latent",
    }
    if "strength" in case:
        pixels = torch.from_numpy(np.asarray(start_picture())).permute(2, 0, 1)[None].float() / 127.5 - 1
        # A tensor of four channels is taken for latents, so the encoder's mean can be used instead of a sample.
        mean = pipe.vae.encode(pixels).latent_dist.mode() * pipe.vae.config.scaling_factor
        latent = pipe(PROMPT, image=mean, strength=case["strength"], **common).images
    else:
        latent = pipe(PROMPT, width=WIDTH, height=HEIGHT, guidance_rescale=case.get("rescale", 0.0), **common).images
    image = pipe.vae.decode(latent / pipe.vae.config.scaling_factor).sample / 2 + 0.5
    return latent, image.clamp(0, 1)


@torch.no_grad()
def main() -> None:
    OUT.mkdir(exist_ok=True)
    start_picture().save(OUT / "start.png")
    tensors = {}
    for name, case in CASES.items():
        latent, image = run(case)
        tensors |= {f"{name}.latent": latent.contiguous(), f"{name}.image": image.contiguous()}
        print(name, tuple(latent.shape), f"{latent.std():.2f}")
    save_file(tensors, OUT / "pictures.safetensors")
    settings = {"prompt": PROMPT, "seed": str(SEED), "width": WIDTH, "height": HEIGHT, "cases": CASES}
    (OUT / "pictures.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    main()
