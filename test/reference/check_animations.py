"""Reads animations with Pillow and says what is in them; stops where one is not what its pictures are.

    weft run graphs/cfg-sweep.weft.json --set scheduler.steps=2 --out pictures --animate a.gif     (also a.png)
    python test/reference/check_animations.py pictures a.gif a.png

The first argument is the folder with the single pictures, in the order of their files' times.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image


def main(folder: str, *files: str) -> None:
    paths = sorted(Path(folder).glob("*.png"), key=lambda path: path.stat().st_mtime_ns)
    pictures = [np.asarray(Image.open(path).convert("RGB"), dtype=int) for path in paths]
    for file in files:
        film = Image.open(file)
        assert film.is_animated and film.n_frames == len(pictures), (film.n_frames, len(pictures))
        assert film.info["loop"] == 0
        durations, worst = [], 0.0
        for index, picture in enumerate(pictures):
            film.seek(index)
            durations.append(film.info["duration"])
            frame = np.asarray(film.convert("RGB"), dtype=int)
            # The label lies on the lower part.
            upper = slice(0, int(frame.shape[0] * 0.7))
            worst = max(worst, float(np.abs(frame[upper] - picture[upper]).mean()))
        assert worst < (4 if film.format == "GIF" else 1e-9), worst
        print(f"{file}: {film.format}, {film.n_frames} frames of {film.size}, {durations} ms, off by {worst:.2f} of 255 at most")


if __name__ == "__main__":
    main(*sys.argv[1:])
