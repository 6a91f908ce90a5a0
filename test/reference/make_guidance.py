"""Which steps diffusers' guider guides, and numpy's straight lines: python test/reference/make_guidance.py

Writes ../fixtures/guidance.json. Needs torch and diffusers.
"""

import json
from pathlib import Path

import numpy as np
from diffusers.guiders import ClassifierFreeGuidance

INTERVALS = [(0.0, 1.0), (0.2, 0.8), (0.1, 0.35), (0.5, 0.5), (0.0, 0.3), (0.29, 0.58)]


def guided(begin: float, end: float, count: int) -> list[bool]:
    guider = ClassifierFreeGuidance(guidance_scale=7.5, start=begin, stop=end)
    flags = []
    for step in range(count):
        guider.set_state(step=step, num_inference_steps=count, timestep=None)
        flags.append(guider.num_conditions == 2)
    return flags


intervals = [
    {"begin": begin, "end": end, "guided": guided(begin, end, count)}
    for begin, end in INTERVALS
    for count in (1, 7, 10, 50)
    if not begin == end == 0.5 or count == 7
]
points = [(0.0, 7.5), (0.25, 7.5), (0.5, 12.0), (1.0, 1.0)]
at = np.linspace(0, 1, 23)
curve = {"points": points, "at": at.tolist(), "scales": np.interp(at, *zip(*points)).tolist()}
file = Path(__file__).parent.parent / "fixtures/guidance.json"
file.write_text(json.dumps({"intervals": intervals, "curve": curve}) + "\n")
