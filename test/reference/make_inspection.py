"""Records what numpy says of values: python make_inspection.py > ../fixtures/inspection.json

Statistics, histograms, cosines, and PSNR by its definition (10 log10(peak^2 / mean squared error), as
skimage.metrics.peak_signal_noise_ratio computes it). All numbers are computed in float64 of float32 values.
"""

import json

import numpy

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


rows, others = random.standard_normal((4, 6)).astype(numpy.float32), random.standard_normal((3, 6)).astype(numpy.float32)
a64, b64 = rows.astype(numpy.float64), others.astype(numpy.float64)
unit = lambda x: x / numpy.linalg.norm(x, axis=1, keepdims=True)
picture = random.random(48)
near = numpy.clip(picture + 0.02 * random.standard_normal(48), 0, 1)
near[:12] = picture[:12]

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
        },
        separators=(",", ":"),
    )
)
