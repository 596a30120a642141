"""Paragraphs as the author wrote them: joined where a page or scan cut them, cut where a scan ran two together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from congso.kernel.papers.tasks.marks import mark_of
from congso.lib.layout import Block, Paragraph, Place

_FINISHED = re.compile(r"[.;:!?…”\"]\s*$")
_HEADING_INSIDE = re.compile(
    r"(?<=[.;])\s+(?=[IVX]{1,4}\s?[.\-–]\s*[A-ZĐÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰÝỲỶỸỴÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤ ,]{6,}$)"
)
_MARK_ALONE = re.compile(r"(?:[IVXl|]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ])\s?[.,;:)\-]{0,2}")
_LONGEST_MARK = 7
_SAME_LINE = 5.0  # points between the tops of a number and its text


def mended(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with their paragraphs mended; tables and paragraphs of Word pass as they are."""
    held: Paragraph | None = None
    for block in _with_marks(list(blocks)):
        if not isinstance(block, Paragraph) or block.place is None:
            yield from _cut(held)
            held = None
            yield block
        elif held is not None and _goes_on(held, block):
            held = replace(held, text=f"{held.text} {block.text}", confidence=min(held.confidence, block.confidence))
        else:
            yield from _cut(held)
            held = block
    yield from _cut(held)


def _goes_on(before: Paragraph, block: Paragraph) -> bool:
    """A sentence that was begun and not ended, and words that begin none."""
    if _FINISHED.search(before.text) or before.is_centred or block.is_centred or before.text.isupper():
        return False
    text = block.text.strip()
    begins_none = text[:1].islower() or text[:1].isdigit() or text.startswith("(")
    return begins_none and mark_of(text) is None and not text.isdigit() and len(before.text) > _LONGEST_MARK


def _cut(paragraph: Paragraph | None) -> Iterator[Paragraph]:
    if paragraph is None:
        return
    for part in _HEADING_INSIDE.split(paragraph.text):
        yield replace(paragraph, text=part)


def _with_marks(blocks: list[Block]) -> Iterator[Block]:
    """Numbers that a wide tab parted from their text put before it again."""
    marks = {id(block): block for block in blocks if isinstance(block, Paragraph) and _is_mark_alone(block)}
    texts: dict[int, Paragraph] = {}
    used: set[int] = set()
    for mark in marks.values():
        beside = next((block for block in blocks if id(block) not in texts and _is_beside(mark, block)), None)
        if isinstance(beside, Paragraph):
            texts[id(beside)] = mark
            used.add(id(mark))
    for block in blocks:
        if id(block) in used:
            continue
        mark_before = texts.get(id(block))
        if isinstance(block, Paragraph) and mark_before is not None:
            yield replace(block, text=f"{_clean(mark_before.text)} {block.text}")
        else:
            yield block


def _is_mark_alone(block: Paragraph) -> bool:
    text = block.text.strip()
    return _box(block.place) is not None and len(text) <= _LONGEST_MARK and _MARK_ALONE.fullmatch(text) is not None


def _is_beside(mark: Paragraph, block: Block) -> bool:
    if not isinstance(block, Paragraph) or block is mark or _is_mark_alone(block):
        return False
    own, other = mark.place, block.place
    if own is None or other is None or own.page != other.page or own.box is None or other.box is None:
        return False
    return abs(own.box.top - other.box.top) <= _SAME_LINE and own.box.right <= other.box.left + _SAME_LINE


def _box(place: Place | None) -> object:
    return place.box if place else None


def _clean(mark: str) -> str:
    return mark.strip(" .,;:-") + "."
