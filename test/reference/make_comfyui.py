"""Pictures that ComfyUI makes of a prompt with the micro models, by a transcription of what it publishes.

    python test/reference/make_comfyui.py   (after make_micro_models.py; torch, diffusers, transformers, safetensors, Pillow)

ComfyUI itself is not run. What is written here follows its published sources: comfy/samplers.py, comfy/model_sampling.py,
k_diffusion/sampling.py, comfy/utils.py, nodes.py. Writes comfyui/prompts.json, one prompt (API format) a case, and
comfyui/latents.safetensors, what its last sampler puts out, in the model's scale; `ops.*` are single nodes on small tensors.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from safetensors.torch import save_file

HERE = Path(__file__).parent
OUT = HERE / "comfyui"
torch.set_num_threads(1)
torch.set_grad_enabled(False)


# ---------------------------------------------------------------- the model


VARIANTS = {"inpainting-sharded": {"variant": "fp16"}}


class Model:
    """A checkpoint as ComfyUI sees it: sigmas of a table in double precision, and whole timesteps."""

    def __init__(self, name: str):
        pipe = StableDiffusionPipeline.from_pretrained(HERE / "models" / name, safety_checker=None, torch_dtype=torch.float32, **VARIANTS.get(name, {}))
        self.unet, self.vae, self.text, self.tokenizer = pipe.unet, pipe.vae, pipe.text_encoder, pipe.tokenizer
        config = pipe.scheduler.config
        n = config.num_train_timesteps
        betas = torch.linspace(config.beta_start**0.5, config.beta_end**0.5, n, dtype=torch.float64) ** 2
        bars = torch.cumprod(1 - betas, 0)
        self.sigmas = ((1 - bars) / bars) ** 0.5
        self.logs = self.sigmas.log()

    def sigma(self, timestep: float) -> float:
        t = min(max(float(timestep), 0.0), len(self.sigmas) - 1)
        low, high, w = math.floor(t), math.ceil(t), t - math.floor(t)
        return float(((1 - w) * self.logs[low] + w * self.logs[high]).exp())

    def percent_to_sigma(self, percent: float) -> float:
        if percent <= 0.0:
            return 999999999.9
        if percent >= 1.0:
            return 0.0
        return self.sigma((1.0 - percent) * 999.0)

    def denoised(self, x: torch.Tensor, sigma: float, context: torch.Tensor, beside: torch.Tensor | None = None) -> torch.Tensor:
        """`beside`: for inpainting models the mask and the masked picture, as they are (`c_concat`)."""
        timestep = int((math.log(sigma) - self.logs).abs().argmin())
        scaled = x / math.sqrt(sigma**2 + 1)
        context = context.expand(len(x), -1, -1)
        scaled = scaled if beside is None else torch.cat([scaled, beside], dim=1)
        eps = self.unet(scaled, torch.tensor([timestep] * len(x)), encoder_hidden_states=context).sample
        return x - eps * sigma

    def encode(self, text: str, skip: int = 1) -> torch.Tensor:
        ids = self.tokenizer(text, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids
        states = self.text(ids, output_hidden_states=True).hidden_states
        return self.text.final_layer_norm(states[-skip])

    def into(self, latent: torch.Tensor) -> torch.Tensor:
        """`process_latent_in`: what lies on wires is unscaled."""
        return latent * self.vae.config.scaling_factor

    def vae_encode(self, pixels: torch.Tensor) -> torch.Tensor:
        """The mean; [n, h, w, 3] in 0..1 to an unscaled latent."""
        return self.vae.encode(pixels.movedim(-1, 1) * 2 - 1).latent_dist.mean


# ---------------------------------------------------------------- sigmas, comfy/samplers.py


def scheduler_sigmas(model: Model, name: str, steps: int) -> torch.Tensor:
    table = model.sigmas
    low, high = float(table[0]), float(table[-1])
    if name == "normal":
        values = [model.sigma(t) for t in np.linspace(999, 0, steps)]
    elif name == "sgm_uniform":
        values = [model.sigma(t) for t in np.linspace(999, 0, steps + 1)[:-1]]
    elif name == "simple":
        values = [float(table[-(1 + int(i * len(table) / steps))]) for i in range(steps)]
    elif name == "ddim_uniform":
        stride = max(len(table) // steps, 1)
        values = [float(table[i]) for i in range(1, len(table), stride)][::-1]
    elif name == "karras":
        ramp = np.linspace(0, 1, steps)
        values = list((high ** (1 / 7) + ramp * (low ** (1 / 7) - high ** (1 / 7))) ** 7)
    elif name == "exponential":
        values = list(np.exp(np.linspace(math.log(high), math.log(low), steps)))
    elif name == "beta":
        # The quantiles of the distribution with 0.6 and 0.6, from a fine sum over x = sin(angle)^2, where its ends are smooth.
        angles = np.linspace(0, math.pi / 2, 1_000_001)
        density = (np.sin(angles) * np.cos(angles)) ** (2 * 0.6 - 1)
        area = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
        places = np.interp(1 - np.linspace(0, 1, steps, endpoint=False), area / area[-1], np.sin(angles) ** 2)
        whole = list(dict.fromkeys(np.rint(places * (len(table) - 1)).astype(int).tolist()))
        values = [float(table[i]) for i in whole]
    elif name == "kl_optimal":
        a = np.linspace(0, 1, steps)
        values = list(np.tan(a * math.atan(low) + (1 - a) * math.atan(high)))
    elif name == "linear_quadratic":
        n, share = steps // 2, 0.025
        left, rest = n - share * steps, steps - n
        square, slope = left / (n * rest**2), share / n - 2 * left / rest**2
        taken = [i * share / n for i in range(n)] + [square * i * i + slope * i + square * n * n for i in range(n, steps)]
        values = [(1 - t) * high for t in taken]
    else:
        raise ValueError(name)
    return torch.tensor([*values, 0.0], dtype=torch.float64)


def calculate_sigmas(model: Model, sampler: str, scheduler: str, steps: int) -> torch.Tensor:
    discard = sampler in ("dpm_2", "dpm_2_ancestral", "uni_pc", "uni_pc_bh2")
    sigmas = scheduler_sigmas(model, scheduler, steps + 1 if discard else steps)
    return torch.cat([sigmas[:-2], sigmas[-1:]]) if discard else sigmas


# ---------------------------------------------------------------- conditioning, comfy/samplers.py


def resolve_areas(conds: list[dict], height: int, width: int) -> list[dict]:
    resolved = []
    for cond in conds:
        cond = dict(cond)
        area = cond.get("area")
        if area is not None and area[0] == "percentage":
            h, w, y, x = area[1:]
            cond["area"] = (max(1, round(h * height)), max(1, round(w * width)), round(y * height), round(x * width))
        if "mask" in cond:
            mask = cond["mask"]
            if mask.shape[1:] != (height, width):
                mask = torch.nn.functional.interpolate(mask[:, None], size=(height, width), mode="bilinear", align_corners=False)[:, 0]
            if cond.get("set_area_to_bounds"):
                bounds = mask.abs().amax(0)
                ys, xs = torch.nonzero(bounds, as_tuple=True)
                if len(ys) == 0:
                    cond["area"] = (8, 8, 0, 0)
                else:
                    y, x = int(ys.min()), int(xs.min())
                    cond["area"] = (max(8, int(ys.max()) - y + 1), max(8, int(xs.max()) - x + 1), y, x)
            cond["mask"] = mask
        resolved.append(cond)
    return resolved


def add_counterparts(conds: list[dict], cond: dict) -> None:
    """`create_cond_with_same_area_if_none`."""
    if "area" not in cond:
        return
    h, w, y, x = cond["area"]
    smallest = None
    for other in conds:
        if "area" in other:
            oh, ow, oy, ox = other["area"]
            if x >= ox and y >= oy and x + w <= ox + ow and y + h <= oy + oh:
                if smallest is None or "area" not in smallest:
                    smallest = other
                elif smallest["area"][0] * smallest["area"][1] > oh * ow:
                    smallest = other
        elif smallest is None:
            smallest = other
    if smallest is None or smallest.get("area") == cond["area"]:
        return
    conds.append({**cond, "context": smallest["context"]})


def area_and_mult(model: Model, cond: dict, x: torch.Tensor, sigma: float):
    if "start" in cond and (sigma > model.percent_to_sigma(cond["start"]) or sigma < model.percent_to_sigma(cond["end"])):
        return None
    height, width = x.shape[2:]
    area = list(cond.get("area", (height, width, 0, 0)))
    area[0] = min(height - area[2], area[0])
    area[1] = min(width - area[3], area[1])
    part = x[:, :, area[2] : area[2] + area[0], area[3] : area[3] + area[1]]
    if "mask" in cond:
        mask = cond["mask"][: len(part), area[2] : area[2] + area[0], area[3] : area[3] + area[1]] * cond.get("mask_strength", 1.0)
        mult = mask[:, None].repeat(len(part) // len(mask), part.shape[1], 1, 1)
    else:
        mult = torch.ones_like(part)
    mult = mult * cond.get("strength", 1.0)
    if "mask" not in cond and "area" in cond:
        for axis, whole in ((0, height), (1, width)):
            fade = min(8, mult.shape[2 + axis] // 4)
            if area[2 + axis] != 0:
                for t in range(fade):
                    mult.narrow(axis + 2, t, 1).mul_((1.0 / fade) * (t + 1))
            if area[axis] + area[2 + axis] < whole:
                for t in range(fade):
                    mult.narrow(axis + 2, area[axis] - 1 - t, 1).mul_((1.0 / fade) * (t + 1))
    return area, part, mult


def calc_cond(model: Model, conds: list[dict], x: torch.Tensor, sigma: float, beside: torch.Tensor | None = None) -> torch.Tensor:
    total, counts = torch.zeros_like(x), torch.ones_like(x) * 1e-37
    for cond in conds:
        found = area_and_mult(model, cond, x, sigma)
        if found is None:
            continue
        (h, w, top, left), part, mult = found
        total[:, :, top : top + h, left : left + w] += model.denoised(part, sigma, cond["context"], beside) * mult
        counts[:, :, top : top + h, left : left + w] += mult
    return total / counts


# ---------------------------------------------------------------- samplers, k_diffusion/sampling.py


def euler(model, x, sigmas, _noise):
    for s, n in zip(sigmas, sigmas[1:]):
        d = (x - model(x, s)) / s
        x = x + d * (n - s)
    return x


def heun(model, x, sigmas, _noise):
    for s, n in zip(sigmas, sigmas[1:]):
        d = (x - model(x, s)) / s
        if n == 0:
            x = x + d * (n - s)
            continue
        moved = x + d * (n - s)
        d2 = (moved - model(moved, n)) / n
        x = x + (d + d2) / 2 * (n - s)
    return x


def euler_ancestral(model, x, sigmas, noise):
    for s, n in zip(sigmas, sigmas[1:]):
        denoised = model(x, s)
        up = min(n, (n**2 * (s**2 - n**2) / s**2) ** 0.5)
        down = (n**2 - up**2) ** 0.5
        x = x + (x - denoised) / s * (down - s)
        if n > 0:
            x = x + noise() * up
    return x


def dpmpp_2m(model, x, sigmas, _noise):
    old, last = None, None
    for s, n in zip(sigmas, sigmas[1:]):
        denoised = model(x, s)
        h = math.inf if n == 0 else math.log(s) - math.log(n)
        if old is None or n == 0:
            x = (n / s) * x - math.expm1(-h) * denoised
        else:
            r = (math.log(last) - math.log(s)) / h
            d = (1 + 1 / (2 * r)) * denoised - (1 / (2 * r)) * old
            x = (n / s) * x - math.expm1(-h) * d
        old, last = denoised, s
    return x


def uni_pc(variant: str):
    """comfy/extra_samplers/uni_pc.py, from which predict_x0, multistep, lower_order_final; it ends at a sigma of 0.001."""

    def sample(model, x, sigmas, _noise):
        times = [*sigmas[:-1], 0.001] if sigmas[-1] == 0 else list(sigmas)
        alpha = [1 / math.sqrt(s**2 + 1) for s in times]
        std = [s * a for s, a in zip(times, alpha)]
        lam = [math.log(a / d) for a, d in zip(alpha, std)]
        x = x / math.sqrt(1.0 + times[0] ** 2)

        def ask(x, i):
            return model(x / alpha[i], times[i])

        def update(x, models, places, i, order, corrects):
            last = places[-1]
            h = lam[i] - lam[last]
            ratios = [(lam[places[-(k + 1)]] - lam[last]) / h for k in range(1, order)]
            older = [(models[-(k + 1)] - models[-1]) / ratios[k - 1] for k in range(1, order)]
            rks = torch.tensor([*ratios, 1.0], dtype=torch.float64)
            hh = -h
            phi_1 = math.expm1(hh)
            phi_k, factorial = phi_1 / hh - 1, 1
            b_h = hh if variant == "bh1" else math.expm1(hh)
            rows, b = [], []
            for k in range(1, order + 1):
                rows.append(rks ** (k - 1))
                b.append(phi_k * factorial / b_h)
                factorial *= k + 1
                phi_k = phi_k / hh - 1 / factorial
            matrix, b = torch.stack(rows), torch.tensor(b, dtype=torch.float64)
            base = std[i] / std[last] * x - alpha[i] * phi_1 * models[-1]
            predicted = base
            if older:
                rhos = torch.tensor([0.5], dtype=torch.float64) if order == 2 else torch.linalg.solve(matrix[:-1, :-1], b[:-1])
                predicted = base - alpha[i] * b_h * sum(float(r) * d for r, d in zip(rhos, older))
            if not corrects:
                return predicted, None
            answer = ask(predicted, i)
            rhos = torch.tensor([0.5], dtype=torch.float64) if order == 1 else torch.linalg.solve(matrix, b)
            corrected = sum((float(r) * d for r, d in zip(rhos[:-1], older)), torch.zeros_like(x)) + float(rhos[-1]) * (answer - models[-1])
            return base - alpha[i] * b_h * corrected, answer

        steps = len(times) - 1
        order = min(3, len(times) - 2)
        models, places = [ask(x, 0)], [0]
        for i in range(1, steps + 1):
            x, answer = update(x, models, places, i, min(order, i, steps + 1 - i), i < steps)
            models, places = [*models, answer][-order:], [*places, i][-order:]
        return x / alpha[-1]

    return sample


def ancestral(s, n, eta=1.0):
    up = min(n, eta * (n**2 * (s**2 - n**2) / s**2) ** 0.5)
    return (n**2 - up**2) ** 0.5, up


def euler_cfg_pp(eta: float):
    def sample(model, x, sigmas, noise):
        for s, n in zip(sigmas, sigmas[1:]):
            denoised = model(x, s)
            if n == 0:
                x = denoised
                continue
            down, up = ancestral(s, n, eta)
            x = denoised + (x - model.unguided) / s * down
            x = x + noise() * up if eta else x
        return x

    return sample


def dpm_2_ancestral(model, x, sigmas, noise):
    for s, n in zip(sigmas, sigmas[1:]):
        d = (x - model(x, s)) / s
        down, up = ancestral(s, n)
        if down == 0:
            x = x + d * (down - s)
            continue
        mid = math.exp((math.log(s) + math.log(down)) / 2)
        moved = x + d * (mid - s)
        x = x + (moved - model(moved, mid)) / mid * (down - s) + noise() * up
    return x


def dpm_2(model, x, sigmas, _noise):
    for s, n in zip(sigmas, sigmas[1:]):
        d = (x - model(x, s)) / s
        if n == 0:
            x = x + d * (n - s)
            continue
        mid = math.exp((math.log(s) + math.log(n)) / 2)
        moved = x + d * (mid - s)
        x = x + (moved - model(moved, mid)) / mid * (n - s)
    return x


def lms(model, x, sigmas, _noise):
    ds = []
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        denoised = model(x, s)
        ds = [*ds, (x - denoised) / s][-4:]
        if n == 0:
            x = denoised
            continue
        order = min(i + 1, 4)
        total = 0
        for j in range(order):
            taus = np.linspace(s, n, 20001)
            poly = np.ones_like(taus)
            for k in range(order):
                if k != j:
                    poly *= (taus - sigmas[i - k]) / (sigmas[i - j] - sigmas[i - k])
            total = total + float(np.trapezoid(poly, taus)) * ds[-1 - j]
        x = x + total
    return x


def dpm_fast(model, x, sigmas, _noise):
    """sigma_min is the last that is not 0; so many evaluations as there are steps."""
    low = sigmas[-1] if sigmas[-1] > 0 else sigmas[-2]
    nfe = len(sigmas) - 1
    m = nfe // 3 + 1
    ts = np.linspace(-math.log(sigmas[0]), -math.log(low), m + 1)
    orders = [3] * (m - 2) + [2, 1] if nfe % 3 == 0 else [3] * (m - 1) + [nfe % 3]
    sigma, e = lambda t: math.exp(-t), lambda x, t: (x - model(x, math.exp(-t))) / math.exp(-t)
    for order, t, u in zip(orders, ts, ts[1:]):
        h = u - t
        eps = e(x, t)
        if order == 1:
            x = x - sigma(u) * math.expm1(h) * eps
        elif order == 2:
            s1 = t + h / 2
            second = e(x - sigma(s1) * math.expm1(h / 2) * eps, s1)
            x = x - sigma(u) * math.expm1(h) * eps - sigma(u) * math.expm1(h) * (second - eps)
        else:
            s1, s2 = t + h / 3, t + 2 * h / 3
            second = e(x - sigma(s1) * math.expm1(h / 3) * eps, s1)
            bend = math.expm1(2 * h / 3) / (2 * h / 3) - 1
            third = e(x - sigma(s2) * math.expm1(2 * h / 3) * eps - sigma(s2) * 2 * bend * (second - eps), s2)
            x = x - sigma(u) * math.expm1(h) * eps - sigma(u) / (2 / 3) * (math.expm1(h) / h - 1) * (third - eps)
    return x


def dpmpp_2s_ancestral(plus_plus: bool):
    def sample(model, x, sigmas, noise):
        for s, n in zip(sigmas, sigmas[1:]):
            denoised = model(x, s)
            seen = model.unguided if plus_plus else denoised
            guidance = denoised - seen
            down, up = ancestral(s, n)
            if down == 0:
                x = x + (x - seen) / s * (down - s)
            else:
                mid = math.exp((math.log(s) + math.log(down)) / 2)
                second = model(mid / s * x - math.expm1(math.log(mid / s)) * seen, mid)
                second = model.unguided if plus_plus else second
                x = down / s * x - math.expm1(math.log(down / s)) * second
            if n > 0:
                x = x + noise() * up
            x = x + guidance
        return x

    return sample


def dpmpp_2m_cfg_pp(model, x, sigmas, _noise):
    old, last = None, None
    for s, n in zip(sigmas, sigmas[1:]):
        denoised = model(x, s)
        seen = model.unguided
        mix = -(n / s) * seen
        if old is not None and n > 0:
            r = math.log(last / s) / math.log(s / n)
            mix = mix + (1 - n / s) * (1 / (2 * r)) * (denoised - old)
        x = denoised + mix + n / s * x
        old, last = seen, s
    return x


def ddpm(model, x, sigmas, noise):
    for s, n in zip(sigmas, sigmas[1:]):
        eps = (x - model(x, s)) / s
        bar, before = 1 / (s * s + 1), 1 / (n * n + 1)
        alpha = bar / before
        mu = (1 / alpha) ** 0.5 * (x / math.sqrt(1 + s * s) - (1 - alpha) * eps / (1 - bar) ** 0.5)
        if n > 0:
            mu = (mu + ((1 - alpha) * (1 - before) / (1 - bar)) ** 0.5 * noise()) * math.sqrt(1 + n * n)
        x = mu
    return x


def lcm(model, x, sigmas, noise):
    for s, n in zip(sigmas, sigmas[1:]):
        x = model(x, s)
        if n > 0:
            x = x + n * noise()
    return x


def heunpp2(model, x, sigmas, _noise):
    last = len(sigmas) - 1
    slope = lambda x, s: (x - model(x, s)) / s
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        d = slope(x, s)
        dt = n - s
        if i + 1 == last:
            x = x + d * dt
            continue
        moved = x + d * dt
        d2 = slope(moved, n)
        if i + 2 == last:
            w2 = n / (2 * sigmas[0])
            x = x + (d * (1 - w2) + d2 * w2) * dt
            continue
        after = sigmas[i + 2]
        d3 = slope(moved + d2 * (after - n), after)
        w2, w3 = n / (3 * sigmas[0]), after / (3 * sigmas[0])
        x = x + ((1 - w2 - w3) * d + w2 * d2 + w3 * d3) * dt
    return x


def ipndm(model, x, sigmas, _noise):
    weights = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]]
    ds = []
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        denoised = model(x, s)
        ds = [(x - denoised) / s, *ds][:4]
        x = denoised if n == 0 else x + (n - s) * sum(w * d for w, d in zip(weights[min(i, 3)], ds))
    return x


def ipndm_v(model, x, sigmas, _noise):
    ds = []
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        denoised = model(x, s)
        ds = [(x - denoised) / s, *ds][:4]
        h = [sigmas[i - k + 1] - sigmas[i - k] for k in range(min(i, 3) + 1)]
        c = [1.0]
        if i >= 1:
            c = [(2 + h[0] / h[1]) / 2, -(h[0] / h[1]) / 2]
        if i >= 2:
            t = (1 - h[0] / (3 * (h[0] + h[1])) * (h[0] * (h[0] + h[1])) / (h[1] * (h[1] + h[2]))) / 2
            c = [c[0] + t, c[1] - (1 + h[1] / h[2]) * t, t * h[1] / h[2]]
        if i >= 3:
            u = ((1 - h[0] / (3 * (h[0] + h[1]))) / 2 + (1 - h[0] / (2 * (h[0] + h[1]))) * h[0] / (6 * (h[0] + h[1] + h[2]))) * (h[0] * (h[0] + h[1]) * (h[0] + h[1] + h[2])) / (h[1] * (h[1] + h[2]) * (h[1] + h[2] + h[3]))
            q = h[1] * (h[1] + h[2]) / (h[2] * (h[2] + h[3]))
            c = [c[0] + u, c[1] - (1 + h[1] / h[2] + q) * u, c[2] + (h[1] / h[2] + q * (1 + h[2] / h[3])) * u, -u * q * h[1] / h[2]]
        x = denoised if n == 0 else x + (n - s) * sum(w * d for w, d in zip(c, ds))
    return x


def deis(model, x, sigmas, _noise):
    """comfy/k_diffusion/deis.py, mode "tab": 10,000 points of the time of EDM's variance preserving process."""
    d = 2 * (math.log(0.002**2 + 1) / 1e-3 - math.log(80**2 + 1)) / (1e-3 - 1)
    low = math.log(80**2 + 1) - 0.5 * d
    ts = [(math.sqrt(low**2 + 2 * d * math.log(s**2 + 1)) - low) / d for s in sigmas]
    noises = []
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        noises = [(x - model(x, s)) / s, *noises][:3]
        order = 1 if n <= 0 else min(3, i + 1)
        if order == 1:
            x = x + (n - s) * noises[0]
            continue
        taus = np.linspace(ts[i], ts[i + 1], 10000)
        alpha = np.exp(-0.5 * taus**2 * d - taus * low)
        integrand = -0.5 * (-taus * d - low) / np.sqrt(alpha * (1 - alpha))
        for j in range(order):
            poly = np.ones_like(taus)
            for k in range(order):
                if k != j:
                    poly *= (taus - ts[i - k]) / (ts[i - j] - ts[i - k])
            x = x + float((integrand * poly).sum() * (ts[i + 1] - ts[i]) / 10000) * noises[j]
    return x


def res_multistep(eta: float, plus_plus: bool):
    def sample(model, x, sigmas, noise):
        old, old_down, last = None, None, None
        for s, n in zip(sigmas, sigmas[1:]):
            denoised = model(x, s)
            seen = model.unguided if plus_plus else denoised
            down, up = ancestral(s, n, eta)
            if down == 0 or old is None:
                x = denoised + (x - seen) / s * down
            else:
                h = math.log(s / down)
                c2 = (math.log(old_down) - math.log(last)) / h
                phi1 = math.expm1(-h) / -h
                phi2 = (phi1 - 1) / -h
                x = math.exp(-h) * (x + denoised - seen) + h * ((phi1 - phi2 / c2) * seen + phi2 / c2 * old)
            if n > 0 and eta:
                x = x + noise() * up
            old, old_down, last = seen, down, s
        return x

    return sample


def gradient_estimation(plus_plus: bool):
    def sample(model, x, sigmas, _noise):
        old = None
        for s, n in zip(sigmas, sigmas[1:]):
            denoised = model(x, s)
            d = (x - (model.unguided if plus_plus else denoised)) / s
            if n == 0:
                x = denoised
            else:
                x = denoised + d * n if plus_plus else x + d * (n - s)
                if old is not None:
                    x = x + (d - old) * (n - s)
            old = d
        return x

    return sample


def er_sde(model, x, sigmas, noise):
    scale = lambda s: s * (math.exp(s**0.3) + 10)
    old, old_d = None, None
    for i, (s, n) in enumerate(zip(sigmas, sigmas[1:])):
        denoised = model(x, s)
        if n == 0:
            x = denoised
            continue
        r = scale(n) / scale(s)
        x = r * x + (1 - r) * denoised
        if i >= 1:
            dt = n - s
            places = [n - k * dt / 200 for k in range(200)]
            d = (denoised - old) / (s - sigmas[i - 1])
            x = x + (dt + sum(1 / scale(p) for p in places) * -dt / 200 * scale(n)) * d
            if i >= 2:
                u = (d - old_d) / ((s - sigmas[i - 2]) / 2)
                x = x + (dt**2 / 2 + sum((p - s) / scale(p) for p in places) * -dt / 200 * scale(n)) * u
            old_d = d
        x = x + noise() * math.sqrt(max(n**2 - s**2 * r**2, 0))
        old = denoised
    return x


SAMPLERS = {
    "uni_pc": uni_pc("bh1"),
    "uni_pc_bh2": uni_pc("bh2"),
    "euler": euler,
    "euler_cfg_pp": euler_cfg_pp(0.0),
    "euler_ancestral": euler_ancestral,
    "euler_ancestral_cfg_pp": euler_cfg_pp(1.0),
    "heun": heun,
    "heunpp2": heunpp2,
    "dpm_2": dpm_2,
    "dpm_2_ancestral": dpm_2_ancestral,
    "lms": lms,
    "dpm_fast": dpm_fast,
    "dpmpp_2s_ancestral": dpmpp_2s_ancestral(False),
    "dpmpp_2s_ancestral_cfg_pp": dpmpp_2s_ancestral(True),
    "dpmpp_2m": dpmpp_2m,
    "dpmpp_2m_cfg_pp": dpmpp_2m_cfg_pp,
    "ddpm": ddpm,
    "lcm": lcm,
    "ipndm": ipndm,
    "ipndm_v": ipndm_v,
    "deis": deis,
    "res_multistep": res_multistep(0.0, False),
    "res_multistep_cfg_pp": res_multistep(0.0, True),
    "res_multistep_ancestral": res_multistep(1.0, False),
    "res_multistep_ancestral_cfg_pp": res_multistep(1.0, True),
    "gradient_estimation": gradient_estimation(False),
    "gradient_estimation_cfg_pp": gradient_estimation(True),
    "er_sde": er_sde,
    "ddim": euler,
}


def ksampler(model: Model, seed, steps, cfg, sampler, scheduler, positive, negative, latent, denoise=1.0, add_noise=True, start=0, end=10000, leftover=False):
    samples = model.into(latent["samples"])
    generator = torch.manual_seed(seed)
    noise = torch.randn(samples.shape, generator=generator) if add_noise else torch.zeros_like(samples)
    if denoise > 0.9999:
        sigmas = calculate_sigmas(model, sampler, scheduler, steps)
    else:
        sigmas = calculate_sigmas(model, sampler, scheduler, int(steps / denoise))[-(steps + 1) :]
    if end < len(sigmas) - 1:
        sigmas = sigmas[: end + 1].clone()
        if not leftover:
            sigmas[-1] = 0
    sigmas = [float(s) for s in sigmas[start:]]
    top = float(model.sigmas[-1])
    largest = math.isclose(top, sigmas[0], rel_tol=1e-05) or sigmas[0] > top
    x = samples + noise * (math.sqrt(1.0 + sigmas[0] ** 2) if largest else sigmas[0])

    height, width = samples.shape[2:]
    pos, neg = resolve_areas(positive, height, width), resolve_areas(negative, height, width)
    for cond in list(pos):
        add_counterparts(neg, cond)
    for cond in list(neg):
        add_counterparts(pos, cond)

    mask = latent.get("noise_mask")
    if mask is not None:
        mask = torch.nn.functional.interpolate(mask.reshape(-1, 1, *mask.shape[-2:]), size=(height, width), mode="bilinear")
        mask = mask.expand(len(samples), samples.shape[1], -1, -1)

    beside = None
    if model.unet.config.in_channels > samples.shape[1]:
        # BaseModel.extra_conds: the rounded mask and the latent as it came, or all of a grey picture.
        grey = torch.tensor([0.8223, -0.6876, 0.6364, 0.1380]).reshape(1, 4, 1, 1).expand_as(samples)
        beside = torch.cat([torch.ones_like(samples)[:, :1], grey] if mask is None else [mask[:, :1].round(), samples], dim=1)

    def guided(x, sigma):
        seen = x if mask is None else x * mask + (samples + noise * sigma) * (1 - mask)
        c, u = calc_cond(model, pos, seen, sigma, beside), calc_cond(model, neg, seen, sigma, beside)
        guided.unguided = u
        out = u + (c - u) * cfg
        return out if mask is None else out * mask + samples * (1 - mask)

    x = SAMPLERS[sampler](guided, x, sigmas, lambda: torch.randn(x.shape, generator=generator))
    out = {**latent, "samples": x / model.vae.config.scaling_factor}
    return out


# ---------------------------------------------------------------- nodes.py


def common_upscale(samples, width, height, method, crop):
    if crop == "center":
        old_width, old_height = samples.shape[-1], samples.shape[-2]
        old_aspect, new_aspect = old_width / old_height, width / height
        x = y = 0
        if old_aspect > new_aspect:
            x = round((old_width - old_width * (new_aspect / old_aspect)) / 2)
        elif old_aspect < new_aspect:
            y = round((old_height - old_height * (old_aspect / new_aspect)) / 2)
        samples = samples[:, :, y : old_height - y, x : old_width - x]
    if method == "bislerp":
        return bislerp(samples, width, height)
    if method == "lanczos":
        pictures = [Image.fromarray(np.clip(255.0 * picture.movedim(0, -1).numpy(), 0, 255).astype(np.uint8)) for picture in samples]
        scaled = [picture.resize((width, height), resample=Image.Resampling.LANCZOS) for picture in pictures]
        return torch.stack([torch.from_numpy(np.array(picture).astype(np.float32) / 255.0).movedim(-1, 0) for picture in scaled])
    return torch.nn.functional.interpolate(samples, size=(height, width), mode=method)


def bislerp(samples, width, height):
    def slerp(b1, b2, r):
        c = b1.shape[-1]
        n1, n2 = torch.norm(b1, dim=-1, keepdim=True), torch.norm(b2, dim=-1, keepdim=True)
        u1, u2 = b1 / n1, b2 / n2
        u1[n1.expand(-1, c) == 0.0] = 0.0
        u2[n2.expand(-1, c) == 0.0] = 0.0
        dot = (u1 * u2).sum(1)
        omega = torch.acos(dot)
        so = torch.sin(omega)
        res = (torch.sin((1.0 - r.squeeze(1)) * omega) / so).unsqueeze(1) * u1 + (torch.sin(r.squeeze(1) * omega) / so).unsqueeze(1) * u2
        res *= (n1 * (1.0 - r) + n2 * r).expand(-1, c)
        res[dot > 1 - 1e-5] = b1[dot > 1 - 1e-5]
        res[dot < 1e-5 - 1] = (b1 * (1.0 - r) + b2 * r)[dot < 1e-5 - 1]
        return res

    def places(old, new):
        first = torch.nn.functional.interpolate(torch.arange(old, dtype=torch.float32).reshape(1, 1, 1, -1), size=(1, new), mode="bilinear")
        ratios = first - first.floor()
        second = torch.arange(old, dtype=torch.float32).reshape(1, 1, 1, -1) + 1
        second[:, :, :, -1] -= 1
        second = torch.nn.functional.interpolate(second, size=(1, new), mode="bilinear")
        return ratios, first.to(torch.int64), second.to(torch.int64)

    n, c, h, w = samples.shape
    ratios, first, second = places(w, width)
    first, second = first.expand(n, c, h, -1), second.expand(n, c, h, -1)
    r = ratios.expand(n, 1, h, -1).movedim(1, -1).reshape(-1, 1)
    one = samples.gather(-1, first).movedim(1, -1).reshape(-1, c)
    two = samples.gather(-1, second).movedim(1, -1).reshape(-1, c)
    result = slerp(one, two, r).reshape(n, h, width, c).movedim(-1, 1)
    ratios, first, second = places(h, height)
    first = first.reshape(1, 1, -1, 1).expand(n, c, -1, width)
    second = second.reshape(1, 1, -1, 1).expand(n, c, -1, width)
    r = ratios.reshape(1, 1, -1, 1).expand(n, 1, -1, width).movedim(1, -1).reshape(-1, 1)
    one = result.gather(-2, first).movedim(1, -1).reshape(-1, c)
    two = result.gather(-2, second).movedim(1, -1).reshape(-1, c)
    return slerp(one, two, r).reshape(n, height, width, c).movedim(-1, 1)


def latent_composite(to, source, x, y, feather):
    x, y, feather = x // 8, y // 8, feather // 8
    result = to.clone()
    if feather == 0:
        result[:, :, y : y + source.shape[2], x : x + source.shape[3]] = source[:, :, : to.shape[2] - y, : to.shape[3] - x]
        return result
    source = source[:, :, : to.shape[2] - y, : to.shape[3] - x]
    mask = torch.ones_like(source)
    for t in range(feather):
        if y != 0:
            mask[:, :, t : 1 + t, :] *= (1.0 / feather) * (t + 1)
        if y + source.shape[2] < to.shape[2]:
            mask[:, :, mask.shape[2] - 1 - t : mask.shape[2] - t, :] *= (1.0 / feather) * (t + 1)
        if x != 0:
            mask[:, :, :, t : 1 + t] *= (1.0 / feather) * (t + 1)
        if x + source.shape[3] < to.shape[3]:
            mask[:, :, :, mask.shape[3] - 1 - t : mask.shape[3] - t] *= (1.0 / feather) * (t + 1)
    h, w = source.shape[2:]
    result[:, :, y : y + h, x : x + w] = source * mask + to[:, :, y : y + h, x : x + w] * (1.0 - mask)
    return result


def pad_for_outpaint(image, left, top, right, bottom, feathering):
    d1, d2, d3, d4 = image.size()
    new = torch.ones((d1, d2 + top + bottom, d3 + left + right, d4)) * 0.5
    new[:, top : top + d2, left : left + d3, :] = image
    mask = torch.ones((d2 + top + bottom, d3 + left + right))
    t = torch.zeros((d2, d3))
    if feathering > 0 and feathering * 2 < d2 and feathering * 2 < d3:
        for i in range(d2):
            for j in range(d3):
                d = min(i if top != 0 else d2, d2 - i if bottom != 0 else d2, j if left != 0 else d3, d3 - j if right != 0 else d3)
                if d < feathering:
                    t[i, j] = ((feathering - d) / feathering) ** 2
    mask[top : top + d2, left : left + d3] = t
    return new, mask


def vae_encode_for_inpaint(model: Model, pixels, mask, grow):
    ratio = 2 ** (len(model.vae.config.block_out_channels) - 1)
    x, y = (pixels.shape[1] // ratio) * ratio, (pixels.shape[2] // ratio) * ratio
    mask = torch.nn.functional.interpolate(mask.reshape(-1, 1, *mask.shape[-2:]), size=pixels.shape[1:3], mode="bilinear")
    pixels = pixels.clone()
    if (pixels.shape[1], pixels.shape[2]) != (x, y):
        dx, dy = (pixels.shape[1] % ratio) // 2, (pixels.shape[2] % ratio) // 2
        pixels, mask = pixels[:, dx : x + dx, dy : y + dy, :], mask[:, :, dx : x + dx, dy : y + dy]
    grown = mask
    if grow > 0:
        kernel = torch.ones((1, 1, grow, grow))
        grown = torch.clamp(torch.nn.functional.conv2d(mask.round(), kernel, padding=math.ceil((grow - 1) / 2)), 0, 1)
    keep = (1.0 - mask.round())[:, 0, :, :, None]
    pixels = (pixels - 0.5) * keep + 0.5
    return {"samples": model.vae_encode(pixels), "noise_mask": grown[:, :, :x, :y].round()}


def load_image(name: str):
    picture = torch.from_numpy(np.array(Image.open(HERE / name).convert("RGB")).astype(np.float32) / 255.0)[None]
    return picture


# ---------------------------------------------------------------- prompts, run as the server runs them


class Server:
    def __init__(self, prompt: dict):
        self.prompt, self.done = prompt, {}

    def get(self, value):
        return self.output(value[0])[value[1]] if isinstance(value, list) else value

    def output(self, node: str):
        if node not in self.done:
            entry = self.prompt[node]
            inputs = {name: self.get(value) for name, value in entry["inputs"].items()}
            self.done[node] = getattr(self, entry["class_type"])(**inputs)
        return self.done[node]

    def CheckpointLoaderSimple(self, ckpt_name):
        model = Model(ckpt_name)
        return model, (model, 1), model

    def CLIPSetLastLayer(self, clip, stop_at_clip_layer):
        return ((clip[0], -stop_at_clip_layer),)

    def CLIPTextEncode(self, clip, text):
        return ([{"context": clip[0].encode(text, clip[1])}],)

    def EmptyLatentImage(self, width, height, batch_size):
        return ({"samples": torch.zeros([batch_size, 4, height // 8, width // 8])},)

    def KSampler(self, model, seed, steps, cfg, sampler_name, scheduler, positive, negative, latent_image, denoise):
        return (ksampler(model, seed, steps, cfg, sampler_name, scheduler, positive, negative, latent_image, denoise),)

    def KSamplerAdvanced(self, model, add_noise, noise_seed, steps, cfg, sampler_name, scheduler, positive, negative, latent_image, start_at_step, end_at_step, return_with_leftover_noise):
        return (ksampler(model, noise_seed, steps, cfg, sampler_name, scheduler, positive, negative, latent_image, 1.0, add_noise == "enable", start_at_step, end_at_step, return_with_leftover_noise == "enable"),)

    def ConditioningCombine(self, conditioning_1, conditioning_2):
        return (conditioning_1 + conditioning_2,)

    def ConditioningAverage(self, conditioning_to, conditioning_from, conditioning_to_strength):
        other = conditioning_from[0]["context"]
        result = []
        for cond in conditioning_to:
            to = cond["context"]
            source = other[:, : to.shape[1]]
            if source.shape[1] < to.shape[1]:
                source = torch.cat([source, torch.zeros((1, to.shape[1] - source.shape[1], to.shape[2]))], dim=1)
            result.append({**cond, "context": to * conditioning_to_strength + source * (1.0 - conditioning_to_strength)})
        return (result,)

    def ConditioningConcat(self, conditioning_to, conditioning_from):
        return ([{**cond, "context": torch.cat((cond["context"], conditioning_from[0]["context"]), 1)} for cond in conditioning_to],)

    def ConditioningZeroOut(self, conditioning):
        return ([{**cond, "context": torch.zeros_like(cond["context"])} for cond in conditioning],)

    def ConditioningSetArea(self, conditioning, width, height, x, y, strength):
        return ([{**cond, "area": (height // 8, width // 8, y // 8, x // 8), "strength": strength} for cond in conditioning],)

    def ConditioningSetAreaPercentage(self, conditioning, width, height, x, y, strength):
        return ([{**cond, "area": ("percentage", height, width, y, x), "strength": strength} for cond in conditioning],)

    def ConditioningSetMask(self, conditioning, mask, strength, set_cond_area):
        return ([{**cond, "mask": mask, "set_area_to_bounds": set_cond_area != "default", "mask_strength": strength} for cond in conditioning],)

    def ConditioningSetTimestepRange(self, conditioning, start, end):
        return ([{**cond, "start": start, "end": end} for cond in conditioning],)

    def LatentUpscale(self, samples, upscale_method, width, height, crop):
        size = max(64, width) // 8, max(64, height) // 8
        return ({**samples, "samples": common_upscale(samples["samples"], *size, upscale_method, crop)},)

    def LatentUpscaleBy(self, samples, upscale_method, scale_by):
        h, w = samples["samples"].shape[2:]
        return ({**samples, "samples": common_upscale(samples["samples"], round(w * scale_by), round(h * scale_by), upscale_method, "disabled")},)

    def LatentComposite(self, samples_to, samples_from, x, y, feather):
        return ({**samples_to, "samples": latent_composite(samples_to["samples"], samples_from["samples"], x, y, feather)},)

    def LoadImage(self, image):
        return load_image(image), torch.zeros((1, 64, 64))

    def LoadImageMask(self, image, channel):
        return (load_image(image)[:, :, :, "red green blue".split().index(channel)],)

    def VAEEncode(self, pixels, vae):
        return ({"samples": vae.vae_encode(pixels)},)

    def VAEEncodeForInpaint(self, pixels, vae, mask, grow_mask_by):
        return (vae_encode_for_inpaint(vae, pixels, mask, grow_mask_by),)

    def SetLatentNoiseMask(self, samples, mask):
        return ({**samples, "noise_mask": mask.reshape((-1, 1, mask.shape[-2], mask.shape[-1]))},)


def node(cls: str, **inputs):
    return {"class_type": cls, "inputs": inputs}


BASE = {
    "4": node("CheckpointLoaderSimple", ckpt_name="sd1-fp32"),
    "5": node("EmptyLatentImage", width=256, height=128, batch_size=1),
    "6": node("CLIPTextEncode", clip=["4", 1], text="a red dog"),
    "7": node("CLIPTextEncode", clip=["4", 1], text="the cat"),
}


SMALL = {**BASE, "5": node("EmptyLatentImage", width=64, height=64, batch_size=1)}


def sampler(**changes):
    return node("KSampler", **{**dict(model=["4", 0], seed=8566257, steps=5, cfg=4.0, sampler_name="euler", scheduler="normal", positive=["6", 0], negative=["7", 0], latent_image=["5", 0], denoise=1.0), **changes})


def advanced(**changes):
    return node("KSamplerAdvanced", **{**dict(model=["4", 0], add_noise="enable", noise_seed=7, steps=6, cfg=3.0, sampler_name="dpmpp_2m", scheduler="karras", positive=["6", 0], negative=["7", 0], latent_image=["5", 0], start_at_step=0, end_at_step=10000, return_with_leftover_noise="disable"), **changes})


MASK = node("LoadImageMask", image="pictures/mask.png", channel="red")
PICTURE = node("LoadImage", image="pictures/start.png")

CASES = {
    "euler normal, two at once": {**BASE, "5": node("EmptyLatentImage", width=256, height=128, batch_size=2), "3": sampler()},
    "dpmpp_2m karras": {**BASE, "3": sampler(sampler_name="dpmpp_2m", scheduler="karras", seed=2**63 + 11)},
    "uni_pc_bh2 normal": {**BASE, "3": sampler(sampler_name="uni_pc_bh2", steps=7)},
    "uni_pc karras": {**BASE, "3": sampler(sampler_name="uni_pc", scheduler="karras", steps=6)},
    "heun simple": {**BASE, "3": sampler(sampler_name="heun", scheduler="simple", steps=4)},
    "euler_ancestral exponential": {**BASE, "3": sampler(sampler_name="euler_ancestral", scheduler="exponential")},
    "second pass of bislerp": {
        **BASE,
        "1": sampler(scheduler="sgm_uniform", steps=4),
        "2": node("LatentUpscale", samples=["1", 0], upscale_method="bislerp", width=384, height=256, crop="center"),
        "3": sampler(latent_image=["2", 0], denoise=0.55, sampler_name="dpmpp_2m", scheduler="ddim_uniform", steps=5),
    },
    **{
        f"{name} {scheduler}": {**SMALL, "3": sampler(sampler_name=name, scheduler=scheduler, steps=steps, cfg=1.6 if "cfg_pp" in name else 4.0)}
        for name, scheduler, steps in [
            ("euler_cfg_pp", "normal", 4),
            ("euler_ancestral_cfg_pp", "karras", 4),
            ("heunpp2", "karras", 4),
            ("dpm_2", "karras", 3),
            ("dpm_2_ancestral", "simple", 3),
            ("lms", "sgm_uniform", 6),
            ("dpm_fast", "normal", 9),
            ("dpm_fast", "karras", 7),
            ("dpmpp_2s_ancestral", "karras", 3),
            ("dpmpp_2s_ancestral_cfg_pp", "normal", 3),
            ("dpmpp_2m_cfg_pp", "karras", 4),
            ("ddpm", "normal", 4),
            ("lcm", "sgm_uniform", 4),
            ("ipndm", "simple", 6),
            ("ipndm_v", "karras", 6),
            ("deis", "karras", 5),
            ("res_multistep", "beta", 4),
            ("res_multistep_cfg_pp", "simple", 4),
            ("res_multistep_ancestral", "karras", 4),
            ("res_multistep_ancestral_cfg_pp", "normal", 4),
            ("gradient_estimation", "linear_quadratic", 4),
            ("gradient_estimation_cfg_pp", "karras", 4),
            ("er_sde", "normal", 5),
            ("ddim", "kl_optimal", 3),
        ]
    },
    "areas": {
        **BASE,
        "10": node("CLIPTextEncode", clip=["4", 1], text="blue"),
        "11": node("ConditioningSetArea", conditioning=["10", 0], width=128, height=128, x=64, y=0, strength=1.3),
        "12": node("CLIPTextEncode", clip=["4", 1], text="a cat and the dogs"),
        "13": node("ConditioningSetAreaPercentage", conditioning=["12", 0], width=0.5, height=1.0, x=0.5, y=0.0, strength=0.7),
        "14": node("ConditioningCombine", conditioning_1=["6", 0], conditioning_2=["11", 0]),
        "15": node("ConditioningCombine", conditioning_1=["14", 0], conditioning_2=["13", 0]),
        "3": sampler(positive=["15", 0]),
    },
    "an area alone": {
        **BASE,
        "11": node("ConditioningSetArea", conditioning=["6", 0], width=128, height=64, x=128, y=64, strength=1.0),
        "3": sampler(positive=["11", 0], steps=3),
    },
    "mask, range, average and join": {
        **BASE,
        "8": MASK,
        "10": node("CLIPTextEncode", clip=["4", 1], text="blue"),
        "11": node("ConditioningSetMask", conditioning=["10", 0], mask=["8", 0], strength=0.8, set_cond_area="default"),
        "12": node("ConditioningSetTimestepRange", conditioning=["11", 0], start=0.0, end=0.6),
        "13": node("ConditioningAverage", conditioning_to=["6", 0], conditioning_from=["10", 0], conditioning_to_strength=0.7),
        "14": node("ConditioningConcat", conditioning_to=["13", 0], conditioning_from=["7", 0]),
        "15": node("ConditioningCombine", conditioning_1=["14", 0], conditioning_2=["12", 0]),
        "16": node("ConditioningZeroOut", conditioning=["7", 0]),
        "3": sampler(positive=["15", 0], negative=["16", 0]),
    },
    "two samplers, noise left over": {
        **BASE,
        "1": advanced(end_at_step=3, return_with_leftover_noise="enable"),
        "3": advanced(latent_image=["1", 0], add_noise="disable", start_at_step=3, sampler_name="euler"),
    },
    "stopped early": {**BASE, "3": advanced(end_at_step=4, noise_seed=99)},
    "inpainting, grey": {
        **BASE,
        "8": MASK,
        "9": PICTURE,
        "10": node("VAEEncodeForInpaint", pixels=["9", 0], vae=["4", 2], mask=["8", 0], grow_mask_by=6),
        "3": sampler(latent_image=["10", 0], sampler_name="dpmpp_2m"),
    },
    "inpainting, noise mask and clip skip": {
        **BASE,
        "1": node("CLIPSetLastLayer", clip=["4", 1], stop_at_clip_layer=-2),
        "6": node("CLIPTextEncode", clip=["1", 0], text="a red dog"),
        "8": MASK,
        "9": PICTURE,
        "10": node("VAEEncode", pixels=["9", 0], vae=["4", 2]),
        "11": node("SetLatentNoiseMask", samples=["10", 0], mask=["8", 0]),
        "3": sampler(latent_image=["11", 0], denoise=0.7),
    },
    "inpainting model": {
        **BASE,
        "4": node("CheckpointLoaderSimple", ckpt_name="inpainting-sharded"),
        "8": MASK,
        "9": PICTURE,
        "10": node("VAEEncodeForInpaint", pixels=["9", 0], vae=["4", 2], mask=["8", 0], grow_mask_by=6),
        "3": sampler(latent_image=["10", 0], sampler_name="euler", steps=3),
    },
    "inpainting model without a picture": {
        **SMALL,
        "4": node("CheckpointLoaderSimple", ckpt_name="inpainting-sharded"),
        "3": sampler(steps=2),
    },
    "composite": {
        **BASE,
        "1": sampler(steps=3),
        "2": sampler(steps=3, seed=5, latent_image=["8", 0]),
        "8": node("EmptyLatentImage", width=128, height=64, batch_size=1),
        "9": node("LatentComposite", samples_to=["1", 0], samples_from=["2", 0], x=64, y=32, feather=24),
        "10": node("LatentUpscaleBy", samples=["9", 0], upscale_method="bicubic", scale_by=1.5),
        "3": sampler(latent_image=["10", 0], denoise=0.5, steps=3),
    },
}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    tensors = {}
    for name, prompt in CASES.items():
        model = Model(prompt["4"]["inputs"]["ckpt_name"])
        tensors[name] = model.into(Server(prompt).output("3")[0]["samples"]).contiguous()
    generator = torch.Generator().manual_seed(1)
    latent = torch.randn((2, 4, 7, 10), generator=generator)
    picture = torch.rand((1, 3, 11, 14), generator=generator)
    tensors["ops.latent"], tensors["ops.picture"] = latent, picture
    for method in ("nearest-exact", "bilinear", "area", "bicubic", "bislerp"):
        tensors[f"ops.latent {method} 15x5"] = common_upscale(latent, 15, 5, method, "disabled").contiguous()
        tensors[f"ops.latent {method} 6x12 center"] = common_upscale(latent, 6, 12, method, "center").contiguous()
    for method in ("nearest-exact", "bilinear", "area", "bicubic", "lanczos"):
        tensors[f"ops.picture {method} 9x17"] = common_upscale(picture, 9, 17, method, "disabled").contiguous()
        tensors[f"ops.picture {method} 20x6 center"] = common_upscale(picture, 20, 6, method, "center").contiguous()
    for name, padding in {"all": (3, 2, 4, 1, 4), "right": (0, 0, 8, 0, 5), "wide": (8, 0, 0, 0, 6)}.items():
        padded, mask = pad_for_outpaint(picture.movedim(1, -1), *padding)
        tensors[f"ops.padded {name}"] = padded.movedim(-1, 1).contiguous()
        tensors[f"ops.padded mask {name}"] = mask[None, None].contiguous()
    for name, place in {"inside": (16, 24, 0), "soft": (16, 8, 16), "corner": (0, 0, 24), "beyond": (48, 32, 16)}.items():
        tensors[f"ops.composite {name}"] = latent_composite(latent, torch.ones((2, 4, 4, 5)), *place).contiguous()
    save_file(tensors, OUT / "latents.safetensors")
    (OUT / "prompts.json").write_text(json.dumps(CASES, indent=1) + "\n")


if __name__ == "__main__":
    main()
