"""Pictures to learn from in Weft itself, of what training never drew: a style for a word, and a subject.

    python learn_pictures.py [--save ../fine-tunes]

Writes blueprint-pictures.png and sunflower-pictures.png, tiles of 128 pixels row by row, and prints a caption for each: what
train_embedding.py and train_lora.py learn from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from frozen_prompts import HERE, read_prompts
from judge import SUBJECT
from plans import Plan, is_visible
from scenes import render, seeded
from train_embedding import SEED as STYLE_SEED
from train_embedding import WORD, style_plans
from train_lora import SEED as SUBJECT_SEED
from train_lora import places, subject_plan
from vocabulary import HELD_OUT_STYLE

COLUMNS = 4
PHRASE = "a sks flower"


def sheet(plans: list[Plan], seed: int, path: Path) -> list[str]:
    """Saves scenes as one picture; their captions."""
    scenes = [render(plan, seeded(seed, i), complete=True) for i, plan in enumerate(plans)]
    rows = [scenes[i : i + COLUMNS] for i in range(0, len(scenes), COLUMNS)]
    pixels = np.concatenate([np.concatenate([one for one, _, _ in row], 1) for row in rows])
    Image.fromarray(pixels).save(path, optimize=True)
    return [caption for _, caption, _ in scenes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", type=Path, default=HERE.parent / "fine-tunes")
    args = parser.parse_args()
    tier, _ = read_prompts(HERE / "prompts.json")
    styled = sheet(style_plans(16, tier), STYLE_SEED, args.save / f"{HELD_OUT_STYLE}-pictures.png")
    print("\n".join(caption.replace(HELD_OUT_STYLE, WORD) for caption in styled), end="\n\n")
    plans = [subject_plan(SUBJECT, PHRASE, place) for place in places(48, SUBJECT_SEED)]
    seen = [plan for plan in plans if is_visible(plan)][:12]
    print("\n".join(sheet(seen, SUBJECT_SEED, args.save / f"{SUBJECT}-pictures.png")))


if __name__ == "__main__":
    main()
