"""Records what transformers' CLIP tokenizer makes of odd texts, with the embedded model's vocabulary:

python make_tokens.py > ../fixtures/clip-tokens.json
"""

import json
import pathlib
import random

import tokenizers
import transformers

FOLDER = pathlib.Path(__file__).parents[2] / "models/tiny/model/tokenizer"
tokenizer = transformers.CLIPTokenizerFast.from_pretrained(FOLDER)

CAPTIONS = """
a photo of a cat
A red circle on a blue background
an astronaut riding a horse, highly detailed, 4k, trending on artstation
Portrait of a Woman, oil on canvas, by Rembrandt (1640)
a yellow duck with a green hat in the snow
pixel art of a castle at night | stars | moon
masterpiece, best quality, ultra-detailed, (perfect face:1.2), [blurry]
2 dogs and 12 cats in 1984
the quick brown fox jumps over the lazy dog
a small gorilla eating a pineapple
""".strip().splitlines()

ODD = [
    "", " ", "\n", "a", "A", "!", "'", "''", "'s", "it's", "IT'S", "can't won't we've they're I'm he'll she'd", "o'clock rock'n'roll", "'S 'T 'RE",
    "don\u2019t", "\u2018quoted\u2019 \u201cquoted\u201d", "1234567890", "3.14159", "1,000,000", "\u00bd cup", "\u00b2\u00b3", "\u2167 \u2460 \u0663", "x2y3z",
    "hello,world", "hello , world", "hello...", "...", "!!!???", "a!b?c", "#hashtag @mention", "under_score", "e-mail@example.com", "http://a.b/c?d=e&f=g",
    "&amp; &lt;b&gt;", "<b>bold</b>", "<|startoftext|>", "<|endoftext|>", "a <|endoftext|> b", "<|ENDOFTEXT|>", "<|startoftext|", "<| startoftext |>", "x<|startoftext|>y",
    "caf\u00e9", "cafe\u0301", "CAF\u00c9", "na\u00efve fa\u00e7ade", "\u00c5ngstr\u00f6m", "A\u030angstro\u0308m", "\u00df STRASSE", "\u1e9e", "\u0130stanbul", "I\u0307", "\u0131", "D\u017eungla \u01c4",
    "\u039f\u0394\u039f\u03a3", "\u03a3", "\u03a3\u03a3", "\u039f\u03a3 \u039f\u03a3.", "\u1f88", "\ufb01sh", "\uff21\uff22\uff23", "\uff11\uff12", "\u212a \u2126", "\u1e69 s\u0323\u0307",
    "\u732b", "\u732b\u306e\u5199\u771f", "\uace0\uc591\uc774", "\u1100\u1161", "\u043a\u043e\u0448\u043a\u0430 \u0418 \u0421\u041e\u0411\u0410\u041a\u0410", "\u0642\u0637\u0629", "\u05d7\u05ea\u05d5\u05dc", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u0e41\u0e21\u0e27", "\u0e01\u0e33",
    "\U0001f431", "\U0001f431\U0001f436", "a\U0001f431b", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\U0001f1eb\U0001f1f7", "\u2764\ufe0f", "\u2764", "\U00010400\U00010428", "\U0001d400\U0001d7d8",
    "a\tb", "a\n\nb", "  a   b  ", "a\u00a0b", "a\u3000b", "a\u2003b", "a\u200bb", "a\ufeffb", "\ufeffa", "a\u0085b", "a\x1cb", "a\x1fb", "a\u180eb", "a\u2028b\u2029c", "a\u202fb", "a\x0bb\x0cc",
    "a\x00b", "a\x01b", "a\x7fb", "\u00ad soft\u00adhyphen", "\u200e ltr", "e\u0301\u0301", "\u0301", " \u0301a", "a\u20d0", "\ufffd", "\ue000", "\U000e0041",
    "word " * 80, "cat," * 60, "\U0001f431" * 40, "a" * 300, "supercalifragilisticexpialidocious", "aaaaaaaaaaaaaaaaaaaaaa", "abababab", "Mississippi", "ha ha hahaha", "\u00e9" * 90,
]  # fmt: skip

ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789        '''.,;:!?()[]<>|-_\"#&/\\~`^*+={}%$@\t\n"
    "\u00e9\u00df\u0130\u03a3\u03c2\u0301\u0308\u200d\u00a0\u3000\u2019\u732b\U0001f431\u00bd\u0660\u01c5\ufb01\u1e9e\ufeff\x85\x1c\u2160\u20ac\u00aa\u02b0"
)
ENDS = ["'s", "'re", "'ve", "'ll", "'m", "'d", "'t"]


def invented(source):
    pieces = ["".join(source.choice(ALPHABET) for _ in range(source.randint(1, 12))) + source.choice(["", "", *ENDS]) for _ in range(source.randint(1, 6))]
    return source.choice([" ", "", "  "]).join(pieces)


def record(text):
    ids = tokenizer(text).input_ids
    padded = tokenizer(text, padding="max_length", truncation=True, max_length=77).input_ids
    assert len(padded) == 77
    case = {"text": text, "ids": ids[1:-1]}
    return case if len(ids) <= 77 else {**case, "padded": padded}


source = random.Random(7)
words = list(json.loads((FOLDER / "vocab.json").read_text()))
mixed = [" ".join(source.choice(words).removesuffix("</w>") for _ in range(8)) for _ in range(40)]
texts = CAPTIONS + ODD + mixed + [invented(source) for _ in range(120)]
print(
    json.dumps(
        {
            "transformers": transformers.__version__,
            "tokenizers": tokenizers.__version__,
            "start": tokenizer.bos_token_id,
            "end": tokenizer.eos_token_id,
            "cases": [record(text) for text in texts],
        },
        separators=(",", ":"),
    ).replace('},{"text"', '},\n{"text"')
)
