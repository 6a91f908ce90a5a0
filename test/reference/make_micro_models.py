"""Random-weight micro models in the diffusers folder layout, with recorded inputs and outputs.

    python test/reference/make_micro_models.py          (torch, diffusers, transformers, safetensors)

Every folder under test/reference/models is what `save_pretrained` of the real classes writes, and beside it
`recorded.safetensors`: inputs, and the outputs of those classes in float32. Where the weights are stored in 16 bits, the
outputs are those of the rounded weights, still computed in float32.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

MODELS = Path(__file__).parent / "models"
PROMPT = "a red cat, 2 dogs & the moon"
SCHEDULE = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "num_train_timesteps": 1000,
    "steps_offset": 1,
    "set_alpha_to_one": False,
    "clip_sample": False,
    "trained_betas": None,
}

# name -> what differs from the defaults of the three classes
MICRO_MODELS = {
    "sd1-fp32": {
        "dtype": torch.float32,
        "prediction_type": "epsilon",
        "text": {"hidden_size": 32, "num_attention_heads": 4, "num_hidden_layers": 2, "hidden_act": "quick_gelu"},
        "unet": {
            "block_out_channels": (16, 24, 32),
            "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
            "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
            "layers_per_block": 1,
            "attention_head_dim": 4,
            "norm_num_groups": 4,
        },
        "vae": {"block_out_channels": (8, 16, 24), "norm_num_groups": 4},
    },
    "sd2-fp16": {
        "dtype": torch.float16,
        "prediction_type": "v_prediction",
        "text": {"hidden_size": 48, "num_attention_heads": 3, "num_hidden_layers": 3, "hidden_act": "gelu"},
        "unet": {
            "block_out_channels": (16, 32, 32),
            "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
            "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
            "layers_per_block": 1,
            "attention_head_dim": (2, 4, 4),
            "use_linear_projection": True,
            "upcast_attention": True,
            "norm_num_groups": 8,
        },
        "vae": {"block_out_channels": (16, 32), "norm_num_groups": 8, "layers_per_block": 2, "act_fn": "silu"},
    },
    "inpainting-sharded": {
        "dtype": torch.float16,
        "shard": "200KB",
        "variant": "fp16",
        "prediction_type": "epsilon",
        "text": {"hidden_size": 24, "num_attention_heads": 2, "num_hidden_layers": 1, "hidden_act": "quick_gelu"},
        "unet": {
            "in_channels": 9,
            "block_out_channels": (12, 24),
            "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
            "layers_per_block": 2,
            "attention_head_dim": 3,
            "norm_num_groups": 3,
            "norm_eps": 1e-3,
        },
        "vae": {"block_out_channels": (12, 24), "norm_num_groups": 6, "use_quant_conv": False, "use_post_quant_conv": False},
    },
    "odd-bf16": {
        "dtype": torch.bfloat16,
        "prediction_type": "sample",
        "text": {"hidden_size": 40, "num_attention_heads": 5, "num_hidden_layers": 1, "hidden_act": "gelu"},
        "unet": {
            "block_out_channels": (20, 36, 24),
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            "mid_block_type": "UNetMidBlock2DCrossAttn",
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"),
            "layers_per_block": (1, 2, 1),
            "transformer_layers_per_block": (1, 2, 1),
            "attention_head_dim": (5, 6, 2),
            "only_cross_attention": (False, True, False),
            "downsample_padding": 0,
            "flip_sin_to_cos": False,
            "freq_shift": 1,
            "act_fn": "gelu",
            "norm_num_groups": 4,
        },
        "vae": {
            "block_out_channels": (8, 20, 12),
            "norm_num_groups": 4,
            "latent_channels": 6,
            "mid_block_add_attention": False,
            "scaling_factor": 0.5,
        },
        "latent": (6, 9),
    },
}


def write_tokenizer(folder: Path) -> CLIPTokenizer:
    """The byte alphabet of CLIP and a few merges; the padding of SD 1.x, which is the end token."""
    folder.mkdir(parents=True)
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in kept]
    letters = [chr(b) for b in kept] + [chr(256 + i) for i in range(len(rest))]
    merges = ["t h", "th e</w>", "c a", "ca t</w>", "r e", "re d</w>", "d o", "do g", "dog s</w>"]
    words = [*letters, *(c + "</w>" for c in letters), *(m.replace(" ", "") for m in merges)]
    words += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({w: i for i, w in enumerate(words)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
    special["pad_token"] = "<|endoftext|>"
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2))
    (folder / "tokenizer_config.json").write_text(
        json.dumps(special | {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77}, indent=2)
    )
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), **special)


def shake(module: torch.nn.Module, dtype: torch.dtype) -> torch.nn.Module:
    """Weights that a wrong network could not hide behind, then the rounding that storing does.

    Norms and biases away from one and zero, attention that is far from uniform, a time embedding that is felt.
    """
    for name, parameter in module.named_parameters():
        if parameter.ndim == 1:
            parameter.data += 0.1 * torch.randn_like(parameter)
        elif any(part in name for part in ("to_q", "to_k", "q_proj", "k_proj", "attn2.to_v", "time_emb")):
            parameter.data *= 4
        elif name == "decoder.conv_out.weight":
            parameter.data *= 0.5
        parameter.data = parameter.data.to(dtype).float()
    return module.eval().requires_grad_(False)


def save(module: torch.nn.Module, folder: Path, model: dict) -> None:
    options = {"max_shard_size": model["shard"]} if "shard" in model else {}
    if "variant" in model:
        options["variant"] = model["variant"]
    module.to(model["dtype"]).save_pretrained(folder, **options)
    module.float()


def add_text_prefix(folder: Path) -> None:
    """Stable Diffusion files call the text weights `text_model.…`, as transformers 4 did; version 5 dropped the prefix."""
    for file in folder.glob("*.safetensors"):
        state = load_file(file)
        save_file({"text_model." + k.removeprefix("text_model."): v for k, v in state.items()}, file, {"format": "pt"})


@torch.no_grad()
def make(name: str, model: dict) -> None:
    torch.manual_seed(sum(name.encode()))
    folder = MODELS / name
    shutil.rmtree(folder, ignore_errors=True)
    tokenizer = write_tokenizer(folder / "tokenizer")
    width = model["text"]["hidden_size"]

    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            intermediate_size=2 * width,
            projection_dim=width,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            initializer_factor=4.0,
            **model["text"],
        )
    )
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * len(model["vae"]["block_out_channels"]),
        up_block_types=("UpDecoderBlock2D",) * len(model["vae"]["block_out_channels"]),
        **model["vae"],
    )
    channels = vae.config.latent_channels
    unet = UNet2DConditionModel(
        cross_attention_dim=width, **{"in_channels": channels, "out_channels": channels} | model["unet"]
    )
    for module, part in ((text, "text_encoder"), (unet, "unet"), (vae, "vae")):
        shake(module, model["dtype"])
        save(module, folder / part, model)
    if name == "sd1-fp32":
        add_text_prefix(folder / "text_encoder")

    (folder / "scheduler").mkdir()
    scheduler = SCHEDULE | {"_class_name": "PNDMScheduler", "prediction_type": model["prediction_type"]}
    (folder / "scheduler/scheduler_config.json").write_text(json.dumps(scheduler, indent=2))
    parts = {
        "scheduler": ["diffusers", "PNDMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    index = {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.42.1"} | parts
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))

    recorded = record(text, unet, vae, tokenizer, model.get("latent", (8, 8)))
    # The prompt travels along, so that the test cannot ask another question than was answered here.
    save_file({k: v.contiguous() for k, v in recorded.items()}, folder / "recorded.safetensors", {"prompt": PROMPT})
    parameters = {part: sum(p.numel() for p in m.parameters()) for part, m in (("text", text), ("unet", unet), ("vae", vae))}
    felt = {
        "time": recorded["unet.999.0.0"] - recorded["unet.261.75.0"],
        "context": recorded["unet.999.0.0"] - recorded["unet.999.0.1"],
    }
    print(name, parameters, {k: round(float(v.std()), 3) for k, v in (recorded | felt).items() if k != "text.ids"})


def record(text, unet, vae, tokenizer, size: tuple[int, int]) -> dict[str, torch.Tensor]:
    ids = tokenizer([PROMPT, ""], padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids
    hidden = text(ids).last_hidden_state
    out: dict[str, torch.Tensor] = {"text.ids": ids.int(), "text.hidden": hidden}

    latent = torch.randn(2, unet.config.in_channels, *size)
    out["unet.latent"] = latent
    for timestep in (999.0, 261.75):
        for context in range(2):
            out[f"unet.{timestep}.{context}"] = unet(latent, timestep, hidden[[context, context]]).sample

    factor = 2 ** (len(vae.config.block_out_channels) - 1)
    image = torch.rand(1, 3, size[0] * factor, size[1] * factor)
    posterior = vae.encode(image * 2 - 1).latent_dist
    scale = vae.config.scaling_factor
    out |= {"vae.image": image, "vae.mean": posterior.mean * scale, "vae.std": posterior.std * scale}
    scaled = torch.randn(1, vae.config.latent_channels, *size) * 0.5
    decoded = vae.decode(scaled / scale).sample
    out |= {"vae.latent": scaled, "vae.decoded": (decoded / 2 + 0.5).clamp(0, 1)}
    return out


if __name__ == "__main__":
    for name, model in MICRO_MODELS.items():
        make(name, model)
