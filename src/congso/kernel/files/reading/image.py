"""Scans and photographs handed in as pictures: checked, turned upright, made into PDF pages.

Runs in the guarded child only.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits

_A4_WIDTH, _A4_HEIGHT = 8.27, 11.69
_BELIEVABLE_DPI = range(120, 1201)  # cameras and screens claim 72 or 96 whatever the paper
_PHOTO_QUALITY = 90


def to_pdf(path: Path, kind: FileKind, into: Path, limits: Limits) -> int:
    """Write the frames as pages of a PDF and return how many. Refuses a picture cut short or too big."""
    import img2pdf  # loaded where it is used: most files are PDFs, and a child starts for each

    Image.MAX_IMAGE_PIXELS = None  # our own limit below is exact and answers in Vietnamese
    label = FACTS[kind].label
    try:
        with Image.open(path, formats=[kind.value]) as image:
            _check(image, limits)
            pages = [
                img2pdf.convert(frame, layout_fun=img2pdf.get_fixed_dpi_layout_fun((dpi, dpi)))
                for frame, dpi in _frames(image, limits)
            ]
    except (UnidentifiedImageError, SyntaxError, ValueError, EOFError) as error:
        raise refusals.damaged(label) from error
    except OSError as error:
        raise (refusals.truncated(label) if "truncated" in str(error) else refusals.damaged(label)) from error
    into.write_bytes(pages[0] if len(pages) == 1 else _joined(pages))
    return len(pages)


def _check(image: Image.Image, limits: Limits) -> None:
    frames = getattr(image, "n_frames", 1)
    if frames > limits.pages:
        raise refusals.too_many_pages(frames, limits.pages)
    if image.width * image.height > limits.page_pixels:
        raise refusals.too_many_pixels(limits.page_pixels)


def _frames(image: Image.Image, limits: Limits) -> Iterator[tuple[bytes, float]]:
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > limits.page_pixels:
            raise refusals.too_many_pixels(limits.page_pixels)
        claimed = frame.info.get("dpi", (0, 0))[0]
        upright = ImageOps.exif_transpose(frame)
        yield _encoded(upright), _dpi(upright, float(claimed))


def _dpi(image: Image.Image, claimed: float) -> float:
    """The claimed resolution if a scanner may have written it, else the one that makes an A4 page of it."""
    if round(claimed) in _BELIEVABLE_DPI:
        return claimed
    short, long = sorted(image.size)
    return max(short / _A4_WIDTH, long / _A4_HEIGHT, 36.0)


def _encoded(image: Image.Image) -> bytes:
    """Black and white stays lossless; colour is kept as JPEG, which is what cameras and scanners gave."""
    out = io.BytesIO()
    if image.mode == "1":
        image.save(out, "PNG", optimize=False)
    else:
        _on_white(image).save(out, "JPEG", quality=_PHOTO_QUALITY)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"L", "RGB"}:
        return image
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGB", image.size, "white")
        seen = image.convert("RGBA")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("L" if image.mode in {"I", "I;16", "F", "LA"} else "RGB")


def _joined(pages: list[bytes]) -> bytes:
    import pikepdf

    with pikepdf.new() as whole:
        for page in pages:
            with pikepdf.open(io.BytesIO(page)) as single:
                whole.pages.extend(single.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()
