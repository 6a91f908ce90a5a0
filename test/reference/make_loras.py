"""LoRA files in the names and kinds that people share, and what diffusers and peft make of them with the micro models.

    python test/reference/make_loras.py      (after make_micro_models.py; torch, diffusers, transformers, peft, safetensors)

Writes `loras/NAME.safetensors`, random LoRAs of every naming style, `loras/loras.json`, the cases, and `loras/recorded.safetensors`:
of each case `CASE.text`, the conditioning of the prompt, and `CASE.latent`, the latent after a few steps. What diffusers loads it
loads itself (`load_lora_weights`, `set_adapters`, `fuse_lora`); LoHa and LoKr are peft's layers, whose numbers are then written
under the names of LyCORIS. Of CP decomposition and whole differences, which neither knows, the published formula is computed
here and added to the weights.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline
from diffusers.loaders import StableDiffusionLoraLoaderMixin
from make_pictures import load
from peft import LoHaConfig, LoKrConfig, LoraConfig, get_peft_model, inject_adapter_in_model
from peft.utils import get_peft_model_state_dict
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)
HERE = Path(__file__).parent
OUT = HERE / "loras"
PROMPT, NEGATIVE, SEED, STEPS, GUIDANCE = "a red cat and the moon", "the dogs", 77, 3, 4.0
SIZE = {"width": 32, "height": 16}
Tensors = dict[str, torch.Tensor]

ATTENTION = ("attn1", "attn2", "ff.net", "proj_in", "proj_out")
CONVOLUTIONS = ("conv1", "conv2", "conv_shortcut", "time_emb_proj", "samplers.0.conv", "conv_in", "conv_out", "linear_")


def layers(network: torch.nn.Module, parts: tuple[str, ...]) -> dict[str, torch.nn.Module]:
    return {
        name: module
        for name, module in network.named_modules()
        if isinstance(module, torch.nn.Linear | torch.nn.Conv2d) and any(part in name for part in parts)
    }


def factors(module: torch.nn.Module, rank: int) -> tuple[torch.Tensor, torch.Tensor]:
    """down and up, so that their product is felt beside the weight."""
    weight = module.weight
    down = torch.randn(rank, *weight.shape[1:]) / weight[0].numel() ** 0.5
    up = torch.randn(weight.shape[0], rank, *([1] * (weight.ndim - 2))) * (0.6 / rank**0.5)
    return down, up


def text_name(name: str) -> str:
    """transformers 5 dropped the `text_model.` that LoRA files have."""
    return name if name.startswith("text_model.") else f"text_model.{name}"


# ---------------------------------------------------------------- files


def kohya(pipe: StableDiffusionPipeline) -> Tensors:
    """What kohya's scripts write by default: attention, feed-forward and projections, in half precision."""
    out: Tensors = {}
    for prefix, network, rename in (
        ("lora_unet_", pipe.unet, lambda name: name),
        ("lora_te_", pipe.text_encoder, text_name),
    ):
        for name, module in layers(network, (*ATTENTION, "self_attn", "mlp")).items():
            stem = prefix + rename(name).replace(".", "_")
            out[f"{stem}.lora_down.weight"], out[f"{stem}.lora_up.weight"] = factors(module, 4)
            out[f"{stem}.alpha"] = torch.tensor(3.0)
    return {key: value.half() for key, value in out.items()}


def ldm_name(name: str, per_block: int, last: int) -> str:
    """A diffusers module of a UNet by the name that Stable Diffusion's own code has for it."""
    parts = name.split(".")
    inner = {
        "conv1": "in_layers.2",
        "conv2": "out_layers.3",
        "time_emb_proj": "emb_layers.1",
        "conv_shortcut": "skip_connection",
    }
    rest = ".".join(inner.get(part, part) for part in parts[4:])
    if parts[0] == "down_blocks":
        i, kind, j = int(parts[1]), parts[2], int(parts[3])
        if kind == "downsamplers":
            return f"input_blocks.{(i + 1) * (per_block + 1)}.0.op"
        return f"input_blocks.{1 + i * (per_block + 1) + j}.{int(kind == 'attentions')}.{rest}"
    if parts[0] == "up_blocks":
        i, kind, j = int(parts[1]), parts[2], int(parts[3])
        if kind == "upsamplers":
            has_attention = i > 0  # the micro models have none at their lowest level
            return f"output_blocks.{i * (per_block + 1) + per_block}.{1 + has_attention}.conv"
        return f"output_blocks.{i * (per_block + 1) + j}.{int(kind == 'attentions')}.{rest}"
    if parts[0] == "mid_block":
        rest = ".".join(inner.get(part, part) for part in parts[3:])
        return f"middle_block.{1 if parts[1] == 'attentions' else 2 * int(parts[2])}.{rest}"
    return {
        "conv_in": "input_blocks.0.0",
        "conv_out": "out.2",
        "time_embedding.linear_1": "time_embed.0",
        "time_embedding.linear_2": "time_embed.2",
    }[name]


def locon(pipe: StableDiffusionPipeline) -> Tensors:
    """
    Convolutions and linear layers outside the transformers, no alpha. diffusers takes the upsampler of a level without
    attention for an attention when it reads the names of LDM, so that one is left out.
    """
    out: Tensors = {}
    for name, module in layers(pipe.unet, CONVOLUTIONS).items():
        if name == "up_blocks.0.upsamplers.0.conv":
            continue
        stem = "lora_unet_" + name.replace(".", "_")
        out[f"{stem}.lora_down.weight"], out[f"{stem}.lora_up.weight"] = factors(module, 2)
    return out


def in_ldm_names(pipe: StableDiffusionPipeline, tensors: Tensors) -> Tensors:
    names = {name.replace(".", "_"): name for name, _ in pipe.unet.named_modules()}
    per_block, last = pipe.unet.config.layers_per_block, len(pipe.unet.config.block_out_channels) - 1

    def rename(key: str) -> str:
        stem, ending = key.split(".", 1)
        if not stem.startswith("lora_unet_"):
            return key.replace("lora_te_", "lora_te1_")
        ldm = ldm_name(names[stem.removeprefix("lora_unet_")], per_block, last)
        return f"lora_unet_{ldm.replace('.', '_')}.{ending}"

    return {rename(key): value for key, value in tensors.items()}


def processors(pipe: StableDiffusionPipeline) -> Tensors:
    """diffusers before peft: attention processors, and linear layers in the text encoder."""
    out: Tensors = {}
    for name, module in layers(pipe.unet, ("attn1", "attn2")).items():
        attention, projection = name.rsplit(".to_", 1)
        stem = f"unet.{attention}.processor.to_{projection.removesuffix('.0')}_lora"
        out[f"{stem}.down.weight"], out[f"{stem}.up.weight"] = factors(module, 3)
    for name, module in layers(pipe.text_encoder, ("self_attn",)).items():
        stem = f"text_encoder.{text_name(name)}.lora_linear_layer"
        out[f"{stem}.down.weight"], out[f"{stem}.up.weight"] = factors(module, 2)
    return out


def shaken(network: torch.nn.Module, size: float = 0.25) -> None:
    """peft starts with factors of zero and one. Larger ones make steps that rounding grows in."""
    for name, parameter in network.named_parameters():
        if any(part in name for part in ("lora_A", "hada_", "lokr_")):
            parameter.data = torch.randn_like(parameter) * 0.3
        elif "lora_B" in name:
            parameter.data = torch.randn_like(parameter) * size


def peft_file(pipe: StableDiffusionPipeline) -> Path:
    """diffusers' own `save_lora_weights`, with alpha and the rank-stabilised scale in the metadata."""
    targets = ["to_q", "to_k", "to_v", "to_out.0", "conv1", "proj_in"]
    pipe.unet.add_adapter(
        LoraConfig(r=4, lora_alpha=6, use_rslora=True, target_modules=targets, alpha_pattern={"mid_block.attentions.0.proj_in": 3})
    )
    pipe.text_encoder.add_adapter(LoraConfig(r=2, lora_alpha=5, target_modules=["q_proj", "v_proj", "fc1"]))
    shaken(pipe.unet, 0.06)
    shaken(pipe.text_encoder)
    folder = Path(tempfile.mkdtemp())
    configs = {
        f"{part}_lora_adapter_metadata": network.peft_config["default"].to_dict() | {"base_model_name_or_path": None}
        for part, network in (("unet", pipe.unet), ("text_encoder", pipe.text_encoder))
    }
    StableDiffusionPipeline.save_lora_weights(
        folder,
        unet_lora_layers=get_peft_model_state_dict(pipe.unet),
        text_encoder_lora_layers=get_peft_model_state_dict(pipe.text_encoder),
        **configs,
    )
    return folder / "pytorch_lora_weights.safetensors"


def lycoris(pipe: StableDiffusionPipeline, config: LoHaConfig | LoKrConfig, alpha: float) -> Tensors:
    """peft's layers in the UNet of `pipe`, and their factors by the names of LyCORIS."""
    inject_adapter_in_model(config, pipe.unet)
    shaken(pipe.unet)
    out: Tensors = {}
    for name, parameter in pipe.unet.named_parameters():
        kind = next((part for part in name.split(".") if part.startswith(("hada_", "lokr_"))), None)
        if kind is None:
            continue
        module = name.split(f".{kind}")[0]
        layer = pipe.unet.get_submodule(module)
        if hasattr(layer, "lokr_w1") and "default" in layer.lokr_w1 and "default" in layer.lokr_w2:
            # LyCORIS scales by 1 where neither factor is decomposed; peft does not know that.
            layer.alpha["default"] = layer.r["default"]
        stem = "lora_unet_" + module.replace(".", "_")
        out[f"{stem}.{kind}"] = parameter.detach().clone()
        out[f"{stem}.alpha"] = torch.tensor(alpha)
    return out


def cp(pipe: StableDiffusionPipeline) -> tuple[Tensors, Callable[[float], None]]:
    """LoCon with a core: W + alpha / r * sum_pq up[o, p] core[p, q, y, x] down[q, i]; and strided ones."""
    out: Tensors = {}
    rank, alpha = 3, 2.0
    chosen = layers(pipe.unet, ("conv1", "samplers.0.conv", "conv_in"))
    for name, module in chosen.items():
        stem = "lora_unet_" + name.replace(".", "_")
        weight = module.weight
        out[f"{stem}.lora_down.weight"] = torch.randn(rank, weight.shape[1], 1, 1) / weight.shape[1] ** 0.5
        out[f"{stem}.lora_mid.weight"] = torch.randn(rank, rank, *weight.shape[2:]) / 3
        out[f"{stem}.lora_up.weight"] = torch.randn(weight.shape[0], rank, 1, 1) * 0.3
        out[f"{stem}.alpha"] = torch.tensor(alpha)

    def merge(strength: float) -> None:
        for name, module in chosen.items():
            stem = "lora_unet_" + name.replace(".", "_")
            up, mid, down = (out[f"{stem}.lora_{part}.weight"] for part in ("up", "mid", "down"))
            delta = torch.einsum("op,pqyx,qi->oiyx", up[..., 0, 0], mid, down[..., 0, 0])
            module.weight.data += strength * alpha / rank * delta

    return out, merge


def full(pipe: StableDiffusionPipeline) -> tuple[Tensors, Callable[[float], None]]:
    """Whole differences of weights, biases and norms, as LyCORIS' `full` and `norm` write them."""
    out: Tensors = {}
    chosen: dict[str, tuple[torch.nn.Parameter, torch.Tensor]] = {}
    for name, module in pipe.unet.named_modules():
        norm = isinstance(module, torch.nn.LayerNorm | torch.nn.GroupNorm)
        wanted = "mid_block" in name and (norm or name.endswith(("attn2.to_k", "0.conv2", "ff.net.2")))
        if not wanted:
            continue
        stem = "lora_unet_" + name.replace(".", "_")
        for kind, parameter in (("w_norm" if norm else "diff", module.weight), ("b_norm" if norm else "diff_b", module.bias)):
            if parameter is not None:
                delta = torch.randn_like(parameter) * (0.3 if parameter.ndim == 1 else parameter.std())
                out[f"{stem}.{kind}"] = delta
                chosen[f"{stem}.{kind}"] = (parameter, delta)

    def merge(strength: float) -> None:
        for parameter, delta in chosen.values():
            parameter.data += strength * delta

    return out, merge


# ---------------------------------------------------------------- what they make


def record(pipe: StableDiffusionPipeline) -> Tensors:
    pipe.scheduler = EulerDiscreteScheduler.from_config(pipe.scheduler.config)
    pipe.set_progress_bar_config(disable=True)
    text, _ = pipe.encode_prompt(PROMPT, "cpu", 1, False)
    latent = pipe(
        PROMPT,
        negative_prompt=NEGATIVE,
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=torch.Generator().manual_seed(SEED),
        output_type="latent",
        **SIZE,
    ).images
    return {"text": text, "latent": latent}


def fresh(model: str) -> StableDiffusionPipeline:
    return load.__wrapped__(model)


def set_scaling(network: torch.nn.Module, strength: float) -> None:
    for module in network.modules():
        if hasattr(module, "set_scale") and hasattr(module, "scaling"):
            module.set_scale("default", strength)


Case = dict


def main() -> None:
    torch.manual_seed(20)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    recorded: Tensors = {}
    cases: dict[str, Case] = {}

    def keep(case: str, model: str, loras: list[tuple[str, float, float]], pipe: StableDiffusionPipeline) -> None:
        with torch.no_grad():
            made = record(pipe)
        for kind, tensor in made.items():
            recorded[f"{case}.{kind}"] = tensor.contiguous()
        cases[case] = {"model": model, "loras": [{"file": f, "unet": u, "text": t} for f, u, t in loras]}
        base = recorded[f"none, {model}.latent"]
        print(f"{case}: latent {made['latent'].std():.2f}, moved by {(made['latent'] - base).std():.2f}")

    def write(name: str, tensors: Tensors, metadata: dict[str, str] | None = None) -> None:
        save_file({key: value.contiguous() for key, value in tensors.items()}, OUT / f"{name}.safetensors", metadata)

    def by_diffusers(case: str, model: str, loras: list[tuple[str, float, float]], fuse: bool = False) -> None:
        pipe = fresh(model)
        for i, (name, _, _) in enumerate(loras):
            options = {"unet_config": pipe.unet.config} if "ldm" in name else {}
            state, alphas, metadata = StableDiffusionLoraLoaderMixin.lora_state_dict(
                str(OUT / f"{name}.safetensors"), return_lora_metadata=True, **options
            )
            common = {"network_alphas": alphas, "adapter_name": f"a{i}", "_pipeline": pipe}
            if metadata:
                common["metadata"] = metadata
            pipe.load_lora_into_unet(state, unet=pipe.unet, **common)
            # transformers 5 makes the adapters that are there already anew when it loads another.
            before = {key: value.clone() for key, value in pipe.text_encoder.state_dict().items()}
            pipe.load_lora_into_text_encoder(state, text_encoder=pipe.text_encoder, prefix="text_encoder", **common)
            pipe.text_encoder.load_state_dict(before if i else {}, strict=False)
        if fuse:
            pipe.fuse_lora(lora_scale=loras[0][1])
        else:
            in_text = pipe.get_list_adapters().get("text_encoder", [])
            weights = [
                {"unet": u, "text_encoder": t} if f"a{i}" in in_text else {"unet": u} for i, (_, u, t) in enumerate(loras)
            ]
            pipe.set_adapters([f"a{i}" for i in range(len(loras))], adapter_weights=weights)
        keep(case, model, loras, pipe)

    for model in ("sd1-fp32", "sd2-fp16"):
        keep(f"none, {model}", model, [], fresh(model))

    sd1 = fresh("sd1-fp32")
    write("kohya", kohya(sd1), {"ss_network_module": "networks.lora", "ss_network_dim": "4", "ss_network_alpha": "3"})
    write("kohya-ldm", in_ldm_names(sd1, locon(sd1)))
    write("processors", processors(sd1))
    shutil.move(peft_file(fresh("sd2-fp16")), OUT / "peft.safetensors")

    by_diffusers("kohya", "sd1-fp32", [("kohya", 1.0, 1.0)])
    by_diffusers("kohya, strengths apart", "sd1-fp32", [("kohya", 0.6, -0.8)])
    by_diffusers("kohya, fused", "sd1-fp32", [("kohya", 0.75, 0.75)], fuse=True)
    by_diffusers("convolutions in the names of LDM", "sd1-fp32", [("kohya-ldm", 0.8, 0.8)])
    by_diffusers("attention processors", "sd1-fp32", [("processors", 0.9, 0.9)])
    by_diffusers("peft, rank-stabilised", "sd2-fp16", [("peft", 0.7, 1.2)])
    by_diffusers(
        "three at once", "sd1-fp32", [("kohya", 0.7, 0.4), ("processors", -0.5, 0.9), ("kohya-ldm", 0.4, 0.4)]
    )

    pipe = fresh("sd1-fp32")
    pipe.unet = get_peft_model(pipe.unet, LoraConfig(r=2, lora_alpha=2, target_modules=["to_q", "to_v", "time_emb_proj"]))
    shaken(pipe.unet)
    folder = Path(tempfile.mkdtemp())
    pipe.unet.save_pretrained(folder)
    shutil.move(folder / "adapter_model.safetensors", OUT / "peft-model.safetensors")
    pipe.unet = pipe.unet.base_model.model
    keep("peft's own file", "sd1-fp32", [("peft-model", 1.0, 1.0)], pipe)

    targets = r".*(up_blocks\.[12]\..*(to_q|to_out\.0|ff\.net\.0\.proj|proj_in|conv1|conv_shortcut)|mid_block.*(to_v|conv2))"
    effective = {"use_effective_conv2d": True}
    for name, config, alpha in (
        ("loha", LoHaConfig(r=3, alpha=2, target_modules=targets), 2.0),
        ("loha-tucker", LoHaConfig(r=3, alpha=3, target_modules=targets, **effective), 3.0),
        ("lokr", LoKrConfig(r=2, alpha=1, target_modules=targets, decompose_factor=4), 1.0),
        ("lokr-both", LoKrConfig(r=2, alpha=2, target_modules=targets, decompose_both=True, decompose_factor=8, **effective), 2.0),
    ):
        pipe = fresh("sd1-fp32")
        write(name, lycoris(pipe, config, alpha))
        set_scaling(pipe.unet, 0.8)
        keep(name, "sd1-fp32", [(name, 0.8, 0.8)], pipe)

    for name, make in (("locon-cp", cp), ("full", full)):
        pipe = fresh("sd1-fp32")
        tensors, merge = make(pipe)
        write(name, tensors)
        merge(0.7)
        keep(name, "sd1-fp32", [(name, 0.7, 0.7)], pipe)

    save_file(recorded, OUT / "recorded.safetensors")
    settings = {"prompt": PROMPT, "negative": NEGATIVE, "seed": str(SEED), "steps": STEPS, "guidance": GUIDANCE} | SIZE
    (OUT / "loras.json").write_text(json.dumps(settings | {"cases": cases}, indent=2) + "\n")
    for file in sorted(OUT.iterdir()):
        print(f"{file.name}: {file.stat().st_size} bytes, {len(load_file(file)) if file.suffix != '.json' else 1} tensors")


if __name__ == "__main__":
    main()
