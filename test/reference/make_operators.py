"""What torch makes of small inputs, one case for each operator of src/onnx/ops.

    python test/reference/make_operators.py          (torch, diffusers)

Writes test/fixtures/operators.json: { case: { inputs: [{dims, data}], outputs: [{dims, data}] } }. How each case is written
with the builder stands in test/operators.ts under the same name.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(0)
FILE = Path(__file__).parent.parent / "fixtures/operators.json"


def normal(*dims: int) -> torch.Tensor:
    return torch.randn(*dims)


def attention(query, key, value, heads: int, causal: bool):
    def split(x):
        return x.unflatten(-1, (heads, -1)).transpose(1, 2)

    mixed = F.scaled_dot_product_attention(split(query), split(key), split(value), is_causal=causal)
    return mixed.transpose(1, 2).flatten(2)


def rescaled_guidance(conditional, unconditional, scale, rescale):
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import rescale_noise_cfg

    guided = unconditional + scale * (conditional - unconditional)
    return rescale_noise_cfg(guided, conditional, rescale.item()) if rescale.item() else guided


CASES = {
    "add, stretching": (lambda a, b: a + b, normal(2, 3, 4), normal(3, 1)),
    "subtract": (lambda a, b: a - b, normal(2, 3), normal(2, 3)),
    "multiply by one number": (lambda a, b: a * b, normal(2, 3), normal(1)),
    "divide": (lambda a, b: a / b, normal(2, 3), normal(2, 3)),
    "exponential": (torch.exp, normal(5)),
    "square root": (torch.sqrt, normal(5).abs()),
    "sigmoid": (torch.sigmoid, normal(5) * 4),
    "relu": (torch.relu, normal(7)),
    "gelu": (F.gelu, normal(9) * 2),
    "quick gelu": (lambda x: x * torch.sigmoid(1.702 * x), normal(9) * 2),
    "clip": (lambda x: x.clamp(-0.5, 0.75), normal(12)),
    "softmax": (lambda x: x.softmax(-1), normal(3, 5) * 3),
    "matrix multiply": (torch.matmul, normal(2, 3, 4), normal(2, 4, 5)),
    "gemm": (F.linear, normal(3, 4), normal(5, 4), normal(5)),
    "gemm without bias": (F.linear, normal(3, 4), normal(5, 4)),
    "reshape": (lambda x: x.reshape(3, 8), normal(2, 3, 4)),
    "transpose": (lambda x: x.permute(2, 0, 1), normal(2, 3, 4)),
    "concatenate": (lambda *x: torch.cat(x, 1), normal(2, 1, 3), normal(2, 4, 3)),
    "split": (lambda x: x.split([1, 3], 1), normal(2, 4, 2)),
    "slice": (lambda x: x[:, 1:4], normal(2, 5)),
    "expand": (lambda x: x.expand(3, 2, 4), normal(1, 2, 1)),
    "mean": (lambda x: x.mean((1, 2), keepdim=True), normal(2, 3, 4)),
    "layer normalization": (lambda x, w, b: F.layer_norm(x, (6,), w, b, 1e-5), normal(2, 3, 6), normal(6), normal(6)),
    "instance normalization": (lambda x: F.instance_norm(x, eps=1e-3), normal(2, 3, 8)),
    "instance normalization of small numbers": (
        lambda x: F.instance_norm(x, eps=1e-6),
        normal(2, 3, 8) * 1e-3,
    ),
    "convolution": (lambda x, w, b: F.conv2d(x, w, b, padding=1), normal(2, 3, 5, 4), normal(4, 3, 3, 3), normal(4)),
    "convolution that halves an even size": (
        lambda x, w, b: F.conv2d(F.pad(x, (0, 1, 0, 1)), w, b, stride=2),
        normal(1, 2, 6, 4),
        normal(3, 2, 3, 3),
        normal(3),
    ),
    "resize nearest, doubling": (lambda x: F.interpolate(x, scale_factor=2.0, mode="nearest"), normal(1, 2, 2, 3)),
    "resize nearest to an odd size": (lambda x: F.interpolate(x, size=(3, 7), mode="nearest"), normal(1, 2, 2, 3)),
    "resize linear": (lambda x: F.interpolate(x, size=(5, 7), mode="bilinear"), normal(1, 2, 4, 3)),
    "attention": (lambda q, k, v: attention(q, k, v, 3, False), normal(2, 4, 12), normal(2, 7, 12), normal(2, 7, 12)),
    "causal attention": (lambda q, k, v: attention(q, k, v, 2, True), *(normal(1, 6, 8) for _ in range(3))),
    "group norm": (lambda x, w, b: F.group_norm(x, 2, w, b, 1e-5), normal(2, 6, 3, 2), normal(6), normal(6)),
    "guidance": (rescaled_guidance, normal(2, 3, 4, 4), normal(2, 3, 4, 4), torch.tensor([7.5]), torch.tensor([0.0])),
    "guidance, rescaled": (
        rescaled_guidance,
        normal(2, 3, 4, 4),
        normal(2, 3, 4, 4),
        torch.tensor([7.5]),
        torch.tensor([0.7]),
    ),
    "absolute": (torch.abs, normal(7)),
    "logarithm": (torch.log, normal(7).abs()),
    "sine": (torch.sin, normal(7) * 4),
    "cosine": (torch.cos, normal(7) * 4),
    "hyperbolic tangent": (torch.tanh, normal(7) * 2),
    "floor": (torch.floor, normal(9) * 3),
    "round, halves to even": (torch.round, torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49, -1.51])),
    "maximum, stretching": (torch.maximum, normal(2, 3, 4), normal(3, 1)),
    "minimum, stretching": (torch.minimum, normal(2, 3, 4), normal(3, 1)),
    "power": (torch.pow, normal(7).abs(), normal(7)),
    "power of numbers below 0": (torch.pow, normal(5), torch.tensor([3.0])),
    "less": (lambda a, b: (a < b).float(), normal(2, 5), normal(1, 5)),
    "less or equal": (lambda a, b: (a <= b).float(), normal(6).round(), normal(6).round()),
    "greater": (lambda a, b: (a > b).float(), normal(2, 5), normal(1, 5)),
    "greater or equal": (lambda a, b: (a >= b).float(), normal(6).round(), normal(6).round()),
    "equal": (lambda a, b: (a == b).float(), normal(6).round(), normal(6).round()),
    "where": (lambda c, a, b: torch.where(c != 0, a, b), torch.tensor([1.0, 0.0, 0.5]), normal(2, 3), normal(1)),
}


def plain(tensor: torch.Tensor) -> dict:
    return {"dims": list(tensor.shape), "data": [float(f"{v:.9g}") for v in tensor.flatten().tolist()]}


def main() -> None:
    cases = {}
    for name, (function, *inputs) in CASES.items():
        outputs = function(*inputs)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        cases[name] = {"inputs": [plain(x) for x in inputs], "outputs": [plain(x) for x in outputs]}
    FILE.parent.mkdir(exist_ok=True)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items())
    FILE.write_text("{\n" + lines + "\n}\n")
    print(f"{len(cases)} cases")



if __name__ == "__main__":
    main()
