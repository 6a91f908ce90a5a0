"""What the two fine-tunes share: their arguments, the loop around a frozen model, and how samples are judged."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import torch
from diffusers import DDIMScheduler
from diffusers.models.attention_processor import AttnProcessor
from torch import nn

from frozen_prompts import HERE, Prompt, read_prompts
from painter import Painter
from plans import Plan
from sampling import SCHEDULE
from scenes import render, seeded
from train_unet import noised, spread_times
from training import TimeBox, learning_rate, load_checkpoint, pick_device, save_checkpoint

SAVE_EVERY = 60  # seconds
Batch = tuple[torch.Tensor, ...]  # scaled latents [N, 4, 16, 16], token ids [N, 77], what else `predict` is given


def arguments(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--model", type=Path, default=HERE.parent / "model", help="diffusers folder")
    add("--judge", type=Path, required=True, help="weights from judge.py")
    add("--out", type=Path, required=True, help="folder for checkpoint, report.json, sheet.png")
    add("--save", type=Path, default=HERE.parent / "fine-tunes", help="folder for the finished file, report and sheet")
    add("--minutes", type=float, default=4, help="training time; the samples take one or two more")
    add("--resume", action="store_true", help="go on from the checkpoint in --out")
    add("--prompts", type=Path, default=HERE / "prompts.json")
    add("--samples", type=int, default=64, help="pictures that the judge sees, before and after")
    add("--batch", type=int, default=16)
    add("--device", default="auto")
    add("--threads", type=int, help="of the CPU; all of them unless told")
    return parser


def pick(args: argparse.Namespace) -> torch.device:
    torch.manual_seed(3)
    device = pick_device(args.device)
    if args.threads:
        torch.set_num_threads(args.threads)
    return device


def rendered_latents(painter: Painter, plans: list[Plan], seed: int) -> tuple[torch.Tensor, torch.Tensor, list[str]]:
    """Pictures uint8 [N, 128, 128, 3], latents [2, N, 4, 16, 16] of them and of their mirror images, captions."""
    scenes = [render(plan, seeded(seed, i), complete=True) for i, plan in enumerate(plans)]
    pictures = torch.from_numpy(np.stack([s[0] for s in scenes]))
    latents = torch.stack([painter.to_latents(pictures), painter.to_latents(pictures.flip(2))])
    return pictures, latents, [s[1] for s in scenes]


def sample_prompts(path: Path, count: int) -> tuple[int, list[Prompt]]:
    """The tier, and the first frozen prompts that show one object and name no style."""
    tier, prompts = read_prompts(path)
    plain = [p for p in prompts if p.set in ("single", "colors", "backgrounds") and not p.held_out]
    return tier, plain[:count]


def train(
    painter: Painter,
    parameters: Iterable[nn.Parameter],
    draw_batch: Callable[[], Batch],
    args: argparse.Namespace,
    rate: float,
    name: str,
    predict: Callable[..., torch.Tensor] | None = None,
) -> dict[str, float]:
    """Lowers the model's own training loss by `parameters` alone, until the time is over. Returns what it took.

    `predict(noisy, times, context, ...)` is the UNet alone unless told.
    """
    parameters = list(parameters)
    optimizer = torch.optim.AdamW(parameters, lr=rate, betas=(0.9, 0.99), weight_decay=0)
    steps = 0
    if args.resume and (state := load_checkpoint(args.out)):
        with torch.no_grad():
            for parameter, value in zip(parameters, state["values"], strict=True):
                parameter.copy_(value)
        optimizer.load_state_dict(state["optimizer"])
        steps = state["steps"]
    if painter.device.type == "cpu":  # as in train_unet.py: torch's fused attention is slow backwards
        painter.unet.set_attn_processor(AttnProcessor())
    alphas = DDIMScheduler(**SCHEDULE).alphas_cumprod.to(painter.device)
    box, step, losses, saved_at, printed_at = TimeBox(args.minutes), 0, [], 0.0, 0.0

    def save() -> None:
        state = {"values": [p.detach() for p in parameters], "optimizer": optimizer.state_dict(), "steps": steps}
        save_checkpoint(args.out / "checkpoint.pt", state)

    while box.fraction() < 1:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(rate, step, box.fraction(), tail=0.5, warm_up=20)
        latents, tokens, *others = draw_batch()
        times = spread_times(len(latents), 1, painter.device)[torch.randperm(len(latents))]
        noisy, target, weight = noised(latents, torch.randn_like(latents), alphas[times], painter.prediction)
        with torch.autocast(painter.device.type, dtype=torch.bfloat16):
            given = noisy.contiguous(memory_format=torch.channels_last)
            out = (predict or painter.predict)(given, times, painter.context(tokens), *others)
        loss = ((out.float() - target).square().mean((1, 2, 3)) * weight).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step, steps = step + 1, steps + 1
        losses.append(loss.detach())
        if box.elapsed() - printed_at > 15:
            printed_at = box.elapsed()
            recent = torch.stack(losses[-50:]).mean().item()
            print(f"{name} step {steps} {printed_at:.0f} s loss {recent:.4f}", flush=True)
        if box.elapsed() - saved_at > SAVE_EVERY:
            saved_at = box.elapsed()
            save()
    save()
    loss = torch.stack(losses[-100:]).mean().item() if losses else float("nan")
    return {"steps": steps, "minutes": args.minutes, "batch": args.batch, "loss": loss}


def write_report(args: argparse.Namespace, name: str, report: dict) -> None:
    """Beside the checkpoint, and beside the finished file where words.py and write_card.py look for it."""
    text = json.dumps(report, indent=1, ensure_ascii=False)
    for file in (args.out / "report.json", args.save / f"{name}.json"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", "utf-8")
    for goal in report["goals"]:
        print(f"{goal['what']}: {goal['measured']:.3g}, goal {goal['goal']}: {'met' if goal['met'] else 'NOT MET'}")
