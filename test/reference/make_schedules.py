"""Records how diffusers' schedulers step, with a model made of arithmetic: python make_schedules.py > ../fixtures/schedules.json

Every case holds the settings in Weft's words and what diffusers did with them: where it evaluated the model, and the
first values and the sum of absolute values of the sample after each step.
"""

import itertools
import json

import diffusers
import numpy
import torch

TRAINED = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
SHAPE = (1, 4, 8, 8)
SEED = 1234
PLAIN = {"clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1}
SAMPLERS = {
    "ddim": (diffusers.DDIMScheduler, PLAIN),
    "euler": (diffusers.EulerDiscreteScheduler, {}),
    "euler-ancestral": (diffusers.EulerAncestralDiscreteScheduler, {}),
    "heun": (diffusers.HeunDiscreteScheduler, {}),
    "dpmpp-2m": (diffusers.DPMSolverMultistepScheduler, {}),
    "dpmpp-2m-sde": (diffusers.DPMSolverMultistepScheduler, {"algorithm_type": "sde-dpmsolver++"}),
}


def ramp(factor, modulus):
    k = numpy.arange(numpy.prod(SHAPE))
    return torch.from_numpy(((2 * ((k * factor) % modulus) - (modulus - 1)) / modulus).astype(numpy.float32)).reshape(SHAPE)


START, PATTERN, NOISE = ramp(7919, 1009), ramp(3571, 509), ramp(104729, 997) * 1.5


def model(sample, timestep):
    return sample.clamp(-3, 3) * 0.5 * (torch.tensor(float(timestep)) / 1000) + PATTERN * 0.25


def numbers(tensor, count):
    return [float(f"{value:.9g}") for value in tensor.flatten()[:count].tolist()]


def record(name, steps, strength=1, eta=0, sigmas="default", **config):
    kind, own = SAMPLERS[name]
    rule = {} if sigmas == "default" else {f"use_{sigmas}_sigmas": True}
    scheduler = kind(**{**TRAINED, **own, **config, **rule})
    scheduler.set_timesteps(steps)
    begin = (steps - min(int(steps * strength), steps)) * scheduler.order
    timesteps = scheduler.timesteps[begin:]
    generator = torch.Generator("cpu").manual_seed(SEED)
    if strength < 1:
        scheduler.set_begin_index(begin) if hasattr(scheduler, "set_begin_index") else None
        x = scheduler.add_noise(START, NOISE, timesteps[:1])
    else:
        x = START * scheduler.init_noise_sigma
    extra = {}
    if name == "ddim":
        extra = {"eta": eta, "generator": generator}
    elif name in ("euler-ancestral", "dpmpp-2m-sde"):
        extra = {"generator": generator}
    trace = []
    for timestep in timesteps:
        x = scheduler.step(model(scheduler.scale_model_input(x, timestep), timestep), timestep, x, **extra).prev_sample
        trace.append([float(f"{timestep.item():.9g}"), float(f"{x.double().abs().sum().item():.12g}"), *numbers(x, 4)])
    return {
        "settings": {"sampler": name, "steps": steps, "strength": strength, "eta": eta, "sigmas": sigmas, "spacing": scheduler.config.timestep_spacing},
        "schedule": {
            "trainTimesteps": 1000,
            "betaStart": scheduler.config.beta_start,
            "betaEnd": scheduler.config.beta_end,
            "betaSchedule": scheduler.config.beta_schedule,
            "setAlphaToOne": scheduler.config.get("set_alpha_to_one", True),
            "stepsOffset": scheduler.config.steps_offset,
            "rescaleBetasZeroSnr": scheduler.config.get("rescale_betas_zero_snr", False),
        },
        "prediction": scheduler.config.prediction_type,
        "startScale": float(f"{float(scheduler.init_noise_sigma):.9g}"),
        "trace": trace,
        "final": numbers(x, 32),
    }


def cases():
    spacings = ["leading", "trailing", "linspace"]
    for name, spacing, steps in itertools.product(SAMPLERS, spacings, [1, 4, 20]):
        yield record(name, steps, timestep_spacing=spacing, steps_offset=1)
    for name, sigmas, steps in itertools.product(["euler", "heun", "dpmpp-2m", "dpmpp-2m-sde"], ["karras", "exponential"], [4, 20]):
        yield record(name, steps, sigmas=sigmas)
    yield record("euler", 10, sigmas="karras", timestep_spacing="leading", steps_offset=1)
    for name, strength in itertools.product(SAMPLERS, [0.75, 0.58, 0.5, 0.3]):
        yield record(name, 20 if strength != 0.58 else 50, strength=strength)
    for name in SAMPLERS:
        yield record(name, 10, prediction_type="v_prediction")
        if name not in ("euler-ancestral",):
            yield record(name, 10, prediction_type="sample")
        yield record(name, 10, beta_schedule="squaredcos_cap_v2")
        yield record(name, 10, beta_schedule="linear", beta_start=0.0001, beta_end=0.02)
        if name != "heun":
            yield record(name, 10, timestep_spacing="trailing", rescale_betas_zero_snr=True, prediction_type="v_prediction")
    for eta in [0.5, 1.0]:
        yield record("ddim", 10, eta=eta)
    yield record("ddim", 7, set_alpha_to_one=True, steps_offset=0)
    for name in ["euler", "ddim", "dpmpp-2m"]:
        yield record(name, 33, timestep_spacing="trailing")


def signals(**config):
    values = diffusers.DDIMScheduler(**{**TRAINED, **config}).alphas_cumprod.numpy()
    return "".join(f"{word:08x}" for word in values.view(numpy.uint32).tolist())


print(
    json.dumps(
        {
            "diffusers": diffusers.__version__,
            "torch": torch.__version__,
            "alphasCumprod": {
                "scaled_linear": signals(),
                "linear": signals(beta_schedule="linear", beta_start=0.0001, beta_end=0.02),
                "squaredcos_cap_v2": signals(beta_schedule="squaredcos_cap_v2"),
                "scaled_linear, zero terminal SNR": signals(rescale_betas_zero_snr=True),
            },
            "seed": str(SEED),
            "cases": list(cases()),
        },
        separators=(",", ":"),
    ).replace('},{"settings"', '},\n{"settings"')
)
