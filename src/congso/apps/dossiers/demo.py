"""The demo's dossiers: a room's list of the year, dossiers in every stage, the archive's shelves, a disposal, readers.

Made by the people who would do it, through the services; what is late here is late on purpose.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import Catalogue, Disposal, Dossier, HandOver, ReadingRequest
from congso.apps.dossiers.queries import card_of, catalogue_of, dossier_of
from congso.apps.dossiers.services import catalogues, closing, disposing, filing, handing_over, keeping, reading
from congso.apps.dossiers.services.dossiers import Description, open_dossier, open_from_line
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record

ROOM, OFFICE = "LC.VPTU.TH", "LC.VPTU"
HEAD, SPECIALIST, CHIEF, ARCHIVIST = "tp.th.vptu", "cv.th.vptu", "chanhvp.vptu", "luutru.vptu"
LINES = (
    (
        "I. Tổng hợp, tham mưu",
        "01-TH",
        "Hồ sơ xây dựng Chương trình công tác năm 2026 của Tỉnh ủy",
        "programmes_annual",
    ),
    ("I. Tổng hợp, tham mưu", "02-TH", "Báo cáo tổng kết công tác năm 2026", "reports_annual"),
    ("I. Tổng hợp, tham mưu", "03-TH", "Báo cáo tháng năm 2026", "reports_monthly"),
    ("II. Chuyển đổi số", "04-TH", "Hồ sơ thực hiện Kế hoạch 16-KH/TU về chuyển đổi số", "digital_projects"),
    ("II. Chuyển đổi số", "05-TH", "Công văn trao đổi về chuyển đổi số năm 2026", "letters"),
    ("III. Việc khác", "06-TH", "Giấy mời, tài liệu gửi để biết năm 2026", "invitations"),
)
_PERIODS = {
    "programmes_annual": "permanent", "reports_annual": "permanent", "reports_monthly": "y10",
    "digital_projects": "y30", "letters": "y10", "invitations": "y5",
}  # fmt: skip


def load() -> int:
    """Everything, in the order of a year; returns how many dossiers, 0 when they are there."""
    today = timezone.localdate()
    if _as(ARCHIVIST, lambda by, at: Dossier.objects.exists(), on=timezone.now()):
        return 0
    _fonds(today)
    catalogue = _catalogue(today)
    _open_ones(catalogue, today)
    _late_one(today)
    _archive(today)
    return int(_as(HEAD, lambda by, at: Dossier.objects.count(), on=timezone.now()))


def _as(username: str, do: Callable[..., Any], *, on: datetime) -> Any:
    """Call `do(by=, at=)` as somebody, in a transaction of her own."""
    actor = Actor.person(User.objects.get(username=username).person_id)
    with acting_as(actor, day=on.date()):
        return do(by=actor, at=on)


def _moment(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _unit(code: str) -> Organization:
    return Organization.objects.get(code=code)


def _fonds(today: date) -> None:
    def describe(by: Actor, at: datetime) -> None:
        facts = {
            "code": "P01", "name": "Phông Văn phòng Tỉnh ủy Lào Cai", "archive_code": "15.01",
            "historical_archive": _unit(OFFICE), "period": "2025–", "languages": "Tiếng Việt",
            "history": "Văn phòng Tỉnh ủy Lào Cai sau sắp xếp tổ chức ngày 01/7/2025 (dữ liệu trình diễn).",
        }  # fmt: skip
        keeping.describe_fonds(_unit(OFFICE), facts, by=by, at=at)

    _as(ARCHIVIST, describe, on=_moment(today - timedelta(days=300)))


def _catalogue(today: date) -> Catalogue:
    start = _moment(today - timedelta(days=290))
    rows = [
        catalogues.NewLine(
            symbol, title.replace("2026", str(today.year)), _PERIODS[group], heading=heading, schedule=group
        )
        for heading, symbol, title, group in LINES
    ]

    def draft(by: Actor, at: datetime) -> Catalogue:
        made = catalogues.draft_catalogue(_unit(ROOM), year=today.year, by=by, at=at)
        catalogues.add_lines(made, rows, by=by, at=at)
        catalogues.submit_catalogue(made, by=by, at=at)
        return made

    catalogue: Catalogue = _as(HEAD, draft, on=start)
    symbol = f"12-QĐ/VPTU-{today.year}"

    def issue(by: Actor, at: datetime) -> None:
        catalogues.issue_catalogue(catalogue_of(catalogue.pk), symbol=symbol, by=by, at=at)

    _as(CHIEF, issue, on=start + timedelta(days=3))
    return catalogue


def _line(catalogue: Catalogue, symbol: str) -> Any:
    return next(one for one in catalogue_of(catalogue.pk).lines.all() if one.symbol == symbol)


def _open_ones(catalogue: Catalogue, today: date) -> None:
    """One being filled with documents of the system and a rule, one waiting for its leader."""
    opened = _moment(today - timedelta(days=60))
    plan: Dossier = _as(HEAD, lambda by, at: open_from_line(_line(catalogue, "04-TH"), by=by, at=at), on=opened)

    def file(by: Actor, at: datetime) -> None:
        seen = Record.objects.filter(type="incoming_document").select_related("owner").order_by("pk")
        filing.file_records(dossier_of(plan.pk), list(seen[:4]), by=by, at=at)
        words = rules.RuleWords(words="chuyển đổi số", source="in")
        filing.make_rule(dossier_of(plan.pk), name="Văn bản về chuyển đổi số", words=words, unit=None, by=by, at=at)

    _as(HEAD, file, on=opened + timedelta(days=20))
    months: Dossier = _as(SPECIALIST, lambda by, at: open_from_line(_line(catalogue, "03-TH"), by=by, at=at), on=opened)
    for nth in range(1, 5):
        _paper(months, f"Báo cáo công tác tháng {nth}", "report", opened + timedelta(days=nth), pages=5 + nth)
    _as(
        SPECIALIST,
        lambda by, at: closing.ask_to_close(dossier_of(months.pk), by=by, at=at),
        on=opened + timedelta(days=9),
    )


def _late_one(today: date) -> None:
    """A digital dossier closed long ago and not handed over."""
    _closed("21-TH", "Hồ sơ hội nghị sơ kết quý I", "y20", _moment(today - timedelta(days=100)), digital=True)


def _archive(today: date) -> None:
    """Dossiers the archive keeps: one with a reader, one permanent, one delivery waiting, one disposal decided."""
    kept = [
        _closed("11-TH", "Hồ sơ rà soát thủ tục hành chính của Đảng", "y10", _moment(today - timedelta(days=200))),
        _closed("12-TH", "Hồ sơ hội nghị Ban Chấp hành lần thứ hai", "permanent", _moment(today - timedelta(days=190))),
    ]
    delivery = _deliver(kept, _moment(today - timedelta(days=150)))
    place = handing_over.Place(inventory="01", store="1", shelf="3", box="12")
    _as(
        ARCHIVIST, lambda by, at: handing_over.receive_hand_over(_handed(delivery), place=place, by=by, at=at),
        on=_moment(today - timedelta(days=140)),
    )  # fmt: skip
    waiting = _closed("13-TH", "Hồ sơ triển khai chữ ký số chuyên dùng", "y20", _moment(today - timedelta(days=30)))
    _deliver([waiting], _moment(today - timedelta(days=3)))
    _reader(kept[0], today)
    _disposal(kept[0], today)


def _closed(symbol: str, title: str, retention: str, on: datetime, *, digital: bool = False) -> Dossier:
    told = Description(symbol=symbol, title=title, retention=retention)
    dossier: Dossier = _as(SPECIALIST, lambda by, at: open_dossier(_unit(ROOM), told, by=by, at=at), on=on)
    for nth, kind in enumerate(("plan", "official_letter", "report"), 1):
        _paper(dossier, f"{title}: văn bản {nth}", kind, on, pages=3 * nth, digital=digital)
    _as(HEAD, lambda by, at: closing.close_dossier(dossier_of(dossier.pk), by=by, at=at), on=on + timedelta(hours=4))
    return dossier


def _paper(dossier: Dossier, subject: str, kind: str, on: datetime, *, pages: int, digital: bool = False) -> None:
    facts = {
        "type_key": kind, "number": f"{pages}-VPTU", "issued_on": on.date(), "issuer": "Văn phòng Tỉnh ủy Lào Cai",
        "subject": subject, "pages": pages, "reliability": "01" if digital else "02",
    }  # fmt: skip
    _as(SPECIALIST, lambda by, at: filing.add_paper(dossier_of(dossier.pk), facts, by=by, at=at), on=on)


def _deliver(dossiers: list[Dossier], on: datetime) -> HandOver:
    def hand(by: Actor, at: datetime) -> HandOver:
        delivery = handing_over.prepare_hand_over([dossier_of(one.pk) for one in dossiers], by=by, at=at)
        handing_over.submit_hand_over(delivery, by=by, at=at)
        return delivery

    made: HandOver = _as(SPECIALIST, hand, on=on)
    return made


def _handed(delivery: HandOver) -> HandOver:
    return HandOver.objects.select_related("owner", "unit").get(pk=delivery.pk)


def _reader(dossier: Dossier, today: date) -> None:
    """A colleague of another room reads; a second wish waits."""
    asked = _moment(today - timedelta(days=4))
    for who, way in (("tp.tc.vptu", "read"), ("tp.qt.vptu", "paper")):
        wish: ReadingRequest = _as(
            who,
            lambda by, at, way=way: reading.ask_reading(
                card_of(dossier.pk), way=way, purpose="Chuẩn bị báo cáo chuyên đề", by=by, at=at
            ),
            on=asked,
        )
        if way == "read":
            _as(
                ARCHIVIST,
                lambda by, at, wish=wish: reading.grant_reading(
                    ReadingRequest.objects.select_related("owner").get(pk=wish.pk), by=by, at=at
                ),
                on=asked + timedelta(days=1),
            )


def _disposal(dossier: Dossier, today: date) -> None:
    """A list of duplicates before its council."""
    on = _moment(today - timedelta(days=2))

    def draft(by: Actor, at: datetime) -> Disposal:
        return disposing.draft_disposal([dossier_of(dossier.pk)], reason="duplicate", by=by, at=at)

    disposal: Disposal = _as(ARCHIVIST, draft, on=on)

    def compose(by: Actor, at: datetime) -> None:
        seats = ((CHIEF, "chair"), (ARCHIVIST, "secretary"), (HEAD, "member"))
        people = {name: User.objects.select_related("person").get(username=name).person for name, _part in seats}
        rows = [disposing.Seat(people[name], part) for name, part in seats]  # type: ignore[arg-type]
        disposing.set_council(Disposal.objects.select_related("owner").get(pk=disposal.pk), rows, by=by, at=at)

    _as(ARCHIVIST, compose, on=on)
