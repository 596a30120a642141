"""Closing a dossier: complete, counted, its files kept as they are; then read-only. Reopening is the archive's."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import ArchivedFile, Dossier, Entry, Reliability
from congso.apps.dossiers.queries import documents_in, entries_of, gaps_in
from congso.kernel.access.services import Actor
from congso.kernel.files.queries import files_of
from congso.kernel.records.models import Record
from congso.kernel.regulations.queries import value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import Refused, act


class Incomplete(Refused):
    """The dossier lacks what the law wants before it is closed; `gaps` names each, with its line."""

    def __init__(self, gaps: Sequence[rules.Gap]) -> None:
        self.gaps = list(gaps)
        told = "; ".join(f"dòng {gap.position}: {gap.words}" if gap.position else gap.words for gap in self.gaps[:5])
        more = f" và {len(self.gaps) - 5} chỗ khác" if len(self.gaps) > 5 else ""
        super().__init__(f"Chưa kết thúc được hồ sơ: {told}{more}.")


def ask_to_close(dossier: Dossier, *, by: Actor, at: datetime, note: str = "") -> None:
    """The holder says the work is done; the unit's leader closes. Raises Incomplete."""
    check_complete(dossier)
    with act(dossier, "ask_close", by=by, at=at, note=note):
        pass


def send_dossier_back(dossier: Dossier, *, note: str, by: Actor, at: datetime) -> None:
    """The leader wants it completed first."""
    with act(dossier, "send_back", by=by, at=at, note=note):
        pass


def close_dossier(dossier: Dossier, *, by: Actor, at: datetime, note: str = "") -> None:
    """Count, keep the files, compute the day of hand-over; from now on the dossier is read-only.

    Raises Incomplete (handbook office 5, rule 1), Refused when documents lie in it which the closer may not see: she
    cannot answer for them.
    """
    entries = check_complete(dossier)
    today = timezone.localdate(at)
    with act(dossier, "close", by=by, at=at, note=note) as move:
        days = [one.issued_on for one in entries if one.issued_on]
        dossier.total_documents, dossier.total_pages = len(entries), rules.total_pages(entries)
        dossier.start_on, dossier.end_on = min(days, default=dossier.opened_on), max(days, default=today)
        dossier.closed_on = dossier.work_ended_on = today
        dossier.reliability = _reliability(entries)
        is_digital = dossier.reliability == Reliability.BORN_DIGITAL
        dossier.total_sheets = None if is_digital else dossier.total_pages
        dossier.due_on = rules.hand_over_by(
            today,
            is_digital=is_digital,
            days=value("dossiers.hand_over_days", on=today),
            years=value("dossiers.hand_over_years", on=today),
        )
        for place, entry in enumerate(entries, 1):
            if entry.position != place:
                Entry.objects.filter(pk=entry.pk).update(position=place)
                entry.position = place
        kept = keep_files(dossier, entries, at=at)
        dossier.save(update_fields=_CLOSING)
        move.facts |= {"documents": len(entries), "pages": dossier.total_pages, "files": kept}
        move.label = f"Kết thúc hồ sơ: {len(entries)} văn bản, {dossier.total_pages} trang"
        index_record(dossier)


def reopen_dossier(dossier: Dossier, *, note: str, by: Actor, at: datetime) -> None:
    """The archive opens a closed dossier again, with a reason (handbook office 5, rule 2)."""
    with act(dossier, "reopen", by=by, at=at, note=note):
        pass


def check_complete(dossier: Dossier) -> list[Entry]:
    """The documents of a complete dossier in their order. Raises Incomplete, Refused."""
    entries = list(entries_of(dossier))
    unseen = documents_in(dossier) - len(entries)
    if unseen:
        raise Refused(
            f"Trong hồ sơ có {unseen} văn bản bạn không có quyền xem nên không kiểm tra được; "
            "người xem được các văn bản đó kết thúc hồ sơ, hoặc rút chúng ra."
        )
    gaps = gaps_in(dossier, entries)
    if gaps:
        raise Incomplete(gaps)
    return entries


def keep_files(dossier: Dossier, entries: Sequence[Entry], *, at: datetime) -> int:
    """What the archive will keep of each record: its files, and the copy people read where there is one."""
    of_records = [one for one in entries if one.record_id]
    ArchivedFile.objects.filter(entry__in=[one.pk for one in of_records]).delete()
    made = []
    for entry in of_records:
        place = 0
        for held in files_of(Record(pk=entry.record_id)):
            for attachment in dict.fromkeys((held.file, held.shown)):
                place += 1
                made.append(
                    ArchivedFile(
                        entry=entry,
                        position=place,
                        name=attachment.name,
                        sha256=attachment.blob_id,
                        size=attachment.blob.size,
                        media_type=attachment.blob.media_type,
                        pages=attachment.blob.pages,
                        kept_at=at,
                    )
                )
    ArchivedFile.objects.bulk_create(made, batch_size=500)
    return len(made)


_CLOSING = (
    *("total_documents", "total_pages", "total_sheets", "start_on", "end_on", "closed_on", "work_ended_on"),
    *("reliability", "due_on"),
)


def _reliability(entries: Sequence[Entry]) -> str:
    kinds = {one.reliability for one in entries}
    return kinds.pop() if len(kinds) == 1 else Reliability.MIXED.value
