"""What numpy makes of expressions as the expression node reads them.

    python test/reference/make_expressions.py          (numpy, torch for the resizing of masks)

Writes test/fixtures/expressions.json: the values that the inputs have, and a table of expressions with what is wired to
each input and what comes out. Python's own grammar differs in signs only, so each case says in numpy what it means.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

FILE = Path(__file__).parent.parent / "fixtures/expressions.json"
rng = np.random.default_rng(0)


def normal(*dims: int) -> np.ndarray:
    return rng.standard_normal(dims).astype(np.float32)


def uniform(*dims: int) -> np.ndarray:
    return rng.random(dims).astype(np.float32)


VALUES = {
    "latent": normal(1, 4, 3, 4),
    "other latent": normal(1, 4, 3, 4),
    "latents": normal(2, 4, 3, 4),
    "prediction": normal(1, 4, 3, 4),
    "image": uniform(1, 3, 4, 6),
    "other image": uniform(1, 3, 4, 6),
    "mask": uniform(1, 1, 4, 6),
    "other mask": uniform(1, 1, 4, 6),
    "large mask": uniform(1, 1, 12, 16),
    "two": np.float64(2),
    "quarter": np.float64(0.25),
    "seven": np.float64(7),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def smoothstep(low, high, x):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def sized(mask: np.ndarray, like: np.ndarray) -> np.ndarray:
    return F.interpolate(torch.from_numpy(mask), size=like.shape[2:], mode="bilinear").numpy()


def each(function, x):
    return function(x, axis=(1, 2, 3), keepdims=True)


# The expression, what is wired, the kind of what comes out, and the same in numpy.
CASES = [
    ("1 + 2 * 3", {}, "number", lambda: 7.0),
    ("(1 + 2) * 3", {}, "number", lambda: 9.0),
    ("2 ^ 3 ^ 2", {}, "number", lambda: 512.0),
    ("-2 ^ 2", {}, "number", lambda: -4.0),
    ("2 ^ -1", {}, "number", lambda: 0.5),
    ("8 / 4 / 2", {}, "number", lambda: 1.0),
    ("8 − 4 − 2 · 1.5e1", {}, "number", lambda: 8 - 4 - 2 * 15.0),
    ("a ** 2 - .5", {"a": "seven"}, "number", lambda a: a**2 - 0.5),
    ("sin(pi / 2) + cos(π) + log(e)", {}, "number", lambda: 1.0),
    ("mix(a, b, s)", {"a": "two", "b": "seven", "s": "quarter"}, "number", lambda a, b, s: a + s * (b - a)),
    ("round(0.5) + round(1.5) + round(-2.5)", {}, "number", lambda: np.round(0.5) + np.round(1.5) + np.round(-2.5)),
    ("where(a > 3, sqrt(a), 0) + (a == 7) + (a != 7)", {"a": "seven"}, "number", lambda a: np.sqrt(a) + 1),
    ("min(a, 3, 5) + max(a, 1) + clip(a, 0, 4)", {"a": "seven"}, "number", lambda a: 3 + 7 + 4),
    ("floor(-1.5) + abs(-2) + sigmoid(0) + tanh(0.5)", {}, "number", lambda: -2 + 2 + 0.5 + np.tanh(0.5)),
    ("step(0.5, 0.5) + step(0.5, 0.4) + smoothstep(0, 2, 0.5)", {}, "number", lambda: 1 + smoothstep(0, 2, 0.5)),
    ("a + s * (b - a)", {"a": "latent", "b": "other latent", "s": "quarter"}, "latent", lambda a, b, s: a + s * (b - a)),
    ("mix(a, b, 0.5) * mask", {"a": "image", "b": "other image", "mask": "mask"}, "image",
     lambda a, b, mask: (a + 0.5 * (b - a)) * mask),
    ("mix(a, b, mask)", {"a": "latent", "b": "other latent", "mask": "large mask"}, "latent",
     lambda a, b, mask: a + sized(mask, a) * (b - a)),
    ("where(mask > 0.5, a, -b)", {"a": "image", "b": "other image", "mask": "mask"}, "image",
     lambda a, b, mask: np.where(mask > 0.5, a, -b)),
    ("a * 2 ^ 0.5 + s", {"a": "latents", "s": "two"}, "latent", lambda a, s: a * 2**0.5 + s),
    ("a - b", {"a": "latents", "b": "latent"}, "latent", lambda a, b: a - b),
    ("x - 0.3 * a", {"x": "latent", "a": "prediction"}, "latent", lambda x, a: x - 0.3 * a),
    ("b + 7.5 * (a - b)", {"a": "prediction", "b": "prediction"}, "prediction", lambda a, b: b + 7.5 * (a - b)),
    ("(a - mean(a)) / std(a)", {"a": "latents"}, "latent", lambda a: (a - each(np.mean, a)) / each(np.std, a)),
    ("mean(abs(a))", {"a": "latent"}, "number", lambda a: np.abs(a).mean()),
    ("std(a) > 0.5", {"a": "image"}, "number", lambda a: float(a.std() > 0.5)),
    ("0.299 * a.r + 0.587 * a.g + 0.114 * a.b", {"a": "image"}, "mask",
     lambda a: 0.299 * a[:, 0:1] + 0.587 * a[:, 1:2] + 0.114 * a[:, 2:3]),
    ("a[3] - a[0]", {"a": "latent"}, "mask", lambda a: a[:, 3:4] - a[:, 0:1]),
    ("max(mask, 1 - b)", {"mask": "mask", "b": "other mask"}, "mask", lambda mask, b: np.maximum(mask, 1 - b)),
    ("(mask >= 0.25) * (mask <= 0.75)", {"mask": "mask"}, "mask",
     lambda mask: ((mask >= 0.25) & (mask <= 0.75)).astype(np.float32)),
    ("(a < b) + (a == a) + (a != b)", {"a": "mask", "b": "other mask"}, "mask", lambda a, b: (a < b) + 2.0),
    ("smoothstep(0.2, 0.8, a)", {"a": "image"}, "image", lambda a: smoothstep(0.2, 0.8, a)),
    ("step(0.5, a)", {"a": "image"}, "image", lambda a: (a >= 0.5).astype(np.float32)),
    ("clamp(a, -0.5, s)", {"a": "latent", "s": "quarter"}, "latent", lambda a, s: np.clip(a, -0.5, s)),
    ("exp(-a ^ 2) + log(abs(a)) + sqrt(abs(a))", {"a": "latent"}, "latent",
     lambda a: np.exp(-(a**2)) + np.log(np.abs(a)) + np.sqrt(np.abs(a))),
    ("sin(a) + cos(a) + tanh(a) + sigmoid(a)", {"a": "latent"}, "latent",
     lambda a: np.sin(a) + np.cos(a) + np.tanh(a) + sigmoid(a)),
    ("floor(a * 3) + round(a * 3)", {"a": "latent"}, "latent", lambda a: np.floor(a * 3) + np.round(a * 3)),
    ("pow(a, b) + min(a, b, 0.5)", {"a": "image", "b": "other image"}, "image",
     lambda a, b: a**b + np.minimum(np.minimum(a, b), 0.5)),
]


def main() -> None:
    def plain(value):
        array = np.asarray(value, dtype=np.float64)
        return {"dims": list(array.shape), "data": [float(f"{v:.9g}") for v in array.flatten().tolist()]}

    cases = []
    for text, wired, kind, function in CASES:
        result = function(**{name: VALUES[value] for name, value in wired.items()})
        cases.append({"expression": text, "wired": wired, "kind": kind, "result": plain(result)})
    values = {name: plain(value) for name, value in VALUES.items()}
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    inputs = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in values.items())
    FILE.write_text(f'{{"values": {{\n{inputs}\n}}, "cases": [\n{lines}\n]}}\n')
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
