"""Pictures with and without a text in their EXIF part, as Pillow (libwebp, libjpeg) writes them: test/reference/picture-texts."""

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent / "picture-texts"
TEXT = 'weft:{"name":"Käfer"}'

FOLDER.mkdir(exist_ok=True)
picture = Image.new("RGB", (37, 21))
picture.putdata([(7 * x % 256, 11 * y % 256, (x * y) % 256) for y in range(21) for x in range(37)])
exif = Image.Exif()
exif[0x010E] = TEXT.encode()
clear = picture.copy()
clear.putalpha(128)
for ending, options in {"jpg": {"quality": 80}, "webp": {"quality": 80}}.items():
    picture.save(FOLDER / f"plain.{ending}", **options)
    picture.save(FOLDER / f"described.{ending}", exif=exif, **options)
clear.save(FOLDER / "clear.webp", lossless=True)
clear.save(FOLDER / "described-clear.webp", lossless=True, exif=exif)
