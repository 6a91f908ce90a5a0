"""Low-rank adapters (Hu et al. 2021) on linear layers and convolutions of a frozen model, saved as kohya names them."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

UNET, TEXT_ENCODER = "lora_unet_", "lora_te_text_model_"


class LoraLayer(nn.Module):
    """`base(x) + up(down(x))`, where only `down` and `up` are trained: scale 1, as alpha equals the rank."""

    def __init__(self, base: nn.Linear | nn.Conv2d, rank: int) -> None:
        super().__init__()
        self.base = base
        if isinstance(base, nn.Conv2d):
            self.down = nn.Conv2d(base.in_channels, rank, base.kernel_size, base.stride, base.padding, bias=False)
            self.up: nn.Module = nn.Conv2d(rank, base.out_channels, 1, bias=False)
        else:
            self.down = nn.Linear(base.in_features, rank, bias=False)
            self.up = nn.Linear(rank, base.out_features, bias=False)
        nn.init.kaiming_uniform_(self.down.weight, a=5**0.5)
        nn.init.zeros_(self.up.weight)

    def forward(self, x: torch.Tensor, *unused: object) -> torch.Tensor:
        return self.base(x) + self.up(self.down(x))


def add_lora(model: nn.Module, endings: tuple[str, ...], rank: int) -> dict[str, LoraLayer]:
    """Wraps every layer whose name ends in one of `endings`; by the layer's name."""
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear | nn.Conv2d) and n.endswith(endings)]
    layers = {}
    for name in names:
        parent_name, _, child = name.rpartition(".")
        parent = model.get_submodule(parent_name)
        base = parent.get_submodule(child)
        layer = LoraLayer(base, rank).to(base.weight.device)
        if isinstance(base, nn.Conv2d):
            layer.to(memory_format=torch.channels_last)
        setattr(parent, child, layer)
        layers[name] = layer
    return layers


def key_of(prefix: str, name: str) -> str:
    return prefix + name.removeprefix("text_model.").replace(".", "_")


def load_lora(path: Path, unet: nn.Module, text_encoder: nn.Module) -> None:
    """Adds the adapters of a file that `save_lora` wrote."""
    state = load_file(path)
    for prefix, model in ((UNET, unet), (TEXT_ENCODER, text_encoder)):
        wanted = {n for n, _ in model.named_modules() if f"{key_of(prefix, n)}.alpha" in state}
        for name in wanted:
            down, up = (state[f"{key_of(prefix, name)}.lora_{part}.weight"] for part in ("down", "up"))
            (layer,) = add_lora(model, (name,), len(down)).values()
            with torch.no_grad():
                layer.down.weight.copy_(down)
                layer.up.weight.copy_(up)


def save_lora(path: Path, unet: dict[str, LoraLayer], text_encoder: dict[str, LoraLayer]) -> None:
    """kohya's keys: `lora_unet_<module>.lora_down.weight`, `.lora_up.weight`, `.alpha`; `lora_te_text_model_...`."""
    state: dict[str, torch.Tensor] = {}
    for prefix, layers in ((UNET, unet), (TEXT_ENCODER, text_encoder)):
        for name, layer in layers.items():
            key = key_of(prefix, name)
            state[f"{key}.lora_down.weight"] = layer.down.weight.detach().cpu().half().contiguous()
            state[f"{key}.lora_up.weight"] = layer.up.weight.detach().cpu().half().contiguous()
            state[f"{key}.alpha"] = torch.tensor(float(len(layer.down.weight)))
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(state, path, metadata={"format": "pt"})
