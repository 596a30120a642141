"""Indicators, figures and dashboards of the test world, made through the services."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.analytics import services
from congso.apps.analytics.models import Dashboard, DataFile, PublicEdition, Question
from congso.apps.analytics.queries import board_of
from congso.apps.analytics.services import BoardFacts, QuestionFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.indicators.models import Indicator, Origin
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.indicators.services import Seen, define_indicator, observe_all

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Monday
CODE = "KTXH.01"
TABLE = "Đơn vị;Tháng;Số liệu\nBan Tổ chức Tỉnh ủy Thử Nghiệm;10/2026;12\nĐảng ủy xã Mẫu;10/2026;1.234\n"


def by(world: World, who: str) -> Actor:
    """One of the cast as an actor."""
    return Actor.person(getattr(world, who))


def indicator(world: World, *, code: str = CODE, **more: Any) -> Indicator:
    """A monthly sum of the office's, defined by its clerk."""
    with acting_as(by(world, "clerk")):
        told = {"name": "Số văn bản ký số", "unit": "văn bản", "owner": world.organization("VPTU"), "is_open": True}
        return define_indicator(Indicator(code=code, **(told | more)), by=by(world, "clerk"), at=NOW)


def months(count: int) -> list[Period]:
    """So many months up to October 2026, oldest first."""
    found = [Period(date(2026, 10, 1), Frequency.MONTH)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def observed(world: World, one: Indicator, *, count: int = 14) -> None:
    """A growing series of the agency's and a level one of the commune's, given by their own people."""
    for who, code, values in (
        ("agency_clerk", "BTC", [10 + place for place in range(count)]),
        ("commune_leader", "XA", [3] * count),
    ):
        with acting_as(by(world, who)):
            seen = [
                Seen(one, world.organizations[code], period, Decimal(value))
                for period, value in zip(months(count), values, strict=True)
            ]
            observe_all(seen, origin=Origin.PERSON, by=by(world, who), at=NOW)


def file(world: World, content: str = TABLE, *, who: str = "chief", name: str = "so-lieu.csv") -> DataFile:
    """A file brought by the chief of the office."""
    with acting_as(by(world, who)):
        return services.read_file(name, content.encode(), by=by(world, who), at=NOW)


def board(world: World, *, who: str = "tracker", shared: tuple[str, ...] = ()) -> Dashboard:
    """A dashboard of the office's."""
    with acting_as(by(world, who)):
        facts = BoardFacts("Công việc của Văn phòng", shared_with=[world.organization(code) for code in shared])
        return services.make_board(facts, owner=world.organization("VPTU"), by=by(world, who), at=NOW)


def question(world: World, made: Dashboard, *, who: str = "tracker", **more: Any) -> Question:
    """How many plans there are, by their state."""
    told: dict[str, Any] = {"title": "Theo trạng thái", "types": ("plan",), "split_by": "state", "since": "all"}
    with acting_as(by(world, who)):
        return services.ask_question(board_of(made.pk), QuestionFacts(**(told | more)), by=by(world, who), at=NOW)


def published(world: World, made: Dashboard, *, who: str = "chief") -> PublicEdition:
    """The board told to everybody."""
    with acting_as(by(world, who)):
        return services.publish_board(board_of(made.pk), by=by(world, who), at=NOW)
