"""A ControlNet that follows canny edges, trained beside the frozen UNet on scenes and their own edges.

    python train_controlnet.py --judge runs/judge.pt --out runs/controlnet [--minutes 20] [--resume]
    python train_controlnet.py --judge runs/judge.pt --out runs/controlnet --evaluate      the finished one, again

Zhang et al. 2023 (https://arxiv.org/abs/2302.05543): a copy of the UNet's way down looks at a picture of edges and adds
to the UNet's skip connections, through convolutions that are zero at first. Here it is the copy without its attention:
what the prompt says, the UNet knows, and the edges are all that is left to say. Writes canny/ (ControlNetModel of
diffusers, fp16), canny.json and canny.png into --save; scenes are rendered and encoded before the clock starts.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from diffusers import ControlNetModel, UNet2DConditionModel

from canny import HIGH, LOW, canny
from edges import overlap
from fine_tune import Batch, arguments, pick, sample_prompts, train, write_report
from judge import Judge, labels, load_judge, right_nouns, verdicts
from latent_pool import LatentPool, render_latents
from painter import Painter
from scenes import Meta, render, seeded
from sheets import save_rows

NAME = "canny"
STAGES = ("styled", "full")
LOOK = (16, 32, 48, 64)  # channels of the convolutions that shrink the edges eightfold
SEED, SCENE_SEED = 300, 310
CAPTION_DROPOUT = 0.3  # without words the edges have to say what there is
DEFAULTS = 0.5  # share of the scenes whose edges the node would find unless told otherwise
STYLE = "watercolor"


def build_net(unet: UNet2DConditionModel) -> ControlNetModel:
    """The UNet's way down without attention, with the UNet's weights where it has the same layers."""
    config = unet.config
    net = ControlNetModel(
        block_out_channels=config.block_out_channels,
        layers_per_block=config.layers_per_block,
        down_block_types=("DownBlock2D",) * len(config.block_out_channels),
        mid_block_type="UNetMidBlock2D",
        attention_head_dim=config.attention_head_dim,
        cross_attention_dim=config.cross_attention_dim,
        norm_num_groups=config.norm_num_groups,
        conditioning_embedding_out_channels=LOOK,
    )
    known, own = unet.state_dict(), net.state_dict()
    net.load_state_dict({k: known[k] if k in known and known[k].shape == v.shape else v for k, v in own.items()})
    return net


def training_edges(picture: np.ndarray, place: int) -> np.ndarray:
    """bool [H, W]; the thresholds of every other scene are its own, since those who draw choose them too."""
    rng = seeded(SEED, place)
    if rng.random() < DEFAULTS:
        return canny(picture)
    low = rng.uniform(0.5, 1.5) * LOW
    return canny(picture, low, low * rng.uniform(1.5, 3) * HIGH / LOW / 2)


def as_picture(edges: torch.Tensor) -> torch.Tensor:
    """float [N, 3, H, W] in 0..1 of bool [N, H, W], white on black."""
    return edges.float()[:, None].expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)


def residuals(net: ControlNetModel, edges: torch.Tensor, strength: float) -> Callable[..., dict[str, object]]:
    """What the net adds to the UNet, for `Painter.latents`; `edges` bool [N, H, W] are repeated for guidance."""

    def added(given: torch.Tensor, times: torch.Tensor, context: torch.Tensor) -> dict[str, object]:
        seen = as_picture(edges).repeat(len(given) // len(edges), 1, 1, 1)
        down, middle = net(given, times, context, seen, conditioning_scale=strength, return_dict=False)
        return {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}

    return added


def edges_of(images: torch.Tensor) -> torch.Tensor:
    """bool [N, 128, 128] of uint8 [N, 128, 128, 3], as the node finds them unless told otherwise."""
    return torch.stack([torch.from_numpy(canny(image)) for image in images.numpy()])


def edge_agreement(images: torch.Tensor, condition: torch.Tensor) -> float:
    """Mean F1 (2 px) of the edges of uint8 [N, 128, 128, 3] and those that the net was shown, bool [N, 128, 128]."""
    return overlap(edges_of(images)[:, None], condition[:, None])


def draw(
    painter: Painter,
    net: ControlNetModel,
    prompts: list[str],
    seeds: list[int],
    condition: torch.Tensor,
    strength: float,
    chunk: int = 32,
) -> torch.Tensor:
    """uint8 [N, 128, 128, 3]."""
    parts = []
    for i in range(0, len(prompts), chunk):
        piece = slice(i, i + chunk)
        added = residuals(net, condition[piece].to(painter.device), strength)
        parts.append(painter.draw(prompts[piece], seeds[piece], chunk, added=added))
    return torch.cat(parts)


def shares(judge: Judge, images: torch.Tensor, metas: list[Meta]) -> float:
    """In which the judge, without colours, sees the prompt's object first."""
    return right_nouns(verdicts(judge, images, gray=True), labels(metas, judge.nouns)).float().mean().item()


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(minutes=20, batch=32)
    add = parser.add_argument
    add("--rate", type=float, default=1e-3)
    add("--images", type=int, default=8000, help=f"scenes of each stage: {', '.join(STAGES)}")
    add("--evaluate", action="store_true", help="do not train: measure and draw again with what lies in --save")
    args = parser.parse_args()
    device = pick(args)
    judge, painter = load_judge(args.judge, device), Painter(args.model, device)
    tier, prompts = sample_prompts(args.prompts, args.samples)
    net = build_net(painter.unet) if not args.evaluate else ControlNetModel.from_pretrained(args.save / NAME)
    net.float().to(device, memory_format=torch.channels_last)
    count = sum(p.numel() for p in net.parameters())
    print(f"{NAME}: {count / 1e6:.1f} M parameters, {device}", flush=True)
    if args.evaluate:
        written = json.loads((args.save / f"{NAME}.json").read_text("utf-8"))
        took = {key: written[key] for key in ("pictures", "steps", "minutes", "batch", "loss")}
    else:
        took = {"pictures": len(STAGES) * args.images} | train_net(painter, net, tier, args)
        stored = copy.deepcopy(net).half()
        stored.save_pretrained(args.save / NAME)
        net.load_state_dict(stored.float().state_dict())  # what is measured is what was stored
    net.eval().requires_grad_(False)

    scenes = [render(p.plan, seeded(SCENE_SEED, p.number), complete=True) for p in prompts]
    pictures, metas = torch.from_numpy(np.stack([s[0] for s in scenes])), [s[2] for s in scenes]
    condition = edges_of(pictures)
    captions, seeds = [p.caption for p in prompts], [p.number for p in prompts]
    without = draw(painter, net, captions, seeds, condition, 0)
    drawn = draw(painter, net, captions, seeds, condition, 1)
    recoded = painter.to_pixels(painter.to_latents(pictures))
    few = slice(0, 12)
    styled = draw(painter, net, [f"{c}, {STYLE}" for c in captions[few]], seeds[few], condition[few], 1)
    shown = condition[few, ..., None].expand(-1, -1, -1, 3).byte() * 255
    save_rows([pictures[few], shown, without[few], drawn[few], styled], args.save / f"{NAME}.png")

    agreement = {
        "strength 0": edge_agreement(without, condition),
        "strength 1": edge_agreement(drawn, condition),
        "strength 1, edges of another scene": edge_agreement(drawn, condition.roll(1, 0)),
        "the scene itself after the autoencoder": edge_agreement(recoded, condition),
    }
    without_it, ceiling = agreement["strength 0"], agreement["the scene itself after the autoencoder"]
    way = (agreement["strength 1"] - without_it) / max(1e-6, ceiling - without_it)
    goal = {
        "what": "edges: how much of the way from a picture without the ControlNet to the scene itself",
        "unit": "share",
        "goal": "≥ 0.5",
        "measured": way,
        "met": way >= 0.5,
    }
    report = {
        "meaning": "canny edges, to say where things are",
        "kind": "controlnet",
        "file": f"{NAME}/diffusion_pytorch_model.safetensors",
        "parameters": count,
        "samples": len(prompts),
        "model": painter.fingerprint(),
        **took,
        "edge agreement": agreement,
        "object recognised in grey": {
            "strength 0": shares(judge, without, metas),
            "strength 1": shares(judge, drawn, metas),
        },
        "prompts": captions[few],
        "goals": [goal],
    }
    write_report(args, NAME, report)


def train_net(painter: Painter, net: ControlNetModel, tier: int, args) -> dict[str, float]:
    """Trains `net` alone, which adds to what the frozen UNet computes. Returns what it took."""
    pools: list[LatentPool] = [
        render_latents(stage, tier, args.images, SEED + i, painter.vae, painter.tokenizer, training_edges)
        for i, stage in enumerate(STAGES)
    ]
    latents, tokens, seen = (torch.cat([getattr(p, part) for p in pools]) for part in ("latents", "tokens", "seen"))
    no_caption = painter.encode([""])
    device = painter.device

    def batch() -> Batch:
        index = torch.randint(len(latents), (args.batch,), device=device)
        dropped = torch.rand(args.batch, 1, device=device) < CAPTION_DROPOUT
        return latents[index].float(), torch.where(dropped, no_caption, tokens[index]), seen[index]

    def predict(
        given: torch.Tensor, times: torch.Tensor, context: torch.Tensor, edges: torch.Tensor
    ) -> torch.Tensor:
        added = residuals(net, edges, 1)(given, times, context)
        return painter.unet(given, times, encoder_hidden_states=context, **added).sample

    return train(painter, net.parameters(), batch, args, args.rate, NAME, predict)


if __name__ == "__main__":
    main()
