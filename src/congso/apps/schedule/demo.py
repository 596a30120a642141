"""The demo's calendar: two rooms and a car, this week's entries of the committee, one that waits for approval.

Made by the services, each act by the person who would do it.
"""

from datetime import datetime, time, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from congso.apps.schedule import services
from congso.apps.schedule.models import Entry, Thing
from congso.apps.schedule.queries import entry_of
from congso.apps.schedule.services import EntryFacts
from congso.apps.schedule.services.things import ThingFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization, Person

_CHIEF, _CLERK, _LEADER = "chanhvp.vptu", "vanthu1.vptu", "pbttt.tu"
_OWNER, _OFFICE = "LC.TU", "LC.VPTU"
_THINGS = (("room", "Phòng họp số 1", 30), ("room", "Hội trường tầng 2", 200), ("vehicle", "Xe 16 chỗ", 16))
# Days from Monday, hour, hours long, words, place, the room among the things, private.
_ENTRIES = (
    (0, 8, 2, "Họp giao ban Thường trực", "Phòng họp số 1", 0, False),
    (1, 14, 3, "Làm việc với Đảng ủy xã Bát Xát về chuyển đổi số", "Xã Bát Xát", 2, False),
    (2, 9, 2, "Tiếp công dân định kỳ", "Trụ sở tiếp công dân", None, False),
    (3, 8, 4, "Hội nghị Ban Thường vụ", "Hội trường tầng 2", 1, False),
    (4, 15, 1, "Khám sức khỏe định kỳ", "", None, True),
)


@transaction.atomic
def load() -> int:
    """Make the demo's entries; returns how many, 0 when they are there."""
    clerk, chief, now = _person(_CLERK), _person(_CHIEF), timezone.now()
    today = timezone.localdate()
    monday = timezone.make_aware(datetime.combine(today - timedelta(days=today.weekday()), time.min))
    with acting_as(clerk):
        if Thing.objects.exists():
            return 0
        owner, office = (Organization.objects.get(code=code) for code in (_OWNER, _OFFICE))
        chair = Person.objects.get(pk=_person(_LEADER).id)
        things = [services.add_thing(office, ThingFacts(*row), by=clerk, at=now) for row in _THINGS]
        made = []
        for day, hour, hours, title, place, thing, is_private in _ENTRIES:
            begins = monday + timedelta(days=day, hours=hour)
            facts = EntryFacts(
                owner, office, title, begins, begins + timedelta(hours=hours), chair, place=place,
                things=() if thing is None else (things[thing],), is_private=is_private,
            )  # fmt: skip
            made.append(services.create_entry(facts, by=clerk, at=now))
            services.propose_entry(entry_of(made[-1].pk), by=clerk, at=now)
    with acting_as(chief):
        for entry in (*made[:2], *made[3:]):  # one waits for approval
            services.approve_entry(entry_of(entry.pk), by=chief, at=now)
        services.publish_week(owner, timezone.localdate(monday), by=chief, at=now)
        return Entry.objects.count()


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))
