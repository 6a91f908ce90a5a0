"""Records what transformers' CLIP tokenizer makes of the texts of clip-tokens.json and of words of its vocabulary, with the
49,408 tokens of models/clip-vocabulary, padded as SD 1 and SD 2 do. Run make_tokens.py first:

python make_clip_tokens.py
"""

import gzip
import json
import pathlib
import random
import tempfile

from transformers import CLIPTokenizer

ROOT = pathlib.Path(__file__).parents[2]
merges = gzip.decompress((ROOT / "models/clip-vocabulary/model/merges.bin").read_bytes()).decode()
kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
letters = [chr(b) for b in kept] + [chr(256 + i) for i in range(256 - len(kept))]
words = [*letters, *(c + "</w>" for c in letters), *(m.replace(" ", "") for m in merges.split("\n"))]
words += ["<|startoftext|>", "<|endoftext|>"]
assert len(words) == len(set(words)) == 49408

with tempfile.TemporaryDirectory() as folder:
    vocab, lines = pathlib.Path(folder, "vocab.json"), pathlib.Path(folder, "merges.txt")
    vocab.write_text(json.dumps({word: i for i, word in enumerate(words)}))
    lines.write_text("#version: 0.2\n" + merges + "\n")
    special = {"bos_token": words[-2], "eos_token": words[-1], "unk_token": words[-1]}
    sd1 = CLIPTokenizer(str(vocab), str(lines), pad_token=words[-1], **special)
    sd2 = CLIPTokenizer(str(vocab), str(lines), pad_token="!", **special)

source = random.Random(8)
mixed = [" ".join(source.choice(words[:-2]).removesuffix("</w>") for _ in range(8)) for _ in range(150)]
texts = [case["text"] for case in json.loads((ROOT / "test/fixtures/clip-tokens.json").read_text())["cases"]]


def record(text):
    ids = sd1(text).input_ids[1:-1]
    padded = [t(text, padding="max_length", truncation=True, max_length=77).input_ids for t in (sd1, sd2)]
    # Most paddings follow from the ids; what does not is kept.
    expected = [[49406, *ids[:75], 49407, *[pad] * (75 - len(ids))] for pad in (49407, 0)]
    return {"text": text, "ids": ids} | {k: p for k, p, e in zip(("sd1", "sd2"), padded, expected) if p != e}


cases = [record(text) for text in texts + mixed]
lines = ",\n".join(json.dumps(case, ensure_ascii=True, separators=(",", ":")) for case in cases)
(ROOT / "test/fixtures/clip-vocabulary-tokens.json").write_text(f'{{"cases":[{lines}]}}\n')
print(len(cases), "texts,", sum("sd2" in case for case in cases), "where SD 2 pads inside the text")
