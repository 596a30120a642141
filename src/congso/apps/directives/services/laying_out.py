"""The files of one document as one run of blocks and one run of pages, so that a task's place names a page to show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from congso.kernel.files.layouts import Source
from congso.kernel.files.models import PageText
from congso.kernel.files.queries import files_of
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.records.models import Record
from congso.lib.layout import Block, Layout, Paragraph, Place
from congso.lib.vietnamese import fold

PageRow = list[int | float]
_A4 = (595, 842)  # points; the readable copies of Word files
_OPENING = 60  # characters of a task's words that tell its page


@dataclass(frozen=True)
class Copy:
    """The readable copy of a file that is read from its source: its pages, and their words without accents."""

    pages: tuple[PageRow, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class LaidOut:
    """A whole document: its blocks, their pages counted through all files, what can be looked at, and the words of
    pages that have no places."""

    blocks: tuple[Block, ...]
    pages: tuple[PageRow, ...]
    words: tuple[str, ...]


def copies_of(record: Record) -> dict[int, Copy]:
    """The readable copies of the record's Word and Excel files, by the file's id. Two queries."""
    held = {one.file.pk: one for one in files_of(record) if not one.file.blob.is_pdf and one.pages}
    words: dict[int, list[str]] = {pk: [] for pk in held}
    rows = PageText.objects.filter(attachment__in=held).order_by("attachment", "page")
    for attachment, text in rows.values_list("attachment_id", "text"):
        words[attachment].append(_plain(text))
    return {
        pk: Copy(tuple([one.shown.pk, number, *_A4] for number in range(1, one.pages + 1)), tuple(words[pk]))
        for pk, one in held.items()
    }


def put_together(sources: Sequence[Source], layouts: Sequence[Layout], copies: Mapping[int, Copy]) -> LaidOut:
    """One document of its files, in their order."""
    blocks: list[Block] = []
    pages: list[PageRow] = []
    words: list[str] = []
    for source, layout in zip(sources, layouts, strict=True):
        blocks += [_moved(block, len(pages)) for block in layout.blocks]
        copy = copies.get(source.attachment, Copy((), ()))
        own: list[PageRow] = [[source.attachment, page.number, page.width, page.height] for page in layout.pages]
        pages += own or copy.pages
        words += [""] * len(own) or copy.words[: len(copy.pages)]
        words += [""] * (len(pages) - len(words))
    return LaidOut(tuple(blocks), tuple(pages), tuple(words))


def located(proposals: Iterable[TaskProposal], words: Sequence[str]) -> list[TaskProposal]:
    """Proposals without a place get the page on which their first words stand, looking on from the one before."""
    found: list[TaskProposal] = []
    reached = 0
    for one in proposals:
        opening = "" if one.places else _plain(one.text)[:_OPENING]
        onward = [*range(reached, len(words)), *range(reached)]
        page = next((place for place in onward if opening in words[place]), None) if opening else None
        if page is None:
            found.append(one)
        else:
            reached = page
            found.append(replace(one, places=(Place(page + 1),)))
    return found


def _moved(block: Block, by: int) -> Block:
    """The block with its page counted through the whole document."""
    if not by:
        return block
    place = _later(block.place, by)
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    return replace(block, place=place, cells=tuple(replace(cell, place=_later(cell.place, by)) for cell in block.cells))


def _later(place: Place | None, by: int) -> Place | None:
    return replace(place, page=place.page + by) if place is not None else None


def _plain(text: str) -> str:
    return " ".join(fold(text).lower().split())
