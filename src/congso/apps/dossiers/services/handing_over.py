"""Nộp lưu: closed dossiers to the archive of their body, by lists both sides keep; accepted or returned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import HAND_OVER, Card, Dossier, Fonds, HandOver, HandOverItem, Reliability
from congso.apps.dossiers.queries import dossier_of, fonds_of, period_name, period_years
from congso.apps.dossiers.services.catalogues import clean
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start
from congso.lib.vietnamese import fold

SERIES = "hand_overs"
PLACE_COLUMNS = ("inventory", "store", "shelf", "box", "paper_code", "condition", "info_sign")


@dataclass(frozen=True)
class Place:
    """Where the archive keeps a dossier."""

    inventory: str = ""
    store: str = ""
    shelf: str = ""
    box: str = ""
    paper_code: str = ""


def prepare_hand_over(dossiers: Sequence[Dossier], *, by: Actor, at: datetime) -> HandOver:
    """A list of closed dossiers of one unit, ready to be submitted. Raises Refused."""
    if not dossiers or by.person_id is None:
        raise Refused("Hãy chọn ít nhất một hồ sơ đã kết thúc.")
    first = dossiers[0]
    if any((one.unit_id, one.owner_id) != (first.unit_id, first.owner_id) for one in dossiers):
        raise Refused("Mỗi đợt nộp lưu gồm hồ sơ của một đơn vị.")
    if any(one.state != "closed" for one in dossiers):
        raise Refused("Chỉ nộp lưu hồ sơ đã kết thúc.")
    if HandOverItem.objects.filter(dossier__in=[one.pk for one in dossiers], outcome="").exists():
        raise Refused("Có hồ sơ đang nằm trong một đợt nộp lưu khác.")
    today = timezone.localdate(at)
    delivery = HandOver(
        type=HAND_OVER, title=f"Nộp lưu {len(dossiers)} hồ sơ của {first.unit or first.owner}"[:1000],
        owner=first.owner, unit=first.unit, opened_on=today, giver_id=by.person_id,
        giver_label=title_of(by.person_id, today),
    )  # fmt: skip
    with start(delivery, by=by, at=at, label="Lập danh sách nộp lưu"):
        HandOverItem.objects.bulk_create(
            HandOverItem(hand_over=delivery, dossier=one, position=place) for place, one in enumerate(dossiers, 1)
        )
    return delivery


def submit_hand_over(delivery: HandOver, *, by: Actor, at: datetime, note: str = "") -> None:
    """Hand the list to the archive, which gets its number and its day to confirm."""
    from datetime import timedelta

    from congso.kernel.regulations.queries import value

    today = timezone.localdate(at)
    with act(delivery, "submit", by=by, at=at, note=note):
        for item in delivery.items.all():
            with act(dossier_of(item.dossier_id), "submit", by=by, at=at):
                pass
        period = year_period(today)
        number = next_number(delivery, organization=delivery.owner, series=SERIES, period=period, at=at)
        delivery.number, delivery.submitted_on = f"{number}/{period}/BBGN", today
        delivery.due_on = today + timedelta(days=int(value("dossiers.archive_confirm_days", on=today)))
        delivery.save(update_fields=["number", "submitted_on", "due_on"])


def withdraw_hand_over(delivery: HandOver, *, note: str, by: Actor, at: datetime) -> None:
    """The unit takes its list back before the archive has answered."""
    with act(delivery, "withdraw", by=by, at=at, note=note):
        for item in delivery.items.filter(outcome=""):
            dossier = dossier_of(item.dossier_id)
            if dossier.state == "submitted":
                with act(dossier, "withdraw", by=by, at=at, note=note):
                    pass
        delivery.items.filter(outcome="").update(outcome="returned", reason=clean(note)[:1000])


def send_hand_over_back(delivery: HandOver, *, note: str, by: Actor, at: datetime) -> None:
    """The archive returns all of it; every dossier is open again for what is missing."""
    with act(delivery, "send_back", by=by, at=at, note=note):
        for item in delivery.items.filter(outcome=""):
            with act(dossier_of(item.dossier_id), "refuse", by=by, at=at, note=note):
                pass
        delivery.items.filter(outcome="").update(outcome="returned", reason=clean(note)[:1000])


def receive_hand_over(
    delivery: HandOver,
    *,
    returned: Mapping[int, str] | None = None,
    place: Place | None = None,
    by: Actor,
    at: datetime,
    note: str = "",
) -> HandOver:
    """The archive accepts the dossiers; those in `returned` (id to reason) go back to their unit.

    Raises Refused when the archive has not described its fonds, or a reason is missing.
    """
    back = {pk: clean(reason) for pk, reason in (returned or {}).items()}
    if not all(back.values()):
        raise Refused("Hãy ghi lý do trả lại từng hồ sơ.")
    fonds = fonds_of(delivery.owner_id)
    if fonds is None:
        raise Refused("Lưu trữ chưa khai báo phông; hãy khai báo ở mục “Phông lưu trữ” trước khi nhận hồ sơ.")
    today = timezone.localdate(at)
    with act(delivery, "receive", by=by, at=at, note=note) as move:
        for item in delivery.items.filter(outcome=""):
            dossier = dossier_of(item.dossier_id)
            if item.dossier_id in back:
                with act(dossier, "refuse", by=by, at=at, note=back[item.dossier_id]):
                    item.outcome, item.reason = HandOverItem.Outcome.RETURNED, back[item.dossier_id][:1000]
            else:
                accept_dossier(dossier, fonds, place or Place(), by=by, at=at)
                item.outcome = HandOverItem.Outcome.ACCEPTED
            item.save(update_fields=["outcome", "reason"])
        delivery.received_on, delivery.receiver_id = today, by.person_id
        delivery.receiver_label = title_of(by.id, today)
        delivery.save(update_fields=["received_on", "receiver", "receiver_label"])
        move.facts |= {"returned": back}
    return delivery


def accept_dossier(dossier: Dossier, fonds: Fonds, place: Place, *, by: Actor, at: datetime) -> None:
    """From now on the archive keeps it; its retention is computed and the search room knows it."""
    with act(dossier, "accept", by=by, at=at) as move:
        dossier.fonds, dossier.archived_at = fonds, at
        put_place(dossier, place)
        ended = dossier.end_on or timezone.localdate(at)
        dossier.review_after = rules.review_after(ended, period_years(dossier.retention, ended))
        dossier.due_on = None
        dossier.save(update_fields=["fonds", "archived_at", "review_after", "due_on", *PLACE_COLUMNS])
        keep_card(dossier)
        move.facts["review_after"] = dossier.review_after.isoformat() if dossier.review_after else None
        index_record(dossier)


def place_dossier(dossier: Dossier, place: Place, *, by: Actor, at: datetime) -> None:
    """Write where it stands: store, shelf, box."""
    with act(dossier, "place", by=by, at=at) as move:
        put_place(dossier, place)
        dossier.save(update_fields=list(PLACE_COLUMNS))
        move.label = f"Ghi nơi xếp: {dossier.place}"[:200] if dossier.place else "Ghi nơi xếp"
        keep_card(dossier)


def put_place(dossier: Dossier, place: Place) -> None:
    """Put the place on the dossier; a paper dossier gets its code “kho/giá/hộp.số”."""
    dossier.inventory, dossier.store = clean(place.inventory)[:20], clean(place.store)[:40]
    dossier.shelf, dossier.box = clean(place.shelf)[:40], clean(place.box)[:40]
    dossier.paper_code = clean(place.paper_code)[:100]
    if not dossier.paper_code and dossier.reliability != Reliability.BORN_DIGITAL and dossier.box:
        dossier.paper_code = f"{dossier.store}/{dossier.shelf}/{dossier.box}.{dossier.number}"[:100]


def code_of(dossier: Dossier) -> str:
    """Mã hồ sơ, once its fonds is known; with the body's code before."""
    fonds = dossier.fonds or fonds_of(dossier.owner_id)
    return rules.file_code(fonds.code if fonds else dossier.owner.code, dossier.year, dossier.number, dossier.inventory)


def years_of(dossier: Dossier) -> str:
    """“2024–2026”."""
    first = (dossier.start_on or dossier.opened_on).year
    last = (dossier.end_on or dossier.opened_on).year
    return str(first) if first == last else f"{first}–{last}"


def keep_card(dossier: Dossier) -> None:
    """Write what the search room may know of an archived dossier."""
    day = dossier.end_on or dossier.opened_on
    facts = {
        "code": code_of(dossier)[:100], "title": dossier.title, "years": years_of(dossier),
        "first_year": (dossier.start_on or dossier.opened_on).year, "mode": dossier.mode,
        "retention_label": period_name(dossier.retention, day), "documents": dossier.total_documents or 0,
        "pages": dossier.total_pages or 0,
    }  # fmt: skip
    facts["words"] = fold(" ".join([str(facts["code"]), dossier.title, dossier.keywords, dossier.number])).casefold()
    if not Card.objects.filter(pk=dossier.pk).update(**facts):
        Card.objects.create(
            dossier_id=dossier.pk, organization_id=dossier.owner_id,
            fonds_code=dossier.fonds.code if dossier.fonds else "",
            has_paper=dossier.reliability != Reliability.BORN_DIGITAL, **facts,
        )  # fmt: skip


def check_archivist(organization_id: int) -> None:
    """Raises NotYours for whoever does not keep the body's archive."""
    if office(organization_id, Function.ARCHIVISTS) not in current_principals():
        raise NotYours("Chỉ cán bộ lưu trữ của cơ quan làm việc này.")
