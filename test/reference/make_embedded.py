"""Latents that diffusers makes with the embedded model of the graph graphs/text-to-image.weft.json.

    python test/reference/make_embedded.py      (again whenever models/tiny/model changes; torch, diffusers, transformers)
"""

from pathlib import Path

import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline
from safetensors.torch import save_file

HERE = Path(__file__).parent
pipe = StableDiffusionPipeline.from_pretrained(
    HERE.parent.parent / "models/tiny/model", torch_dtype=torch.float32, safety_checker=None
)
pipe.scheduler = DPMSolverMultistepScheduler.from_config(pipe.scheduler.config)
tensors = {}
after_each = []


def keep(_pipe, _step, _timestep, values):
    after_each.append(values["latents"])
    return {}


for steps in (25, 2):
    after_each.clear()
    tensors[f"latent.{steps}"] = pipe(
        "a red car on a beach",
        num_inference_steps=steps,
        guidance_scale=5.0,
        width=128,
        height=128,
        generator=torch.Generator().manual_seed(42),
        output_type="latent",
        callback_on_step_end=keep,
    ).images.contiguous()
    if steps == 25:
        # The latent after each of the first eight steps.
        tensors["after"] = torch.cat(after_each[:8]).contiguous()
save_file(tensors, HERE / "embedded.safetensors")
