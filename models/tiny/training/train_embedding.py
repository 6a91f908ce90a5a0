"""Textual inversion: teaches the frozen model one new word, <blueprint>, for the style that its training never drew.

    python train_embedding.py --judge runs/judge.pt --out runs/embedding [--minutes 4] [--resume]

Gal et al. 2022, "An Image is Worth One Word": only the word's vectors are trained, on a few dozen pictures. The file
has the form of diffusers' load_textual_inversion: one tensor [vectors, width] under the word. The word works where the
names of the styles do: "a gorilla, <blueprint>", "a <blueprint> of a gorilla".
"""

from __future__ import annotations

import argparse

import torch
from safetensors.torch import save_file

from fine_tune import arguments, pick, rendered_latents, sample_prompts, train, write_report
from judge import STYLES as JUDGED_STYLES
from judge import labels, load_judge, right_nouns, verdicts
from painter import Painter
from plans import Plan, composer
from scenes import Meta, seeded
from sheets import save_rows
from vocabulary import HELD_OUT_STYLE

WORD = f"<{HELD_OUT_STYLE}>"
# Known words whose vectors are the start of the new ones.
START = ("sketch", "blue", "white", "doodle", "sketch", "blue", "neon", "white")
SEED = 80


def style_plans(count: int, tier: int) -> list[Plan]:
    """One object, in the held-out style."""
    plans = [composer(tier).plan(seeded(SEED, i), "styled", HELD_OUT_STYLE) for i in range(count)]
    for plan in plans:
        plan.extras = []
    return plans


def judged(judge, images: torch.Tensor, metas: list[Meta]) -> dict[str, float]:
    out, gray = verdicts(judge, images), verdicts(judge, images, gray=True)
    shown = out["style"].argmax(1) == JUDGED_STYLES.index(HELD_OUT_STYLE)
    return {
        "style": shown.float().mean().item(),
        "noun_gray": right_nouns(gray, labels(metas, judge.nouns)).float().mean().item(),
    }


def main() -> None:
    parser: argparse.ArgumentParser = arguments(__doc__)
    parser.add_argument("--pictures", type=int, default=32, help="that the word is learned from")
    parser.add_argument("--vectors", type=int, default=8, choices=range(1, len(START) + 1))
    parser.add_argument("--rate", type=float, default=1e-2)
    args = parser.parse_args()
    device = pick(args)
    judge, painter = load_judge(args.judge, device), Painter(args.model, device)
    tier, prompts = sample_prompts(args.prompts, args.samples)
    pictures, latents, captions = rendered_latents(painter, style_plans(args.pictures, tier), SEED)

    plain = [p.caption for p in prompts]
    seeds = [p.number for p in prompts]
    metas = [Meta(**{**meta_of(p.plan), "style": HELD_OUT_STYLE}) for p in prompts]
    before = painter.draw([f"{c}, {HELD_OUT_STYLE}" for c in plain], seeds)

    known = painter.encode(list(START[: args.vectors]))[:, 1]
    with torch.no_grad():
        rows = painter.text_encoder.get_input_embeddings()(known).clone()
    learned = painter.learn(WORD, rows)
    tokens = painter.encode([c.replace(HELD_OUT_STYLE, WORD) for c in captions])

    def batch() -> tuple[torch.Tensor, torch.Tensor]:
        index = torch.randint(len(tokens), (args.batch,), device=device)
        mirrored = torch.randint(2, (args.batch,), device=device)
        return latents[mirrored, index], tokens[index]

    print(f"{WORD}: {args.vectors} vectors of {rows.shape[1]}, {len(pictures)} pictures, {device}", flush=True)
    took = train(painter, [learned.vectors], batch, args, args.rate, WORD)
    args.save.mkdir(parents=True, exist_ok=True)
    file = f"{HELD_OUT_STYLE}.safetensors"
    save_file({WORD: learned.vectors.detach().cpu().contiguous()}, args.save / file)

    after = painter.draw([f"{c}, {WORD}" for c in plain], seeds)
    save_rows([pictures[:12], before[:12], after[:12]], args.save / f"{HELD_OUT_STYLE}.png")
    scores = {"before": judged(judge, before, metas), "after": judged(judge, after, metas)}
    share = scores["after"]["style"]
    goal = {
        "what": "the learned style is recognised",
        "unit": "share",
        "goal": "≥ 0.7",
        "measured": share,
        "met": share >= 0.7,
    }
    report = {
        "word": WORD,
        "meaning": f"{HELD_OUT_STYLE}, a style that training never drew",
        "kind": "embedding",
        "file": file,
        "vectors": args.vectors,
        "pictures": args.pictures,
        "samples": len(prompts),
        "model": painter.fingerprint(),
        **took,
        **scores,
        "prompts": [f"{c}, {WORD}" for c in plain[:12]],
        "goals": [goal],
    }
    write_report(args, HELD_OUT_STYLE, report)


def meta_of(plan: Plan) -> Meta:
    return Meta(
        nouns=[i.noun.name for i in plan.items],
        colors=[i.color for i in plan.items],
        relation=plan.relation,
        background=plan.background,
        style=plan.style,
        extras=plan.extras,
    )


if __name__ == "__main__":
    main()
