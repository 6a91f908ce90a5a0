"""Resized pictures by Pillow, for src/formats/resample.test.ts: python test/reference/make_resampled.py"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

CASES = [(13, 9, 5, 4, None), (7, 6, 16, 11, None), (12, 10, 4, 10, None), (20, 8, 6, 6, (6.0, 0.0, 14.0, 8.0))]
rng = np.random.default_rng(0)
cases = []
for width, height, to_width, to_height, box in CASES:
    pixels = rng.random((height, width), np.float32)
    resized = Image.fromarray(pixels).resize((to_width, to_height), Image.Resampling.BILINEAR, box=box)
    cases.append(
        {
            "size": [width, height],
            "to": [to_width, to_height],
            "box": box,
            "pixels": [round(float(v), 6) for v in pixels.flat],
            "resized": [round(float(v), 6) for v in np.asarray(resized).flat],
        }
    )
(Path(__file__).parent.parent / "fixtures/resampled.json").write_text(json.dumps(cases) + "\n")
