"""Edges as OpenCV finds them: python test/reference/make_canny.py   (opencv-python-headless, numpy)

Writes ../fixtures/canny.json: pictures (RGB bytes), and cases of `cv2.Canny` with `L2gradient=False`, where `blur` is not 0
after `cv2.GaussianBlur(picture, (0, 0), blur)`; edges are bits, row-major.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import cv2
import numpy as np

FILE = Path(__file__).parent.parent / "fixtures/canny.json"
random = np.random.default_rng(5)


def shapes(width: int, height: int) -> np.ndarray:
    picture = np.zeros((height, width, 3), np.uint8)
    y, x = np.mgrid[0:height, 0:width]
    picture[..., 0] = x * 255 // width
    picture[..., 1] = (128 + 100 * np.sin(x / 5 + y / 9)).astype(np.uint8)
    picture[..., 2] = np.clip(255 - np.hypot(x - width / 2, y - height / 2) * 6, 0, 255).astype(np.uint8)
    cv2.circle(picture, (width // 3, height // 2), height // 4, (220, 40, 90), -1)
    cv2.line(picture, (2, height - 3), (width - 4, 5), (20, 250, 10), 2)
    cv2.rectangle(picture, (width // 2, height // 3), (width - 6, height - 6), (70, 70, 200), 1)
    return picture


PICTURES = {
    "shapes": shapes(72, 54),
    "noisy": np.clip(shapes(61, 47).astype(int) + random.normal(0, 12, (47, 61, 3)), 0, 255).astype(np.uint8),
    "noise": random.integers(0, 256, (33, 40, 3), dtype=np.uint8),
    "grey": np.repeat(shapes(50, 40)[..., :1] // 2 + random.integers(0, 40, (40, 50, 1), dtype=np.uint8), 3, axis=2),
    "narrow": random.integers(0, 256, (19, 3, 3), dtype=np.uint8),
}


def edges(picture: np.ndarray, low: float, high: float, blur: float) -> np.ndarray:
    smooth = cv2.GaussianBlur(picture, (0, 0), blur) if blur else picture
    return cv2.Canny(smooth, low, high, L2gradient=False) > 0


def main() -> None:
    settings = [(100, 200, 0), (50, 150, 0), (200, 100, 0), (30.7, 400.2, 0), (100, 200, 1), (40, 90, 1.6), (20, 60, 3)]
    cases = []
    for name, picture in PICTURES.items():
        for low, high, blur in settings:
            found = edges(picture, low, high, blur)
            bits = base64.b64encode(np.packbits(found).tobytes()).decode()
            cases.append({"picture": name, "low": low, "high": high, "blur": blur, "edges": bits})
            print(name, low, high, blur, f"{found.mean():.2f}")
    pictures = {
        name: {"width": p.shape[1], "height": p.shape[0], "rgb": base64.b64encode(p.tobytes()).decode()}
        for name, p in PICTURES.items()
    }
    FILE.write_text(json.dumps({"opencv": cv2.__version__, "pictures": pictures, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
