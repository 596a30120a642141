"""The archive's own acts: its fonds, holds, delivery to the historical archive."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.dossiers.models import TRANSFER, Dossier, Fonds, Hold, Transfer, TransferItem
from congso.apps.dossiers.queries import dossier_of
from congso.apps.dossiers.services.catalogues import clean
from congso.apps.dossiers.services.handing_over import check_archivist, years_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.workflow.services import Refused, act, start
from congso.lib.workdays import add_months, add_working_days

FONDS_FIELDS = (
    *("code", "name", "archive_code", "historical_archive", "is_open", "history", "period", "total"),
    *("classification", "languages", "backup", "note"),
)


def describe_fonds(organization: Organization, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Fonds:
    """Write the data of the body's fonds; journaled. Raises NotYours, Refused (code taken)."""
    check_archivist(organization.pk)
    given = {name: facts[name] for name in FONDS_FIELDS if name in facts}
    if not clean(given.get("code", "")) or not clean(given.get("archive_code", "")) or not clean(given.get("name", "")):
        raise Refused("Hãy ghi mã phông, tên phông và mã cơ quan lưu trữ.")
    try:
        with transaction.atomic():
            found = Fonds.objects.filter(organization=organization).first() or Fonds(organization=organization)
            for name, told in given.items():
                setattr(found, name, told.strip() if isinstance(told, str) else told)
            found.save()
    except IntegrityError as error:
        raise Refused("Mã phông này đã dùng cho phông khác.") from error
    write_entry(
        act="fonds.describe", actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)), at=at,
        organization_id=organization.pk, facts={"code": found.code, "name": found.name, "is_open": found.is_open},
    )  # fmt: skip
    return found


def hold_dossier(dossier: Dossier, *, note: str, by: Actor, at: datetime) -> Hold:
    """Không hủy khi có yêu cầu: nothing of it is destroyed until the hold ends."""
    with act(dossier, "hold", by=by, at=at, note=note):
        return Hold.objects.create(dossier=dossier, reason=note.strip()[:1000], placed_by_id=by.id, placed_at=at)


def release_dossier(dossier: Dossier, *, note: str, by: Actor, at: datetime) -> None:
    """End every hold on it, with a reason."""
    with act(dossier, "release", by=by, at=at, note=note):
        live = Hold.objects.filter(dossier=dossier, ended_at__isnull=True)
        live.update(ended_at=at, ended_by_id=by.id, ending=note.strip()[:1000])


def register_transfer(
    dossiers: Sequence[Dossier], *, planned_on: date | None = None, by: Actor, at: datetime
) -> Transfer:
    """Register a delivery of permanent dossiers with the historical archive, a year ahead. Raises NotYours, Refused."""
    if not dossiers:
        raise Refused("Hãy chọn ít nhất một hồ sơ.")
    owner, fonds = dossiers[0].owner, dossiers[0].fonds
    check_archivist(owner.pk)
    if fonds is None or fonds.historical_archive_id is None:
        raise Refused("Phông chưa ghi lưu trữ lịch sử tiếp nhận.")
    if any(one.state != "archived" or not one.is_permanent or one.fonds_id != fonds.pk for one in dossiers):
        raise Refused("Lưu trữ lịch sử chỉ nhận hồ sơ vĩnh viễn đã nộp lưu trữ hiện hành, của một phông.")
    open_ones = TransferItem.objects.filter(dossier__in=[one.pk for one in dossiers])
    if open_ones.exclude(transfer__state__in=("refused",)).exists():
        raise Refused("Có hồ sơ đã nằm trong một đợt nộp lưu trữ lịch sử.")
    today = timezone.localdate(at)
    planned = planned_on or add_months(today, int(value("dossiers.historical_register_months", on=today)))
    days = int(value("dossiers.historical_reply_working_days", on=today))
    transfer = Transfer(
        type=TRANSFER, title=f"Nộp {len(dossiers)} hồ sơ phông {fonds.name} vào lưu trữ lịch sử"[:1000], owner=owner,
        opened_on=today, fonds=fonds, planned_on=planned, due_on=add_working_days(today, days, calendar()),
    )  # fmt: skip
    with start(transfer, by=by, at=at, label="Đăng ký nộp lưu trữ lịch sử"):
        TransferItem.objects.bulk_create(
            TransferItem(
                transfer=transfer, dossier=one, position=place, symbol=one.number, title=one.title,
                years=years_of(one), pages=one.total_pages or 0,
            )
            for place, one in enumerate(dossiers, 1)
        )  # fmt: skip
    return transfer


def answer_transfer(transfer: Transfer, *, note: str = "", by: Actor, at: datetime) -> None:
    """The historical archive replies to the registration; its decision has its own limit."""
    with act(transfer, "answer", by=by, at=at, note=note):
        days = int(value("dossiers.historical_decision_days", on=timezone.localdate(at)))
        transfer.due_on = timezone.localdate(at) + timedelta(days=days)
        transfer.save(update_fields=["due_on"])


def decide_transfer(
    transfer: Transfer, *, decision: str, decided_on: date, note: str = "", by: Actor, at: datetime
) -> None:
    """The historical archive decides to take them, by a decision with a symbol."""
    if not clean(decision):
        raise Refused("Hãy ghi số, ký hiệu quyết định tiếp nhận.")
    with act(transfer, "decide", by=by, at=at, note=note) as move:
        transfer.decision, transfer.decided_on, transfer.due_on = clean(decision)[:80], decided_on, transfer.planned_on
        transfer.save(update_fields=["decision", "decided_on", "due_on"])
        move.facts["decision"] = transfer.decision


def refuse_transfer(transfer: Transfer, *, note: str, by: Actor, at: datetime) -> None:
    """The historical archive does not take them."""
    with act(transfer, "refuse", by=by, at=at, note=note):
        pass


def deliver_transfer(transfer: Transfer, *, note: str = "", by: Actor, at: datetime) -> None:
    """The dossiers go over; from now on the historical archive reads them too."""
    with act(transfer, "deliver", by=by, at=at, note=note):
        for item in transfer.items.all():
            with act(dossier_of(item.dossier_id), "transfer", by=by, at=at):
                pass
        transfer.delivered_on = timezone.localdate(at)
        transfer.save(update_fields=["delivered_on"])
