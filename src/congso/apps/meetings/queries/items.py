"""Items of an agenda and their papers; a paper's file is found only where its item's files are open."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from congso.apps.meetings.models import Item, Meeting, Paper, PaperNote, PaperVersion
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Attachment
from congso.kernel.records.models import Record


@dataclass
class ShownVersion:
    """A version and the file to read, None when files are closed to the person."""

    version: PaperVersion
    file: Attachment | None = None
    pages: int = 0


@dataclass
class ShownPaper:
    """A paper with its versions, the newest first."""

    paper: Paper
    versions: list[ShownVersion] = field(default_factory=list)

    @property
    def newest(self) -> ShownVersion | None:
        """The one to read."""
        return self.versions[0] if self.versions else None


def _parties() -> "tuple[Prefetch[str, Any, str] | str, ...]":
    offices = Organization.objects.prefetch_related("serving_offices")
    return (Prefetch("owner", offices), Prefetch("unit", offices), "guests", "papers__versions")


def item_of(pk: int) -> Item:
    """One item with its parties at hand. Raises Item.DoesNotExist."""
    return Item.objects.prefetch_related(*_parties()).get(pk=pk)


def items_of(meeting: Meeting) -> QuerySet[Item]:
    """The agenda, ready to be acted on."""
    return Item.objects.filter(sitting=meeting.pk).prefetch_related(*_parties()).order_by("position", "id")


def refresh_item(item: Item) -> None:
    """Read anew what hangs on it."""
    item.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([item], *_parties())


def running_item(meeting: Meeting) -> Item | None:
    """What is being taken up now, of the agenda as it was read."""
    return next((one for one in meeting.items.all() if one.state == "running"), None)


def papers_of(item: Item) -> list[ShownPaper]:
    """The papers of an item with their files. One query beside the item's own."""
    return papers_by_item([item])[item.pk]


def papers_by_item(items: Collection[Item]) -> dict[int, list[ShownPaper]]:
    """The same of many items, by their ids. One query for all."""
    versions = [version for item in items for paper in item.papers.all() for version in paper.versions.all()]
    records = [item.pk for item in items] if versions else []
    rows = list(Attachment.objects.filter(record__in=records).select_related("blob").order_by("id"))
    files = {one.pk: one for one in rows}
    readable = {one.source_id: one for one in rows if one.source_id is not None}
    return {item.pk: [_shown(paper, files, readable) for paper in item.papers.all()] for item in items}


def _shown(paper: Paper, files: dict[int, Attachment], readable: dict[int, Attachment]) -> ShownPaper:
    shown = []
    for version in sorted(paper.versions.all(), key=lambda one: -one.number):
        copy = readable.get(version.attachment_id, files.get(version.attachment_id))
        shown.append(ShownVersion(version, copy, copy.blob.pages if copy and copy.blob.is_pdf else 0))
    return ShownPaper(paper, shown)


def version_of(item: Item, pk: int) -> PaperVersion:
    """A version of one of the item's papers. Raises PaperVersion.DoesNotExist."""
    return PaperVersion.objects.select_related("paper").get(pk=pk, paper__item=item.pk)


def may_stay_on_devices(record: Record) -> bool:
    """Whether an item's papers may stay on devices: not those to be returned, nobody could take them back there."""
    return not Item.objects.filter(pk=record.pk, is_withdrawn_after=True).exists()


def notes_of(item: Item, person_id: int) -> list[PaperNote]:
    """The person's own notes on the item's papers."""
    found = PaperNote.objects.filter(person=person_id, version__paper__item=item.pk)
    return list(found.select_related("version__paper").order_by("version__paper__position", "page", "id")[:500])
