"""Pages of a copy bound as one two-layer PDF/A: for the reading machine's study, and for good."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from congso.apps.digitization.models import Page
from congso.apps.digitization.queries import words_of
from congso.apps.digitization.rules import text_of
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.reading.scans.reading import Pose, SheetToBind, bind_sheets


@dataclass(frozen=True)
class Leaf:
    """A page ready to be bound, as plain values: no query is needed any more."""

    sha256: str
    pose: Pose
    words: Sequence[Sequence[Any]]

    @property
    def text(self) -> str:
        """What stands on it."""
        return text_of(self.words)


def leaves_of(copy_id: int, *, limit: int = 100_000) -> list[Leaf]:
    """The pages of a copy with the words people put right. Three queries."""
    rows = Page.objects.filter(copy=copy_id).select_related("scan__attachment").order_by("copy_page")[:limit]
    pages = list(rows)
    words = words_of(pages)
    return [
        Leaf(one.scan.attachment.blob_id, Pose(one.number, one.turn, one.skew, one.dpi), words[one.pk]) for one in pages
    ]


@contextmanager
def bound(leaves: Sequence[Leaf], *, title: str, facts: Mapping[str, str] | None = None) -> Iterator[tuple[Path, Path]]:
    """The PDF/A, and the folder for scratch files it lies in; both are gone afterwards.

    Raises Refused (of files), Crashed, FileNotFoundError, StorageAway.
    """
    with spool.work_folder(uuid4()) as work, ExitStack() as opened:
        paths = {sha256: opened.enter_context(store().local(sha256)) for sha256 in {one.sha256 for one in leaves}}
        made = work / "bound.pdf"
        sheets = [SheetToBind(paths[one.sha256], one.pose, one.words) for one in leaves]
        bind_sheets(sheets, made, title=title, facts=facts, limits=limits(), work=work)
        yield made, work
