"""Planning a batch, taking its originals in, listing its dossiers, giving the originals back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from congso.apps.digitization.flow import operator_principals
from congso.apps.digitization.models import BATCH, DigitalCopy, Folder, ScanBatch
from congso.apps.digitization.rules import LEAST_DPI
from congso.apps.digitization.services.moving import moving, person_of
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start

SERIES = "scan_batches"
MOST_FOLDERS = 2_000


@dataclass(frozen=True)
class BatchFacts:
    """What a batch's plan says. `unit`: whose papers; `unit_cost` in đồng a page."""

    title: str
    fonds: str
    year: int
    unit: Organization | None = None
    due_on: date | None = None
    dpi: int = 200
    sheets_planned: int = 0
    unit_cost: Decimal = Decimal(0)
    cuts_at_files: bool = True


@dataclass(frozen=True)
class FolderFacts:
    """A paper dossier of the batch; `dossier` is the archive's own record of it."""

    code: str
    title: str
    sheets: int = 0
    dossier: Record | None = None


@transaction.atomic
def plan_batch(
    facts: BatchFacts, *, owner: Organization, by: Actor, at: datetime, is_imported: bool = False
) -> ScanBatch:
    """A new batch with the next number of the year. Raises NotYours, Refused (no title, too few dpi)."""
    person_of(by)
    if not current_principals() & operator_principals(owner.pk):
        raise NotYours(f"Bạn không số hóa tài liệu cho {owner.name}.")
    _check(facts)
    today = timezone.localdate(at)
    batch = ScanBatch(type=BATCH, owner=owner, opened_on=today, is_imported=is_imported)
    _write(batch, facts)
    with start(batch, by=by, at=at, label="Lập kế hoạch đợt số hóa"):
        number = next_number(batch, organization=owner, series=SERIES, period=year_period(today), at=at)
        save(batch, number=f"{number:02d}/SH-{today.year}")
        index_record(batch)
    return batch


def edit_batch(batch: ScanBatch, facts: BatchFacts, *, by: Actor, at: datetime) -> None:
    """Change the plan until the machine reads."""
    _check(facts)
    with moving(batch, "edit", by=by, at=at) as move:
        _write(move.record, facts)
        save(move.record, **{name: getattr(move.record, name) for name in _COLUMNS})
        index_record(move.record)


def receive_originals(batch: ScanBatch, *, sheets: int, condition: str, by: Actor, at: datetime) -> None:
    """The originals are here: how many sheets, in which condition. Raises Refused for none."""
    if sheets < 1:
        raise Refused("Hãy ghi số tờ tài liệu đã nhận.")
    if not condition.strip():
        raise Refused("Hãy ghi tình trạng vật lý của tài liệu khi nhận.")
    with moving(batch, "receive", by=by, at=at) as move:
        save(move.record, sheets_received=sheets, condition=condition.strip()[:1000])
        move.note = f"Nhận {sheets} tờ. {condition.strip()}"[:1000]


def add_folders(batch: ScanBatch, folders: Sequence[FolderFacts], *, by: Actor, at: datetime) -> int:
    """List paper dossiers of the batch; those listed already are left. How many are new. Raises Refused."""
    if not folders:
        raise Refused("Hãy ghi ít nhất một hồ sơ.")
    with moving(batch, "edit", by=by, at=at) as move:
        held = Folder.objects.filter(batch=move.record)
        known = set(held.values_list("code", flat=True))
        place = held.aggregate(last=Max("position"))["last"] or 0
        fresh = {one.code.strip()[:100]: one for one in folders if one.code.strip()}
        if len(known) + len(fresh) > MOST_FOLDERS:
            raise Refused(f"Một đợt có nhiều nhất {MOST_FOLDERS} hồ sơ; hãy lập đợt khác.")
        if any(not one.title.strip() for one in fresh.values()):
            raise Refused("Mỗi hồ sơ phải có mã và tiêu đề.")
        made = [
            Folder(
                batch=move.record, position=place + nth, code=code, title=one.title.strip()[:1000], sheets=one.sheets,
                dossier=one.dossier,
            )
            for nth, (code, one) in enumerate(
                ((code, one) for code, one in fresh.items() if code not in known), 1
            )
        ]  # fmt: skip
        Folder.objects.bulk_create(made, batch_size=500)
        move.label = f"Ghi {len(made)} hồ sơ vào đợt"
    return len(made)


def hand_over_batch(batch: ScanBatch, *, sheets: int, note: str, by: Actor, at: datetime) -> None:
    """The originals are given back, sheet by sheet as they came. A difference needs words. Raises Refused."""
    with moving(batch, "hand_over", by=by, at=at, note=note) as move:
        came = move.record.sheets_received
        if sheets != came and not note.strip():
            raise Refused(f"Đã nhận {came} tờ mà trả {sheets} tờ; hãy ghi rõ vì sao khác nhau.")
        waiting = DigitalCopy.objects.filter(batch=move.record, state="accepted", signed_at__isnull=True).count()
        if waiting and not note.strip():
            raise Refused(f"Còn {waiting} bản số hóa chưa ký xác nhận; hãy ký, hoặc ghi lý do bàn giao khi chưa ký.")
        move.note = f"Trả {sheets} tờ. {note.strip()}".strip()
        move.facts |= {"sheets": sheets, "unsigned": waiting}


def cancel_batch(batch: ScanBatch, *, note: str, by: Actor, at: datetime) -> None:
    """Nothing was scanned, nothing will be."""
    with moving(batch, "cancel", by=by, at=at, note=note):
        pass


_COLUMNS = ("title", "fonds", "year", "unit", "due_on", "dpi", "sheets_planned", "unit_cost", "cuts_at_files")


def _write(batch: ScanBatch, facts: BatchFacts) -> None:
    for name in _COLUMNS:
        value = getattr(facts, name)
        setattr(batch, name, value.strip() if isinstance(value, str) else value)


def _check(facts: BatchFacts) -> None:
    if not facts.title.strip() or not facts.fonds.strip():
        raise Refused("Hãy ghi tên đợt và phông.")
    if facts.dpi < LEAST_DPI["paper"]:
        raise Refused(f"Tài liệu hành chính quét ít nhất {LEAST_DPI['paper']} dpi (Thông tư 05/2025/TT-BNV).")
    if facts.unit_cost < 0 or facts.sheets_planned < 0:
        raise Refused("Số tờ, đơn giá không được âm.")
