"""How far the edges of two pictures lie in the same places."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from judge import to_float, without_color

SHARE = 0.10  # of the pixels count as edges: the strongest ones, so that soft and hard pictures have equally many
TOLERANCE = 2  # px


def edges(images: torch.Tensor) -> torch.Tensor:
    """bool [N, 1, 128, 128] of uint8 [N, 128, 128, 3]: the strongest Sobel gradients after a slight blur."""
    gray = without_color(to_float(images))[:, :1]
    blur = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0])
    blur = torch.outer(blur, blur)[None, None] / 256
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])[None, None]
    smooth = F.conv2d(F.pad(gray, (2, 2, 2, 2), mode="replicate"), blur)
    padded = F.pad(smooth, (1, 1, 1, 1), mode="replicate")
    strength = F.conv2d(padded, across).square() + F.conv2d(padded, across.mT).square()
    threshold = strength.flatten(1).quantile(1 - SHARE, dim=1)[:, None, None, None]
    return strength > threshold.clamp(min=1e-6)


def edge_overlap(images: torch.Tensor, others: torch.Tensor) -> float:
    """Mean F1 of the edges of uint8 [N, 128, 128, 3]: an edge is right when the other has one at most 2 px away."""
    return overlap(edges(images), edges(others))


def overlap(some: torch.Tensor, others: torch.Tensor) -> float:
    """The same of edges, bool [N, 1, H, W]."""
    a, b = some.float(), others.float()
    size = 2 * TOLERANCE + 1
    near_a, near_b = F.max_pool2d(a, size, 1, TOLERANCE), F.max_pool2d(b, size, 1, TOLERANCE)
    precision = (a * near_b).sum((1, 2, 3)) / a.sum((1, 2, 3)).clamp(min=1)
    recall = (b * near_a).sum((1, 2, 3)) / b.sum((1, 2, 3)).clamp(min=1)
    return (2 * precision * recall / (precision + recall).clamp(min=1e-6)).mean().item()
