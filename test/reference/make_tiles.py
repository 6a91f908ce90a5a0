"""Pictures that diffusers' AutoencoderKL encodes and decodes in tiles: python test/reference/make_tiles.py   (after make_micro_models.py)

Writes tiles.safetensors: of the autoencoder of the micro model sd1-fp32 (tiles of 32 px), `SIZE.latent`, `SIZE.image` (decoded,
0..1), `SIZE.mean` and `SIZE.std` (of that picture encoded, scaled), all with `enable_tiling`; sizes are height x width in px.
"""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderKL
from safetensors.torch import save_file

HERE = Path(__file__).parent
# Several tiles both ways, with rests of one cell and of more; one tile high; two pictures at once.
SIZES = {"52x84": 1, "32x60": 1, "40x36": 2}


@torch.no_grad()
def main() -> None:
    torch.manual_seed(11)
    vae = AutoencoderKL.from_pretrained(HERE / "models/sd1-fp32/vae").eval()
    vae.enable_tiling()
    factor, scale = 2 ** (len(vae.config.block_out_channels) - 1), vae.config.scaling_factor
    tensors = {}
    for name, count in SIZES.items():
        height, width = (int(side) // factor for side in name.split("x"))
        latent = torch.randn(count, vae.config.latent_channels, height, width)
        image = (vae.decode(latent / scale).sample / 2 + 0.5).clamp(0, 1)
        whole = AutoencoderKL.from_pretrained(HERE / "models/sd1-fp32/vae").eval().decode(latent / scale).sample
        posterior = vae.encode(image * 2 - 1).latent_dist
        tensors |= {f"{name}.latent": latent, f"{name}.image": image}
        tensors |= {f"{name}.mean": posterior.mean * scale, f"{name}.std": posterior.std * scale}
        changed = ((whole / 2 + 0.5).clamp(0, 1) - image).square().mean().sqrt()
        print(f"{name}: {tuple(image.shape)}, tiles change it by {changed:.3f}, std {image.std():.3f}")
    save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, HERE / "tiles.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
