"""The search room: asking to read, borrow or copy; granting; every look kept."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from congso.apps.dossiers.models import READING, ArchivedFile, Card, Dossier, Entry, ReadingLog, ReadingRequest
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.files.configuration import store
from congso.kernel.journal.services import write_entry
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.workflow.services import Refused, act, start
from congso.lib.workdays import add_working_days

SERIES = "readings"
_DAYS = {
    ReadingRequest.Way.READ: "dossiers.reading_days", ReadingRequest.Way.COPY: "dossiers.copy_days",
    ReadingRequest.Way.CERTIFIED: "dossiers.copy_days", ReadingRequest.Way.PAPER: "dossiers.reading_days",
}  # fmt: skip


def ask_reading(card: Card, *, way: str, purpose: str, by: Actor, at: datetime) -> ReadingRequest:
    """Ask the archive for a dossier the catalogue names; it answers within its working days. Raises Refused."""
    if by.person_id is None or not purpose.strip():
        raise Refused("Hãy ghi mục đích khai thác.")
    if card.is_destroyed:
        raise Refused("Hồ sơ này đã hủy.")
    if way == ReadingRequest.Way.PAPER and not card.has_paper:
        raise Refused("Hồ sơ này không có bản giấy.")
    today = timezone.localdate(at)
    days = int(value("dossiers.reading_answer_working_days", on=today))
    label = ReadingRequest.Way(way).label
    wish = ReadingRequest(
        type=READING, title=f"{label}: {card.title}"[:1000], owner=card.organization, opened_on=today,
        due_on=add_working_days(today, days, calendar()), wanted_id=card.pk, way=way, purpose=purpose.strip()[:1000],
        mode=card.mode, asker_id=by.person_id, asker_label=title_of(by.person_id, today),
    )  # fmt: skip
    with start(wish, by=by, at=at, label="Yêu cầu khai thác"):
        period = year_period(today)
        wish.number = (
            f"{next_number(wish, organization=card.organization, series=SERIES, period=period, at=at)}/{period}/KT"
        )
        wish.save(update_fields=["number"])
    return wish


def grant_reading(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """Allow it, for the days of the law; of a conditional dossier this is its record of approval (rule 7)."""
    with act(wish, "grant", by=by, at=at, note=note) as move:
        days = int(value(_DAYS[ReadingRequest.Way(wish.way)], on=timezone.localdate(at)))
        wish.until, wish.granted_by_id = at + timedelta(days=days), by.person_id
        wish.granted_label = title_of(by.id, timezone.localdate(at))
        wish.due_on = timezone.localdate(wish.until)
        wish.save(update_fields=["until", "granted_by", "granted_label", "due_on"])
        move.facts |= {"until": wish.until.isoformat(), "mode": wish.mode}


def refuse_reading(wish: ReadingRequest, *, note: str, by: Actor, at: datetime) -> None:
    """Not allowed, with the reason."""
    with act(wish, "refuse", by=by, at=at, note=note):
        pass


def withdraw_reading(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """The asker needs it no more."""
    with act(wish, "withdraw", by=by, at=at, note=note):
        pass


def end_reading(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """The reading is over before its days."""
    with act(wish, "end", by=by, at=at, note=note):
        pass


def lend_paper(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """The paper dossier is handed out, to be back by its day."""
    with act(wish, "lend", by=by, at=at, note=note):
        today = timezone.localdate(at)
        days = int(value("dossiers.paper_loan_days", on=today))
        wish.lent_on, wish.return_by = today, today + timedelta(days=days)
        wish.due_on = wish.return_by
        wish.save(update_fields=["lent_on", "return_by", "due_on"])


def extend_loan(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """Another loan's length from today."""
    with act(wish, "extend", by=by, at=at, note=note):
        today = timezone.localdate(at)
        wish.return_by = today + timedelta(days=int(value("dossiers.paper_loan_days", on=today)))
        wish.due_on = wish.return_by
        wish.save(update_fields=["return_by", "due_on"])


def take_paper_back(wish: ReadingRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """The paper dossier is back."""
    with act(wish, "take_back", by=by, at=at, note=note):
        wish.returned_on = timezone.localdate(at)
        wish.save(update_fields=["returned_on"])


def note_look(
    dossier: Dossier,
    what: str,
    *,
    entry: Entry | None = None,
    file: ArchivedFile | None = None,
    page: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Every read, download, print and export of archive files is kept and journaled (handbook office 5, rule 8)."""
    label = title_of(by.id, timezone.localdate(at))
    ReadingLog.objects.create(
        organization_id=dossier.owner_id, dossier_id=dossier.pk, entry=entry, file_name=file.name if file else "",
        page=page, act=what, person_id=by.id, label=label, at=at,
    )  # fmt: skip
    if page is None:  # pages of one reading are in the log, the reading itself in the journal
        facts = {"file": file.name, "sha256": file.sha256} if file else {}
        write_entry(
            act=f"archive.{what}", actor=str(by), actor_label=label, at=at, organization_id=dossier.owner_id,
            record_id=dossier.pk, facts=facts,
        )  # fmt: skip


def check_kept(file: ArchivedFile) -> None:
    """Raises Refused when the file's bytes are gone."""
    if file.state == ArchivedFile.State.DESTROYED:
        raise Refused("Tệp đã hủy theo quyết định hủy tài liệu.")
    if store().size(file.sha256) is None:
        raise Refused("Tệp không còn trong kho; cán bộ lưu trữ khôi phục từ bản sao lưu.")


def kept_file(file: ArchivedFile) -> AbstractContextManager[Path]:
    """The bytes as a file, until the block ends. Raises Refused as `check_kept`."""
    check_kept(file)
    return store().local(file.sha256)
