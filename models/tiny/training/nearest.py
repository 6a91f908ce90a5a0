"""Whether generated pictures lie nearer to the training pictures than new renderings do: a check against memorising."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F

from judge import Judge, to_float, verdicts
from sheets import save_rows

SIZE = 32  # px of the pixel comparison


def _pixels(images: torch.Tensor) -> torch.Tensor:
    """[N, 3 * 32 * 32]; distances between rows are root mean squares of -1..1 pixels."""
    small = F.interpolate(to_float(images), size=(SIZE, SIZE), mode="area").flatten(1)
    return small / small.shape[1] ** 0.5


def nearest_report(
    judge: Judge, drawn: torch.Tensor, rendered: torch.Tensor, recoded: torch.Tensor, pool: torch.Tensor, sheet: Path
) -> dict:
    """Distances to the nearest picture of the training `pool`, in pixels and in the judge's features.

    `rendered` are new renderings of the prompts of `drawn`, `recoded` the same after the autoencoder (soft pictures are
    nearer to everything). A model that memorises would draw pictures far nearer than those: "nearer than 99 % of ..."
    would be far more than 1 %.
    """
    groups = {"drawn": drawn, "new renderings": rendered, "new renderings after the autoencoder": recoded}
    pool_features = verdicts(judge, pool)["features"]
    center, spread = pool_features.mean(0), pool_features.std(0).clamp(min=1e-3)

    def features(images: torch.Tensor) -> torch.Tensor:
        return F.normalize((verdicts(judge, images)["features"] - center) / spread, dim=1) / 2**0.5

    report: dict = {"training pictures": len(pool), "pictures": len(drawn)}
    for space, embed in (("pixels", _pixels), ("features", features)):
        known = embed(pool)
        distances = {name: torch.cdist(embed(images), known) for name, images in groups.items()}
        nearest = {name: d.min(1).values for name, d in distances.items()}
        lines: dict = {
            name: {"median": d.median().item(), "least": d.min().item(), "1 % quantile": d.quantile(0.01).item()}
            for name, d in nearest.items()
        }
        for name in list(groups)[1:]:
            limit = nearest[name].quantile(0.01)
            lines[f"drawn, nearer than 99 % of {name}"] = (nearest["drawn"] < limit).float().mean().item()
        report[space] = lines
        if space == "features":
            order = nearest["drawn"].argsort()[:12]
            save_rows([drawn[order], pool[distances["drawn"][order].argmin(1)]], sheet)
    return report
