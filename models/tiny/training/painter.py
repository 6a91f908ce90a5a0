"""Draws with a finished model folder: text to image, image to image, and what the fine-tunes change in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from torch import nn
from transformers import CLIPTextConfig, CLIPTextModel

from pipeline_folder import read_weights
from sampling import SCHEDULE, decode
from tokenizer import Tokenizer

LATENT = (4, 16, 16)


class LearnedWord(nn.Module):
    """The token embedding with rows for one new word after its own; only those are trained."""

    def __init__(self, known: nn.Embedding, vectors: torch.Tensor) -> None:
        super().__init__()
        self.known = known.requires_grad_(False)
        self.vectors = nn.Parameter(vectors)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return nn.functional.embedding(ids, torch.cat([self.known.weight, self.vectors.to(self.known.weight)]))


class Painter:
    """A model folder in float32, frozen, on one device. What it predicts is read from its scheduler's config."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        self.folder, self.device = folder, device
        self.tokenizer = Tokenizer(folder / "tokenizer")
        vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=torch.float32)
        unet = UNet2DConditionModel.from_config(UNet2DConditionModel.load_config(folder / "unet"))
        text_encoder = CLIPTextModel(CLIPTextConfig.from_pretrained(folder / "text_encoder"))
        read_weights(folder, unet, text_encoder)
        self.vae = vae.to(device).eval().requires_grad_(False)
        self.unet = unet.to(device, memory_format=torch.channels_last).eval().requires_grad_(False)
        self.text_encoder = text_encoder.float().to(device).eval().requires_grad_(False)
        config = json.loads((folder / "scheduler/scheduler_config.json").read_text())
        self.prediction: str = config["prediction_type"]
        self.learned: dict[str, list[int]] = {}

    def fingerprint(self) -> str:
        """Of everything that a picture depends on."""
        digest = hashlib.sha256()
        for file in sorted(self.folder.rglob("*")):
            if file.suffix in (".safetensors", ".json", ".txt") and file.is_file():
                digest.update(file.read_bytes())
        return digest.hexdigest()[:12]

    def learn(self, word: str, vectors: torch.Tensor) -> LearnedWord:
        """Adds a word that stands for `vectors` [n, width]."""
        inner = getattr(self.text_encoder, "text_model", self.text_encoder).embeddings
        first = inner.token_embedding.num_embeddings
        self.learned[word] = list(range(first, first + len(vectors)))
        inner.token_embedding = LearnedWord(inner.token_embedding, vectors.to(self.device))
        return inner.token_embedding

    def encode(self, prompts: list[str]) -> torch.Tensor:
        """Token ids [N, 77]."""
        return torch.tensor([self._ids(p) for p in prompts], device=self.device)

    def _ids(self, prompt: str) -> list[int]:
        for word, ids in self.learned.items():
            if word in prompt:
                before, after = prompt.split(word, 1)
                start, *rest = self.tokenizer.encode(before)
                end = rest[-1]
                middle = [i for i in rest if i != end] + ids + [i for i in self.tokenizer.encode(after)[1:] if i != end]
                return [start, *middle[:75]] + [end] * (76 - len(middle[:75]))
        return self.tokenizer.encode(prompt)

    def context(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.text_encoder(input_ids=tokens).last_hidden_state

    def predict(self, given: torch.Tensor, times: torch.Tensor, context: torch.Tensor, **added: object) -> torch.Tensor:
        return self.unet(given, times, encoder_hidden_states=context, **added).sample

    def noise(self, seeds: list[int]) -> torch.Tensor:
        """Each picture's own stream, so that it does not depend on the others drawn with it."""
        return torch.stack([torch.randn(LATENT, generator=torch.Generator().manual_seed(s)) for s in seeds])

    @torch.no_grad()
    def to_latents(self, images: torch.Tensor) -> torch.Tensor:
        """Scaled posterior means of uint8 [N, 128, 128, 3]."""
        parts = []
        for part in images.split(32):
            pixels = part.to(self.device).permute(0, 3, 1, 2).float() / 127.5 - 1
            parts.append(self.vae.encode(pixels).latent_dist.mean * self.vae.config.scaling_factor)
        return torch.cat(parts)

    def to_pixels(self, latents: torch.Tensor) -> torch.Tensor:
        return decode(self.vae, latents)

    @torch.no_grad()
    def latents(
        self,
        prompts: list[str],
        seeds: list[int],
        guidance: float = 5.0,
        negative: str = "",
        steps: int = 20,
        start: torch.Tensor | None = None,
        strength: float = 1.0,
        added: Callable[..., dict[str, object]] | None = None,
    ) -> torch.Tensor:
        """Scaled latents by DDIM.

        `start` [N, 4, 16, 16] with `strength` is image to image, with as many of the steps as diffusers takes.
        `added(given, time, context)` is what a ControlNet adds: further arguments of the UNet.
        """
        scheduler = DDIMScheduler(**SCHEDULE, prediction_type=self.prediction)
        scheduler.set_timesteps(steps)
        times = scheduler.timesteps
        current = self.noise(seeds).to(self.device)
        if start is not None:
            times = times[steps - min(steps, max(1, int(steps * strength))) :]
            current = scheduler.add_noise(start, current, times[:1].repeat(len(seeds)))
        both = guidance != 1.0
        tokens = self.encode([negative] * len(prompts) + prompts if both else prompts)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            context = self.context(tokens)
            for t in times:
                given = torch.cat([current, current]) if both else current
                given = given.contiguous(memory_format=torch.channels_last)
                out = self.predict(given, t, context, **(added(given, t, context) if added else {})).float()
                if both:
                    away, towards = out.chunk(2)
                    out = away + guidance * (towards - away)
                current = scheduler.step(out, t, current).prev_sample
        return current

    def draw(self, prompts: list[str], seeds: list[int], chunk: int = 32, **settings) -> torch.Tensor:
        """uint8 [N, 128, 128, 3] on the CPU; `settings` as of `latents`."""
        start = settings.pop("start", None)
        parts = []
        for i in range(0, len(prompts), chunk):
            piece = slice(i, i + chunk)
            given = None if start is None else start[piece]
            parts.append(self.to_pixels(self.latents(prompts[piece], seeds[piece], start=given, **settings)))
        return torch.cat(parts)
