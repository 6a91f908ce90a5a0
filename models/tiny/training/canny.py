"""Canny's edges as OpenCV's `cv2.Canny` finds them, with numpy alone: what the node Canny edges shows a ControlNet.

    python canny.py     holds them to OpenCV's own, which test/fixtures/canny.json has
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np

LOW, HIGH = 100, 200  # as the node has them unless told
TANGENT = 13573  # of 22.5 degrees, times 2^15: the whole numbers of modules/imgproc/src/canny.cpp
FIXTURE = Path(__file__).parents[3] / "test/fixtures/canny.json"


def canny(picture: np.ndarray, low: float = LOW, high: float = HIGH) -> np.ndarray:
    """bool [H, W] of uint8 [H, W, 3], with a 3x3 Sobel operator and `|dx| + |dy|` as the strength of a gradient."""
    low, high = int(min(low, high)), int(max(low, high))
    dx, dy, strength = _gradients(picture)
    thin = (strength > low) & _is_maximum(dx, dy, strength)
    found, maybe = thin & (strength > high), thin
    while True:
        grown = _near(found) & maybe
        if np.array_equal(grown, found):
            return found
        found = grown


def _gradients(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """dx, dy and strength [H, W] of the strongest channel; beyond the border the last pixel goes on."""
    p = np.pad(picture.astype(np.int32), ((1, 1), (1, 1), (0, 0)), mode="edge")
    across = p[:, 2:] - p[:, :-2]
    down = p[2:] - p[:-2]
    dx = across[:-2] + 2 * across[1:-1] + across[2:]
    dy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    strength = np.abs(dx) + np.abs(dy)
    best = strength.argmax(2)[..., None]
    return tuple(np.take_along_axis(values, best, 2)[..., 0] for values in (dx, dy, strength))


def _is_maximum(dx: np.ndarray, dy: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """bool [H, W]: no neighbour along the gradient is stronger, the gradient's direction being one of four."""
    height, width = strength.shape
    padded = np.pad(strength, 1)

    def neighbour(down: int, across: int) -> np.ndarray:
        return padded[1 + down : 1 + down + height, 1 + across : 1 + across + width]

    x, y = np.abs(dx).astype(np.int64), np.abs(dy).astype(np.int64) << 15
    flat = x * TANGENT
    level = (strength > neighbour(0, -1)) & (strength >= neighbour(0, 1))
    upright = (strength > neighbour(-1, 0)) & (strength >= neighbour(1, 0))
    falling = (strength > neighbour(-1, -1)) & (strength > neighbour(1, 1))
    rising = (strength > neighbour(-1, 1)) & (strength > neighbour(1, -1))
    slanted = np.where((dx < 0) != (dy < 0), rising, falling)
    return np.where(y < flat, level, np.where(y > flat + (x << 16), upright, slanted))


def _near(edges: np.ndarray) -> np.ndarray:
    """What is set, and its eight neighbours."""
    wide = np.pad(edges, 1)
    rows = wide[:-2] | wide[1:-1] | wide[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]


def main() -> None:
    fixture = json.loads(FIXTURE.read_text())
    compared = 0
    for case in fixture["cases"]:
        if case["blur"]:
            continue  # the training does not blur
        picture = fixture["pictures"][case["picture"]]
        shape = picture["height"], picture["width"]
        rgb = np.frombuffer(base64.b64decode(picture["rgb"]), np.uint8).reshape(*shape, 3)
        bits = np.unpackbits(np.frombuffer(base64.b64decode(case["edges"]), np.uint8))[: rgb.size // 3]
        found = canny(rgb, case["low"], case["high"])
        if not np.array_equal(found, bits.reshape(shape).astype(bool)):
            raise SystemExit(f"Other edges than OpenCV's: {case['picture']}, {case['low']} to {case['high']}.")
        compared += 1
    print(f"{compared} pictures have OpenCV's edges")


if __name__ == "__main__":
    main()
