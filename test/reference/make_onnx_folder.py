"""A micro model as ONNX folders in the layout of optimum, and what diffusers makes with the modules that were exported.

    python test/reference/make_onnx_folder.py   (torch, diffusers, transformers, onnx, safetensors)

Writes test/reference/onnx-folders/{fp32,fp16}: model_index.json, tokenizer, scheduler, and of each part config.json, model.onnx
and model.onnx_data, with the names of inputs and outputs that `optimum-cli export onnx` gives them; and recorded.safetensors
beside them: inputs and outputs of the parts and the picture of StableDiffusionPipeline, in float32 (of fp16: of its rounded
weights) with recorded.json (the settings).
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import onnx
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

sys.path.append(str(Path(__file__).parent))
from make_micro_models import SCHEDULE, shake, write_tokenizer

OUT = Path(__file__).parent / "onnx-folders"
PROMPT, NEGATIVE, SEED = "a red cat and the moon", "the dogs", 12345678901
WIDTH, HEIGHT, STEPS, GUIDANCE = 32, 16, 5, 4.0
KINDS = {"fp32": torch.float32, "fp16": torch.float16}


class Text(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        out = self.model(input_ids)
        return out.last_hidden_state, out.pooler_output


class UNet(Text):
    def forward(self, sample, timestep, encoder_hidden_states):
        return self.model(sample, timestep, encoder_hidden_states, return_dict=False)[0]


class Decoder(Text):
    def forward(self, latent_sample):
        return self.model.decode(latent_sample, return_dict=False)[0]


class Encoder(Text):
    def forward(self, sample):
        return self.model.encode(sample, return_dict=False)[0].parameters


def make_parts(dtype: torch.dtype) -> dict[str, torch.nn.Module]:
    torch.manual_seed(1207)
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=523,
            hidden_size=24,
            intermediate_size=48,
            num_hidden_layers=2,
            num_attention_heads=3,
            projection_dim=24,
            bos_token_id=521,
            eos_token_id=522,
            pad_token_id=522,
            initializer_factor=4.0,
        )
    )
    text.set_attn_implementation("eager")  # the mask of the other one stays float32, which a half-precision export cannot take
    unet = UNet2DConditionModel(
        block_out_channels=(8, 16),
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=1,
        attention_head_dim=2,
        norm_num_groups=4,
        cross_attention_dim=24,
    )
    unet.register_to_config(sample_size=64)
    vae = AutoencoderKL(
        block_out_channels=(4, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        norm_num_groups=4,
    )
    return {name: shake(module, dtype) for name, module in (("text_encoder", text), ("unet", unet), ("vae", vae))}


def export(module: torch.nn.Module, inputs: dict, outputs: list[str], open_dims: dict, folder: Path, dtype) -> None:
    folder.mkdir(parents=True)
    with torch.no_grad():
        torch.onnx.export(
            module.to(dtype).eval(),
            tuple(inputs.values()),
            str(folder / "model.onnx"),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=open_dims,
            opset_version=17,
            do_constant_folding=True,
            dynamo=False,
        )
    module.float()
    model = onnx.load(str(folder / "model.onnx"))
    for node in model.graph.node:
        node.ClearField("doc_string")
    (folder / "model.onnx").unlink()
    onnx.save_model(
        model, str(folder / "model.onnx"), save_as_external_data=True, location="model.onnx_data", convert_attribute=False
    )


def write_folder(name: str, parts: dict, dtype: torch.dtype) -> StableDiffusionPipeline:
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    tokenizer = write_tokenizer(folder / "tokenizer")
    tokenizer.model_max_length = 77
    assert len(tokenizer) == parts["text_encoder"].config.vocab_size, len(tokenizer)
    picture = {0: "batch_size", 2: "height", 3: "width"}
    context = torch.randn(2, 77, 24, dtype=dtype)
    latent = torch.randn(2, 4, 4, 8, dtype=dtype)
    export(
        UNet(parts["unet"]),
        {"sample": latent, "timestep": torch.tensor([7]), "encoder_hidden_states": context},
        ["out_sample"],
        {
            "sample": picture,
            "timestep": {0: "steps"},
            "encoder_hidden_states": {0: "batch_size", 1: "sequence_length"},
            "out_sample": picture,
        },
        folder / "unet",
        dtype,
    )
    export(
        Text(parts["text_encoder"]),
        {"input_ids": torch.randint(0, 523, (2, 77), dtype=torch.int32 if name == "fp16" else torch.int64)},
        ["last_hidden_state", "pooler_output"],
        {
            "input_ids": {0: "batch_size", 1: "sequence_length"},
            "last_hidden_state": {0: "batch_size", 1: "sequence_length"},
            "pooler_output": {0: "batch_size"},
        },
        folder / "text_encoder",
        dtype,
    )
    sample = torch.rand(1, 3, 16, 32, dtype=dtype)
    for module, half, inputs, output in (
        (Decoder, "vae_decoder", {"latent_sample": latent[:1]}, "sample"),
        (Encoder, "vae_encoder", {"sample": sample}, "latent_parameters"),
    ):
        open_dims = dict.fromkeys([*inputs, output], picture)
        export(module(parts["vae"]), inputs, [output], open_dims, folder / half, dtype)

    parts["text_encoder"].config.save_pretrained(folder / "text_encoder")
    parts["unet"].save_config(folder / "unet")
    for half in ("vae_encoder", "vae_decoder"):
        parts["vae"].save_config(folder / half)
    (folder / "scheduler").mkdir()
    scheduler = SCHEDULE | {"_class_name": "DDIMScheduler", "prediction_type": "epsilon"}
    (folder / "scheduler/scheduler_config.json").write_text(json.dumps(scheduler, indent=2))
    onnx_class = ["diffusers", "OnnxRuntimeModel"]
    index = {
        "_class_name": "ORTStableDiffusionPipeline",
        "_diffusers_version": "0.42.1",
        "scheduler": ["diffusers", "DDIMScheduler"],
        "text_encoder": onnx_class,
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": onnx_class,
        "vae_decoder": onnx_class,
        "vae_encoder": onnx_class,
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))
    pipe = StableDiffusionPipeline(
        **parts,
        tokenizer=tokenizer,
        scheduler=DDIMScheduler.from_config(scheduler),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipe.set_progress_bar_config(disable=True)
    return pipe


@torch.no_grad()
def record(pipe: StableDiffusionPipeline) -> dict[str, torch.Tensor]:
    latent = pipe(
        PROMPT,
        negative_prompt=NEGATIVE,
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=torch.Generator().manual_seed(SEED),
        output_type="latent",
    ).images
    scale = pipe.vae.config.scaling_factor
    picture = pipe.vae.decode(latent / scale).sample / 2 + 0.5
    image = torch.rand(1, 3, 16, 32)
    posterior = pipe.vae.encode(image * 2 - 1).latent_dist
    print(f"latent {latent.std():.2f}, picture {picture.std():.2f}, mean {posterior.mean.std():.2f}")
    return {
        "latent": latent,
        "picture": picture.clamp(0, 1),
        "image": image,
        "mean": posterior.mean * scale,
        "std": posterior.std * scale,
    }


def main() -> None:
    OUT.mkdir(exist_ok=True)
    tensors = {}
    for name, dtype in KINDS.items():
        pipe = write_folder(name, make_parts(dtype), dtype)
        tensors |= {f"{name}.{key}": value.contiguous() for key, value in record(pipe).items()}
    save_file(tensors, OUT / "recorded.safetensors")
    settings = {"prompt": PROMPT, "negative": NEGATIVE, "seed": str(SEED), "width": WIDTH, "height": HEIGHT}
    settings |= {"steps": STEPS, "guidance": GUIDANCE, "sampler": "ddim"}
    (OUT / "recorded.json").write_text(json.dumps(settings, indent=2) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
