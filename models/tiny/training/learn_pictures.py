"""Pictures to learn a word from in Weft itself: a sheet of scenes in the style that training never drew, and captions.

    python learn_pictures.py [--columns 4] [--rows 4] [--save ../fine-tunes]

Writes blueprint-pictures.png, tiles of 128 pixels row by row, and prints a caption for each: what train_embedding.py learns from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from frozen_prompts import HERE, read_prompts
from scenes import render, seeded
from train_embedding import SEED, WORD, style_plans
from vocabulary import HELD_OUT_STYLE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--rows", type=int, default=4)
    parser.add_argument("--save", type=Path, default=HERE.parent / "fine-tunes")
    args = parser.parse_args()
    tier, _ = read_prompts(HERE / "prompts.json")
    plans = style_plans(args.columns * args.rows, tier)
    scenes = [render(plan, seeded(SEED, i), complete=True) for i, plan in enumerate(plans)]
    rows = [scenes[i : i + args.columns] for i in range(0, len(scenes), args.columns)]
    sheet = np.concatenate([np.concatenate([pixels for pixels, _, _ in row], 1) for row in rows])
    Image.fromarray(sheet).save(args.save / f"{HELD_OUT_STYLE}-pictures.png", optimize=True)
    for _, caption, _ in scenes:
        print(caption.replace(HELD_OUT_STYLE, WORD))


if __name__ == "__main__":
    main()
