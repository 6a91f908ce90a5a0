"""Latents and pictures that diffusers' pipelines make with the micro models: the whole way from a prompt to pixels.

    python test/reference/make_pictures.py [NAME ...]   (after make_micro_models.py; torch, diffusers, transformers, scipy, Pillow)

Writes pictures.safetensors (`NAME.latent`, and `NAME.image` in half precision), pictures.json (the settings), start.png (the
picture that image to image and inpainting start from) and mask.png (what inpainting repaints) into test/reference/pictures. With
names of cases only those are made again.
"""

from __future__ import annotations

import functools
import json
import sys
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers import (
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from PIL import Image
from safetensors.torch import load_file, save_file

HERE = Path(__file__).parent
OUT = HERE / "pictures"
WIDTH, HEIGHT = 64, 32  # px; the micro VAEs make latents of 16x8 or 32x16 of it
SMALL = {"width": 32, "height": 16}

# Weft's name of a sampler -> the scheduler class, and what differs from the model's scheduler_config.json
SAMPLERS = {
    "ddim": ("DDIMScheduler", {}),
    "dpmpp-2m": ("DPMSolverMultistepScheduler", {}),
    "dpmpp-2m-sde": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++"}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler-ancestral": ("EulerAncestralDiscreteScheduler", {}),
    "heun": ("HeunDiscreteScheduler", {}),
    "ddpm": ("DDPMScheduler", {}),
    "pndm": ("PNDMScheduler", {"skip_prk_steps": True}),
    "lms": ("LMSDiscreteScheduler", {}),
    "dpm2": ("KDPM2DiscreteScheduler", {}),
    "dpm2-ancestral": ("KDPM2AncestralDiscreteScheduler", {}),
    "dpmpp-3m-sde": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++", "solver_order": 3}),
    "dpmpp-2s": ("DPMSolverSinglestepScheduler", {"lower_order_final": True}),
    "unipc": ("UniPCMultistepScheduler", {}),
    "deis": ("DEISMultistepScheduler", {}),
    "lcm": ("LCMScheduler", {}),
    "tcd": ("TCDScheduler", {}),
}

SD1 = {"model": "sd1-fp32", "guidance": 4.0, "negative": "the dogs"}
SD2 = {"model": "sd2-fp16", "guidance": 3.0, "negative": "red"}
NINE = {"model": "inpainting-sharded", "guidance": 3.0, "negative": "", "inpaint": True}

CASES = {
    "dpmpp-2m": {"model": "sd1-fp32", "sampler": "dpmpp-2m", "steps": 6, "guidance": 5.0, "negative": "the dogs"},
    "euler": {"model": "sd1-fp32", "sampler": "euler", "steps": 5, "guidance": 7.5, "negative": "", "karras": True},
    "ddim with fresh noise": {"model": "sd1-fp32", "sampler": "ddim", "steps": 5, "guidance": 3.0, "negative": "", "eta": 0.7},
    "two pictures": {"model": "sd1-fp32", "sampler": "dpmpp-2m", "steps": 4, "guidance": 2.0, "negative": "", "count": 2},
    "velocity": {"model": "sd2-fp16", "sampler": "dpmpp-2m", "steps": 5, "guidance": 4.0, "negative": "red", "rescale": 0.7},
    "image to image": {"model": "sd1-fp32", "sampler": "ddim", "steps": 8, "guidance": 4.0, "negative": "", "strength": 0.6},
}
# Every sampler, for both kinds of prediction.
for sampler in SAMPLERS:
    # The pipelines hand eta 0 to every scheduler that takes one; TCD's own default is 0.3.
    eta = {"eta": 0.3} if sampler == "tcd" else {}
    CASES[f"{sampler}, epsilon"] = SD1 | SMALL | {"sampler": sampler, "steps": 5} | eta
    CASES[f"{sampler}, velocity"] = SD2 | SMALL | {"sampler": sampler, "steps": 5} | eta
CASES |= {
    "a model that predicts the sample": {"model": "odd-bf16", "guidance": 3.0, "negative": "", "sampler": "ddim", "steps": 4} | SMALL,
    "no guidance": SD1 | SMALL | {"sampler": "euler", "steps": 4, "guidance": 1.0},
    "a seed for each picture": SD1 | SMALL | {"sampler": "euler-ancestral", "steps": 4, "seeds": ["7", "42", "4294967338"]},
}
# The encoder's sample is drawn before the noise that the picture starts from, and both before the noise of the steps. LCM and
# TCD have a strength of their own, which these pipelines do not use.
for sampler in [name for name in SAMPLERS if name not in ("lcm", "tcd")]:
    CASES[f"image to image, {sampler}, sampled"] = SD1 | SMALL | {"sampler": sampler, "steps": 6, "strength": 0.7, "encode": "sample"}
    CASES[f"inpainting, {sampler}"] = SD1 | SMALL | {"sampler": sampler, "steps": 6, "strength": 0.7, "inpaint": True}
CASES |= {
    "image to image, velocity, sampled": SD2 | SMALL | {"sampler": "euler", "steps": 6, "strength": 0.5, "encode": "sample"},
    "image to image, two pictures, sampled": SD1
    | SMALL
    | {"sampler": "euler-ancestral", "steps": 6, "strength": 0.5, "encode": "sample", "count": 2},
    # PNDM runs its second timestep twice; here the first of both is left out.
    "inpainting, pndm, the repeated step alone": SD1
    | SMALL
    | {"sampler": "pndm", "steps": 5, "strength": 0.8, "inpaint": True},
    "inpainting, velocity": SD2 | SMALL | {"sampler": "dpmpp-2m", "steps": 5, "strength": 0.6, "inpaint": True},
    "inpainting from noise": SD1 | SMALL | {"sampler": "ddim", "steps": 5, "strength": 1.0, "inpaint": True},
    "inpainting from noise, euler": SD1 | SMALL | {"sampler": "euler", "steps": 5, "strength": 1.0, "inpaint": True},
    "inpainting model": NINE | SMALL | {"sampler": "ddim", "steps": 5, "strength": 1.0},
    "inpainting model, euler ancestral": NINE | SMALL | {"sampler": "euler-ancestral", "steps": 5, "strength": 1.0},
    "inpainting model from the picture": NINE | SMALL | {"sampler": "dpmpp-2m", "steps": 6, "strength": 0.7},
}
PROMPT, SEED = "a red cat and the moon", 12345678901


def start_picture() -> Image.Image:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([x * 255 / WIDTH, y * 255 / HEIGHT, 128 + 100 * np.sin(x / 7)], -1)
    return Image.fromarray(rgb.round().astype(np.uint8))


def mask_picture() -> Image.Image:
    """An ellipse whose edge is grey, so that where it is cut matters, and no multiple of the VAE's cells."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    distance = np.hypot((x - 36.5) / 19, (y - 13.5) / 11)
    return Image.fromarray((np.clip(1.5 - distance, 0, 1) * 255).round().astype(np.uint8), "L")


@functools.cache
def load(model: str) -> StableDiffusionPipeline:
    folder = HERE / "models" / model
    variant = {"variant": "fp16"} if model == "inpainting-sharded" else {}
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32, **variant)
    unet.register_to_config(sample_size=64)  # the micro models leave it open; the pipelines compare it with a number
    return StableDiffusionPipeline.from_pretrained(
        folder, unet=unet, torch_dtype=torch.float32, safety_checker=None, **variant
    )


def pipeline(case: dict):
    loaded = load(case["model"])
    cls = StableDiffusionPipeline
    if "strength" in case:
        cls = StableDiffusionInpaintPipeline if case.get("inpaint") else StableDiffusionImg2ImgPipeline
    name, config = SAMPLERS[case["sampler"]]
    karras = {"use_karras_sigmas": True} if case.get("karras") else {}
    scheduler = getattr(diffusers, name).from_config(loaded.scheduler.config, **config, **karras)
    pipe = cls(**loaded.components | {"scheduler": scheduler}, requires_safety_checker=False)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def run(case: dict) -> tuple[torch.Tensor, torch.Tensor]:
    pipe = pipeline(case)
    size = (case.get("width", WIDTH), case.get("height", HEIGHT))
    seeds = case.get("seeds")
    generator = [torch.Generator().manual_seed(int(seed)) for seed in seeds] if seeds else torch.Generator().manual_seed(SEED)
    common = {
        "num_inference_steps": case["steps"],
        "guidance_scale": case["guidance"],
        "negative_prompt": case["negative"],
        "num_images_per_prompt": len(seeds) if seeds else case.get("count", 1),
        "generator": generator,
        "eta": case.get("eta", 0.0),
        "output_type": "latent",
    }
    picture = start_picture().crop((0, 0, *size))
    if case.get("inpaint"):
        mask = mask_picture().crop((16, 4, 16 + size[0], 4 + size[1]))
        place = {"width": size[0], "height": size[1]}
        latent = pipe(PROMPT, image=picture, mask_image=mask, strength=case["strength"], **place, **common).images
    elif "strength" in case:
        pixels = torch.from_numpy(np.asarray(picture)).permute(2, 0, 1)[None].float() / 127.5 - 1
        # A tensor of four channels is taken for latents, so the encoder's mean can be used instead of a sample.
        mean = pipe.vae.encode(pixels).latent_dist.mode() * pipe.vae.config.scaling_factor
        image = picture if case.get("encode") == "sample" else mean
        latent = pipe(PROMPT, image=image, strength=case["strength"], **common).images
    else:
        rescale = case.get("rescale", 0.0)
        latent = pipe(PROMPT, width=size[0], height=size[1], guidance_rescale=rescale, **common).images
    image = pipe.vae.decode(latent / pipe.vae.config.scaling_factor).sample / 2 + 0.5
    return latent, image.clamp(0, 1)


@torch.no_grad()
def main() -> None:
    OUT.mkdir(exist_ok=True)
    start_picture().save(OUT / "start.png")
    mask_picture().save(OUT / "mask.png")
    wanted = sys.argv[1:] or CASES
    kept = load_file(OUT / "pictures.safetensors") if sys.argv[1:] else {}
    tensors = {name: tensor for name, tensor in kept.items() if name.rsplit(".", 1)[0] in CASES}
    for name in wanted:
        latent, image = run(CASES[name])
        tensors |= {f"{name}.latent": latent.contiguous(), f"{name}.image": image.half().contiguous()}
        print(f"{name}: {tuple(latent.shape)}, latent {latent.std():.2f}, picture {image.std():.2f}")
    save_file(tensors, OUT / "pictures.safetensors")
    settings = {"prompt": PROMPT, "seed": str(SEED), "width": WIDTH, "height": HEIGHT, "cases": CASES}
    (OUT / "pictures.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    main()
