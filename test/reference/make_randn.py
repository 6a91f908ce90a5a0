"""Records what torch's CPU generator draws: python make_randn.py > ../fixtures/torch-randn.json (an x86 processor with AVX2)."""

import json

import numpy
import torch

SEEDS = [0, 1, 42, 1234, 2**31, 2**32, 2**32 + 42, 2**53 - 1, 2**64 - 1, -1]
SIZES = [1, 5, 15, 16, 17, 31, 100, 16384]


def generator(seed):
    return torch.Generator("cpu").manual_seed(seed)


def bits(values):
    return [f"{word:08x}" for word in values.flatten().numpy().view(numpy.uint32).tolist()]


def randn(seed, size):
    values = torch.randn(size, generator=generator(seed))
    return {"seed": str(seed), "size": size, "first": bits(values[:32]), "last": bits(values[-4:]), "sum": values.double().sum().item()}


def sequence(seed, shapes):
    source = generator(seed)
    draws = [torch.randn(shape, generator=source) for shape in shapes]
    return {"seed": str(seed), "shapes": shapes, "last": [bits(draw.flatten()[-4:]) for draw in draws]}


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "randn": [randn(seed, size) for seed in SEEDS for size in SIZES],
            "rand": [{"seed": str(seed), "values": bits(torch.rand(20, generator=generator(seed)))} for seed in SEEDS],
            "sequences": [
                sequence(42, [[5], [5], [20], [3]]),
                sequence(42, [[256], [256]]),
                sequence(7, [[1, 4, 8, 8]] * 3),
                sequence(7, [[2, 4, 6, 5]] * 4),
                sequence(7, [[3]] * 5),
                sequence(2**40 + 9, [[1, 4, 3, 3]] * 12),
            ],
        },
        separators=(",", ":"),
    )
)
