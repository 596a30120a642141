"""How sure the recogniser was of each word of a PDF it has just made; it lies beside the PDF until both are gone.

A text layer has no room for it. A file read again later counts each recognised word alike.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from congso.kernel.files.reading.recognition import words_of_table

Sure = Sequence[tuple[str, float]]
"""The words of a page in the recogniser's order, each with a confidence from 0 to 1."""


def gather(work: Path, pdf: Path) -> None:
    """Put the tables that the recogniser left in the folder into one file beside the PDF."""
    found: dict[int, list[tuple[str, float]]] = {}
    for table in work.glob("words-*.tsv"):
        words = words_of_table(table.read_text(encoding="utf-8", errors="replace"), 1)[0]
        found[int(table.stem.removeprefix("words-"))] = [(word.text, round(word.confidence, 2)) for word in words]
        table.unlink()
    if found:
        _beside(pdf).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def keep(pdf: Path, pages: Sequence[Sure]) -> None:
    """Put beside a PDF made of read pages how sure each word is, page by page."""
    told = {number: list(words) for number, words in enumerate(pages, 1)}
    _beside(pdf).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def known_for(pdf: Path) -> dict[int, Sure]:
    """By page; empty for a PDF that was not made just now."""
    try:
        told = json.loads(_beside(pdf).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {int(page): [(text, confidence) for text, confidence in words] for page, words in told.items()}


def _beside(pdf: Path) -> Path:
    return pdf.with_name(f"{pdf.name}.words.json")
