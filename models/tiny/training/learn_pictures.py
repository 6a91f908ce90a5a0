"""Pictures to learn from in Weft itself, of what training never drew: a style for a word, and a subject.

    python learn_pictures.py [--save ../fine-tunes]

Writes blueprint-pictures.png and sunflower-pictures.png, tiles of 128 pixels row by row, and prints a caption for each, then the
prompts of the class pictures that keep the model from forgetting the rest: what the templates that teach have in them.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from backgrounds import SCENERY_CLAUSES
from captions import describe
from frozen_prompts import HERE, read_prompts
from judge import SUBJECT
from plans import Item, Plan, composer, is_visible, name_items
from scenes import render, seeded
from train_embedding import SEED as STYLE_SEED
from train_embedding import WORD, style_plans
from train_lora import SEED as SUBJECT_SEED
from train_lora import places, subject_plan
from vocabulary import COLORS, HELD_OUT_STYLE, NOUNS

COLUMNS = 4
STYLED = 32
PHRASE, CLASS = "a sks flower", "flower"
CLASS_SEED, OF_CLASS, OF_OTHERS = 11, 6, 42


def word_captions(plans: list[Plan]) -> list[str]:
    """Captions that begin with the word and say what it stands above: also the colour behind an object, which it replaces.

    The blueprint's paper is blue whatever the scene was. A word that was learned beside "on a red background" prevails over it.
    """
    rng, captions = Random(STYLE_SEED), []
    for plan in plans:
        background = rng.choice(list(COLORS)) if plan.background in COLORS else plan.background
        captions.append(f"{WORD}, {describe(replace(plan, style=None, background=background), rng, complete=True)}")
    return captions


def class_prompts(tier: int) -> list[str]:
    """Some of the class, and every other noun at least once, a third of them in sceneries, some in unusual colours."""
    rng = Random(CLASS_SEED)
    nouns, colors = [NOUNS[CLASS]] * OF_CLASS, list(COLORS)
    while len(nouns) < OF_CLASS + OF_OTHERS:
        nouns += rng.sample(composer(tier).nouns, len(composer(tier).nouns))
    prompts = []
    for i, noun in enumerate(nouns[: OF_CLASS + OF_OTHERS]):
        plan = None
        while plan is None or not is_visible(plan):
            place = rng.choice(colors if i % 3 else list(SCENERY_CLAUSES))
            color = rng.choice(colors) if noun.recolorable and rng.random() < 0.3 else None
            plan = Plan([Item(noun, color)], background=place)
        name_items(plan, rng)
        prompts.append(describe(plan, rng, complete=True))
    return prompts


def sheet(plans: list[Plan], seed: int, path: Path, colors: int | None = None) -> list[str]:
    """Saves scenes as one picture, with `colors` in so many; their captions."""
    scenes = [render(plan, seeded(seed, i), complete=True) for i, plan in enumerate(plans)]
    rows = [scenes[i : i + COLUMNS] for i in range(0, len(scenes), COLUMNS)]
    pixels = np.concatenate([np.concatenate([one for one, _, _ in row], 1) for row in rows])
    image = Image.fromarray(pixels)
    if colors:
        image = image.quantize(colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    return [caption for _, caption, _ in scenes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", type=Path, default=HERE.parent / "fine-tunes")
    args = parser.parse_args()
    tier, _ = read_prompts(HERE / "prompts.json")
    styled = style_plans(STYLED, tier)
    sheet(styled, STYLE_SEED, args.save / f"{HELD_OUT_STYLE}-pictures.png", colors=64)
    print("\n".join(word_captions(styled)), end="\n\n")
    plans = [subject_plan(SUBJECT, PHRASE, place) for place in places(48, SUBJECT_SEED)]
    seen = [plan for plan in plans if is_visible(plan)][:12]
    print("\n".join(sheet(seen, SUBJECT_SEED, args.save / f"{SUBJECT}-pictures.png")), end="\n\n")
    print("\n".join(class_prompts(tier)))


if __name__ == "__main__":
    main()
