"""A book unpacked for the screen: a clean file for each chapter, its pictures drawn anew as WebP.

Runs in the guarded child alone. A picture that is decoded and written again carries nothing but its points.
"""

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from congso.kernel.files.reading.books import Book, entry, open_book
from congso.kernel.files.reading.limits import Limits

_COVER = (400, 600)
_WIDEST = 1600
_MOST_PICTURES = 2_000
_MOST_BYTES = 30 * 2**20
_MOST_POINTS = 60_000_000


def unpack(path: Path, into: Path, limits: Limits) -> dict[str, Any]:
    """Write `chapters.json`, `KEY.webp` and, of a cover, `cover.jpg` into the folder; tell what there is.

    Raises Refused.
    """
    book = open_book(path, limits)
    chapters = [asdict(chapter) for chapter in book.chapters]
    (into / "chapters.json").write_text(json.dumps(chapters, ensure_ascii=False), encoding="utf-8")
    drawn = _draw(path, into, book)
    if book.cover in drawn:
        draw_cover(into / f"{book.cover}.webp", into / "cover.jpg")
    return {
        "contents": [asdict(line) for line in book.contents],
        "pictures": drawn,
        "cover": book.cover if book.cover in drawn else "",
        "facts": book.facts,
    }


def draw_cover(picture: Path, made: Path) -> None:
    """A small JPEG of a picture drawn by us: what catalogues of e-books (OPDS) show."""
    with Image.open(picture) as whole:
        small = whole.convert("RGBA")
    small.thumbnail(_COVER)
    ground = Image.new("RGB", small.size, "white")
    ground.paste(small, mask=small)
    ground.save(made, "JPEG", quality=82)


def _draw(path: Path, into: Path, book: Book) -> list[str]:
    drawn = []
    with zipfile.ZipFile(path) as container:
        for key, name in list(book.pictures.items())[:_MOST_PICTURES]:
            if _drawn(entry(container, name, _MOST_BYTES), into / f"{key}.webp"):
                drawn.append(key)
    return drawn


def _drawn(content: bytes, made: Path) -> bool:
    """False where the bytes are no picture: a book is read without it."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_POINTS:
                return False
            shown = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "RGBA" else "RGB")
        shown.thumbnail((_WIDEST, 2 * _WIDEST))
        shown.save(made, "WEBP", quality=80, method=4)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
