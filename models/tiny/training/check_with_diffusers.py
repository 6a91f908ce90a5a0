"""Loads the fine-tunes with diffusers itself and holds its pictures to those of painter.py.

    python check_with_diffusers.py [--model ../model] [--fine-tunes ../fine-tunes]

Needs peft for the LoRA. Fails when diffusers refuses a file, or draws something else with it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from diffusers import ControlNetModel, DDIMScheduler, StableDiffusionControlNetPipeline, StableDiffusionPipeline
from safetensors.torch import load_file

from lora import load_lora
from painter import Painter
from sampling import SCHEDULE
from scenes import make, seeded
from train_controlnet import as_picture, edges_of, residuals

HERE = Path(__file__).parent
STEPS, SEEDS = 8, [0, 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=HERE.parent / "model")
    parser.add_argument("--fine-tunes", type=Path, default=HERE.parent / "fine-tunes")
    args = parser.parse_args()
    failed = False
    for file in sorted(args.fine_tunes.glob("*.json")):
        report = json.loads(file.read_text("utf-8"))
        weights = args.fine_tunes / report["file"]
        painter = Painter(args.model, torch.device("cpu"))
        pipeline = StableDiffusionPipeline.from_pretrained(args.model, torch_dtype=torch.float32)
        pipeline.scheduler = DDIMScheduler(**SCHEDULE, prediction_type=painter.prediction)
        pipeline.set_progress_bar_config(disable=True)
        prompt = report["prompts"][0]

        def theirs(pipeline, painter=painter, prompt=prompt, **control: torch.Tensor) -> torch.Tensor:
            noise = painter.noise(SEEDS)
            settings = {"num_inference_steps": STEPS, "guidance_scale": 5.0, "output_type": "latent"}
            return pipeline([prompt] * len(SEEDS), latents=noise, **settings, **control).images

        plain = theirs(pipeline)
        added, control = None, {}
        if report["kind"] == "embedding":
            pipeline.load_textual_inversion(weights)
            painter.learn(*next(iter(load_file(weights).items())))
        elif report["kind"] == "controlnet":
            net = ControlNetModel.from_pretrained(weights.parent, torch_dtype=torch.float32).eval()
            edges = edges_of(torch.from_numpy(np.stack([make(seeded(7, i), tier=0)[0] for i in SEEDS])))
            added, control = residuals(net, edges, 1), {"image": as_picture(edges)}
            pipeline = StableDiffusionControlNetPipeline(
                **pipeline.components | {"controlnet": net}, requires_safety_checker=False
            )
            pipeline.set_progress_bar_config(disable=True)
        else:
            pipeline.load_lora_weights(weights)
            load_lora(weights, painter.unet, painter.text_encoder)
        changed = theirs(pipeline, **control)
        with torch.autocast("cpu", enabled=False):
            ours = painter.latents([prompt] * len(SEEDS), SEEDS, steps=STEPS, added=added)
        error, effect = (changed - ours).square().mean().sqrt(), (changed - plain).square().mean().sqrt()
        good = bool(error < 0.25 * effect)
        failed |= not good
        print(f'{weights.name}, "{prompt}": {error:.4f} from diffusers\' latents, which it moves by {effect:.4f}', good)
    if failed:
        raise SystemExit("diffusers draws something else with these files.")


if __name__ == "__main__":
    main()
