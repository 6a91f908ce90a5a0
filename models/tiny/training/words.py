"""Writes the list of words that a model trained on nouns up to a tier knows: the help beside the editor's prompt.

    python words.py --tier 0 [--out ../words.json]

`seen` lists every single word that captions can have, so that others can be told from them. `learned` lists the words
of the fine-tunes that lie in ../fine-tunes, from the reports beside their weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from backgrounds import COLOR_CLAUSES, SCENERY_CLAUSES
from captions import EXTRA_PHRASES, FILLERS, VERBS
from plans import TRAINED_STYLES, composer
from styles import STYLES
from tokenizer import words
from vocabulary import COLORS, Noun, bare

MODELS = Path(__file__).parent.parent


def learned_words(folder: Path) -> list[dict[str, str]]:
    """The new words of the fine-tunes in `folder`: what each means and which file teaches it."""
    reports = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    return [{k: report[k] for k in ("word", "meaning", "kind", "file")} for report in reports if "word" in report]


def seen_words(nouns: list[Noun]) -> list[str]:
    """The words of all captions about `nouns`, in lower case and alphabetical order."""
    styles = [STYLES[style] for style in TRAINED_STYLES]
    phrases = [
        *(phrase for noun in nouns for phrase in (noun.name, *noun.aliases)),
        *COLORS,
        *(clause for clauses, tag in SCENERY_CLAUSES.values() for clause in (*clauses, tag)),
        *(clause.format("") for clause in COLOR_CLAUSES),
        *(phrase for _, after, before in styles for phrase in (*after, *before)),
        *(verb for verbs in VERBS.values() for verb in verbs),
        *EXTRA_PHRASES.values(),
        *FILLERS,
        "a an the with and",
    ]
    return sorted({word for phrase in phrases for word in words(phrase) if word.isalpha()})


def word_list(tier: int, fine_tunes: Path) -> dict[str, object]:
    """Names as captions use them: the first word that stands for each colour, place and style."""
    nouns = composer(tier).nouns
    relations = [verb for verbs in VERBS.values() for verb in verbs]
    return {
        "tier": tier,
        "objects": [{"name": n.name, "aliases": list(n.aliases)} for n in nouns],
        "colors": list(COLORS),
        "places": [tag for _, tag in SCENERY_CLAUSES.values()],
        "styles": [STYLES[style][1][0] for style in TRAINED_STYLES],
        "relations": list(dict.fromkeys(relations)),
        "extras": [bare(phrase) for phrase in EXTRA_PHRASES.values()],
        "learned": learned_words(fine_tunes),
        "seen": seen_words(nouns),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tier", type=int, required=True, help="as in training, 0 to 3")
    parser.add_argument("--fine-tunes", type=Path, default=MODELS / "fine-tunes")
    parser.add_argument("--out", type=Path, default=MODELS / "words.json")
    args = parser.parse_args()
    known = word_list(args.tier, args.fine_tunes)
    args.out.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
