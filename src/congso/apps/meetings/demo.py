"""The demo's meetings: a session of the standing committee that was called, with two items, and one being prepared.

Made by the services, each act by the person who would do it.
"""

from datetime import datetime, time, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from congso.apps.meetings import services
from congso.apps.meetings.models import Forum, Meeting
from congso.apps.meetings.queries import items_of, meeting_of
from congso.apps.meetings.services import ItemFacts, MeetingFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization, Person

_CHIEF, _CLERK, _LEADER = "chanhvp.vptu", "vanthu1.vptu", "pbttt.tu"
_OWNER, _PREPARER = "LC.TU", "LC.VPTU"
_ITEMS = (
    ("Báo cáo tiến độ thực hiện Kế hoạch 16-KH/TU về chuyển đổi số", "Chánh Văn phòng Tỉnh ủy", 20, False),
    ("Cho ý kiến dự thảo Chương trình công tác tháng sau", "Văn phòng Tỉnh ủy", 15, True),
)


@transaction.atomic
def load() -> int:
    """Make the demo's meetings; returns how many, 0 when they are there."""
    clerk, now, today = _person(_CLERK), timezone.now(), timezone.localdate()
    with acting_as(clerk):
        if Meeting.objects.exists():
            return 0
        owner, unit = (Organization.objects.get(code=code) for code in (_OWNER, _PREPARER))
        chair, secretary = (Person.objects.get(pk=_person(name).id) for name in (_LEADER, _CHIEF))
        for days, title in ((3, "Hội nghị Ban Thường vụ thường kỳ"), (10, "Hội nghị Ban Thường vụ chuyên đề")):
            begins = timezone.make_aware(datetime.combine(today + timedelta(days=days), time(8)))
            facts = MeetingFacts(
                title, begins, begins + timedelta(hours=3), Forum.STANDING, place="Phòng họp số 1", chair=chair,
                secretary=secretary,
            )  # fmt: skip
            made = services.create_meeting(facts, body=owner, by=clerk, at=now)
            for words, presenter, minutes, is_withdrawn in _ITEMS:
                told = ItemFacts(words, minutes, presenter, unit, today + timedelta(days=1), "", is_withdrawn)
                services.add_item(meeting_of(made.pk), told, by=clerk, at=now)
            if days == 3:
                services.convene_meeting(meeting_of(made.pk), by=clerk, at=now)
                for item in items_of(made):
                    services.release_item(item, by=clerk, at=now)
        return Meeting.objects.count()


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))
