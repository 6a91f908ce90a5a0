"""How well the judge recognises what was learned in Weft itself: the goals of its two training templates.

    python check_learned.py --judge runs/judge.pt [--lora learned.safetensors] [--embedding embedding.safetensors]

The files of Save LoRA and Save embedding are loaded by diffusers (needs peft) and drawn with 32 prompts: how often the judge sees
what was learned, before and after, and how often the right nouns in prompts without it, which should lose little.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--judge", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=HERE.parent / "model")
    parser.add_argument("--prompts", type=Path, default=HERE / "prompts.json")
    parser.add_argument("--lora", type=Path)
    parser.add_argument("--embedding", type=Path)
    args = parser.parse_args()
    judge = load_judge(args.judge, torch.device("cpu"))
    _, prompts = sample_prompts(args.prompts, SAMPLES)
    plain, seeds = [p.caption for p in prompts], [p.number for p in prompts]
    metas = [Meta(**{**meta_of(p.plan), "style": HELD_OUT_STYLE}) for p in prompts]

    def nouns(painter: Painter) -> float:
        return judged(judge, painter.draw(plain, seeds), metas)["noun_gray"]

    if args.embedding:
        painter = Painter(args.model, torch.device("cpu"))
        (word, vectors), *_ = load_file(args.embedding).items()
        before = judged(judge, painter.draw([f"{c}, {HELD_OUT_STYLE}" for c in plain], seeds), metas)
        kept = nouns(painter)
        painter.learn(word, vectors)
        after = judged(judge, painter.draw([f"{c}, {word}" for c in plain], seeds), metas)
        print(f"{word}: style before {before['style']:.2f}, after {after['style']:.2f} (goal 0.6)")
        print(f"  its nouns {after['noun_gray']:.2f}; nouns of prompts without the word {kept:.2f}, which cannot change")
    if args.lora:
        painter = Painter(args.model, torch.device("cpu"))
        pipeline = StableDiffusionPipeline.from_pretrained(args.model, torch_dtype=torch.float32)
        phrase = with_article("sks flower")
        where = [p for p in places(4 * SAMPLES, 91) if is_visible(subject_plan(SUBJECT, phrase, p))][:SAMPLES]
        _, _, captions = rendered_latents(painter, [subject_plan(SUBJECT, phrase, p) for p in where], 92)
        draws = [SAMPLE_SEED + i for i in range(SAMPLES)]
        before, kept = share_of(judge, painter.draw(captions, draws), SUBJECT), nouns(painter)
        pipeline.load_lora_weights(args.lora)
        painter.unet, painter.text_encoder = pipeline.unet.eval(), pipeline.text_encoder.eval()
        after = share_of(judge, painter.draw(captions, draws), SUBJECT)
        print(f"sks flower: recognised before {before:.2f}, after {after:.2f} (goal 0.6)")
        print(f"  right nouns in other prompts before {kept:.2f}, after {nouns(painter):.2f} (goal: at most 0.05 less)")


if __name__ == "__main__":
    main()
