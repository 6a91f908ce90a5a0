"""Whole-model gradients and training curves of a micro model, by torch's autograd.

    python test/reference/make_gradients.py      (torch, diffusers, transformers, peft, safetensors)

Writes `training/text_encoder` and `training/unet`, a micro model with the classes' own start of training (those of
make_micro_models.py exaggerate, and torch's float32 gradient of them is off by 3e-4), and `training/recorded.safetensors`: what a
denoising loss is computed from (`latents`, `targets`, and `sinusoids` of the timesteps, one row for each batch), and for textual
inversion (`word.*`) and for LoRA on UNet and text encoder (`lora.*`, peft's layers) the start, the gradient of the first batch in
double precision, and the losses of 50 steps of torch's AdamW over the batches in turn. `training/smallest` is the same for a word
of a model with one of everything, for devices that take long over many kernels.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig, inject_adapter_in_model
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel

torch.set_num_threads(1)
HERE = Path(__file__).parent
OUT = HERE / "training"
BATCHES, BATCH, STEPS, VECTORS, RANK = 4, 2, 50, 2, 2
LATENT = (4, 8, 8)
LENGTH = 77
# Ids of two captions without meaning; the word to be learned stands at PLACES of each.
CAPTIONS = [[40, 7, 300, 12], [5, 90, 90, 2, 33, 8]]
PLACES = [[2, 3], [4, 5]]
OPTIMISER = {"lr": 5e-3, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 1e-2}


class Model:
    """A folder with a text encoder of vectors of `width` and a UNet with a level for each of `channels`."""

    def __init__(self, folder: Path, width: int, layers: int, heads: int, channels: tuple[int, ...]) -> None:
        self.folder, self.width, self.layers, self.heads, self.channels = folder, width, layers, heads, channels

    def make(self) -> None:
        torch.manual_seed(10)
        shape = {"hidden_size": self.width, "num_attention_heads": self.heads, "intermediate_size": 2 * self.width}
        ends = {"bos_token_id": 521, "eos_token_id": 522, "pad_token_id": 522, "vocab_size": 523}
        config = CLIPTextConfig(hidden_act="quick_gelu", num_hidden_layers=self.layers, **shape, **ends)
        CLIPTextModel(config).save_pretrained(self.folder / "text_encoder")
        levels = len(self.channels)
        UNet2DConditionModel(
            block_out_channels=self.channels,
            down_block_types=("CrossAttnDownBlock2D",) * levels,
            up_block_types=("CrossAttnUpBlock2D",) * levels,
            layers_per_block=1,
            attention_head_dim=self.heads,
            norm_num_groups=4,
            cross_attention_dim=self.width,
        ).save_pretrained(self.folder / "unet")

    def load(self, dtype: torch.dtype) -> tuple[CLIPTextModel, UNet2DConditionModel]:
        text = CLIPTextModel.from_pretrained(self.folder / "text_encoder", torch_dtype=dtype)
        unet = UNet2DConditionModel.from_pretrained(self.folder / "unet", torch_dtype=dtype)
        return text.eval().requires_grad_(False), unet.eval().requires_grad_(False)


MICRO = Model(OUT, 32, 2, 4, (16, 24))
SMALLEST = Model(OUT / "smallest", 8, 1, 1, (8,))


def ids(text: CLIPTextModel) -> torch.Tensor:
    start, end = text.config.bos_token_id, text.config.eos_token_id
    rows = [[start, *caption, end] for caption in CAPTIONS]
    return torch.tensor([row + [end] * (LENGTH - len(row)) for row in rows])


def loss_of(text, unet, embeddings, batch) -> torch.Tensor:
    """Mean squared error of the prediction for `batch` = latents, targets and timesteps."""
    latents, targets, timesteps = batch
    root = getattr(text, "text_model", text)
    known = root.embeddings.token_embedding
    # The embeddings are given, so the table is asked for nothing: it is exchanged for one that returns them.
    root.embeddings.token_embedding = Given(embeddings)
    try:
        hidden = text(ids(text)).last_hidden_state
    finally:
        root.embeddings.token_embedding = known
    dtype = latents.dtype
    prediction = unet(latents, timesteps.to(dtype), hidden).sample
    return torch.nn.functional.mse_loss(prediction, targets)


class Given(torch.nn.Module):
    def __init__(self, embeddings: torch.Tensor) -> None:
        super().__init__()
        self.embeddings = embeddings

    def forward(self, _ids: torch.Tensor) -> torch.Tensor:
        return self.embeddings


def table(text: CLIPTextModel) -> torch.Tensor:
    return getattr(text, "text_model", text).embeddings.token_embedding.weight


def batches(dtype: torch.dtype) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    generator = torch.Generator().manual_seed(11)
    draw = lambda: torch.randn(BATCH, *LATENT, generator=generator)  # noqa: E731
    times = torch.randint(0, 1000, (BATCHES, BATCH), generator=generator)
    return [(draw().to(dtype), draw().to(dtype), times[i]) for i in range(BATCHES)]


def curve(parameters: list[torch.Tensor], loss) -> torch.Tensor:
    optimiser = torch.optim.AdamW(parameters, **OPTIMISER)
    losses = []
    for step in range(STEPS):
        value = loss(step)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        optimiser.step()
        losses.append(value.item())
    return torch.tensor(losses)


def word(model: Model, out: dict[str, torch.Tensor]) -> None:
    start = 0.3 * torch.randn(VECTORS, model.width, generator=torch.Generator().manual_seed(12))
    out["word.start"] = start.clone()
    for dtype in (torch.float64, torch.float32):
        text, unet = model.load(dtype)
        vectors = start.to(dtype).requires_grad_()
        data = batches(dtype)

        def loss(step: int) -> torch.Tensor:
            embeddings = table(text)[ids(text)].clone()
            for row, places in enumerate(PLACES):
                embeddings = embeddings.index_put((torch.tensor(row), torch.tensor(places)), vectors)
            return loss_of(text, unet, embeddings, data[step % BATCHES])

        if dtype == torch.float64:
            out["word.loss"] = loss(0).detach().float().reshape(1)
            (out["word.gradient"],) = (g.float() for g in torch.autograd.grad(loss(0), vectors))
        else:
            out["word.curve"] = curve([vectors], loss)


def lora(out: dict[str, torch.Tensor]) -> None:
    for dtype in (torch.float64, torch.float32):
        text, unet = MICRO.load(dtype)
        config = {"r": RANK, "lora_alpha": RANK, "init_lora_weights": False}
        inject_adapter_in_model(LoraConfig(target_modules=["to_q", "to_k", "to_v", "to_out.0"], **config), unet)
        inject_adapter_in_model(LoraConfig(target_modules=["q_proj", "k_proj", "v_proj", "out_proj"], **config), text)
        generator = torch.Generator().manual_seed(13)
        named: dict[str, torch.Tensor] = {}
        for part, network in (("text", text), ("unet", unet)):
            for name, parameter in network.named_parameters():
                if ".lora_" not in name:
                    continue
                with torch.no_grad():
                    parameter.copy_(0.2 * torch.randn(parameter.shape, generator=generator))
                module, _, factor = name.partition(".lora_")
                module = module.removeprefix("text_model.").removeprefix("base_model.model.")
                named[f"{part}.{module}.{'down' if factor.startswith('A') else 'up'}"] = parameter.requires_grad_()
        data = batches(dtype)

        def loss(step: int) -> torch.Tensor:
            return loss_of(text, unet, table(text)[ids(text)], data[step % BATCHES])

        if dtype == torch.float64:
            out["lora.loss"] = loss(0).detach().float().reshape(1)
            given = torch.autograd.grad(loss(0), list(named.values()))
            for name, parameter, gradient in zip(named, named.values(), given, strict=True):
                out[f"lora.start.{name}"] = parameter.detach().float().clone()
                out[f"lora.gradient.{name}"] = gradient.float()
        else:
            out["lora.curve"] = curve(list(named.values()), loss)


def record(model: Model, *lessons: Callable[[dict[str, torch.Tensor]], None]) -> None:
    model.make()
    data, (_, unet) = batches(torch.float32), model.load(torch.float32)
    out = {
        "latents": torch.stack([latents for latents, _, _ in data]),
        "targets": torch.stack([targets for _, targets, _ in data]),
        "sinusoids": torch.stack([unet.time_proj(times) for _, _, times in data]),
    }
    word(model, out)
    for lesson in lessons:
        lesson(out)
    save_file({name: tensor.contiguous() for name, tensor in out.items()}, model.folder / "recorded.safetensors")
    print({name: tuple(tensor.shape) for name, tensor in out.items() if not name.startswith("lora.")})
    print("losses", *((out[name][:4], out[name][-4:]) for name in ("word.curve", "lora.curve") if name in out))


def main() -> None:
    record(MICRO, lora)
    record(SMALLEST)


if __name__ == "__main__":
    main()
