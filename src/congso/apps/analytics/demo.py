"""The demo's indicators, three years of invented figures, and a dashboard of the Party committee's office."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from congso.apps.analytics import services
from congso.apps.analytics.models import ChartKind, Dashboard, Group, MeasureKind, Source, Standing, Window
from congso.apps.analytics.queries import board_of
from congso.apps.analytics.services import BoardFacts, QuestionFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.indicators.models import Indicator, Origin
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.indicators.services import Seen, define_indicator, observe_all

_CHIEF = "chanhvp.vptu"
_CODE = "CDS.01"
_MONTHS = 18
_UNITS = ("LC.BTCTU", "LC.UBKTTU", "LC.BTGDVTU", "LC.BNCTU", "LC.VPTU")


@transaction.atomic
def load() -> int:
    """Make the demo's indicator, figures and dashboard; returns how many figures, 0 when they are there."""
    chief, secretary = _person(_CHIEF), _person("pbttt.tu")
    at = timezone.now()
    with acting_as(chief):
        if Dashboard.objects.exists():
            return 0
        office = Organization.objects.get(code="LC.VPTU")
        indicator = define_indicator(
            Indicator(
                code=_CODE, name="Văn bản điện tử ký số phát hành", unit="văn bản", owner=office, is_open=True,
                definition="Số văn bản phát hành trong tháng có chữ ký số của người có thẩm quyền.",
                source="Sổ văn bản đi của từng cơ quan",
            ), by=chief, at=at,
        )  # fmt: skip
    with acting_as(secretary):
        units = [one for one in organizations_on(timezone.localdate()) if one.code in _UNITS]
        seen = [
            Seen(indicator, unit.pk, period, Decimal(_invented(place, step)), words="Số liệu minh họa")
            for place, unit in enumerate(units)
            for step, period in enumerate(_months(timezone.localdate()))
        ]
        made = len(observe_all(seen, origin=Origin.PERSON, by=secretary, at=at))
    with acting_as(chief):
        facts = BoardFacts("Điều hành của Văn phòng", "Văn bản, nhiệm vụ, tiến độ để giao ban hằng tuần.")
        board = services.make_board(facts, owner=office, by=chief, at=at)
        for question in _questions():
            services.ask_question(board_of(board.pk), question, by=chief, at=at)
    return made


def _questions() -> list[QuestionFacts]:
    return [
        QuestionFacts("Việc đang quá hạn", measure=MeasureKind.LATE, since=Window.ALL, chart=ChartKind.NUMBER),
        QuestionFacts("Nhiệm vụ xong đúng hạn", types=("task",), measure=MeasureKind.IN_TIME, chart=ChartKind.NUMBER),
        QuestionFacts("Hồ sơ theo loại", split_by=Group.TYPE),
        QuestionFacts("Nhiệm vụ chưa xong theo đơn vị", types=("task",), standing=Standing.OPEN, since=Window.ALL,
                      split_by=Group.UNIT),
        QuestionFacts("Văn bản đến theo tháng", types=("incoming_document",), since=Window.MONTHS,
                      split_by=Group.PERIOD, chart=ChartKind.LINE),
        QuestionFacts("Văn bản ký số", source=Source.INDICATOR, indicator=_CODE, split_by=Group.PERIOD,
                      chart=ChartKind.LINE),
    ]  # fmt: skip


def _months(today: date) -> list[Period]:
    found = [Period.containing(today, Frequency.MONTH).previous]
    while len(found) < _MONTHS:
        found.append(found[-1].previous)
    return found[::-1]


def _invented(place: int, step: int) -> int:
    """A growing number with a quiet February: nothing here was counted."""
    season = -8 if step % 12 == 3 else (step * 7 + place * 5) % 9
    return max(1, 20 + 9 * place + 2 * step + season)


def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))
