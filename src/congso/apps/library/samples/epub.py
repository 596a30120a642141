"""A small EPUB 3, made in memory."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from PIL import Image, ImageDraw

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_XHTML = "application/xhtml+xml"


def cover_png(colour: str = "#8a1c22") -> bytes:
    """A plain cover."""
    picture = Image.new("RGB", (300, 450), colour)
    ImageDraw.Draw(picture).rectangle((20, 20, 280, 430), outline="white", width=4)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def chapter_xhtml(title: str, paragraphs: Sequence[str]) -> str:
    """A chapter's page."""
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="vi">'
        f"<head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def epub(
    title: str,
    author: str,
    chapters: Sequence[tuple[str, Sequence[str]]],
    *,
    raw: Mapping[str, bytes] | None = None,
    colour: str = "#8a1c22",
) -> bytes:
    """The book's bytes. `raw` adds entries, or puts others in the place of ours: for hostile samples."""
    names = [f"c{number}.xhtml" for number in range(1, len(chapters) + 1)]
    items = "".join(f'<item id="c{n}" href="{name}" media-type="{_XHTML}"/>' for n, name in enumerate(names, 1))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(names) + 1))
    lines = "".join(
        f'<li><a href="{name}">{escape(one[0])}</a></li>' for name, one in zip(names, chapters, strict=True)
    )
    entries = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "OEBPS/book.opf": (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:{escape(title)}'
            f"</dc:identifier><dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
            f'<dc:language>vi</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"'
            f' media-type="{_XHTML}"/><item id="cover" href="cover.png" properties="cover-image"'
            ' media-type="image/png"/>'
            f"{items}</manifest><spine>{spine}</spine></package>"
        ).encode(),
        "OEBPS/nav.xhtml": (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><ol>{lines}</ol></nav></body></html>'
        ).encode(),
        "OEBPS/cover.png": cover_png(colour),
        **{f"OEBPS/{name}": chapter_xhtml(*one).encode() for name, one in zip(names, chapters, strict=True)},
        **(raw or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", "application/epub+zip", compress_type=zipfile.ZIP_STORED)
        for name, content in entries.items():
            container.writestr(name, content)
    return made.getvalue()
