"""Writes the tables of the model card (../README.md, between its markers) from what was measured.

    python write_card.py [--folder ..]

Reads reports/evaluation.json, vae.json, judge.json, training.json, fine-tunes/*.json, words.json and the weights. What
stands outside of the markers `<!-- name -->` ... `<!-- /name -->` is prose and stays as it is.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from safetensors import safe_open

from frozen_prompts import SETS

MEASURES = {
    "noun_gray": "noun, grey",
    "noun_color": "noun, colour",
    "both": "both nouns",
    "layout": "how they stand",
    "color": "its colour",
    "background": "background",
    "style": "style",
}


def percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def parameters(folder: Path) -> tuple[int, int]:
    """How many there are in the files of a folder, and the files' bytes."""
    count, size = 0, 0
    for file in folder.rglob("*.safetensors"):
        size += file.stat().st_size
        with safe_open(file, "np") as tensors:
            for key in tensors.keys():  # noqa: SIM118 (not a dict)
                shape = tensors.get_slice(key).get_shape()
                product = 1
                for n in shape:
                    product *= n
                count += product
    return count, size


def read(file: Path) -> dict:
    if not file.exists():
        raise SystemExit(f"{file} is missing: the card needs it. Run evaluate.py and publish.py first.")
    return json.loads(file.read_text("utf-8"))


def sizes(folder: Path) -> str:
    def config(part: str) -> dict:
        return read(folder / "model" / part / "config.json")

    def widths(part: str) -> str:
        return ", ".join(str(w) for w in config(part)["block_out_channels"])

    text = config("text_encoder")
    shapes = {
        "vae": ("autoencoder", f"128 px ↔ 16 × 16 × 4, widths {widths('vae')}"),
        "unet": (
            "UNet",
            f"widths {widths('unet')}; {config('unet')['attention_head_dim']} heads; no attention on the finest level",
        ),
        "text_encoder": ("text encoder", f"{text['num_hidden_layers']} layers, width {text['hidden_size']}"),
    }
    rows, total = [], [0, 0]
    for part, (name, shape) in shapes.items():
        count, size = parameters(folder / "model" / part)
        total = [total[0] + count, total[1] + size]
        rows.append([name, shape, f"{count / 1e6:.1f} M", f"{size / 1e6:.1f} MB"])
    rows.append(["together", "", f"{total[0] / 1e6:.1f} M", f"{total[1] / 1e6:.1f} MB"])
    count, size = parameters(folder / "fine-tunes")
    rows.append(["fine-tunes", "each fetched when a graph uses it", f"{count / 1e6:.1f} M", f"{size / 1e6:.1f} MB"])
    return table(["part", "shape", "parameters", "fp16"], rows)


def word_list(folder: Path) -> str:
    words = read(folder / "words.json")
    objects = [f"{o['name']} ({', '.join(o['aliases'])})" if o["aliases"] else o["name"] for o in words["objects"]]
    lines = [f"* **{len(objects)} objects** (with other names): {', '.join(objects)}."]
    for key, title in (
        ("colors", "Colours, for what has none of its own, and as plain backgrounds"),
        ("places", "Places"),
        ("styles", "Styles"),
        ("relations", "Relations"),
        ("extras", "Beside the objects"),
    ):
        lines.append(f"* **{title}**: {', '.join(words[key])}.")
    for word in words["learned"]:
        lines.append(f"* **`{word['word']}`** with `fine-tunes/{word['file']}`: {word['meaning']}.")
    return "\n".join(lines)


def metrics(report: dict) -> str:
    sets = report["sets"]
    rows = []
    for kind in SETS:
        if kind not in sets:
            continue
        lines, held_out = sets[kind], sets.get(f"{kind}, held-out pairs")
        for i, (measure, name) in enumerate(m for m in MEASURES.items() if m[0] in lines["model"]):
            rows.append(
                [
                    f"{kind} ({lines['count']})" if i == 0 else "",
                    name,
                    percent(lines["ceiling"].get(measure)),
                    percent(lines["ceiling after the autoencoder"].get(measure)),
                    f"**{percent(lines['model'][measure])}**",
                    percent(held_out["model"].get(measure)) if held_out else "",
                    percent(lines["floor"].get(measure)),
                ]
            )
    settings = f"guidance {report['guidance scale']:g}, {report['steps']} steps of DDIM"
    head = ["prompts", "measure", "ceiling", "after the autoencoder", "**model**", "held-out pairs", "floor"]
    sheet = "The first 64 of these prompts with seeds 0 to 63; nothing was picked."
    return "\n\n".join(
        [
            f"{report['prompts']} of the 1,000 frozen prompts, {settings}:",
            table(head, rows),
            "![The first 64 frozen prompts, seeds 0 to 63](sheet-64.png)",
            sheet,
        ]
    )


def goal_table(goals: list[dict]) -> str:
    def shown(goal: dict) -> str:
        value = goal["measured"]
        if value is None:
            return "not measured"
        return percent(value) if goal["unit"] == "share" else f"{value:.3g} {goal['unit']}".strip()

    def wanted(goal: dict) -> str:
        sign, _, number = goal["goal"].partition(" ")
        return (
            f"{sign} {percent(float(number))}" if goal["unit"] == "share" else f"{goal['goal']} {goal['unit']}".strip()
        )

    rows = [[g["what"], wanted(g), shown(g), "met" if g["met"] else "**not met**"] for g in goals]
    return table(["goal of a finished version", "wanted", "measured", ""], rows)


def curves(report: dict) -> str:
    guidance, sketches, circle = report["guidance"], report["image to image"], report["yellow circle"]
    scales = [g for g in guidance if g != "count"]
    rows = [
        [MEASURES[m], *(percent(guidance[g][m]) for g in scales)] for m in ("noun_gray", "noun_color", "background")
    ]
    parts = [table([f"guidance ({guidance['count']} prompts)", *scales], rows)]
    steps = [s for s in sketches if s[0].isdigit()]
    names = {
        "noun_gray": "noun of the sketch, grey",
        "style": "style asked for",
        "edge overlap": "edge overlap (F1, 2 px)",
        "edge overlap with another sketch": "with another sketch",
    }
    rows = [[name, *(percent(sketches[s][k]) for s in steps)] for k, name in names.items()]
    parts.append(table([f"image to image, strength ({sketches['count']} sketches)", *steps], rows))
    parts.append("![Sketches above what became of them at strengths 0.3, 0.5, 0.7 and 0.9](image-to-image.png)")
    after = percent(sketches["the sketch after the autoencoder"]["edge overlap"])
    without, with_negative = percent(circle["without a negative prompt"]), percent(circle["with a negative prompt"])
    seen, wrong = percent(circle["ceiling: seen where drawn"]), percent(circle["floor: seen where not drawn"])
    parts.append(
        f"The autoencoder alone keeps {after} of a sketch's edges.\n\n"
        f"A yellow circle that nobody asked for, outdoors ({circle['count']} pictures): in {without}; with "
        f'"yellow circle" as the negative prompt in {with_negative}; when asked for in {percent(circle["asked for"])}. '
        f"The judge sees {seen} of those that are drawn, and {wrong} where there is none; training draws it unasked in "
        "half of the outdoor scenes whose captions do not name it."
    )
    near = report["memorising"]
    lines = []
    for space in ("pixels", "features"):
        lines.append(
            [
                space,
                *(
                    f"{near[space][k]['median']:.3f}"
                    for k in ("drawn", "new renderings", "new renderings after the autoencoder")
                ),
                percent(near[space]["drawn, nearer than 99 % of new renderings after the autoencoder"]),
            ]
        )
    head = [
        f"median distance to the nearest of {near['training pictures']} training pictures",
        "drawn",
        "new renderings",
        "after the autoencoder",
        "drawn, nearer than 99 % of these",
    ]
    why = "Memorising would show in pictures much nearer to a training picture than new renderings of the prompts are:"
    parts += [why, table(head, lines)]
    parts.append("![The drawn pictures that lie nearest to a training picture, above it](nearest.png)")
    nouns = sorted(report["by noun"].items(), key=lambda n: -n[1]["noun_gray"])
    shares = ", ".join(f"{name} {percent(v['noun_gray'])}" for name, v in nouns)
    parts.append(f"Single objects, recognised in grey: {shares}.")
    return "\n\n".join(parts)


def training(folder: Path) -> str:
    report = read(folder / "reports/training.json")
    rows = [[s["what"], f"{s['minutes']:g}", f"`{s['command']}`", s.get("result", "")] for s in report["steps"]]
    total = sum(s["minutes"] for s in report["steps"])
    text = f"{report['machine']}; {total:g} minutes of training in all.\n\n"
    return text + table(["what", "minutes", "command", "result"], rows)


def embedding_text(report: dict) -> tuple[str, str]:
    before, after = report["before"], report["after"]
    text = (
        f"{report['vectors']} vectors. The judge recognises the style in {percent(after['style'])} of "
        f"{report['samples']} samples ({percent(before['style'])} when the prompt has the plain word instead), and the "
        f"object, in grey, in {percent(after['noun_gray'])}."
    )
    return text, "pictures that it was learned from; the plain word; the learned word"


def lora_text(report: dict) -> tuple[str, str]:
    near, seen = report["similarity to the subject"], report["recognised in grey"]
    other, paired = near["closest other noun"], near["after, where other nouns were drawn"]
    text = (
        f"rank {report['rank']}, {report['parameters'] / 1e3:.0f} k parameters. Similarity of the judge's features to "
        f"a rendering of the subject: {near['before']:.2f} before, {near['after']:.2f} after, and "
        f"{paired:.2f} where the closest other noun, {other}, has {near['its similarity']:.2f}. "
        "Recognised in grey: the subject in "
        f"{percent(seen['subject before'])} before and {percent(seen['subject after'])} after; the class without the "
        f"new word in {percent(seen['class before'])} and {percent(seen['class after'])}."
    )
    return (
        text,
        "renderings of the subject; the prompts before; after; after, in watercolor; the class without the word",
    )


def controlnet_text(report: dict) -> tuple[str, str]:
    agreement, seen = report["edge agreement"], report["object recognised in grey"]
    text = (
        f"{report['parameters'] / 1e6:.1f} M parameters. The edges of {report['samples']} pictures agree with those "
        f"that they were drawn from (F1, 2 px) to {percent(agreement['strength 1'])}, without the ControlNet to "
        f"{percent(agreement['strength 0'])}, with another scene's to "
        f"{percent(agreement['strength 1, edges of another scene'])}; those of the scenes themselves, after the "
        f"autoencoder, to {percent(agreement['the scene itself after the autoencoder'])}. Recognised in grey: the "
        f"prompt's object in {percent(seen['strength 0'])} without it and {percent(seen['strength 1'])} with it."
    )
    return text, "scenes; their edges; the prompts without them; with them; with them, in watercolor"


TEXTS = {"embedding": embedding_text, "lora": lora_text, "controlnet": controlnet_text}


def fine_tunes(folder: Path) -> str:
    parts = []
    for file in sorted((folder / "fine-tunes").glob("*.json")):
        report = json.loads(file.read_text("utf-8"))
        kilobytes = (folder / "fine-tunes" / report["file"]).stat().st_size / 1e3
        text, rows = TEXTS[report["kind"]](report)
        title = f"`{report['word']}`" if "word" in report else f"ControlNet `{file.stem}`"
        took = f"{report['pictures']} pictures, {report['steps']} steps of {report['batch']}"
        parts += [
            f"### {title}: {report['meaning']}",
            f"`fine-tunes/{report['file']}` ({kilobytes:.0f} kB): {took}, {text}",
            f"![Rows: {rows}](fine-tunes/{file.stem}.png)",
            f"Rows: {rows}.",
        ]
    return "\n\n".join(parts) if parts else "There are none yet."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent.parent)
    args = parser.parse_args()
    card = (args.folder / "README.md").read_text("utf-8")
    report = read(args.folder / "reports/evaluation.json")
    if "sets" not in report:
        raise SystemExit("reports/evaluation.json is older than these tables: run evaluate.py again.")
    goals = list(report["goals"])
    for file in sorted((args.folder / "fine-tunes").glob("*.json")):
        goals += json.loads(file.read_text("utf-8"))["goals"]
    parts = {
        "sizes": sizes(args.folder),
        "words": word_list(args.folder),
        "goals": goal_table(goals),
        "metrics": metrics(report),
        "curves": curves(report),
        "training": training(args.folder),
        "fine-tunes": fine_tunes(args.folder),
    }
    for name, text in parts.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(card):
            raise SystemExit(f"{args.folder / 'README.md'} has no markers <!-- {name} --> ... <!-- /{name} -->.")
        card = pattern.sub(lambda m, text=text: f"{m[1]}\n{text}\n{m[2]}", card)
    (args.folder / "README.md").write_text(card, "utf-8")
    missed = [g["what"] for g in goals if not g["met"]]
    print(
        f"{len(goals) - len(missed)} of {len(goals)} goals are met" + (f"; not: {', '.join(missed)}" if missed else "")
    )


if __name__ == "__main__":
    main()
