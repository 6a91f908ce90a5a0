"""Conditionings of prompts in three syntaxes, from the text encoders of the micro models.

    python test/reference/make_prompts.py          (torch, diffusers, transformers, safetensors)

Writes `prompts/prompts.json`, what each prompt is read as, and `prompts/prompts.safetensors`, what the text encoder makes
of it. `plain` is diffusers' own pipeline. For the other two, transformers' CLIPTextModel encodes chunks that this script
lays out and weighs by the documented rules of AUTOMATIC1111 and ComfyUI; its parsers must agree with every parse in
`../fixtures/prompt-weights.json`, or nothing is written. It shares no code with Weft.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).parent
OUT = HERE / "prompts"
WEIGHTS = json.loads((HERE.parent / "fixtures/prompt-weights.json").read_text())["cases"]
ROOM = 75

Piece = tuple[str, float]
Token = tuple[int | str, float]  # an id, or "word#row" for a vector of an embedding


# ---------------------------------------------------------------- AUTOMATIC1111


def a1111_pieces(prompt: str) -> list[Piece]:
    """One character after the other: each keeps the factors of the brackets that turn out to enclose it."""
    marks: list[list] = []  # [text, factor, is_break]
    brackets: list[tuple[str, int]] = []

    def close(kind: str, factor: float) -> bool:
        for i in reversed(range(len(brackets))):
            if brackets[i][0] == kind:
                _, start = brackets.pop(i)
                for mark in marks[start:]:
                    mark[1] *= factor
                return True
        return False

    i = 0
    while i < len(prompt):
        c = prompt[i]
        number = re.match(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)", prompt[i:])
        broken = re.match(r"\s*\bBREAK\b\s*", prompt[i:]) if not re.search(r"\w$", prompt[:i]) or c.isspace() else None
        if c == "\\":
            following = prompt[i + 1 : i + 2]
            taken = following if following and following in "()[]\\" else ""
            marks.append([taken, 1.0, False])
            i += 1 + len(taken)
        elif c in "([":
            brackets.append((c, len(marks)))
            i += 1
        elif number and close("(", float(number[1])):
            i += len(number[0])
        elif c == ")" and close("(", 1.1) or c == "]" and close("[", 1 / 1.1):
            i += 1
        elif broken:
            # A break leaves an empty piece on each side, where no text is.
            if not marks or marks[-1][2] or i > 0 and prompt[i - 1] in "()[]:":
                marks.append(["", 1.0, False])
            marks.append(["BREAK", -1.0, True])
            i += len(broken[0])
            if i == len(prompt) or prompt[i] in "\\()[]:":
                marks.append(["", 1.0, False])
        else:
            marks.append([c, 1.0, False])
            i += 1
    for kind, factor in (("(", 1.1), ("[", 1 / 1.1)):
        for start in [start for bracket, start in brackets if bracket == kind]:
            for mark in marks[start:]:
                mark[1] *= factor
    pieces: list[list] = []
    for text, weight, _ in marks or [["", 1.0, False]]:
        if pieces and pieces[-1][1] == weight:
            pieces[-1][0] += text
        else:
            pieces.append([text, weight])
    return [(text, weight) for text, weight in pieces]


def a1111_chunks(pieces: list[Piece], tokenize, embeddings: dict[str, int], comma: int) -> list[list[Token]]:
    names = sorted(((tokenize(name), name) for name in embeddings), key=lambda entry: -len(entry[0]))
    chunks: list[list[Token]] = [[]]
    commas: list[int | None] = [None]

    def start(carried=()):
        chunks.append(list(carried))
        commas.append(None)

    for text, weight in pieces:
        if (text, weight) == ("BREAK", -1):
            start()
            continue
        ids = tokenize(text)
        while ids:
            if ids[0] == comma:
                commas[-1] = len(chunks[-1])
            elif len(chunks[-1]) == ROOM and commas[-1] is not None and ROOM - commas[-1] <= 20:
                at = commas[-1] + 1
                moved = chunks[-1][at:]
                del chunks[-1][at:]
                start(moved)
            if len(chunks[-1]) == ROOM:
                start()
            name = next((entry for entry in names if ids[: len(entry[0])] == entry[0]), None)
            if name is None:
                chunks[-1].append((ids.pop(0), weight))
                continue
            if len(chunks[-1]) + embeddings[name[1]] > ROOM:
                start()
            chunks[-1] += [(f"{name[1]}#{row}", weight) for row in range(embeddings[name[1]])]
            del ids[: len(name[0])]
    if len(chunks) > 1 and not chunks[-1]:
        chunks.pop()
    return chunks


def a1111_schedule(prompt: str, steps: int) -> list[tuple[int, str]]:
    """For prompts whose edits are not nested and hold no colons but their own, as the cases below are."""
    pattern = re.compile(r"\[([^\[\]]*)\]")
    changes = {steps}
    for inner in pattern.findall(prompt):
        if "|" in inner:
            changes |= set(range(1, steps + 1))
        elif ":" in inner:
            changes.add(threshold(inner, steps))

    def shown(step: int):
        def replace(match: re.Match) -> str:
            if "|" in match[1]:
                options = match[1].split("|")
                return options[(step - 1) % len(options)]
            if ":" not in match[1]:
                return match[0]
            *texts, _ = match[1].split(":")
            before, after = texts if len(texts) == 2 else ("", texts[0])
            return before if step <= threshold(match[1], steps) else after

        return pattern.sub(replace, prompt)

    return [(until, shown(until)) for until in sorted(changes)]


def threshold(inner: str, steps: int) -> int:
    when = float(inner.rsplit(":", 1)[1])
    return min(steps, int(when * steps if when < 1 else when))


# ---------------------------------------------------------------- ComfyUI


def comfy_pieces(text: str, weight: float = 1.0) -> list[Piece]:
    """Recursively: the outermost pairs of brackets, then what is inside of them."""
    hidden = text.replace("\\)", "\x01").replace("\\(", "\x02")

    def outermost(text: str) -> list[str]:
        found, item, level = [], "", 0
        for c in text:
            if c == "(" and level == 0 and item:
                found.append(item)
                item = ""
            level += {"(": 1, ")": -1}.get(c, 0)
            item += c
            if c == ")" and level == 0:
                found.append(item)
                item = ""
        return [*found, item] if item else found

    def read(text: str, weight: float) -> list[Piece]:
        pieces: list[Piece] = []
        for item in outermost(text):
            if not (len(item) > 1 and item.startswith("(") and item.endswith(")")):
                pieces.append((item, weight))
                continue
            inside, own = item[1:-1], weight * 1.1
            head, colon, tail = inside.rpartition(":")
            if colon and head:
                try:
                    inside, own = head, float(tail)
                except ValueError:
                    inside, own = head + colon + tail, weight * 1.1
            pieces += read(inside, own)
        return pieces

    return [(t.replace("\x01", ")").replace("\x02", "("), w) for t, w in read(hidden, weight)]


def comfy_chunks(pieces: list[Piece], tokenize, embeddings: dict[str, int]) -> tuple[list[list[Token]], list[str]]:
    groups: list[list[Token]] = []
    unknown: list[str] = []
    for text, weight in pieces:
        first, *others = re.split("[ \n]embedding:", text)
        for word in [first, *("embedding:" + other for other in others)]:
            if word.startswith("embedding:"):
                name, *rest = word.removeprefix("embedding:").split()
                bare = name.rstrip(",")
                if bare in embeddings:
                    groups.append([(f"{bare}#{row}", weight) for row in range(embeddings[bare])])
                else:
                    unknown.append(bare)
                word = " ".join([name[len(bare) :], *rest])
            groups.append([(i, weight) for i in tokenize(word)])
    chunks: list[list[Token]] = [[]]
    for group in groups:
        large = len(group) >= 8
        while group:
            left = ROOM - len(chunks[-1])
            if len(group) <= left:
                chunks[-1] += group
                break
            if large:
                chunks[-1] += group[:left]
                group = group[left:]
            chunks.append([])
    return chunks, unknown


# ---------------------------------------------------------------- the text encoder


class Encoder:
    def __init__(self, name: str, pad: str):
        folder = HERE / "models" / name
        self.tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
        self.pad_id = self.tokenizer.convert_tokens_to_ids(pad)
        self.model = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32).eval()
        self.width = self.model.config.hidden_size
        scale = float(self.model.get_input_embeddings().weight.detach().std())
        self.embeddings = {
            "zork": torch.randn(1, self.width) * scale,
            "<three>": torch.randn(3, self.width) * scale,
        }
        self.counts = {word: len(vectors) for word, vectors in self.embeddings.items()}
        # "!" is a special token of SD 2's tokenizer for diffusers only.
        self.pipe = StableDiffusionPipeline.from_pretrained(folder, safety_checker=None, dtype=torch.float32)
        self.pipe.tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer", pad_token=pad)
        if not hasattr(self.pipe.text_encoder, "text_model"):
            # What transformers 5 took away and diffusers' clip_skip still asks for.
            object.__setattr__(self.pipe.text_encoder, "text_model", self.pipe.text_encoder)
        for word, vectors in self.embeddings.items():
            self.pipe.load_textual_inversion(vectors, token=word)

    def tokenize(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False).input_ids

    @torch.no_grad()
    def encode(self, chunk: list[Token], skip: int) -> torch.Tensor:
        ids = [self.tokenizer.bos_token_id, *(i if isinstance(i, int) else 0 for i, _ in chunk), self.tokenizer.eos_token_id]
        ids += [self.pad_id] * (77 - len(ids))
        vectors = self.model.get_input_embeddings()(torch.tensor([ids]))
        for position, (token, _) in enumerate(chunk, 1):
            if isinstance(token, str):
                word, row = token.split("#")
                vectors[0, position] = self.embeddings[word][int(row)]
        hook = self.model.get_input_embeddings().register_forward_hook(lambda *_: vectors)
        try:
            states = self.model(torch.tensor([ids]), output_hidden_states=True)
        finally:
            hook.remove()
        last = getattr(self.model, "text_model", self.model).final_layer_norm(states.hidden_states[-skip])
        if skip == 1:
            assert torch.equal(last, states.last_hidden_state)
        return last

    def plain(self, text: str, skip: int) -> torch.Tensor:
        with torch.no_grad():
            return self.pipe.encode_prompt(text, "cpu", 1, False, clip_skip=skip - 1 or None)[0]

    def a1111(self, texts: list[list[list[Token]]], skip: int) -> torch.Tensor:
        """Texts that are encoded in one batch, `[texts, 77k, width]`."""
        parts = []
        for place in range(max(map(len, texts))):
            chunks = [text[place] if place < len(text) else [] for text in texts]
            z = torch.cat([self.encode(chunk, skip) for chunk in chunks])
            before = z.mean()
            z = z * torch.stack([weights(chunk) for chunk in chunks])[..., None]
            parts.append(z * (before / z.mean()))
        return torch.cat(parts, 1)

    def comfyui(self, chunks: list[list[Token]], skip: int) -> torch.Tensor:
        empty = self.encode([], skip)
        parts = []
        for chunk in chunks:
            z, weight = self.encode(chunk, skip), weights(chunk)[None, :, None]
            parts.append(torch.where(weight == 1, z, (z - empty) * weight + empty))
        return torch.cat(parts, 1)


def weights(chunk: list[Token]) -> torch.Tensor:
    return torch.tensor([1.0, *(weight for _, weight in chunk), *[1.0] * (76 - len(chunk))])


# ---------------------------------------------------------------- cases

LONG = ", ".join(f"the red dog {i} and cats, (nine: {0.8 + i / 50:.2f}) moons" for i in range(11))
WORDS = " ".join(f"(dog{i}:1.{i % 10}) a" for i in range(38)) + " the red cats, 2 dogs and more of the same thing to the end"
PROMPTS = {
    "plain": [
        "a (red:1.3) cat! [dog]",
        "a zork and <three>, THE <three>",
        "the red dogs " * 40,
    ],
    "a1111": [
        "a cat",
        "a (red:1.3) cat, [dog] and ((the)) \\(moon\\)!",
        "the (very (red:1.5) cat:0.8) (dog",
        "(cat:-0.5) a [[dog]] (moon:0)",
        "red cats BREAK (a dog:1.2) BREAK, the moon",
        "red BREAK BREAK (cat BREAK dog:1.2)",
        LONG,
        "a (zork:1.4), <three> and [the <three>] zorks",
        "cat " * 73 + "dog, (red <three>:1.2) zork",
        "a [red:blue:0.5] (cat:1.2)",
        "[(cat:1.5)|a dog|] in [the moon:3] [red::2]",
        "[cat:cat BREAK ((dog)):0.25] the",
    ],
    "comfyui": [
        "a cat",
        "a (red:1.3) cat, [dog] and ((the)) \\(moon\\)!",
        "the (very (red:1.5) cat:0.8) (dog",
        "(cat:-0.5) a (the dog) (moon:0)",
        WORDS,
        "cat " * 200,
        "a embedding:zork, the (red embedding:<three> dog:1.3) embedding:nothing, moon",
        "cat " * 73 + "embedding:<three> (dog:0.8)",
    ],
}
SKIPPED = {"a (red:1.3) cat! [dog]", "a (red:1.3) cat, [dog] and ((the)) \\(moon\\)!", "red cats BREAK (a dog:1.2) BREAK, the moon"}
STEPS = 8


def check_parsers() -> None:
    for case in WEIGHTS:
        for name, parse in (("a1111", a1111_pieces), ("comfyui", comfy_pieces)):
            parsed = [list(piece) for piece in parse(case["prompt"])]
            assert parsed == case[name], (name, case["prompt"], parsed, case[name])


def entries(encoder: Encoder, syntax: str, prompt: str, skip: int) -> tuple[list[dict], list[torch.Tensor], list[str]]:
    if syntax == "plain":
        return [{}], [encoder.plain(prompt, skip)], []
    if syntax == "comfyui":
        chunks, unknown = comfy_chunks(comfy_pieces(prompt), encoder.tokenize, encoder.counts)
        return [{"chunks": chunks}], [encoder.comfyui(chunks, skip)], unknown
    comma = encoder.tokenizer.convert_tokens_to_ids(",</w>")
    schedule = a1111_schedule(prompt, STEPS)
    texts = [a1111_chunks(a1111_pieces(text), encoder.tokenize, encoder.counts, comma) for _, text in schedule]
    encoded = encoder.a1111(texts, skip)
    longest = max(map(len, texts))
    found: dict[str, dict] = {}
    for step in range(STEPS):
        i = next(i for i, (until, _) in enumerate(schedule) if step <= until)
        padded = texts[i] + [[]] * (longest - len(texts[i]))
        entry = found.setdefault(schedule[i][1], {"chunks": padded, "at": [], "row": i})
        entry["at"].append(step)
    rows = [entry.pop("row") for entry in found.values()]
    if len({text for _, text in schedule}) == 1:
        del next(iter(found.values()))["at"]
    return list(found.values()), [encoded[row : row + 1] for row in rows], []


# Whole loops whose prompts change over the steps or differ in length. Each prompt: syntax, text.
LOOPS = [
    {"prompt": ["a1111", "[cat:the (dog) BREAK moon:0.25] red"], "negative": ["plain", ""]},
    {"prompt": ["a1111", "[cat|(dog)] red"], "negative": ["a1111", "[red|the moon|]"]},
    {"prompt": ["comfyui", "(cat:1.3) the " * 30], "negative": ["comfyui", "red " * 160]},
]
SIZE, SEED, GUIDANCE = (8, 16), 12345678901, 4.0


@torch.no_grad()
def loop(encoder: Encoder, prompt: list[str], negative: list[str]) -> torch.Tensor:
    """Guidance with an evaluation for each prompt, as samplers do where two prompts do not fit into one batch."""
    unet = encoder.pipe.unet
    scheduler = EulerDiscreteScheduler.from_config(encoder.pipe.scheduler.config, use_karras_sigmas=True)
    scheduler.set_timesteps(STEPS)
    contexts = []
    for syntax, text in (prompt, negative):
        found, tensors, _ = entries(encoder, syntax, text, 1)
        contexts.append([next(t for e, t in zip(found, tensors) if step in e.get("at", [step])) for step in range(STEPS)])
    x = torch.randn(1, unet.config.in_channels, *SIZE, generator=torch.Generator().manual_seed(SEED))
    x = x * scheduler.init_noise_sigma
    for step, timestep in enumerate(scheduler.timesteps):
        scaled = scheduler.scale_model_input(x, timestep)
        conditional, unconditional = (unet(scaled, timestep, context[step]).sample for context in contexts)
        x = scheduler.step(unconditional + GUIDANCE * (conditional - unconditional), timestep, x).prev_sample
    return x


def main() -> None:
    check_parsers()
    torch.manual_seed(4)
    cases, tensors = [], {}
    # SD 1 pads with the end token, SD 2 with "!".
    for model, pad in (("sd1-fp32", "<|endoftext|>"), ("sd2-fp16", "!")):
        encoder = Encoder(model, pad)
        for word, vectors in encoder.embeddings.items():
            tensors[f"{model}.{word}"] = vectors
        for syntax, prompts in PROMPTS.items():
            for prompt in prompts:
                for skip in (1, 2) if prompt in SKIPPED else (1,):
                    found, made, unknown = entries(encoder, syntax, prompt, skip)
                    for entry, tensor in zip(found, made):
                        entry["tensor"] = str(len(tensors))
                        tensors[entry["tensor"]] = tensor.contiguous()
                    case = {"model": model, "pad": pad, "syntax": syntax, "clipSkip": skip, "prompt": prompt}
                    cases.append(case | {"unknown": unknown, "entries": found})
        if model == "sd1-fp32":
            for given in LOOPS:
                tensors[given.setdefault("tensor", f"loop {len(tensors)}")] = loop(encoder, given["prompt"], given["negative"])
    OUT.mkdir(exist_ok=True)
    settings = {"seed": str(SEED), "guidance": GUIDANCE, "width": SIZE[1] * 4, "height": SIZE[0] * 4}
    recorded = {"steps": STEPS, "cases": cases, "loops": LOOPS} | settings
    (OUT / "prompts.json").write_text(json.dumps(recorded, ensure_ascii=False) + "\n")
    save_file(tensors, OUT / "prompts.safetensors")
    for case in cases:
        shapes = [(list(tensors[e["tensor"]].shape), round(float(tensors[e["tensor"]].std()), 3), e.get("at")) for e in case["entries"]]
        print(case["model"], case["syntax"], case["clipSkip"], case["prompt"][:40], shapes, case["unknown"])


if __name__ == "__main__":
    main()
