"""A Stable Diffusion 1.5 of full size with random weights, and one evaluation of its UNet by diffusers.

    python test/reference/make_full_size.py FOLDER          (torch, diffusers, transformers, safetensors)

Writes FOLDER/checkpoint.safetensors (2.1 GB, fp16, the names that single-file checkpoints have) and FOLDER/diffusers (the same
weights as a diffusers folder); neither belongs into the repository. The prediction of diffusers, in float32 from the rounded
weights, goes to test/reference/full-size.safetensors. The weights are the classes' own initialisation under a seed, so any
machine makes the same files. Needs 6 GB of memory.
"""

from __future__ import annotations

import gc
import json
import re
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from make_parameter_shapes import SD15_TEXT, SD15_UNET, SD15_VAE
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

HERE = Path(__file__).parent
FIXTURE = HERE / "full-size.safetensors"
TOKENIZER = HERE.parent.parent / "models/tiny/model/tokenizer"
TIMESTEP = 801
SCHEDULE = {
    "_class_name": "PNDMScheduler",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "prediction_type": "epsilon",
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "trained_betas": None,
}
PARTS = {
    "text_encoder": ("model", lambda: CLIPTextModel(CLIPTextConfig(**SD15_TEXT))),
    "vae": ("diffusion_pytorch_model", lambda: AutoencoderKL.from_config(SD15_VAE)),
    "unet": ("diffusion_pytorch_model", lambda: UNet2DConditionModel.from_config(SD15_UNET)),
}


def write_folder(folder: Path) -> None:
    for seed, (part, (_, build)) in enumerate(PARTS.items()):
        torch.manual_seed(seed)
        module = build().to(torch.float16)
        module.save_pretrained(folder / part, max_shard_size="4GB")
        del module
        gc.collect()
    (folder / "scheduler").mkdir(exist_ok=True)
    (folder / "scheduler/scheduler_config.json").write_text(json.dumps(SCHEDULE, indent=2))
    # Its words are not CLIP's, but nothing here reads prompts.
    shutil.copytree(TOKENIZER, folder / "tokenizer", dirs_exist_ok=True)
    index = {
        "_class_name": "StableDiffusionPipeline",
        "scheduler": ["diffusers", "PNDMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))


def replaced(name: str, rules: list[tuple[str, str]]) -> str:
    for pattern, replacement in rules:
        name = re.sub(pattern, replacement, name)
    return name


RESNET = [
    (r"\.norm1\.", ".in_layers.0."),
    (r"\.conv1\.", ".in_layers.2."),
    (r"\.time_emb_proj\.", ".emb_layers.1."),
    (r"\.norm2\.", ".out_layers.0."),
    (r"\.conv2\.", ".out_layers.3."),
    (r"\.conv_shortcut\.", ".skip_connection."),
]


def unet_name(name: str) -> str:
    """The name that the first UNet code (CompVis/latent-diffusion) has for a weight of diffusers' UNet."""
    if match := re.fullmatch(r"(down|up)_blocks\.(\d)\.(\w+)\.(\d)\.(.*)", name):
        way, block, kind, layer, rest = match[1], int(match[2]), match[3], int(match[4]), match[5]
        if kind == "downsamplers":
            name = f"input_blocks.{3 * block + 3}.0.op.{rest.removeprefix('conv.')}"
        elif kind == "upsamplers":
            name = f"output_blocks.{3 * block + 2}.{1 if block == 0 else 2}.{rest}"
        else:
            at = 1 + 3 * block + layer if way == "down" else 3 * block + layer
            blocks = "input_blocks" if way == "down" else "output_blocks"
            name = f"{blocks}.{at}.{0 if kind == 'resnets' else 1}.{rest}"
            if kind == "resnets":
                name = replaced(name, RESNET)
    elif name.startswith("mid_block"):
        name = replaced(
            name,
            [
                (r"^mid_block\.resnets\.0\.", "middle_block.0."),
                (r"^mid_block\.attentions\.0\.", "middle_block.1."),
                (r"^mid_block\.resnets\.1\.", "middle_block.2."),
            ],
        )
        if not name.startswith("middle_block.1."):
            name = replaced(name, RESNET)
    else:
        name = replaced(
            name,
            [
                (r"^time_embedding\.linear_1\.", "time_embed.0."),
                (r"^time_embedding\.linear_2\.", "time_embed.2."),
                (r"^conv_in\.", "input_blocks.0.0."),
                (r"^conv_norm_out\.", "out.0."),
                (r"^conv_out\.", "out.2."),
            ],
        )
    return f"model.diffusion_model.{name}"


def vae_name(name: str) -> str:
    name = replaced(
        name,
        [
            (r"^encoder\.down_blocks\.(\d)\.resnets\.", r"encoder.down.\1.block."),
            (r"^encoder\.down_blocks\.(\d)\.downsamplers\.0\.", r"encoder.down.\1.downsample."),
            (r"\.mid_block\.resnets\.0\.", ".mid.block_1."),
            (r"\.mid_block\.resnets\.1\.", ".mid.block_2."),
            (r"\.mid_block\.attentions\.0\.group_norm\.", ".mid.attn_1.norm."),
            (r"\.mid_block\.attentions\.0\.to_out\.0\.", ".mid.attn_1.proj_out."),
            (r"\.mid_block\.attentions\.0\.to_([qkv])\.", r".mid.attn_1.\1."),
            (r"\.conv_norm_out\.", ".norm_out."),
            (r"\.conv_shortcut\.", ".nin_shortcut."),
        ],
    )
    if match := re.fullmatch(r"decoder\.up_blocks\.(\d)\.(.*)", name):
        rest = match[2].replace("resnets.", "block.").replace("upsamplers.0.", "upsample.")
        name = f"decoder.up.{3 - int(match[1])}.{rest}"
    return f"first_stage_model.{name}"


def text_name(name: str) -> str:
    return f"cond_stage_model.transformer.text_model.{name.removeprefix('text_model.')}"


def write_checkpoint(folder: Path, file: Path) -> None:
    """One tensor after another, so that the file is never in memory."""
    names = {"text_encoder": text_name, "vae": vae_name, "unet": unet_name}
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    sources = []
    end = 0
    for part, (base, _) in PARTS.items():
        source = safe_open(folder / part / f"{base}.safetensors", "pt")
        for name in source.keys():
            tensor = source.get_slice(name)
            shape = tensor.get_shape()
            renamed = names[part](name)
            # Attention of the VAE is a 1x1 convolution in such files.
            if re.search(r"first_stage_model.*attn_1\.(q|k|v|proj_out)\.weight", renamed):
                shape = [*shape, 1, 1]
            size = 2 * int(np.prod(shape))
            header[renamed] = {"dtype": "F16", "shape": shape, "data_offsets": [end, end + size]}
            sources.append((source, name))
            end += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with file.open("wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for source, name in sources:
            out.write(source.get_tensor(name).numpy().tobytes())


@torch.no_grad()
def record(folder: Path) -> None:
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32)
    latent = torch.randn(1, 4, 64, 64, generator=torch.Generator().manual_seed(1))
    context = torch.randn(1, 77, 768, generator=torch.Generator().manual_seed(2))
    begin = time.perf_counter()
    prediction = unet(latent, TIMESTEP, context).sample
    print(f"{time.perf_counter() - begin:.1f} s, torch {torch.__version__}, {torch.get_num_threads()} threads")
    assert prediction.isfinite().all()
    every = 5
    values = prediction.flatten()[::every].contiguous()
    print(f"from {prediction.min():.4f} to {prediction.max():.4f}, std {prediction.std():.4f}")
    metadata = {
        "about": "Every fifth value of the prediction. Latent and context are torch's randn of the seeds 1 and 2.",
        "every": str(every),
        "timestep": str(TIMESTEP),
        "torch": torch.__version__,
    }
    # Tells whether a folder holds the weights that this was computed with.
    weight = unet.conv_in.weight.flatten()[:16].contiguous()
    save_file({"prediction": values, "conv_in": weight}, FIXTURE, metadata)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1])
    folder = out / "diffusers"
    folder.mkdir(parents=True, exist_ok=True)
    write_folder(folder)
    write_checkpoint(folder, out / "checkpoint.safetensors")
    record(folder)


if __name__ == "__main__":
    main()
