"""Writes the prompts that every version of the model is measured with: once, then they stay as they are.

    python frozen_prompts.py --tier 0 --out prompts.json

Five sets of equal size; half of each shows pairs that training never draws (SETS names their kind). The order is
shuffled, so that the first N are a fair sample, and prompt number i is always drawn with seed i.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from backgrounds import SCENERY_CLAUSES
from captions import describe
from plans import TRAINED_STYLES, Composer, Item, Plan, breaks_hold_out, is_visible
from vocabulary import COLORS, NOUNS, pair_is_held_out

HERE = Path(__file__).parent
# What a set asks for, and the kind of its held-out pairs.
SETS = {"single": "background", "styled": "style", "pairs": "noun", "colors": "color", "backgrounds": "background"}


@dataclass
class Prompt:
    """What is asked for, in words and as a plan; `number` is also the seed."""

    number: int
    set: str
    held_out: bool
    caption: str
    plan: Plan


def draft(composer: Composer, kind: str, rng: Random) -> Plan:
    """A plan of the set, not yet known to be visible or of the wanted half."""
    if kind == "pairs":
        while True:
            plan = composer.plan(rng, "full", None, hold_out=False)
            if len(plan.items) == 2:
                plan.extras = []
                return plan
    things = [n for n in composer.nouns if n.category != "shape"]
    noun = rng.choice([n for n in things if n.recolorable] if kind == "colors" else things)
    color = rng.choice([c for c in COLORS if c not in ("gray", noun.hue)]) if kind == "colors" else None
    plain, scenic = rng.choice(list(COLORS)), rng.choice(list(SCENERY_CLAUSES))
    background = {"backgrounds": scenic, "styled": rng.choice((plain, scenic))}.get(kind, plain)
    return Plan(
        [Item(noun, color)], background=background, style=rng.choice(TRAINED_STYLES) if kind == "styled" else None
    )


def shows_held_out_pair(plan: Plan, kind: str) -> bool:
    """Of this kind: "noun" with noun, or a noun with its "color", its "background" or its "style"."""
    if kind == "noun":
        return pair_is_held_out("noun", *(item.noun.name for item in plan.items))
    item = plan.items[0]
    other = {"color": item.color, "background": plan.background, "style": plan.style}[kind]
    return other is not None and pair_is_held_out(kind, item.noun.name, other)


def draw_prompts(count: int, tier: int, seed: int) -> list[Prompt]:
    rng, composer = Random(seed), Composer(tier)
    drafts: list[tuple[str, bool, str, Plan]] = []
    for kind, pair in SETS.items():
        for held_out in (False, True):
            wanted: list[tuple[str, bool, str, Plan]] = []
            captions: set[str] = set()
            repeats = 0
            while len(wanted) < count // (2 * len(SETS)):
                plan = draft(composer, kind, rng)
                fits = shows_held_out_pair(plan, pair) if held_out else not breaks_hold_out(plan)
                if not fits or not is_visible(plan):
                    continue
                for item in plan.items:
                    item.phrase = item.noun.phrase(rng, item.color)
                caption = describe(plan, rng, complete=True)
                if caption in captions:  # there are few held-out pairs of some kinds: then captions come twice
                    repeats += 1
                    if repeats < 1000:
                        continue
                captions.add(caption)
                wanted.append((kind, held_out, caption, plan))
            drafts += wanted
    rng.shuffle(drafts)
    return [Prompt(i, *d) for i, d in enumerate(drafts)]


def to_json(prompt: Prompt) -> dict[str, object]:
    plan = prompt.plan
    return {
        "set": prompt.set,
        "held_out": prompt.held_out,
        "caption": prompt.caption,
        "items": [{"noun": i.noun.name, "color": i.color, "phrase": i.phrase} for i in plan.items],
        "relation": plan.relation,
        "background": plan.background,
        "style": plan.style,
    }


def read_prompts(path: Path) -> tuple[int, list[Prompt]]:
    """The tier whose nouns they use, and the prompts in their order."""
    data = json.loads(path.read_text("utf-8"))
    prompts = []
    for number, row in enumerate(data["prompts"]):
        items = [Item(NOUNS[i["noun"]], i["color"], i["phrase"]) for i in row["items"]]
        plan = Plan(items, row["relation"], row["background"], row["style"])
        prompts.append(Prompt(number, row["set"], row["held_out"], row["caption"], plan))
    return data["tier"], prompts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tier", type=int, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=61)
    parser.add_argument("--out", type=Path, default=HERE / "prompts.json")
    args = parser.parse_args()
    prompts = draw_prompts(args.count, args.tier, args.seed)
    rows = ",\n".join("  " + json.dumps(to_json(p), ensure_ascii=False) for p in prompts)
    args.out.write_text(f'{{\n "tier": {args.tier},\n "prompts": [\n{rows}\n ]\n}}\n', "utf-8")
    for kind in SETS:
        for held_out in (False, True):
            mine = [p.caption for p in prompts if p.set == kind and p.held_out == held_out]
            print(f"{kind:12} {'held-out' if held_out else 'trained':8} {len(mine)}, {len(set(mine))} different")


if __name__ == "__main__":
    main()
