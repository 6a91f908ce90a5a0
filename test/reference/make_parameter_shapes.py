"""Configs of Stable Diffusion 1.5 and 2.1 and the shapes of all parameters that diffusers and transformers give them.

    python test/reference/make_parameter_shapes.py          (torch, diffusers, transformers)

Writes test/fixtures/parameter-shapes.json: { model: { config, parameters: { name: shape } } }. No weights are made or read.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

FILE = Path(__file__).parent.parent / "fixtures/parameter-shapes.json"

SD15_UNET = {
    "_class_name": "UNet2DConditionModel",
    "_diffusers_version": "0.6.0",
    "act_fn": "silu",
    "attention_head_dim": 8,
    "block_out_channels": [320, 640, 1280, 1280],
    "center_input_sample": False,
    "cross_attention_dim": 768,
    "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
    "downsample_padding": 1,
    "flip_sin_to_cos": True,
    "freq_shift": 0,
    "in_channels": 4,
    "layers_per_block": 2,
    "mid_block_scale_factor": 1,
    "norm_eps": 1e-05,
    "norm_num_groups": 32,
    "out_channels": 4,
    "sample_size": 64,
    "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
}
SD21_UNET = SD15_UNET | {
    "_diffusers_version": "0.10.0.dev0",
    "attention_head_dim": [5, 10, 20, 20],
    "cross_attention_dim": 1024,
    "dual_cross_attention": False,
    "num_class_embeds": None,
    "only_cross_attention": False,
    "sample_size": 96,
    "upcast_attention": True,
    "use_linear_projection": True,
}
SD15_VAE = {
    "_class_name": "AutoencoderKL",
    "_diffusers_version": "0.6.0",
    "act_fn": "silu",
    "block_out_channels": [128, 256, 512, 512],
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "in_channels": 3,
    "latent_channels": 4,
    "layers_per_block": 2,
    "norm_num_groups": 32,
    "out_channels": 3,
    "sample_size": 512,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
}
SD15_TEXT = {
    "architectures": ["CLIPTextModel"],
    "attention_dropout": 0.0,
    "bos_token_id": 0,
    "dropout": 0.0,
    "eos_token_id": 2,
    "hidden_act": "quick_gelu",
    "hidden_size": 768,
    "initializer_factor": 1.0,
    "initializer_range": 0.02,
    "intermediate_size": 3072,
    "layer_norm_eps": 1e-05,
    "max_position_embeddings": 77,
    "model_type": "clip_text_model",
    "num_attention_heads": 12,
    "num_hidden_layers": 12,
    "pad_token_id": 1,
    "projection_dim": 768,
    "torch_dtype": "float32",
    "transformers_version": "4.22.0.dev0",
    "vocab_size": 49408,
}
SD21_TEXT = SD15_TEXT | {
    "hidden_act": "gelu",
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_attention_heads": 16,
    "num_hidden_layers": 23,
    "projection_dim": 512,
}

MODELS = {
    "sd15 unet": (SD15_UNET, lambda c: UNet2DConditionModel.from_config(c)),
    "sd15 inpainting unet": (SD15_UNET | {"in_channels": 9}, lambda c: UNet2DConditionModel.from_config(c)),
    "sd15 vae": (SD15_VAE, lambda c: AutoencoderKL.from_config(c)),
    "sd15 text encoder": (SD15_TEXT, lambda c: CLIPTextModel(CLIPTextConfig(**c))),
    "sd21 unet": (SD21_UNET, lambda c: UNet2DConditionModel.from_config(c)),
    "sd21 text encoder": (SD21_TEXT, lambda c: CLIPTextModel(CLIPTextConfig(**c))),
}


def main() -> None:
    entries = []
    for name, (config, build) in MODELS.items():
        with torch.device("meta"):
            module = build(config)
        shapes = {key: list(parameter.shape) for key, parameter in module.named_parameters()}
        entries.append(f'{json.dumps(name)}: {{"config": {json.dumps(config)},\n"parameters": {json.dumps(shapes)}}}')
        print(name, len(shapes))
    FILE.write_text("{\n" + ",\n".join(entries) + "\n}\n")


if __name__ == "__main__":
    main()
