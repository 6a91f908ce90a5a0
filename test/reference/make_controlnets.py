"""ControlNets with random weights, and what diffusers' StableDiffusionControlNetPipeline makes with them.

    python test/reference/make_controlnets.py   (after make_micro_models.py and make_pictures.py; torch, diffusers, Pillow)

Writes into test/reference/controlnets: folders as ControlNetModel.save_pretrained writes them, original.safetensors (a ControlNet
in the names of the original code, as diffusers' own converter reads them) with original.recorded.safetensors (its inputs and
outputs), edges.png (what they look at), ../fixtures/controlnet-shapes.json (those of full size, without numbers), and pictures.safetensors (`NAME.latent`, and `NAME.image` in half precision) with
pictures.json (the settings).
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import diffusers
import torch
from diffusers import ControlNetModel, MultiControlNetModel, StableDiffusionControlNetPipeline
from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint
from PIL import Image, ImageDraw
from safetensors.torch import load_file, save_file

sys.path.append(str(Path(__file__).parent))
from make_micro_models import shake
from make_pictures import SAMPLERS, load

HERE = Path(__file__).parent
OUT = HERE / "controlnets"
PROMPT, SEED = "a red cat and the moon", 12345678901
WIDTH, HEIGHT = 32, 16  # px, as make_pictures.py has them for its small pictures

# name -> the micro model whose UNet it copies, and what differs; the VAE says how far the picture is shrunk
NETS = {
    "sd1-edges": {"unet": "sd1-fp32", "look": (8, 12, 16)},
    "sd1-depth": {"unet": "sd1-fp32", "look": (6, 6, 8), "order": "bgr", "weights": "bin"},
    "sd1-shuffle": {"unet": "sd1-fp32", "look": (4, 8, 8), "pooled": True},
    "sd2-edges": {"unet": "sd2-fp16", "look": (8, 12)},
    "sd1-plain": {"unet": "sd1-fp32", "look": (4, 6, 8), "attention": False},
}
SD1 = {"model": "sd1-fp32", "guidance": 4.0, "negative": "the dogs", "sampler": "ddim", "steps": 5}
SD2 = {"model": "sd2-fp16", "guidance": 3.0, "negative": "red", "sampler": "euler", "steps": 4}


def use(net: str, strength: float = 1.0, start: float = 0.0, end: float = 1.0) -> dict:
    return {"net": net, "strength": strength, "start": start, "end": end}


CASES = {
    "one net": SD1 | {"nets": [use("sd1-edges")]},
    "one net, weaker, in the middle": SD1 | {"nets": [use("sd1-edges", 0.7, 0.2, 0.6)]},
    "two nets": SD1 | {"nets": [use("sd1-edges", 0.8, 0.0, 0.6), use("sd1-depth", 1.3, 0.25, 1.0)]},
    "the same net twice": SD1 | {"nets": [use("sd1-edges", 0.5), use("sd1-edges", 0.4, 0.0, 0.5)]},
    "guess mode": SD1 | {"nets": [use("sd1-edges", 1.2)], "guess": True},
    "guess mode, two nets": SD1 | {"nets": [use("sd1-edges"), use("sd1-depth", 0.6)], "guess": True},
    "pooled": SD1 | {"nets": [use("sd1-shuffle", 1.5)], "guess": True},
    "no guidance": SD1 | {"nets": [use("sd1-edges")], "guidance": 1.0},
    "two pictures": SD1 | {"nets": [use("sd1-edges", 0.9)], "count": 2},
    # Its steps have two evaluations each, of which the window counts every one.
    "heun, in the middle": SD1 | {"nets": [use("sd1-edges", 1.0, 0.3, 0.8)], "sampler": "heun"},
    # As models/tiny/training/train_controlnet.py builds it.
    "no attention": SD1 | {"nets": [use("sd1-plain", 0.8)]},
    "velocity": SD2 | {"nets": [use("sd2-edges")]},
    "velocity, weaker, at the end": SD2 | {"nets": [use("sd2-edges", 0.6, 0.5, 1.0)]},
}


def edges_picture() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    draw.ellipse((3, 2, 17, 13), outline=(255, 255, 255))
    draw.line((15, 14, 30, 3), fill=(255, 120, 30))
    draw.rectangle((22, 8, 29, 14), outline=(40, 200, 255))
    return image


def make_net(name: str, settings: dict) -> None:
    torch.manual_seed(sum(name.encode()))
    unet = load(settings["unet"]).unet
    if settings.get("attention", True):
        net = ControlNetModel.from_unet(
            unet,
            controlnet_conditioning_channel_order=settings.get("order", "rgb"),
            conditioning_embedding_out_channels=settings["look"],
            load_weights_from_unet=False,
        )
    else:
        net = ControlNetModel(
            block_out_channels=unet.config.block_out_channels,
            layers_per_block=unet.config.layers_per_block,
            down_block_types=("DownBlock2D",) * len(unet.config.block_out_channels),
            mid_block_type="UNetMidBlock2D",
            cross_attention_dim=unet.config.cross_attention_dim,
            norm_num_groups=unet.config.norm_num_groups,
            conditioning_embedding_out_channels=settings["look"],
        )
    if settings.get("pooled"):
        net.register_to_config(global_pool_conditions=True)
    randomize(net)
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    net.half().save_pretrained(folder, safe_serialization=settings.get("weights") != "bin")


def randomize(net: ControlNetModel) -> None:
    """Training starts from zero convolutions, behind which a wrong network could hide."""
    for part in (net.controlnet_down_blocks, net.controlnet_cond_embedding.conv_out, net.controlnet_mid_block):
        for parameter in part.parameters():
            torch.nn.init.normal_(parameter, std=0.4 / parameter.shape[-3] ** 0.5 if parameter.ndim == 4 else 0.05)
    shake(net, torch.float16)


def open_net(name: str) -> ControlNetModel:
    safe = NETS[name].get("weights") != "bin"
    return ControlNetModel.from_pretrained(OUT / name, torch_dtype=torch.float32, use_safetensors=safe).eval()


def run(case: dict) -> tuple[torch.Tensor, torch.Tensor]:
    loaded = load(case["model"])
    scheduler_class, config = SAMPLERS[case["sampler"]]
    scheduler = getattr(diffusers, scheduler_class).from_config(loaded.scheduler.config, **config)
    nets = [open_net(net["net"]) for net in case["nets"]]
    parts = {name: part for name, part in loaded.components.items() if name != "image_encoder"}
    pipe = StableDiffusionControlNetPipeline(
        **parts | {"scheduler": scheduler},
        controlnet=nets[0] if len(nets) == 1 else MultiControlNetModel(nets),
        requires_safety_checker=False,
    )
    pipe.set_progress_bar_config(disable=True)
    picture = edges_picture()
    several = (lambda values: values[0]) if len(nets) == 1 else list
    latent = pipe(
        PROMPT,
        image=several([picture] * len(nets)),
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=case["steps"],
        guidance_scale=case["guidance"],
        negative_prompt=case["negative"],
        num_images_per_prompt=case.get("count", 1),
        generator=torch.Generator().manual_seed(SEED),
        controlnet_conditioning_scale=several([net["strength"] for net in case["nets"]]),
        control_guidance_start=several([net["start"] for net in case["nets"]]),
        control_guidance_end=several([net["end"] for net in case["nets"]]),
        guess_mode=case.get("guess", False),
        output_type="latent",
    ).images
    image = pipe.vae.decode(latent / pipe.vae.config.scaling_factor).sample / 2 + 0.5
    return latent, image.clamp(0, 1)


RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}


def original_name(name: str, layers: int) -> str:
    """The name in https://github.com/lllyasviel/ControlNet of a parameter of diffusers' ControlNetModel."""
    path, parameter = name.rsplit(".", 1)
    fixed = {
        "time_embedding.linear_1": "time_embed.0",
        "time_embedding.linear_2": "time_embed.2",
        "conv_in": "input_blocks.0.0",
        "controlnet_mid_block": "middle_block_out.0",
        "controlnet_cond_embedding.conv_in": "input_hint_block.0",
        "controlnet_cond_embedding.conv_out": "input_hint_block.14",
    }
    if path in fixed:
        return f"{fixed[path]}.{parameter}"
    if match := re.match(r"controlnet_down_blocks\.(\d+)$", path):
        return f"zero_convs.{match[1]}.0.{parameter}"
    if match := re.match(r"controlnet_cond_embedding\.blocks\.(\d+)$", path):
        return f"input_hint_block.{2 * int(match[1]) + 2}.{parameter}"
    if match := re.match(r"down_blocks\.(\d+)\.(resnets|attentions|downsamplers)\.(\d+)\.(.+)$", path):
        first = 1 + int(match[1]) * (layers + 1)
        if match[2] == "downsamplers":
            return f"input_blocks.{first + layers}.0.op.{parameter}"
        block, inner = first + int(match[3]), match[4]
        inner = f"0.{RESNET[inner]}" if match[2] == "resnets" else f"1.{inner}"
        return f"input_blocks.{block}.{inner}.{parameter}"
    if match := re.match(r"mid_block\.(resnets|attentions)\.(\d+)\.(.+)$", path):
        part, inner = (2 * int(match[2]), RESNET[match[3]]) if match[1] == "resnets" else (1, match[3])
        return f"middle_block.{part}.{inner}.{parameter}"
    raise ValueError(name)


def make_original() -> None:
    """A file without a config, so what it does not say must be as in Stable Diffusion 1: 8 heads, 32 groups."""
    torch.manual_seed(2302)
    net = ControlNetModel(
        block_out_channels=(32, 32, 32),
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        layers_per_block=1,
        attention_head_dim=8,
        cross_attention_dim=48,
        conditioning_embedding_out_channels=(6, 6, 8, 10),
    )
    randomize(net)
    net.eval()
    state = net.state_dict()
    original = {original_name(name, 1): tensor for name, tensor in state.items()}
    back = convert_controlnet_checkpoint({f"control_model.{k}": v for k, v in original.items()}, net.config)
    assert back.keys() == state.keys() and all(torch.equal(back[name], state[name]) for name in state)
    save_file({f"control_model.{k}": v.half().contiguous() for k, v in original.items()}, OUT / "original.safetensors")

    latent, context = torch.randn(1, 4, 6, 8), torch.randn(2, 77, 48)
    image = torch.rand(1, 3, 48, 64)
    down, mid = net(
        latent.repeat(2, 1, 1, 1), 621.5, context, controlnet_cond=image, conditioning_scale=0.8, return_dict=False
    )
    recorded = {f"residual.{i}": tensor for i, tensor in enumerate([*down, mid])}
    recorded |= {"latent": latent, "context": context, "image": image}
    save_file({k: v.contiguous() for k, v in recorded.items()}, OUT / "original.recorded.safetensors")


def full_size() -> dict:
    """Configs, shapes and original names of ControlNets for Stable Diffusion 1.5 and 2.1, without numbers."""
    sizes = {
        "sd15": {"cross_attention_dim": 768},
        "sd21": {"cross_attention_dim": 1024, "attention_head_dim": (5, 10, 20, 20), "use_linear_projection": True},
    }
    found = {}
    for name, settings in sizes.items():
        with torch.device("meta"):
            net = ControlNetModel(**settings)
        state = net.state_dict()
        original = {key: original_name(key, 2) for key in state}
        back = convert_controlnet_checkpoint({original[key]: tensor for key, tensor in state.items()}, net.config)
        assert back.keys() == state.keys() and all(back[key] is state[key] for key in state)
        parameters = {key: {"shape": list(tensor.shape), "original": original[key]} for key, tensor in state.items()}
        with torch.no_grad():
            down, mid = net(
                torch.zeros(1, 4, 64, 96, device="meta"),
                torch.zeros(1, device="meta"),
                torch.zeros(1, 77, settings["cross_attention_dim"], device="meta"),
                torch.zeros(1, 3, 512, 768, device="meta"),
                return_dict=False,
            )
        found[name] = {
            "config": json.loads(net.to_json_string()),
            "parameters": parameters,
            "residuals": [list(tensor.shape) for tensor in (*down, mid)],
        }
    return found


@torch.no_grad()
def main() -> None:
    shapes = Path(__file__).parent.parent / "fixtures/controlnet-shapes.json"
    shapes.write_text(json.dumps(full_size()) + "\n")
    OUT.mkdir(exist_ok=True)
    edges_picture().save(OUT / "edges.png")
    for name, settings in NETS.items():
        make_net(name, settings)
    make_original()
    tensors = {}
    for name, case in CASES.items():
        latent, image = run(case)
        plain, _ = run(case | {"nets": [net | {"strength": 0.0} for net in case["nets"]]})
        tensors |= {f"{name}.latent": latent.contiguous(), f"{name}.image": image.half().contiguous()}
        felt = (latent - plain).std() / plain.std()
        print(f"{name}: {tuple(latent.shape)}, latent {latent.std():.2f}, changed by {felt:.2f}, picture {image.std():.2f}")
    save_file(tensors, OUT / "pictures.safetensors")
    settings = {"prompt": PROMPT, "seed": str(SEED), "width": WIDTH, "height": HEIGHT, "cases": CASES}
    (OUT / "pictures.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
