"""Records files as numpy and Pillow write them, and the pixels Pillow sees: python make_small_formats.py > ../fixtures/small-formats.json"""

import base64
import io
import json

import numpy
import PIL
from PIL import Image, PngImagePlugin


def text(data):
    return base64.b64encode(data).decode()


def npy(array, version=(1, 0)):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version)
    return {"dims": list(array.shape), "type": str(array.dtype), "version": version[0], "values": [str(value) for value in array.flatten().tolist()], "bytes": text(file.getvalue())}


def png(name, image, **options):
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    pixels = numpy.array(Image.open(io.BytesIO(file.getvalue())).convert("RGBA")).astype(numpy.float64) / 255
    return {"name": name, "width": image.width, "height": image.height, "bytes": text(file.getvalue()), "rgba": [round(value, 6) for value in pixels.transpose(2, 0, 1).flatten().tolist()]}


noise = numpy.random.default_rng(5)
bytes_of = lambda *shape: noise.integers(0, 256, shape, dtype=numpy.uint8)
rgb, rgba, gray = (Image.fromarray(bytes_of(7, 11, channels).squeeze()) for channels in (3, 4, 1))
palette = rgb.quantize(13)
deep = Image.fromarray(noise.integers(0, 65536, (5, 6), dtype=numpy.uint16))
texts = PngImagePlugin.PngInfo()
texts.add_text("parameters", "a cat\nSteps: 20")
texts.add_text("Software", "caf\u00e9")
texts.add_itxt("prompt", "\u732b \U0001f431")

halves = numpy.array([0, 0.5 / 255, 1.5 / 255, 2.5 / 255, 0.5, 127.5 / 255, 1, -0.2, 1.7, 0.1, 0.3, 0.9], dtype=numpy.float32)
floats = numpy.array([[0.0, -1.5, 3.25], [1e-40, 3.4e38, -0.1]], dtype=numpy.float32)
print(
    json.dumps(
        {
            "numpy": numpy.__version__,
            "pillow": PIL.__version__,
            "npy": [
                npy(floats),
                npy(floats, (2, 0)),
                npy(noise.standard_normal((1, 4, 2, 2)).astype(numpy.float32)),
                npy(numpy.array([49406, -1, 2**62, -(2**63)], dtype=numpy.int64)),
                npy(numpy.array(2.5, dtype=numpy.float32)),
                npy(numpy.zeros((0, 3), dtype=numpy.float32)),
            ],
            "refused": {
                "float64": npy(floats.astype(numpy.float64))["bytes"],
                "big endian": npy(floats.astype(">f4"))["bytes"],
                "Fortran order": npy(numpy.asfortranarray(floats))["bytes"],
                "a structure": npy(numpy.zeros(2, dtype=[("a", "<f4")]))["bytes"],
            },
            "png": [
                png("RGB", rgb),
                png("RGB with texts", rgb, pnginfo=texts),
                png("RGBA", rgba),
                png("gray", gray),
                png("gray and alpha", rgba.convert("LA")),
                png("palette", palette),
                png("palette of 4 bits", palette, bits=4),
                png("palette with alpha", palette, transparency=bytes(range(0, 260, 20))),
                png("palette of 2 bits", rgb.quantize(4), bits=2),
                png("1 bit", gray.convert("1")),
                png("RGB with a transparent colour", rgb, transparency=rgb.getpixel((3, 4))),
                png("gray with a transparent value", gray, transparency=gray.getpixel((3, 4))),
            ],
            # Pillow cannot turn 16 bits into RGBA, so its values are recorded as they are.
            "deep": {"width": 6, "height": 5, "values": numpy.array(deep).flatten().tolist(), "bytes": png("deep", deep)["bytes"]},
            "rounding": {"values": halves.tolist(), "bytes": (halves.clip(0, 1) * 255).round().astype(numpy.uint8).tolist()},
        },
        separators=(",", ":"),
    )
)
