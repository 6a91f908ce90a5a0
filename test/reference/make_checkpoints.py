"""Checkpoints of Stable Diffusion 1 and 2 with random weights, in the names of LDM, and the pictures diffusers makes with them.

    python test/reference/make_checkpoints.py [NAME ...]   (torch, diffusers, transformers, numpy, Pillow; make_clip_tokens.py's vocabulary)

The models are diffusers' and transformers' own classes. Their weights are not kept but written down as a rule that the test
follows too (`number`), so that a whole checkpoint is a list of names: checkpoints.json. Each file is also loaded with
diffusers' from_single_file, which must find the same weights. checkpoints.safetensors has `NAME.latent` and `NAME.image`.
What only torch can write is kept as it is: sd1.ckpt, sd1-legacy.ckpt (before torch 1.6), sd1-vae.pt and the .bin files of sd1.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
import sys
import tempfile
import zlib
from pathlib import Path

import make_pictures
import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionInpaintPipeline, StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).parent
OUT = HERE / "checkpoints"
VOCABULARY = HERE.parents[1] / "models/clip-vocabulary/model/merges.bin"
NORM = -1  # in place of an exponent: the weights of a norm, around 1

SD1 = {"family": "sd1", "text": (64, 1), "context": 64, "unet": (32, 32), "attention": "ad", "layers": 1, "vae": (32, 32), "vae_layers": 1}
SD2 = SD1 | {"family": "sd2", "unet": (64, 128)}
FULL = {"attention": "aaad", "layers": 2, "vae": (32, 32, 64, 64), "vae_layers": 2, "width": 64, "height": 32}
CASE = {"sampler": "ddim", "steps": 3, "guidance": 4.0, "negative": "the dogs", "width": 32, "height": 16}
NINE = {"channels": 9, "inpaint": True, "strength": 1.0}

# "gain": with 2, rounding grows to a tenth of the latent's range in the model with most attention; "attention": a for a level with attention, d for one without
MODELS = {
    "sd1": SD1,
    "sd1 wide": SD1 | {"unet": (64, 96), "text": (128, 2), "context": 128, "vae": (64, 32)},
    "sd1 deep": SD1 | {"layers": 3, "unet": (32, 64, 64), "attention": "daa", "vae": (32, 64, 32), "vae_layers": 2, "transformers": 2, "gain": 0.5},
    "sd1 one level": SD1 | {"unet": (64,), "attention": "a"},
    "sd1 velocity": SD1 | {"marks": ["v_pred"]},
    "sd1 velocity to pure noise": SD1 | {"marks": ["v_pred", "ztsnr"]},
    "sd1 inpainting": SD1 | NINE,
    "sd1 full": SD1 | FULL | {"unet": (32, 64, 128, 128), "text": (64, 12)},
    "sd2": SD2,
    "sd2 velocity": SD2 | {"velocity": True},
    "sd2 inpainting": SD2 | NINE,
    "sd2 deep": SD2 | {"layers": 2, "unet": (64, 64, 128), "attention": "ada", "text": (128, 3), "context": 128, "transformers": 2},
    "sd2 full": SD2 | FULL | {"unet": (64, 128, 128, 128), "text": (64, 23), "velocity": True},
}


def number(first: int, count: int) -> np.ndarray:
    """Integers of -1024 to 1023: the high bits of murmur3's finalizer of first, first + 1, ..."""
    h = np.arange(first, first + count, dtype=np.uint64)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        h = ((h ^ (h >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return (h >> np.uint64(21)).astype(np.int64) - 1024


def row(exponent: int, first: int, count: int) -> torch.Tensor:
    """What tensors are windows of; every value is exact in half precision."""
    k = number(first, count)
    values = 1 + (k >> 3) / 1024 if exponent == NORM else k * 2.0 ** (-10 - exponent)
    return torch.from_numpy(values.astype(np.float32))


def rule(name: str, shape: tuple[int, ...], velocity: bool, gain: float) -> tuple[int, int]:
    """Exponent and first number of a tensor, by its name in diffusers. `gain` is that of what decides about attention."""
    first = zlib.crc32(name.encode()) % 1024
    if "token_embedding" in name:
        return 2, first
    if len(shape) == 1:
        last_norm = re.search(r"transformer_blocks\.0\.norm1\.bias$", name)
        return (NORM if name.endswith("weight") else 2 if last_norm and velocity else 4), first
    gain = gain if re.search(r"to_q|to_k|q_proj|k_proj|attn2.to_v|time_emb", name) else 1
    return max(0, round(math.log2(math.sqrt(math.prod(shape[1:]) / 3) / gain))), first


def fill(module: torch.nn.Module, part: str, velocity: bool, gain: float) -> dict[str, tuple[int, int]]:
    rules = {}
    for name, parameter in module.named_parameters():
        rules[name] = exponent, first = rule(f"{part}.{name}", tuple(parameter.shape), velocity and name.startswith("up_blocks"), gain)
        if "token_embedding" in name:  # each row begins one number after the one before
            vocabulary, width = parameter.shape
            values = row(exponent, first, vocabulary + width).as_strided(parameter.shape, (1, 1))
        else:
            values = row(exponent, first, parameter.numel()).view(parameter.shape)
        parameter.data = values.clone()
    module.eval().requires_grad_(False)
    return rules


def tokenizer(family: str, folder: Path) -> CLIPTokenizer:
    merges = gzip.decompress(VOCABULARY.read_bytes()).decode()
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(b) for b in kept] + [chr(256 + i) for i in range(256 - len(kept))]
    words = [*letters, *(c + "</w>" for c in letters), *(m.replace(" ", "") for m in merges.split("\n"))]
    words += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({w: i for i, w in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + merges + "\n")
    special = {"bos_token": words[-2], "eos_token": words[-1], "unk_token": words[-1]}
    pad = "!" if family == "sd2" else words[-1]
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), pad_token=pad, model_max_length=77, **special)


def components(model: dict, folder: Path):
    sd2, levels = model["family"] == "sd2", len(model["unet"])
    width, layers = model["text"]
    velocity = bool(model.get("velocity"))
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=49408,
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=layers,
            num_attention_heads=width // 64,
            projection_dim=width,
            hidden_act="gelu" if sd2 else "quick_gelu",
            bos_token_id=49406,
            eos_token_id=49407,
        )
    )
    down = ["CrossAttnDownBlock2D" if kind == "a" else "DownBlock2D" for kind in model["attention"]]
    unet = UNet2DConditionModel(
        sample_size=64,
        in_channels=model.get("channels", 4),
        block_out_channels=model["unet"],
        down_block_types=down,
        up_block_types=[kind.replace("Down", "Up") for kind in reversed(down)],
        layers_per_block=model["layers"],
        transformer_layers_per_block=model.get("transformers", 1),
        cross_attention_dim=model["context"],
        attention_head_dim=[c // 64 for c in model["unet"]] if sd2 else 8,
        use_linear_projection=sd2,
    )
    vae = AutoencoderKL(
        down_block_types=["DownEncoderBlock2D"] * len(model["vae"]),
        up_block_types=["UpDecoderBlock2D"] * len(model["vae"]),
        block_out_channels=model["vae"],
        layers_per_block=model["vae_layers"],
    )
    assert levels == len(model["attention"])
    parts = {"text_encoder": text, "unet": unet, "vae": vae}
    gain = model.get("gain", 2)
    rules = {part: fill(module, part, velocity, gain) for part, module in parts.items()}
    predicts = "v_prediction" if velocity or "v_pred" in model.get("marks", []) else "epsilon"
    scheduler = DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        set_alpha_to_one=False,
        steps_offset=1,
        clip_sample=False,
        prediction_type=predicts,
        rescale_betas_zero_snr="ztsnr" in model.get("marks", []),
    )
    extra = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    cls = StableDiffusionInpaintPipeline if model.get("inpaint") else StableDiffusionPipeline
    pipe = cls(**parts, scheduler=scheduler, tokenizer=tokenizer(model["family"], folder), **extra)
    pipe.set_progress_bar_config(disable=True)
    return pipe, rules


RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0", "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}
SINGLE = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2", "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}


def ldm_unet(name: str, model: dict) -> str:
    """diffusers' name of a tensor to CompVis': the rules of sd15-keymap.json, for any number of levels and layers."""
    layers, levels = model["layers"], len(model["unet"])
    for ours, theirs in SINGLE.items():
        if name.startswith(ours + "."):
            return "model.diffusion_model." + theirs + name[len(ours) :]
    block, rest = re.match(r"((?:down|up)_blocks\.\d+|mid_block)\.(.*)", name).groups()
    kind, j, inner = re.match(r"(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.*)", rest).groups()
    i, j = int(block.split(".")[1]) if "." in block else 0, int(j)
    if kind == "resnets":
        head, tail = inner.rsplit(".", 1)
        inner = f"{RESNET[head]}.{tail}"
    if block.startswith("down"):
        at = f"input_blocks.{1 + i * (layers + 1) + (layers if kind == 'downsamplers' else j)}"
        inner = inner.replace("conv.", "op.") if kind == "downsamplers" else inner
        slot = {"resnets": 0, "attentions": 1, "downsamplers": 0}[kind]
    elif block.startswith("up"):
        attention = model["attention"][levels - 1 - i] == "a"
        at = f"output_blocks.{i * (layers + 1) + (layers if kind == 'upsamplers' else j)}"
        slot = {"resnets": 0, "attentions": 1, "upsamplers": 2 if attention else 1}[kind]
    else:
        at, slot = "middle_block", {"resnets": 2 * j, "attentions": 1}[kind]
    return f"model.diffusion_model.{at}.{slot}.{inner}"


def ldm_vae(name: str, model: dict) -> str:
    top = len(model["vae"]) - 1
    name = re.sub(r"encoder\.down_blocks\.(\d+)\.resnets\.(\d+)", r"encoder.down.\1.block.\2", name)
    name = re.sub(r"encoder\.down_blocks\.(\d+)\.downsamplers\.0", r"encoder.down.\1.downsample", name)
    name = re.sub(r"decoder\.up_blocks\.(\d+)\.resnets\.(\d+)", lambda m: f"decoder.up.{top - int(m[1])}.block.{m[2]}", name)
    name = re.sub(r"decoder\.up_blocks\.(\d+)\.upsamplers\.0", lambda m: f"decoder.up.{top - int(m[1])}.upsample", name)
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", name)
    for ours, theirs in {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}.items():
        name = name.replace(f"mid_block.attentions.0.{ours}.", f"mid.attn_1.{theirs}.")
    return "first_stage_model." + name.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")


OPENCLIP = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "self_attn.out_proj": "attn.out_proj", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj"}
OPENCLIP_SINGLE = {
    "embeddings.token_embedding.weight": "token_embedding.weight",
    "embeddings.position_embedding.weight": "positional_embedding",
    "final_layer_norm.weight": "ln_final.weight",
    "final_layer_norm.bias": "ln_final.bias",
}


def ldm_text(name: str, model: dict) -> tuple[str, int | None]:
    """The name, and which third of its rows where OpenCLIP keeps three in one."""
    name = name.removeprefix("text_model.")
    if model["family"] == "sd1":
        return f"cond_stage_model.transformer.text_model.{name}", None
    if name in OPENCLIP_SINGLE:
        return f"cond_stage_model.model.{OPENCLIP_SINGLE[name]}", None
    layer, inner, tail = re.match(r"encoder\.layers\.(\d+)\.(.*)\.(\w+)", name).groups()
    at = f"cond_stage_model.model.transformer.resblocks.{layer}."
    if inner in OPENCLIP:
        return f"{at}{OPENCLIP[inner]}.{tail}", None
    return f"{at}attn.in_proj_{tail}", "qkv".index(inner.removeprefix("self_attn.")[0])


def checkpoint(pipe, rules: dict, model: dict) -> tuple[dict, list]:
    """The tensors of the single file as (exponent, first, shape), and how diffusers' come from them."""
    tensors: dict[str, tuple[int, int, list[int]]] = {}
    parts: list[tuple[str, str, str, list[int], int | None]] = []
    for part in ("unet", "vae", "text_encoder"):
        module = getattr(pipe, part)
        for name, parameter in module.named_parameters():
            exponent, first = rules[part][name]
            shape, third = list(parameter.shape), None
            if part == "text_encoder":
                ldm, third = ldm_text(name, model)
            else:
                ldm = ldm_unet(name, model) if part == "unet" else ldm_vae(name, model)
            stored = [*shape, 1, 1] if part == "vae" and ".mid.attn_1." in ldm and len(shape) == 2 else shape
            if third is not None:
                stored = [3 * shape[0], *shape[1:]]
                # One window for the three, so that their rows follow each other.
                exponent, first = rules[part][name.replace(f".{'qkv'[third]}_proj", ".q_proj")]
                values = row(exponent, first, math.prod(stored)).view(stored)
                parameter.data = values[third * shape[0] : (third + 1) * shape[0]].clone()
            tensors[ldm] = (exponent, first, stored)
            parts.append((part, name, ldm, shape, third))
    if model["family"] == "sd2":
        # The last layer, which SD 2 does not use, and what belongs to CLIP as a whole.
        width, layers = model["text"]
        for name in [n for n in tensors if f".resblocks.{layers - 1}." in n]:
            exponent, first, shape = tensors[name]
            tensors[name.replace(f".resblocks.{layers - 1}.", f".resblocks.{layers}.")] = (exponent, first + 1, shape)
        tensors["cond_stage_model.model.text_projection"] = (3, 0, [width, width])
        tensors["cond_stage_model.model.logit_scale"] = (0, 5, [])
    else:
        tensors["cond_stage_model.transformer.text_model.embeddings.position_ids"] = (0, 0, [1, 77])
    for name in ("alphas_cumprod", "betas", "sqrt_alphas_cumprod"):
        tensors[name] = (2, 9, [1000])
    tensors["model_ema.decay"] = (0, 1, [])
    for mark in model.get("marks", []):
        tensors[mark] = (0, 0, [0])
    return tensors, parts


def made(exponent: int, first: int, shape: list[int], rows: dict[int, torch.Tensor]) -> torch.Tensor:
    """A tensor as a window of its exponent's row, of which `rows` has enough; torch.save then keeps the row only once."""
    if len(shape) == 2 and shape[0] == 49408:
        return rows[exponent].as_strided(shape, (1, 1), first)
    count = math.prod(shape)
    return rows[exponent][first : first + count].view(shape)


def rows_for(tensors: dict) -> dict[int, torch.Tensor]:
    length: dict[int, int] = {}
    for exponent, first, shape in tensors.values():
        count = sum(shape) if len(shape) == 2 and shape[0] == 49408 else math.prod(shape)
        length[exponent] = max(length.get(exponent, 0), first + count)
    return {exponent: row(exponent, 0, count).half() for exponent, count in length.items()}


def verify(pipe, state: dict[str, torch.Tensor], folder: Path) -> str:
    """diffusers' own reading of the single file must give the weights that the file was made from."""
    pipe.save_pretrained(folder / "pipeline")
    # Tensors without elements or dimensions are marks, which diffusers does not expect.
    save_file({k: v.contiguous().clone() for k, v in state.items() if v.numel() > 1}, folder / "file.safetensors")
    read = type(pipe).from_single_file(folder / "file.safetensors", config=str(folder / "pipeline"), local_files_only=True, safety_checker=None)
    for part in ("unet", "vae", "text_encoder"):
        theirs = getattr(read, part).state_dict()
        for name, value in getattr(pipe, part).state_dict().items():
            assert torch.equal(theirs[name].float(), value), f"{part}.{name} differs"
    return "as diffusers reads it"


def save_torch_forms(pipe, tensors: dict, parts: list, name: str) -> None:
    rows = rows_for(tensors)
    state = {k: made(*v, rows) for k, v in tensors.items()}
    whole = {"epoch": 1, "global_step": 470000, "state_dict": state}
    torch.save(whole, OUT / f"{name}.ckpt")
    torch.save(whole, OUT / f"{name}-legacy.ckpt", _use_new_zipfile_serialization=False)
    vae = {k.removeprefix("first_stage_model."): v for k, v in state.items() if k.startswith("first_stage_model.")}
    torch.save({"state_dict": vae}, OUT / f"{name}-vae.pt")
    for part, file in (("unet", "diffusion_pytorch_model"), ("vae", "diffusion_pytorch_model"), ("text_encoder", "pytorch_model")):
        own = {n: state[ldm].view(shape) if state[ldm].is_contiguous() else state[ldm] for p, n, ldm, shape, _ in parts if p == part}
        torch.save(own, OUT / f"{name}-{part}-{file}.bin")


@torch.no_grad()
def main() -> None:
    torch.set_num_threads(1)
    OUT.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(MODELS)
    described = json.loads((OUT / "checkpoints.json").read_text()) if sys.argv[1:] else {}
    recorded = load_file(OUT / "checkpoints.safetensors") if sys.argv[1:] else {}
    for name in wanted:
        model = MODELS[name]
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            pipe, rules = components(model, folder)
            tensors, parts = checkpoint(pipe, rules, model)
            rows = rows_for(tensors)
            state = {k: made(*v, rows) for k, v in tensors.items()}
            checked = verify(pipe, state, folder)
            configs = {p: json.loads((folder / "pipeline" / p / "config.json").read_text()) for p in ("unet", "vae", "text_encoder")}
            configs["scheduler"] = json.loads((folder / "pipeline/scheduler/scheduler_config.json").read_text())
            index = json.loads((folder / "pipeline/model_index.json").read_text())
        case = CASE | {k: model[k] for k in ("width", "height", "inpaint", "strength") if k in model}
        make_pictures.pipeline = lambda _: pipe
        latent, image = make_pictures.run(case | {"model": name})
        hashes = hashlib.sha256()
        for key in sorted(state):
            hashes.update(key.encode() + state[key].contiguous().numpy().tobytes())
        described[name] = {
            "family": model["family"],
            "case": case,
            "prediction": pipe.scheduler.config.prediction_type,
            "sha256": hashes.hexdigest(),
            "tensors": [[k, *v] for k, v in tensors.items()],
        }
        if name in ("sd1", "sd2"):
            described[name]["folder"] = {"index": index, "configs": configs, "parts": parts}
        if name == "sd1":
            save_torch_forms(pipe, tensors, parts, name)
        recorded |= {f"{name}.latent": latent.contiguous(), f"{name}.image": image.half().contiguous()}
        parameters = sum(p.numel() for part in (pipe.unet, pipe.vae) for p in part.parameters())
        print(f"{name}: {len(tensors)} tensors {checked}, {parameters} parameters, latent {latent.std():.2f}, picture {image.std():.2f}", flush=True)
    save_file(recorded, OUT / "checkpoints.safetensors")
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in described.items())
    (OUT / "checkpoints.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
