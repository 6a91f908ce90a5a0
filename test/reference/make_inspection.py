"""Records what numpy says of values: python make_inspection.py > ../fixtures/inspection.json

Statistics, histograms, cosines, files of latents and conditioning, and PSNR by its definition (10 log10(peak^2 / mean squared error), as
skimage.metrics.peak_signal_noise_ratio computes it), and SSIM by scikit-image itself (pip install scikit-image==0.26.0). All numbers
are computed in float64 of float32 values.
"""

import base64
import io
import json
import pathlib

import numpy
import safetensors
import skimage
import torch
from safetensors.torch import load_file, save
from skimage.metrics import structural_similarity

random = numpy.random.default_rng(11)


def statistics(values):
    values = numpy.asarray(values, dtype=numpy.float32)
    finite = values[numpy.isfinite(values)].astype(numpy.float64)
    counts, edges = numpy.histogram(finite, bins=12, range=(-2, 3))
    return {
        "values": [None if numpy.isnan(v) else str(v) if numpy.isinf(v) else float(v) for v in values],
        "mean": finite.mean(),
        "std": finite.std(),
        "min": finite.min(),
        "max": finite.max(),
        "nan": int(numpy.isnan(values).sum()),
        "infinite": int(numpy.isinf(values).sum()),
        "histogram": counts.tolist(),
    }


def compared(a, b):
    a, b = (numpy.asarray(x, dtype=numpy.float32).astype(numpy.float64) for x in (a, b))
    error = ((a - b) ** 2).mean()
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "mse": error,
        "psnr": 10 * numpy.log10(1 / error),
        "max": abs(a - b).max(),
        "mean": abs(a - b).mean(),
        "differ": float((a != b).mean()),
    }


def text(data):
    return base64.b64encode(data).decode()


def npy(array):
    file = io.BytesIO()
    numpy.save(file, array)
    return text(file.getvalue())


latent = random.standard_normal((2, 4, 2, 3)).astype(numpy.float32)
tokens = random.standard_normal((1, 77, 2)).astype(numpy.float32).round(2)
tensor = torch.from_numpy(latent)
files = {
    "safetensors": safetensors.__version__,
    "dims": list(latent.shape),
    "values": latent.flatten().astype(float).tolist(),
    # As numpy.save and safetensors.torch.save write the latent.
    "npy": npy(latent),
    "scalar": npy(numpy.array(7.5, dtype=numpy.float32)),
    "latent_tensor": text(save({"latent_tensor": tensor}, {"format": "weft"})),
    # As ComfyUI's SaveLatent does (nodes.py): not scaled, with an empty tensor as a mark.
    "comfyui": text(save({"latent_tensor": tensor / 0.18215, "latent_format_version_0": torch.tensor([])}, {"prompt": "{}"})),
    # As its older versions did: scaled, without the mark.
    "comfyui before": text(save({"latent_tensor": tensor})),
    "one of three dimensions": npy(latent[0]),
    "half precision": text(save({"samples": tensor.half()})),
    "two": text(save({"a": tensor, "b": tensor.clone()})),
    "none": text(save({"a": torch.zeros(3)})),
    "prompt_embeds": text(save({"prompt_embeds": torch.from_numpy(tokens)})),
    "tokens": tokens.flatten().astype(float).tolist(),
    "two prompts": npy(numpy.concatenate([tokens, tokens])),
}

def nearest():
    """The words of the embedded model that are nearest to its learned word <blueprint>, by cosine."""
    tiny = pathlib.Path(__file__).parents[2] / "models" / "tiny"
    table = load_file(tiny / "model/text_encoder/model.safetensors")
    table = next(v for k, v in table.items() if k.endswith("token_embedding.weight")).double().numpy()
    vectors = next(iter(load_file(tiny / "fine-tunes/blueprint.safetensors").values())).double().numpy()
    words = {i: w for w, i in json.loads((tiny / "model/tokenizer/vocab.json").read_text()).items()}
    cosine = (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)) @ (table / numpy.linalg.norm(table, axis=1, keepdims=True)).T
    best = numpy.argsort(-cosine, axis=1)[:, :8]
    return [[{"word": words[i].replace("</w>", ""), "cosine": row[i]} for i in map(int, order)] for row, order in zip(cosine, best)]


rows, others = random.standard_normal((4, 6)).astype(numpy.float32), random.standard_normal((3, 6)).astype(numpy.float32)
a64, b64 = rows.astype(numpy.float64), others.astype(numpy.float64)
unit = lambda x: x / numpy.linalg.norm(x, axis=1, keepdims=True)
picture = random.random(48)
near = numpy.clip(picture + 0.02 * random.standard_normal(48), 0, 1)
near[:12] = picture[:12]


def similar(width, height):
    """Pictures of smooth colours, each beside itself changed, with their structural similarity as Wang et al. (2004) define it."""
    draws = numpy.random.default_rng(width)
    y, x = numpy.mgrid[0:height, 0:width]
    base = numpy.stack([128 + 90 * numpy.sin(x / (3 + c) + c) * numpy.cos(y / (4 + c)) for c in range(3)], axis=-1)
    noisy = base + draws.normal(0, 18, base.shape)
    changed = {"noise": noisy, "brighter": base + 40, "flat": numpy.full_like(base, 128), "itself": base}
    a = base.round().clip(0, 255).astype(numpy.uint8)
    cases = {}
    for name, values in changed.items():
        b = values.round().clip(0, 255).astype(numpy.uint8)
        ssim = structural_similarity(
            (a / 255), (b / 255), channel_axis=-1, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
        )
        cases[name] = {"b": text(b.tobytes()), "ssim": float(ssim)}
    return {"width": width, "height": height, "a": text(a.tobytes()), "cases": cases}


print(
    json.dumps(
        {
            "numpy": numpy.__version__,
            "statistics": [
                statistics(random.standard_normal(64)),
                statistics([1000.25, 1000.5, 1000.75, 1001]),
                statistics([0.5, numpy.nan, -1.5, numpy.inf, 3, -2, -numpy.inf]),
                statistics([2.5]),
            ],
            "rows": {
                "width": 6,
                "a": rows.flatten().astype(float).tolist(),
                "b": others.flatten().astype(float).tolist(),
                "norms": numpy.linalg.norm(a64, axis=1).tolist(),
                "cosines": (unit(a64) @ unit(b64).T).tolist(),
            },
            "compared": compared(picture, near),
            "similar": {"skimage": skimage.__version__, "pictures": [similar(24, 17), similar(11, 11)]},
            "files": files,
            "nearest": nearest(),
        },
        separators=(",", ":"),
    )
)
