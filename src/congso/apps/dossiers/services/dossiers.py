"""Opening a dossier, describing it, handing it to another person, sharing it."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from django.utils import timezone

from congso.apps.dossiers.models import DOSSIER, Dossier, Language, Line, Mode, Share
from congso.apps.dossiers.queries import body_of, periods
from congso.apps.dossiers.services.catalogues import check_works_in, clean
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import title_of
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import Refused, act, start


@dataclass(frozen=True)
class Description:
    """What a dossier says of itself; open to change until it is closed."""

    symbol: str
    title: str
    retention: str
    mode: str = Mode.OPEN
    languages: list[str] = field(default_factory=lambda: [Language.VIETNAMESE.value])
    keywords: str = ""
    info_sign: str = ""
    description: str = ""


def open_dossier(
    unit: Organization,
    told: Description,
    *,
    year: int | None = None,
    line: Line | None = None,
    holder: Person | None = None,
    by: Actor,
    at: datetime,
) -> Dossier:
    """Open a dossier of the unit, from a line of an issued catalogue or ad hoc; the opener holds it unless told.

    Raises NotYours, Refused (secret, retention unknown, line used already).
    """
    check_works_in(unit)
    if by.person_id is None:
        raise Refused("Hồ sơ do một người lập.")
    today = timezone.localdate(at)
    if line is not None and (line.catalogue.unit_id != unit.pk or line.catalogue.state != "issued"):
        raise Refused("Chỉ mở hồ sơ theo danh mục đã ban hành của đơn vị.")
    if line is not None and line.dossiers.exclude(state="cancelled").exists():
        raise Refused("Hồ sơ này của danh mục đã được mở.")
    holder_id = holder.pk if holder else by.person_id
    dossier = Dossier(
        type=DOSSIER, owner=body_of(unit, today), unit=unit, opened_on=today, line=line,
        year=year or (line.catalogue.year if line else today.year),
        holder_id=holder_id, holder_label=title_of(holder_id, today),
    )  # fmt: skip
    _describe(dossier, told, at)
    with start(dossier, by=by, at=at, label="Mở hồ sơ"):
        index_record(dossier)
    return dossier


def open_from_line(line: Line, *, by: Actor, at: datetime) -> Dossier:
    """Open the dossier a catalogue foresees."""
    unit = line.catalogue.unit
    if unit is None:
        raise Refused("Danh mục không ghi đơn vị.")
    told = Description(symbol=line.symbol, title=line.title, retention=line.retention)
    return open_dossier(unit, told, line=line, holder=line.holder, by=by, at=at)


def describe_dossier(dossier: Dossier, told: Description, *, by: Actor, at: datetime) -> None:
    """Write the description anew. Raises Refused."""
    with act(dossier, "describe", by=by, at=at) as move:
        before = {one.name: getattr(dossier, _COLUMN.get(one.name, one.name)) for one in fields(Description)}
        _describe(dossier, told, at)
        after = {one.name: getattr(dossier, _COLUMN.get(one.name, one.name)) for one in fields(Description)}
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        dossier.save(update_fields=[_COLUMN.get(one.name, one.name) for one in fields(Description)])
        move.facts["changed"] = changed
        index_record(dossier)


def pass_over(dossier: Dossier, *, to: Person, note: str, by: Actor, at: datetime) -> None:
    """Another person goes on with an open dossier (bàn giao); both are named in its history."""
    if to.pk == dossier.holder_id:
        raise Refused("Người này đang lập hồ sơ.")
    with act(dossier, "pass_over", by=by, at=at, note=note) as move:
        before = dossier.holder_label
        dossier.holder_id, dossier.holder_label = to.pk, title_of(to.pk, timezone.localdate(at))
        dossier.save(update_fields=["holder", "holder_label"])
        move.label = f"Bàn giao hồ sơ từ {before} cho {dossier.holder_label}"[:200]
        move.facts["to"] = to.pk


def share_dossier(dossier: Dossier, *, person: Person, by: Actor, at: datetime, note: str = "") -> None:
    """Let a person read it. She sees of its documents those she may see anyway."""
    with act(dossier, "share", by=by, at=at, note=note) as move:
        label = title_of(person.pk, timezone.localdate(at))
        if Share.objects.filter(dossier=dossier, person=person).exists():
            raise Refused("Đã chia sẻ với người này.")
        Share.objects.create(dossier=dossier, person=person, label=label, given_by_id=by.id, given_at=at)
        move.label, move.facts["person"] = f"Chia sẻ để xem: {label}"[:200], person.pk


def unshare_dossier(share: Share, *, by: Actor, at: datetime) -> None:
    """She reads it no more."""
    with act(Dossier.objects.get(pk=share.dossier_id), "unshare", by=by, at=at) as move:
        move.label = f"Thôi chia sẻ: {share.label}"[:200]
        share.delete()


def cancel_dossier(dossier: Dossier, *, note: str, by: Actor, at: datetime) -> None:
    """A dossier opened by mistake, still empty."""
    with act(dossier, "cancel", by=by, at=at, note=note):
        pass


_COLUMN = {"symbol": "number"}


def _describe(dossier: Dossier, told: Description, at: datetime) -> None:
    """Put the description on it. Raises Refused."""
    if not clean(told.title) or not clean(told.symbol):
        raise Refused("Hãy ghi số, ký hiệu và tiêu đề hồ sơ.")
    if told.mode not in Mode.values:
        raise Refused("Hồ sơ mật không lập trên hệ thống này; quản lý ở mạng riêng theo quy định bảo vệ bí mật.")
    if told.retention not in {code for code, _name in periods(timezone.localdate(at))}:
        raise Refused("Hãy chọn thời hạn lưu trữ trong danh mục.")
    if not told.languages or set(told.languages) - set(Language.values):
        raise Refused("Hãy chọn ngôn ngữ của hồ sơ.")
    dossier.number, dossier.title = clean(told.symbol)[:80], clean(told.title)[:1000]
    dossier.retention, dossier.mode, dossier.languages = told.retention, told.mode, sorted(set(told.languages))
    dossier.keywords, dossier.info_sign = clean(told.keywords)[:100], clean(told.info_sign)[:30]
    dossier.description = told.description.strip()[:2000]
