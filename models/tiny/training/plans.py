"""Plans scenes: which objects in which relation, on what background, in what style, with what nobody asked for.

A plan is data; scenes.py draws it, captions.py describes it. Held-out nouns, pairs and styles are kept out here (the
trees of a park are scenery, not objects, and may stand beside anything).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Literal

from backgrounds import OUTDOORS, SCENERY_CLAUSES
from pictures import mean_color
from styles import STYLES
from vocabulary import ALWAYS_TRAINED, COLORS, HELD_OUT_STYLE, NOUNS, Noun, pair_is_held_out, trained_nouns

Stage = Literal["single", "styled", "full"]
TRAINED_STYLES = [s for s in STYLES if s != HELD_OUT_STYLE]
MOUNTS = [
    "horse",
    "camel",
    "elephant",
    "motorcycle",
    "bicycle",
    "tractor",
    "rocket",
    "dragon",
    "unicorn",
    "turtle",
    "whale",
]
SEATS = ["bench", "chair", "sofa", "bed", "table"]
SHELTERS = ["tree", "pine tree", "palm tree", "umbrella"]
# What may appear without being asked for, and how often.
EXTRAS = {"yellow circle": 0.66, "clouds": 0.22, "frame": 0.05, "watermark": 0.05}


@dataclass
class Item:
    noun: Noun
    color: str | None = None
    phrase: str = ""


@dataclass
class Plan:
    items: list[Item]
    relation: str | None = None  # of the first item to the second: a key of captions.VERBS
    background: str = "white"
    style: str | None = None
    extras: list[str] = field(default_factory=list)


class Composer:
    """Draws nouns by tier, never a held-out noun or pair."""

    def __init__(self, tier: int) -> None:
        self.nouns = trained_nouns(tier)
        self.weights = [3 if n.name in ALWAYS_TRAINED else 2 if n.tier <= 1 else 1 for n in self.nouns]
        names = {n.name for n in self.nouns}
        self.actors = [n for n in self.nouns if n.category in ("animal", "person") and n.name != "smiley"]
        self.food = [n for n in self.nouns if n.category == "food"]
        self.mounts = [NOUNS[n] for n in MOUNTS if n in names]
        self.seats = [NOUNS[n] for n in SEATS if n in names]
        self.shelters = [NOUNS[n] for n in SHELTERS if n in names]

    def item(self, rng: Random) -> Item:
        noun = rng.choices(self.nouns, self.weights)[0]
        if noun.category == "shape":
            yellow = noun.name == "circle" and rng.random() < 0.35
            return Item(noun, "yellow" if yellow else rng.choice(list(COLORS)))
        if noun.recolorable and rng.random() < 0.4:
            return Item(noun, rng.choice([c for c in COLORS if c not in ("gray", noun.hue)]))
        return Item(noun)

    def _relation(self, rng: Random) -> tuple[str | None, list[Item]]:
        kind = rng.random()
        if kind < 0.40:
            return None, [self.item(rng)]
        if kind < 0.60:
            return rng.choice(("next to", "left of", "and")), [self.item(rng), self.item(rng)]
        if kind < 0.74:
            return rng.choice(("above", "on", "under")), [self.item(rng), self.item(rng)]
        if kind < 0.84:
            return "eating", [Item(rng.choice(self.actors)), Item(rng.choice(self.food))]
        if kind < 0.89:
            return "riding", [Item(rng.choice(self.actors)), Item(rng.choice(self.mounts))]
        if kind < 0.95:
            return "sitting on", [Item(rng.choice(self.actors)), Item(rng.choice(self.seats))]
        return "under a shelter", [self.item(rng), Item(rng.choice(self.shelters))]

    def _extras(self, plan: Plan, rng: Random) -> list[str]:
        return [name for name in EXTRAS if rng.random() < extra_share(name, plan.background)]

    def plan(self, rng: Random, stage: Stage, style: str | None, hold_out: bool = True) -> Plan:
        """`style` "any" leaves the choice to chance. Plans that break a rule are thrown away and drawn again.

        Without `hold_out`, held-out pairs may come too: for the judge, which must know them all.
        """
        while True:
            relation, items = (None, [self.item(rng)]) if stage != "full" else self._relation(rng)
            if stage == "single":
                background = rng.choice(list(COLORS)) if rng.random() < 0.7 else rng.choice(list(SCENERY_CLAUSES))
                chosen = None
            else:
                background = rng.choice(list(COLORS)) if rng.random() < 0.42 else rng.choice(list(SCENERY_CLAUSES))
                chosen = rng.choice(TRAINED_STYLES) if rng.random() < 0.5 else None
            plan = Plan(items, relation, background, chosen if style == "any" else style)
            if stage != "single":
                plan.extras = self._extras(plan, rng)
            if is_visible(plan) and not (hold_out and breaks_hold_out(plan)):
                return plan


def extra_share(name: str, background: str) -> float:
    """What belongs to the sky appears outdoors; the circle now and then on a plain colour, too."""
    if name in ("frame", "watermark") or background in OUTDOORS:
        return EXTRAS[name]
    return 0.12 if name == "yellow circle" and background in COLORS and background != "yellow" else 0.0


def is_visible(plan: Plan) -> bool:
    """No object twice, none in the colour of a plain background."""
    if len({i.noun.name for i in plan.items}) < len(plan.items):
        return False
    if plan.background not in COLORS:
        return True
    ground = COLORS[plan.background]
    return all(
        i.color != plan.background
        and sum((a - b) ** 2 for a, b in zip(mean_color(i.noun.name, i.color), ground, strict=True)) > 65**2
        for i in plan.items
    )


def breaks_hold_out(plan: Plan) -> bool:
    """Whether the plan shows a pair that training must not see."""
    names = [i.noun.name for i in plan.items]
    if len(names) == 2 and pair_is_held_out("noun", *names):
        return True
    return any(
        pair_is_held_out("background", i.noun.name, plan.background)
        or (plan.style is not None and pair_is_held_out("style", i.noun.name, plan.style))
        or (i.color is not None and i.noun.category != "shape" and pair_is_held_out("color", i.noun.name, i.color))
        for i in plan.items
    )


def name_items(plan: Plan, rng: Random) -> None:
    """Chooses how each object is called, before anything is drawn: "a plate of chips" needs a plate."""
    for item in plan.items:
        item.phrase = item.phrase or item.noun.phrase(rng, item.color)


@cache
def composer(tier: int) -> Composer:
    return Composer(tier)
