"""Catalogue records taken in from files, as a job that goes on where it stopped; exported as MARC21 and CSV."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from congso.apps.library.models import Card, Collection, Copy, ImportRun
from congso.apps.library.services.cataloguing import card_columns, catalogue_work, check_librarian, note_act
from congso.apps.library.services.copies import Acquisition, add_copies
from congso.apps.library.services.marc import MOST_BYTES, Entry, NotMarc, read_marc, read_marcxml
from congso.apps.library.services.tables import NotAList, columns_of, read_table
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.sheets import table_rows
from congso.kernel.jobs.services import Progress, queue_job
from congso.kernel.workflow.services import Refused
from congso.lib.csv_tables import NotATable
from congso.lib.vietnamese import clean_filename

IMPORT = "library.import"
MOST_REFUSALS = 5_000
_AT_ONCE = 20


def start_import(file: IO[bytes], *, name: str, collection: Collection, by: Actor, at: datetime) -> ImportRun:
    """Take a file in and queue its reading; its kind is told by its bytes. Raises NotYours, Refused, saying why."""
    check_librarian(collection.library)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB; hãy chia nhỏ.")
    if not content.strip():
        raise Refused("Tệp rỗng.")
    kind = _kind(content)
    run = ImportRun(
        library=collection.library, collection=collection, name=clean_filename(name), kind=kind, content=content,
        by_id=by.id, at=at,
    )  # fmt: skip
    if kind == ImportRun.Kind.TABLE:
        run.columns = columns_of(_rows(content)[0])
    run.total = sum(1 for _each in _checked(run))
    run.save()
    note_act("start_import", library=run.library, by=by, at=at, run=run.pk, name=run.name, total=run.total)
    run.job = queue_job(IMPORT, label=f"Nhập biểu ghi: {run.name}", by=by, at=at, arguments={"run_id": run.pk})
    run.save(update_fields=["job"])
    return run


def carry_on(progress: Progress, *, run_id: int) -> None:
    """Read on from the first record not done; what is done is committed a few records at a time, together with how far
    it is, so that a run killed anywhere neither loses a record nor takes one twice."""
    with acting_as(progress.actor):
        run = ImportRun.objects.select_related("library", "collection__library").get(pk=run_id)
    if run.finished_at is not None:
        return
    entries = list(_checked(run))
    while run.done < len(entries):
        progress.step(run.done, len(entries), f"Đã nhập {run.made} biểu ghi")
        with acting_as(progress.actor):
            locked = ImportRun.objects.select_for_update(of=("self",))
            run = locked.select_related("library", "collection__library").get(pk=run_id)
            for entry in entries[run.done : run.done + _AT_ONCE]:
                _take(run, entry, by=progress.actor)
            run.done = min(run.done + _AT_ONCE, len(entries))
            run.finished_at = timezone.now() if run.done == len(entries) else None
            run.save(update_fields=["done", "made", "refusals", "finished_at"])
    progress.step(len(entries), len(entries))


def _take(run: ImportRun, entry: Entry, *, by: Actor) -> None:
    at = timezone.now()
    try:
        with transaction.atomic():  # what is refused leaves nothing
            _make(run, entry, by=by, at=at)
    except Refused as refused:
        run.refusals = [*run.refusals[: MOST_REFUSALS - 1], [entry.place, entry.title[:200], str(refused)[:300]]]
    else:
        run.made += 1


def _make(run: ImportRun, entry: Entry, *, by: Actor, at: datetime) -> None:
    """A work and its copies; only the copies where the ISBN is in the catalogue. Raises Refused."""
    if entry.facts is None:
        raise Refused(entry.refusal)
    known = _known(run, entry)
    if known and not entry.numbers:
        raise Refused(f"ISBN {known.isbn} đã có trong mục lục: {known.title[:100]}")
    work = known.work if known else catalogue_work(entry.facts, collection=run.collection, by=by, at=at)
    if entry.numbers:
        came = Acquisition(0, timezone.localdate(at), numbers=entry.numbers)
        add_copies(work, came, by=by, at=at)


def _known(run: ImportRun, entry: Entry) -> Card | None:
    """The card that has the same ISBN in this library already."""
    isbn = card_columns(entry.facts)["isbn"] if entry.facts else ""
    found = Card.objects.filter(library=run.library, isbn=isbn, withdrawn_at__isnull=True)
    return found.select_related("work__owner").first() if isbn else None


def _kind(content: bytes) -> str:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<"):
        return ImportRun.Kind.MARCXML
    is_marc = len(head) > 24 and head[:5].isdigit() and head[10:12] == b"22"
    return ImportRun.Kind.MARC if is_marc else ImportRun.Kind.TABLE


def _rows(content: bytes) -> list[list[str]]:
    try:
        rows = table_rows(content)
    except NotATable as problem:
        raise Refused(str(problem)) from None
    if not rows:
        raise Refused("Bảng không có dòng nào.")
    return rows


def _checked(run: ImportRun) -> Iterator[Entry]:
    """The file's records. Raises Refused: the file as a whole is not readable."""
    content = bytes(run.content)
    try:
        match run.kind:
            case ImportRun.Kind.MARC:
                yield from read_marc(content)
            case ImportRun.Kind.MARCXML:
                yield from read_marcxml(content)
            case _:
                yield from read_table(_rows(content), run.columns)
    except (NotMarc, NotAList) as problem:
        raise Refused(str(problem)) from None


def rows_of(cards: Iterator[Card]) -> Iterator[list[Any]]:
    """Cards as rows of the exported table; its heads are those the import knows."""
    for card in cards:
        by_part: dict[str, list[str]] = {}
        for one in card.contributions.all():
            by_part.setdefault(one.part, []).append(one.author.name)
        numbers = "; ".join(one.number for one in card.copies.all() if one.state != Copy.State.WITHDRAWN)
        yield [
            card.title, card.subtitle, "; ".join(by_part.get("aut", [])), "; ".join(by_part.get("edt", [])),
            "; ".join(by_part.get("trl", [])), card.published_in, card.publisher, card.year or "", card.language,
            card.isbn, card.extent, card.series, card.classification, card.call_number,
            "; ".join(one.label for one in card.headings.all()), card.summary, numbers,
        ]  # fmt: skip


HEADS = (
    "Nhan đề", "Phụ đề", "Tác giả", "Chủ biên", "Người dịch", "Nơi xuất bản", "Nhà xuất bản", "Năm xuất bản",
    "Ngôn ngữ", "ISBN", "Số trang", "Tùng thư", "Phân loại", "Ký hiệu xếp giá", "Đề mục chủ đề", "Tóm tắt",
    "Số đăng ký cá biệt",
)  # fmt: skip
