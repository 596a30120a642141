"""Bodies to begin with: what somebody typed as passages, and the usual skeleton of each type."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from congso.kernel.composing.contents import Block, Grid, Layout, Level, Passage

_BASIS = re.compile(r"[-–]?\s*(?:Căn cứ|Xét đề nghị|Theo đề nghị)\b")
_ENACTING = re.compile(r"(?:.{0,60}\s)?(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|KẾT LUẬN|CHỈ THỊ)\s*:?$")
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
_PART = re.compile(r"(?:PHẦN|CHƯƠNG|Phần thứ|Chương)\s+\S+")
_SECTION = re.compile(r"[IVX]{1,5}\s*[-.–]\s*\S")
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s*\S")
_SHORT = 90
_ROW = "|"


def body_from_text(text: str) -> tuple[Block, ...]:
    """One passage a line; lines of cells between “|” become a table, the first of them its header.

    The level is told by how the line begins (“I-”, “1.”, “Điều 2.”, “- Căn cứ”); a short numbered line without a full
    stop is a heading.
    """
    return tuple(_blocks(text))


def text_of_body(body: Iterable[Block]) -> str:
    """The lines `body_from_text` reads as this body: how a paper another system made becomes a draft one goes on with.

    A table's widths are not told: columns are as wide as what stands in them.
    """
    lines: list[str] = []
    for block in body:
        if isinstance(block, Passage):
            lines.append(" ".join(block.text.split()))
            continue
        if lines and lines[-1].startswith(_ROW):
            lines.append("")  # two tables in a row stay two
        lines += [f"{_ROW} {f' {_ROW} '.join(map(_cell, row))} {_ROW}" for row in block.rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace(_ROW, "/").split())


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        plain = " ".join(line.split())
        if plain.startswith(_ROW) and plain.endswith(_ROW) and len(plain) > 1:
            rows.append(tuple(cell.strip() for cell in plain.strip(_ROW).split(_ROW)))
            continue
        if rows:
            yield Grid(tuple(rows), header_rows=1 if len(rows) > 1 else 0)
            rows = []
        if plain:
            yield Passage(plain, level_of(plain))


def level_of(line: str) -> Level:
    """What a line of the body is."""
    is_short = len(line) < _SHORT
    is_whole = line.endswith((".", ";", ":", ","))
    told = (
        (Level.BASIS, _BASIS.match(line)),
        (Level.ARTICLE, _ARTICLE.match(line)),
        (Level.PART, is_short and _PART.match(line)),
        (Level.SECTION, _SECTION.match(line)),
        (Level.ENACTING, _ENACTING.fullmatch(line)),
        (Level.HEADING, is_short and not is_whole and _HEADING.match(line)),
    )
    return next((level for level, found in told if found), Level.PARAGRAPH)


_OTHER = "…\n1. …\n2. …"


def skeleton(doc_type: str, layout: Layout, *, body: str, name: str = "") -> tuple[Block, ...]:
    """The usual parts of the type, “…” where the drafter writes. `body`: who issues, as a sentence names it."""
    text = _skeletons().get(doc_type, _OTHER).format(body=body, name=name or "văn bản này")
    if layout is Layout.STATE:
        text = re.sub(r"^- (?=Căn cứ|Xét đề nghị)", "", text, flags=re.MULTILINE)
    return body_from_text(text)


@cache
def _skeletons() -> dict[str, str]:
    text = Path(__file__).with_name("skeletons.txt").read_text(encoding="utf-8")
    parts = re.split(r"^\[(\w+)\]$", text, flags=re.MULTILINE)[1:]
    return {key: lines.strip() for key, lines in zip(parts[::2], parts[1::2], strict=True)}
