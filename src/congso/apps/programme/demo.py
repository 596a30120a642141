"""The demo's programme: the Standing Committee's next month, approved, with one item postponed.

Made by the services, each act by the person who would do it; the items are invented.
"""

from datetime import date, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from congso.apps.programme import services
from congso.apps.programme.models import Item, Programme
from congso.apps.programme.queries import programme_of
from congso.apps.programme.services import ItemFacts, NewProgramme
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.lib.workdays import add_months

_CHIEF, _LEADER = "chanhvp.vptu", "pbttt.tu"
_OWNER = "LC.TU"
_ITEMS = (
    ("Kết quả số hóa tài liệu năm nay, nhiệm vụ năm tới", "LC.VPTU", "Kết luận", 14),
    ("Đề án sắp xếp tổ chức bộ máy các cơ quan tham mưu", "LC.BTCTU", "Quyết định", 14),
    ("Chương trình kiểm tra, giám sát năm tới", "LC.UBKTTU", "Chương trình", 21),
    ("Báo cáo công tác dân vận sáu tháng", "LC.BTGDVTU", "Báo cáo", 21),
)


@transaction.atomic
def load() -> int:
    """Make the demo's programme; returns how many, 0 when it is there."""
    chief, leader, now = _person(_CHIEF), _person(_LEADER), timezone.now()
    with acting_as(chief):
        if Programme.objects.exists():
            return 0
        month = add_months(timezone.localdate().replace(day=1), 1)
        units = {one.code: one for one in Organization.objects.filter(code__in=[_OWNER, *(row[1] for row in _ITEMS)])}
        new = NewProgramme(units[_OWNER], "BTV", "M", month, "Theo quy chế làm việc và chương trình năm.")
        made = services.create_programme(new, by=chief, at=now)
        for content, code, output, day in _ITEMS:
            facts = ItemFacts(content, units.get(code), output=output, session_on=_session(month, day))
            services.add_item(programme_of(made.pk), facts, by=chief, at=now)
        services.submit_programme(programme_of(made.pk), by=chief, at=now)
    with acting_as(leader):
        services.approve_programme(programme_of(made.pk), by=leader, at=now)
    with acting_as(chief):
        last = Item.objects.select_related("programme").filter(programme=made).order_by("-place")[0]
        last.programme = programme_of(made.pk)
        services.postpone_item(last, to=add_months(month, 1), reason="Chờ số liệu của các xã, phường", by=chief, at=now)
        return Programme.objects.count()


def _session(month: date, day: int) -> date:
    """The weekday on or after the day of the month."""
    found = month.replace(day=day)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))
