"""Contact sheets: pictures in rows, with or without their prompts."""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

CELL, MARGIN, LINE = 128, 6, 11  # px


def save_rows(rows: list[torch.Tensor], path: Path, columns: int = 12) -> None:
    """One row of at most `columns` pictures for each uint8 [N, 128, 128, 3]; shorter rows end in white."""
    width = min(columns, max(len(row) for row in rows))
    page = np.full((len(rows) * CELL, width * CELL, 3), 255, np.uint8)
    for y, row in enumerate(rows):
        for x, picture in enumerate(row[:width].numpy()):
            page[y * CELL : (y + 1) * CELL, x * CELL : (x + 1) * CELL] = picture
    save(Image.fromarray(page), path)


def save_captioned(pictures: torch.Tensor, captions: list[str], path: Path, columns: int = 8, lines: int = 3) -> None:
    """Pictures in reading order, each above its prompt."""
    font = ImageFont.load_default(10)
    width, height = CELL + 2 * MARGIN, CELL + MARGIN + (lines + 1) * LINE
    page = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    draw = ImageDraw.Draw(page)
    for i, (picture, caption) in enumerate(zip(pictures.numpy(), captions, strict=True)):
        x, y = i % columns * width + MARGIN, i // columns * height + MARGIN
        page.paste(Image.fromarray(picture), (x, y))
        draw.text((x, y + CELL + 1), "\n".join(textwrap.wrap(caption, 24)[:lines]), fill="black", font=font)
    save(page, path)


def save(page: Image.Image, path: Path) -> None:
    """Six bits per channel: nobody sees the difference, and soft pictures take half the bytes as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.convert("RGB").point(lambda v: v // 4 * 255 // 63).save(path, optimize=True)
