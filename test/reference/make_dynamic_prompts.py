"""Prompts with choices, as the library behind AUTOMATIC1111's extension expands them.

    pip install dynamicprompts
    python test/reference/make_dynamic_prompts.py

Writes `../fixtures/dynamic-prompts.json`: for each template its lists and all prompts of the combinatorial generator, in
its order, and how often each prompt comes of 20,000 random draws.
"""

import json
import random
from collections import Counter
from pathlib import Path

from dynamicprompts.generators import CombinatorialPromptGenerator, RandomPromptGenerator
from dynamicprompts.wildcards import WildcardManager

LISTS = {"color": ["red", "green", "blue"], "animal": ["cat", "dog", "{big|small} fox"], "of/color": ["pink"]}
TEMPLATES = [
    "a red car",
    "a {red|blue} {cat|dog}",
    "{2$$a|b|c}",
    "{1-2$$ and $$a|b|c}",
    "{2-$$a|b|c}",
    "{-2$$a|b|c}",
    "{0-1$$a|b}",
    "{0.5::summer|0.1::autumn|winter}",
    "{a {b|c}|d}, {e|f}",
    "{a||b} house",
    "{only}",
    "a __color__ __animal__",
    "{__color__|grey} sky",
    "{2$$__color__|__animal__}",
    "a __*color__ flower",
    "(a {cat|dog}:1.3), [one:two:0.5]",
]


def main() -> None:
    manager = WildcardManager(root_map={"": [LISTS]})
    cases = []
    for template in TEMPLATES:
        everything = CombinatorialPromptGenerator(wildcard_manager=manager).generate(template, 10_000)
        draws = RandomPromptGenerator(wildcard_manager=manager, seed=1).generate(template, 20_000)
        cases.append({"template": template, "all": everything, "drawn": dict(sorted(Counter(draws).items()))})
    out = Path(__file__).parent.parent / "fixtures/dynamic-prompts.json"
    out.write_text(json.dumps({"lists": LISTS, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    random.seed(0)
    main()
