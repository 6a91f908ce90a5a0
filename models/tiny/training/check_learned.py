"""How well the judge recognises what was learned in Weft itself: the goals of its two training templates.

    python check_learned.py --judge runs/judge.pt [--lora learned.safetensors] [--embedding embedding.safetensors]
        [--samples 96] [--sheets ../../../graphs/sheets]

The files of Save LoRA and Save embedding are loaded by diffusers (needs peft) and drawn with 32 prompts: how often the judge sees
what was learned, before and after, and how often the right nouns in prompts without it, which should lose little. The word
stands before the prompt, as in the captions that it was learned from. One of 32 samples is 3 points, and chance alone moves a
share by 8; more samples say more. With `--sheets`, the first ten before and after are drawn for the templates' notes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from safetensors.torch import load_file

from fine_tune import rendered_latents, sample_prompts
from frozen_prompts import HERE
from judge import SUBJECT, load_judge
from painter import Painter
from plans import is_visible
from scenes import Meta
from train_embedding import judged, meta_of
from train_lora import SAMPLE_SEED, places, share_of, subject_plan
from vocabulary import HELD_OUT_STYLE, with_article

SAMPLES = 32
COLUMNS, SIDE = 10, 96  # of a sheet, and pixels of its pictures


def save_sheet(folder: Path | None, name: str, rows: list[torch.Tensor]) -> None:
    """The first pictures of each row, uint8 [N, 128, 128, 3], for a note."""
    if folder is None:
        return
    pixels = np.concatenate([np.concatenate(list(row[:COLUMNS].numpy()), 1) for row in rows])
    small = Image.fromarray(pixels).resize((COLUMNS * SIDE, len(rows) * SIDE), Image.Resampling.LANCZOS)
    folder.mkdir(parents=True, exist_ok=True)
    small.save(folder / f"{name}.webp", quality=80, method=6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=HERE.parent / "model")
    parser.add_argument("--prompts", type=Path, default=HERE / "prompts.json")
    parser.add_argument("--lora", type=Path)
    parser.add_argument("--strength", type=float, default=1.4, help="of the LoRA; the template's")
    parser.add_argument("--embedding", type=Path)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--sheets", type=Path, help="folder for the sheets")
    args = parser.parse_args()
    judge = load_judge(args.judge, torch.device("cpu"))
    _, prompts = sample_prompts(args.prompts, args.samples)
    plain, seeds = [p.caption for p in prompts], [p.number for p in prompts]
    metas = [Meta(**{**meta_of(p.plan), "style": HELD_OUT_STYLE}) for p in prompts]

    # The goals are about the first 32; the others say how far chance goes.
    counts = sorted({min(SAMPLES, args.samples), args.samples})

    if args.embedding:
        painter = Painter(args.model, torch.device("cpu"))
        (word, vectors), *_ = load_file(args.embedding).items()
        unlearned, others = painter.draw([f"{HELD_OUT_STYLE}, {c}" for c in plain], seeds), painter.draw(plain, seeds)
        painter.learn(word, vectors)
        learned = painter.draw([f"{word}, {c}" for c in plain], seeds)
        for n in counts:
            before, after, kept = (judged(judge, drawn[:n], metas[:n]) for drawn in (unlearned, learned, others))
            print(f"{word}, {n} samples: style before {before['style']:.2f}, after {after['style']:.2f} (goal 0.6)")
            print(f"  its nouns {after['noun_gray']:.2f}; of prompts without it, which cannot change, {kept['noun_gray']:.2f}")
        save_sheet(args.sheets, "teach-a-word", [unlearned, learned])
    if args.lora:
        painter = Painter(args.model, torch.device("cpu"))
        pipeline = StableDiffusionPipeline.from_pretrained(args.model, torch_dtype=torch.float32)
        phrase = with_article("sks flower")
        where = [p for p in places(4 * args.samples, 91) if is_visible(subject_plan(SUBJECT, phrase, p))][: args.samples]
        _, _, captions = rendered_latents(painter, [subject_plan(SUBJECT, phrase, p) for p in where], 92)
        draws = [SAMPLE_SEED + i for i in range(args.samples)]
        unlearned, others_before = painter.draw(captions, draws), painter.draw(plain, seeds)
        lora = load_file(args.lora)
        pipeline.load_lora_weights({k: v * args.strength if ".lora_up." in k else v for k, v in lora.items()})
        painter.unet, painter.text_encoder = pipeline.unet.eval(), pipeline.text_encoder.eval()
        learned, others_after = painter.draw(captions, draws), painter.draw(plain, seeds)
        for n in counts:
            before, after = share_of(judge, unlearned[:n], SUBJECT), share_of(judge, learned[:n], SUBJECT)
            kept, left = (judged(judge, drawn[:n], metas[:n])["noun_gray"] for drawn in (others_before, others_after))
            print(f"sks flower, {n} samples: recognised before {before:.2f}, after {after:.2f} (goal 0.6)")
            print(f"  right nouns in other prompts before {kept:.2f}, after {left:.2f} (goal: at most 0.05 less)")
        save_sheet(args.sheets, "teach-a-subject", [unlearned, learned, others_before, others_after])


if __name__ == "__main__":
    main()
