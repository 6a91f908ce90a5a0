"""Records how diffusers' schedulers step, with a model made of arithmetic: python make_schedules.py > ../fixtures/schedules.json

Needs scipy (beta sigmas, LMS), torchsde (DPM++ SDE) and the sampling.py of k-diffusion, which has what diffusers lacks. Every case holds the settings in Weft's words and what diffusers did
with them, as base64 of little-endian float32: for each evaluation the timestep, the sum of absolute values of the sample after
it and the sample's first 4 values; after the last evaluation the sample's first 32 values.
"""

import base64
import importlib
import importlib.util
import itertools
import json
import sys
import types

import diffusers
import numpy
import scipy.stats
import torch
from diffusers.schedulers import scheduling_dpmsolver_sde as sde

TRAINED = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
SHAPE = (1, 4, 8, 8)
SEED = 1234
PLAIN = {"clip_sample": False, "set_alpha_to_one": False}
LEADING = {"timestep_spacing": "leading", "steps_offset": 1}
ZERO_SNR = {"timestep_spacing": "trailing", "rescale_betas_zero_snr": True, "prediction_type": "v_prediction"}
SAMPLERS = {
    "ddim": ("DDIM", PLAIN),
    "ddim-inverse": ("DDIMInverse", PLAIN),
    "ddpm": ("DDPM", {"clip_sample": False}),
    "pndm": ("PNDM", {"skip_prk_steps": True, "set_alpha_to_one": False}),
    "lms": ("LMSDiscrete", {}),
    "euler": ("EulerDiscrete", {}),
    "heun": ("HeunDiscrete", {}),
    "dpm2": ("KDPM2Discrete", {}),
    "euler-ancestral": ("EulerAncestralDiscrete", {}),
    "dpm2-ancestral": ("KDPM2AncestralDiscrete", {}),
    "dpmpp-2m": ("DPMSolverMultistep", {}),
    "dpmpp-2m-sde": ("DPMSolverMultistep", {"algorithm_type": "sde-dpmsolver++"}),
    "dpmpp-3m-sde": ("DPMSolverMultistep", {"algorithm_type": "sde-dpmsolver++", "solver_order": 3}),
    "dpmpp-2s": ("DPMSolverSinglestep", {"lower_order_final": True}),
    "dpmpp-sde": ("DPMSolverSDE", {"noise_sampler_seed": 0}),
    "unipc": ("UniPCMultistep", {}),
    "deis": ("DEISMultistep", {}),
    "lcm": ("LCM", {}),
    "tcd": ("TCD", {}),
}
DRAWING = {"ddpm", "euler-ancestral", "dpm2-ancestral", "dpmpp-2m-sde", "dpmpp-3m-sde", "lcm", "tcd"}
# Configuration of a scheduler, in Weft's words.
OPTIONS = {
    "solver_order": "order",
    "lower_order_final": "lowerOrderFinal",
    "euler_at_final": "eulerAtFinal",
    "final_sigmas_type": "finalSigma",
    "variance_type": "variance",
    "clip_sample_range": "clipRange",
    "dynamic_thresholding_ratio": "thresholdQuantile",
    "sample_max_value": "thresholdMaximum",
}


def ramp(factor, modulus):
    k = numpy.arange(numpy.prod(SHAPE))
    return torch.from_numpy(((2 * ((k * factor) % modulus) - (modulus - 1)) / modulus).astype(numpy.float32)).reshape(SHAPE)


START, PATTERN, NOISE = ramp(7919, 1009), ramp(3571, 509), ramp(104729, 997) * 1.5


def model(sample, timestep):
    return sample.clamp(-3, 3) * 0.5 * (torch.tensor(float(timestep), dtype=torch.float32) / 1000) + PATTERN * 0.25


def packed(values):
    return base64.b64encode(numpy.asarray(values, dtype="<f4").tobytes()).decode()


def number(value):
    return float(f"{float(value):.9g}")


class RecordedBrownian(sde.BrownianTreeNoiseSampler):
    """The Brownian noise of torchsde, which is not drawn elsewhere: it is written down."""

    drawn = []

    def __call__(self, *between):
        noise = super().__call__(*between)
        self.drawn.append(noise.flatten().tolist())
        return noise


sde.BrownianTreeNoiseSampler = RecordedBrownian


def weft_options(name, config, step):
    changed = {weft: config[key] for key, weft in OPTIONS.items() if key in config}
    if name == "dpmpp-3m-sde":
        changed.pop("order")
    if "solver_type" in config:
        changed["variant" if name == "unipc" else "solver"] = config["solver_type"]
    if config.get("skip_prk_steps") is False:
        changed["rungeKutta"] = True
    if config.get("thresholding"):
        changed["clipping"] = "dynamic"
    elif config.get("clip_sample"):
        changed["clipping"] = "range"
    names = {"eta": "gamma" if name == "tcd" else "eta", "s_churn": "churn", "s_tmin": "churnFrom", "s_tmax": "churnTo", "s_noise": "churnNoise"}
    return {**changed, **{names[key]: value for key, value in step.items()}}


def record(id, name, steps, strength=1, sigmas="default", step={}, **config):
    kind, own = SAMPLERS[name]
    rule = {} if sigmas == "default" else {f"use_{sigmas}_sigmas": True}
    given = {**own, **config}
    scheduler = getattr(diffusers, f"{kind}Scheduler")(**{**TRAINED, **given, **rule})
    own_strength = name in ("lcm", "tcd") and strength < 1
    scheduler.set_timesteps(steps, **({"strength": strength} if own_strength else {}))
    begin = 0 if own_strength else (steps - min(int(steps * strength), steps)) * scheduler.order
    timesteps = scheduler.timesteps[begin:]
    generator = torch.Generator("cpu").manual_seed(SEED)
    if strength < 1:
        scheduler.set_begin_index(begin) if hasattr(scheduler, "set_begin_index") else None
        x = scheduler.add_noise(START, NOISE, timesteps[:1])
    else:
        x = START * scheduler.init_noise_sigma
    draws = {"generator": generator} if name in DRAWING or "eta" in step or "s_churn" in step else {}
    RecordedBrownian.drawn = []
    trace = []
    for timestep in timesteps:
        prediction = model(scheduler.scale_model_input(x, timestep), timestep)
        x = scheduler.step(prediction, timestep, x, **step, **draws).prev_sample
        trace += [timestep.item(), x.double().abs().sum().item(), *x.flatten()[:4].tolist()]
    spacing = {"spacing": scheduler.config.timestep_spacing} if "timestep_spacing" in scheduler.config and name not in ("lcm", "tcd") else {}
    schedule = {
        "betaStart": scheduler.config.beta_start,
        "betaEnd": scheduler.config.beta_end,
        "betaSchedule": scheduler.config.beta_schedule,
        "setAlphaToOne": scheduler.config.get("set_alpha_to_one", True),
        "stepsOffset": scheduler.config.get("steps_offset", 0),
        "rescaleBetasZeroSnr": scheduler.config.get("rescale_betas_zero_snr", False),
    }
    return {
        "id": id,
        "settings": {"sampler": name, "steps": steps, "strength": strength, "sigmas": sigmas, **spacing, **weft_options(name, given, step)},
        "schedule": schedule,
        "prediction": scheduler.config.prediction_type,
        "startScale": number(scheduler.init_noise_sigma),
        "trace": packed(trace),
        "final": packed(x.flatten()[:32].tolist()),
        **({"draws": packed(RecordedBrownian.drawn)} if RecordedBrownian.drawn else {}),
    }


def stable_diffusion():
    """The settings that people use with Stable Diffusion 1, by the names they have in reference material."""
    names = {"pndm": "pndm_plms", "euler-ancestral": "euler_a", "dpm2-ancestral": "dpm2_a"}
    called = {name: names.get(name, name.replace("-", "_")) for name in SAMPLERS}
    spaced = ["ddim", "pndm", "lms", "euler", "heun", "dpm2", "euler-ancestral", "dpm2-ancestral", "ddpm", "dpmpp-2m", "dpmpp-2m-sde", "unipc", "deis"]
    for spacing, steps, name in itertools.product(["leading", "trailing", "linspace"], [4, 20], spaced):
        config = LEADING if spacing == "leading" else {"timestep_spacing": spacing}
        yield record(f"{called[name]}_{spacing}_{steps}", name, steps, **config)
    for steps in [4, 5, 20]:
        yield record(f"dpmpp_2s_{steps}", "dpmpp-2s", steps)
        yield record(f"dpmpp_2s_karras_{steps}", "dpmpp-2s", steps, sigmas="karras")
        yield record(f"dpmpp_3s_{steps}", "dpmpp-2s", steps, solver_order=3)
    placed = ["lms", "euler", "heun", "dpm2", "dpmpp-2m", "unipc", "deis", "dpmpp-2m-sde", "dpm2-ancestral"]
    for sigmas, steps, name in itertools.product(["karras", "exponential", "beta"], [4, 20], placed):
        yield record(f"{called[name]}_{sigmas}_{steps}", name, steps, sigmas=sigmas)
    yield record("ddim_eta0.5", "ddim", 10, step={"eta": 0.5}, steps_offset=1)
    yield record("ddim_eta1", "ddim", 10, step={"eta": 1.0}, steps_offset=1)
    yield record("ddim_clip_sample", "ddim", 10, clip_sample=True, set_alpha_to_one=True)
    for name in ["ddim", "euler", "euler-ancestral", "dpmpp-2m", "unipc"]:
        yield record(f"{called[name]}_zsnr_trailing_v", name, 10, **ZERO_SNR)
    yield record("euler_squaredcos", "euler", 10, beta_schedule="squaredcos_cap_v2")
    yield record("ddim_squaredcos", "ddim", 10, beta_schedule="squaredcos_cap_v2", set_alpha_to_one=True)
    yield record("ddim_linear", "ddim", 10, beta_schedule="linear", set_alpha_to_one=True)
    yield record("euler_final_sigma_min", "euler", 10, final_sigmas_type="sigma_min")
    yield record("dpmpp_2m_final_sigma_min", "dpmpp-2m", 10, final_sigmas_type="sigma_min")
    yield record("dpmpp_2m_heun_solver", "dpmpp-2m", 10, solver_type="heun")
    yield record("dpmpp_2m_euler_at_final_20", "dpmpp-2m", 20, euler_at_final=True, final_sigmas_type="sigma_min")
    yield record("dpmpp_3m", "dpmpp-2m", 20, solver_order=3)
    yield record("dpmpp_3m_sde", "dpmpp-3m-sde", 20)
    yield record("dpmpp_2m_sde_heun", "dpmpp-2m-sde", 20, solver_type="heun")
    yield record("unipc_bh1", "unipc", 10, solver_type="bh1", final_sigmas_type="sigma_min")
    yield record("unipc_order3", "unipc", 10, solver_order=3)
    yield record("deis_order3", "deis", 10, solver_order=3)
    yield record("pndm_prk", "pndm", 10, skip_prk_steps=False, steps_offset=1)
    yield record("euler_churn", "euler", 10, step={"s_churn": 2.0})
    yield record("ddpm_fixed_large", "ddpm", 10, variance_type="fixed_large")
    called["pndm"] = "pndm"
    for name in ["ddim", "pndm", "lms", "euler", "heun", "dpm2", "dpmpp-2m", "unipc", "deis", "dpmpp-2s"]:
        config = {"steps_offset": 1} if name in ("ddim", "pndm") else {}
        yield record(f"{called[name]}_v", name, 10, prediction_type="v_prediction", **config)
        for strength in [0.75, 0.5, 0.3]:
            yield record(f"{called[name]}_img2img_{strength}", name, 20, strength, **config)
    for steps in [1, 2, 4, 8]:
        yield record(f"lcm_{steps}", "lcm", steps)
        for gamma, text in [(0.3, "0.3"), (0.0, "0")]:
            yield record(f"tcd_eta{text}_{steps}", "tcd", steps, step={"eta": gamma})
    for steps in [4, 10]:
        yield record(f"dpmpp_sde_{steps}", "dpmpp-sde", steps)
        yield record(f"dpmpp_sde_karras_{steps}", "dpmpp-sde", steps, sigmas="karras")


def further():
    """Settings beyond those: one step, odd numbers of steps, other predictions, noise schedules and ways to clip."""
    for name in SAMPLERS:
        if name not in ("ddim-inverse",):
            yield record(f"{name}, one step", name, 1, **({} if name in ("lcm", "tcd", "dpmpp-2s") else LEADING))
        drawn_elsewhere = {"euler-ancestral", "dpm2", "dpm2-ancestral", "dpmpp-sde", "pndm", "lms"}
        if name not in drawn_elsewhere:
            yield record(f"{name}, sample prediction", name, 6, prediction_type="sample")
        if name not in ("pndm", "lcm", "tcd"):
            yield record(f"{name}, linear betas", name, 7, beta_schedule="linear", beta_start=0.0001, beta_end=0.02)
        # From sigma 20291, where cosine betas begin, float32 carries most exploding samplers too few digits to compare.
        if name in ("ddim", "ddim-inverse", "ddpm", "dpmpp-2m", "dpmpp-2m-sde", "dpmpp-3m-sde", "dpmpp-2s", "unipc"):
            yield record(f"{name}, v prediction of cosine betas", name, 7, prediction_type="v_prediction", beta_schedule="squaredcos_cap_v2")
    for name in ["ddpm", "ddim-inverse", "dpmpp-2m-sde", "lcm", "tcd"]:
        config = ZERO_SNR if name != "ddim-inverse" else {"prediction_type": "v_prediction", "timestep_spacing": "trailing"}
        yield record(f"{name}, v prediction, trailing", name, 9, **config)
    for name, strength in itertools.product(["euler-ancestral", "dpm2-ancestral", "ddpm", "dpmpp-2m-sde"], [0.58, 0.3]):
        yield record(f"{name}, strength {strength}", name, 24, strength)
    for name, strength in [("lcm", 0.5), ("tcd", 0.7)]:
        yield record(f"{name}, strength {strength}", name, 4, strength)
    for name, steps in [("ddim", 33), ("dpmpp-2m", 33), ("euler", 33)]:
        yield record(f"{name}, {steps} steps", name, steps, timestep_spacing="trailing")
    yield record("euler, Karras sigmas, leading", "euler", 10, sigmas="karras", **LEADING)
    yield record("ddim-inverse, offset", "ddim-inverse", 10, steps_offset=1, set_alpha_to_one=True)
    yield record("euler, churn between", "euler", 12, step={"s_churn": 20.0, "s_tmin": 0.3, "s_tmax": 10.0, "s_noise": 1.007})
    yield record("euler, churn, v prediction", "euler", 8, step={"s_churn": 3.0}, prediction_type="v_prediction")
    yield record("pndm, Runge-Kutta, v prediction", "pndm", 9, skip_prk_steps=False, prediction_type="v_prediction", **LEADING)
    for order, steps in [(1, 5), (3, 7), (3, 16)]:
        for name in ["dpmpp-2m", "dpmpp-2m-sde", "unipc", "deis", "dpmpp-2s"]:
            yield record(f"{name}, order {order}, {steps} steps", name, steps, solver_order=order)
    yield record("dpmpp-2m, order 3 kept to the end", "dpmpp-2m", 9, solver_order=3, lower_order_final=False, final_sigmas_type="sigma_min")
    yield record("dpmpp-2s, order 3, heun", "dpmpp-2s", 9, solver_order=3, solver_type="heun", final_sigmas_type="sigma_min")
    yield record("dpmpp-2s, order 2, heun, kept to the end", "dpmpp-2s", 8, solver_type="heun", final_sigmas_type="sigma_min", lower_order_final=False)
    yield record("unipc, order 3 kept to the end", "unipc", 9, solver_order=3, lower_order_final=False, final_sigmas_type="sigma_min")
    yield record("deis, order 3 kept to the end", "deis", 9, solver_order=3, lower_order_final=False)
    for name in ["ddim", "ddpm", "lcm", "ddim-inverse"]:
        yield record(f"{name}, clipped to 1.5", name, 6, clip_sample=True, clip_sample_range=1.5)
    for name in ["ddim", "ddpm", "dpmpp-2m", "dpmpp-2s", "unipc", "deis", "lcm"]:
        yield record(f"{name}, dynamic thresholding", name, 6, thresholding=True, dynamic_thresholding_ratio=0.9, sample_max_value=2.5)


def k_diffusion():
    """The functions of k-diffusion's sampling.py, without the package around it, which trains models."""
    folder = importlib.util.find_spec("k_diffusion").submodule_search_locations[0]
    package = types.ModuleType("k_diffusion")
    package.__path__ = [folder]
    shapes = types.ModuleType("k_diffusion.utils")
    shapes.append_dims = lambda x, dims: x[(...,) + (None,) * (dims - x.ndim)]
    sys.modules.update({"k_diffusion": package, "k_diffusion.utils": shapes})
    return importlib.import_module("k_diffusion.sampling")


def record_k_diffusion(id, name, function, settings, sigmas, timestep_at, preserving=False, picture=False):
    """The same with a function of k-diffusion; `preserving` says that Weft keeps the samples at variance 1."""
    asked = []

    def denoise(x, sigma):
        asked.append((x, sigma[0]))
        return x - sigma * model(x / (sigma**2 + 1) ** 0.5, timestep_at(sigma[0].item()))

    generator = torch.Generator("cpu").manual_seed(SEED)
    drawn = {"noise_sampler": lambda *_: torch.randn(SHAPE, generator=generator)} if "ancestral" in name else {}
    sigmas = torch.tensor(sigmas, dtype=torch.float32)
    from_all_noise = settings["sigmas"].startswith("comfyui") and not picture
    scale = (1 + sigmas[0] ** 2) ** 0.5 if from_all_noise else sigmas[0]
    x = START + NOISE * scale if picture else START * scale
    final = function(denoise, x, sigmas, disable=True, **drawn)
    level = lambda sigma: 1 / (sigma**2 + 1) ** 0.5 if preserving else 1
    trace = []
    for (_, sigma), (after, at) in zip(asked, [*asked[1:], (final, torch.tensor(0.0))]):
        after = after * level(at)
        trace += [timestep_at(sigma.item()), after.double().abs().sum().item(), *after.flatten()[:4].tolist()]
    return {
        "id": id,
        "settings": {"sampler": name, **settings},
        "schedule": {"betaStart": 0.00085, "betaEnd": 0.012, "betaSchedule": "scaled_linear", "setAlphaToOne": False, "stepsOffset": 1},
        "prediction": "epsilon",
        "startScale": number(scale * level(sigmas[0])),
        "trace": packed(trace),
        "final": packed(final.flatten()[:32].tolist()),
    }


def beyond_diffusers():
    sampling = k_diffusion()
    for rule, steps in [("default", 6), ("karras", 9)]:
        scheduler = diffusers.EulerDiscreteScheduler(**TRAINED, use_karras_sigmas=rule == "karras")
        scheduler.set_timesteps(steps)
        logs = numpy.log(((1 - scheduler.alphas_cumprod) / scheduler.alphas_cumprod).numpy() ** 0.5)
        at = lambda sigma: float(scheduler._sigma_to_t(numpy.array(sigma), logs))
        settings = {"steps": steps, "strength": 1, "sigmas": rule, "spacing": "linspace"}
        yield record_k_diffusion(f"dpmpp-2s-ancestral, {rule} sigmas", "dpmpp-2s-ancestral", sampling.sample_dpmpp_2s_ancestral, settings, scheduler.sigmas.tolist(), at)

    # As ComfyUI plans them: a table in double precision and whole timesteps.
    betas = numpy.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    alphas = numpy.cumprod(1 - betas)
    table = ((1 - alphas) / alphas) ** 0.5
    nearest = lambda sigma: int(numpy.abs(numpy.log(table) - numpy.log(sigma)).argmin())
    karras = lambda n: sampling.get_sigmas_karras(n, table[0], table[-1]).tolist()
    exponential = lambda n: sampling.get_sigmas_exponential(n, table[0], table[-1]).tolist()
    whole = lambda steps, rule, strength=1: {"steps": steps, "strength": strength, "sigmas": f"comfyui-{rule}"}
    yield record_k_diffusion("euler of ComfyUI", "euler", sampling.sample_euler, whole(8, "karras"), karras(8), nearest)
    yield record_k_diffusion("heun of ComfyUI", "heun", sampling.sample_heun, whole(7, "exponential"), exponential(7), nearest)
    without = lambda sigmas: [*sigmas[:-2], sigmas[-1]]
    yield record_k_diffusion("dpm2 of ComfyUI", "dpm2", sampling.sample_dpm_2, whole(6, "karras"), without(karras(7)), nearest)
    yield record_k_diffusion("dpmpp-2m of ComfyUI", "dpmpp-2m", sampling.sample_dpmpp_2m, whole(8, "karras"), karras(8), nearest, True)
    yield record_k_diffusion("euler of ComfyUI, denoise 0.6", "euler", sampling.sample_euler, whole(6, "karras", 0.6), karras(10)[-7:], nearest, picture=True)
    yield record_k_diffusion("dpmpp-2m of ComfyUI, denoise 0.35", "dpmpp-2m", sampling.sample_dpmpp_2m, whole(5, "exponential", 0.35), exponential(14)[-6:], nearest, True, True)


def signals(**config):
    values = diffusers.DDIMScheduler(**{**TRAINED, **config}).alphas_cumprod.numpy()
    return "".join(f"{word:08x}" for word in values.view(numpy.uint32).tolist())


def main():
    points = [0.0, 1e-6, 0.001, 0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99, 0.999, 0.999999, 1.0]
    recorded = {
        "diffusers": diffusers.__version__,
        "torch": torch.__version__,
        "alphasCumprod": {
            "scaled_linear": signals(),
            "linear": signals(beta_schedule="linear", beta_start=0.0001, beta_end=0.02),
            "squaredcos_cap_v2": signals(beta_schedule="squaredcos_cap_v2"),
            "scaled_linear, zero terminal SNR": signals(rescale_betas_zero_snr=True),
        },
        "betaQuantiles": [{"a": a, "b": b, "p": p, "x": float(scipy.stats.beta.ppf(p, a, b))} for a, b in [(0.6, 0.6), (2, 5), (1, 1)] for p in points],
        "seed": str(SEED),
        "cases": [*stable_diffusion(), *further(), *beyond_diffusers()],
    }
    print(json.dumps(recorded, separators=(",", ":")).replace('},{"id"', '},\n{"id"'))


if __name__ == "__main__":
    main()
