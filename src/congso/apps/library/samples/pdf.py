"""A small PDF with text, made in memory."""

import io
from collections.abc import Sequence
from html import escape

from weasyprint import HTML


def pdf(title: str, chapters: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """The book's bytes; a chapter begins a page."""
    body = "".join(
        f"<h2>{escape(name)}</h2>" + "".join(f"<p>{escape(one)}</p>" for one in told) for name, told in chapters
    )
    made = io.BytesIO()
    name, style = escape(title), "<style>h2 { break-before: page }</style>"
    HTML(string=f"<html lang='vi'><title>{name}</title>{style}<h1>{name}</h1>{body}</html>").write_pdf(made)
    return made.getvalue()
