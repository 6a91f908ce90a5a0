"""Textual inversion embeddings in every format that people share, and what diffusers makes of prompts with them.

    python test/reference/make_embeddings.py      (after make_micro_models.py; torch, diffusers, transformers, safetensors, Pillow)

Writes `embeddings/NAME` for the micro model sd1-fp32, `embeddings/embeddings.json`, what is in them, and
`embeddings/recorded.safetensors`: of each file its vectors `NAME.vectors`, and `NAME.text` and `NAME.latent`, which diffusers'
pipeline makes after `load_textual_inversion` of a prompt with the word. Of pictures, which diffusers does not read, the vectors
are handed to it; AUTOMATIC1111 writes them into a text of the PNG and into the low bits of its colours.
"""

from __future__ import annotations

import base64
import json
import shutil
import zlib
from pathlib import Path

import numpy as np
import torch
from diffusers import EulerDiscreteScheduler
from make_pictures import load
from PIL import Image, PngImagePlugin
from safetensors.torch import save_file

torch.set_num_threads(1)
HERE = Path(__file__).parent
OUT = HERE / "embeddings"
MODEL, SEED, STEPS, GUIDANCE = "sd1-fp32", 5, 3, 4.0
SIZE = {"width": 32, "height": 16}
WIDTH = 32


def a1111(vectors: torch.Tensor, name: str) -> dict:
    return {
        "string_to_token": {"*": 265},
        "string_to_param": {"*": vectors},
        "name": name,
        "step": 500,
        "sd_checkpoint": "0123abcd",
        "sd_checkpoint_name": "some model",
    }


def as_json(data: dict) -> str:
    return json.dumps(data, default=lambda tensor: {"TORCHTENSOR": tensor.tolist()})


def background(width: int = 24, height: int = 32) -> Image.Image:
    """Nowhere black, which is what marks the edges of the data."""
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(np.stack([x * 8 + 40, y * 6 + 40, 0 * x + 130], -1).astype(np.uint8))


def scrambled(block: np.ndarray) -> np.ndarray:
    """Low bits xored with those of a linear congruential generator, so that they look like noise."""
    seed, noise = 0, []
    for _ in range(block.size):
        seed = (1664525 * seed + 1013904223) % 2**32
        noise.append(seed % 255)
    return block ^ (np.array(noise, np.uint8).reshape(block.shape) & 0x0F)


def in_pixels(data: dict) -> Image.Image:
    """modules/textual_inversion/image_embedding.py: low halves of the bytes left of the picture, high halves right of it."""
    picture = background()
    packed = np.frombuffer(zlib.compress(as_json(data).encode(), level=9), np.uint8)
    columns = -(-packed.size // (picture.height * 3))
    size = picture.height * columns * 3
    blocks = [
        scrambled(np.resize(half, size).reshape(picture.height, columns, 3)) | 0xA0 for half in (packed & 0x0F, packed >> 4)
    ]
    low, high = (Image.fromarray(block) for block in blocks)
    whole = Image.new("RGB", (picture.width + 2 * columns + 2, picture.height))
    whole.paste(low, (0, 0))
    whole.paste(picture, (columns + 1, 0))
    whole.paste(high, (columns + 1 + picture.width + 1, 0))
    return whole


def main() -> None:
    torch.manual_seed(7)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    files: dict[str, dict] = {}
    recorded: dict[str, torch.Tensor] = {}

    def draw(count: int) -> torch.Tensor:
        return torch.randn(count, WIDTH) * 0.5

    def keep(name: str, word: str, vectors: torch.Tensor, source) -> None:
        pipe = load.__wrapped__(MODEL)
        pipe.scheduler = EulerDiscreteScheduler.from_config(pipe.scheduler.config)
        pipe.set_progress_bar_config(disable=True)
        pipe.load_textual_inversion(source, token=word)
        prompt = f"a red {word} and the moon, {word}"
        converted = pipe.maybe_convert_prompt(prompt, pipe.tokenizer)
        with torch.no_grad():
            text, _ = pipe.encode_prompt(prompt, "cpu", 1, False)
            latent = pipe(
                prompt,
                num_inference_steps=STEPS,
                guidance_scale=GUIDANCE,
                generator=torch.Generator().manual_seed(SEED),
                output_type="latent",
                **SIZE,
            ).images
        recorded[f"{name}.vectors"] = vectors.reshape(-1, WIDTH).float().contiguous()
        recorded[f"{name}.text"], recorded[f"{name}.latent"] = text.contiguous(), latent.contiguous()
        files[name] = {"word": word, "prompt": prompt}
        print(f"{name}: {converted!r}, latent {latent.std():.2f}")

    one, three, five = draw(1), draw(3), draw(5)
    torch.save({"<cat-toy>": one[0]}, OUT / "learned_embeds.bin")
    keep("learned_embeds.bin", "<cat-toy>", one, str(OUT / "learned_embeds.bin"))
    save_file({"<three>": three}, OUT / "learned_embeds.safetensors")
    keep("learned_embeds.safetensors", "<three>", three, str(OUT / "learned_embeds.safetensors"))
    torch.save(a1111(five, "bad-hands"), OUT / "bad-hands.pt")
    keep("bad-hands.pt", "bad-hands", five, str(OUT / "bad-hands.pt"))
    halves = draw(2).half()
    save_file({"emb_params": halves}, OUT / "easynegative.safetensors")
    keep("easynegative.safetensors", "easynegative", halves, str(OUT / "easynegative.safetensors"))
    both = {"clip_l": draw(2), "clip_g": torch.randn(2, 40)}
    save_file(both, OUT / "both-encoders.safetensors")
    keep("both-encoders.safetensors", "both-encoders", both["clip_l"], both["clip_l"])

    drawn = draw(2)
    info = PngImagePlugin.PngInfo()
    info.add_text("sd-ti-embedding", base64.b64encode(as_json(a1111(drawn, "told")).encode()).decode())
    background().save(OUT / "told.png", pnginfo=info)
    keep("told.png", "told", drawn, drawn)
    in_pixels(a1111(drawn, "hidden")).save(OUT / "hidden.webp", lossless=True, exact=True)
    in_pixels(a1111(drawn, "hidden")).save(OUT / "hidden.png")
    keep("hidden.png", "hidden", drawn.clone(), drawn)

    save_file(recorded, OUT / "recorded.safetensors")
    settings = {"model": MODEL, "seed": str(SEED), "steps": STEPS, "guidance": GUIDANCE} | SIZE
    (OUT / "embeddings.json").write_text(json.dumps(settings | {"files": files}, indent=2) + "\n")


if __name__ == "__main__":
    main()
