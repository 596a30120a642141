"""The life of an entry on one page: an office proposes, the calendar's office approves and publishes, changes are told.

Leaders and chiefs of the calendar's owner and of the offices serving it approve. Who takes part sees the entry once it
is approved; everybody of the owner's side once it is published, unless it is private.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.schedule.models import RECORD_TYPE, Entry
from congso.kernel.access.principals import Function, office, person, post
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_EVERYBODY = (Function.STAFF, Function.LEADERS, Function.CHIEFS, Function.CLERKS, Function.TRACKERS)


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def offices_around(organization: Organization) -> list[Organization]:
    """The organization and the offices that serve it."""
    return [organization, *organization.serving_offices.all()]


def _proposers(entry: Entry) -> set[int]:
    made = {person(entry.created_by_id)} if entry.created_by_id else set()
    unit = [entry.unit] if entry.unit else []
    return made | _principals(unit, Function.LEADERS, Function.CHIEFS, Function.CLERKS)


def _concerned(entry: Entry) -> set[int]:
    found = {person(entry.chair_id)} if entry.chair_id else set()
    for one in entry.participants.all():
        if one.person_id:
            found.add(person(one.person_id))
        if one.post_id:
            found.add(post(one.post_id))
        if one.organization is not None:
            found |= _principals(offices_around(one.organization), *_EVERYBODY)
    return found


def _readers(entry: Entry) -> set[int]:
    return set() if entry.is_private else _principals(offices_around(entry.owner), *_EVERYBODY)


PROPOSERS = Role("proposers", _("Nơi đề xuất"), _proposers)
APPROVERS = Role(
    "approvers",
    _("Lãnh đạo, văn phòng duyệt lịch"),
    lambda entry: _principals(offices_around(entry.owner), Function.LEADERS, Function.CHIEFS),
)
CONCERNED = Role("concerned", _("Chủ trì, người dự"), _concerned)
READERS = Role("readers", _("Cán bộ cơ quan"), _readers)

MADE = ("draft", "returned")
SETTLED = ("approved", "published")

HAS_CHAIR = Guard(lambda entry, at: entry.chair_id is not None, _("Hãy ghi người chủ trì."))

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", _("Dự thảo"), (PROPOSERS,), Tone.WAITING, awaits=(PROPOSERS,)),
        State("returned", _("Bị trả lại"), (PROPOSERS,), Tone.WARNING, awaits=(PROPOSERS,)),
        State("proposed", _("Chờ duyệt"), (PROPOSERS, APPROVERS), Tone.WORKING, awaits=(APPROVERS,)),
        State("approved", _("Đã duyệt"), (PROPOSERS, APPROVERS, CONCERNED), Tone.DONE),
        State("published", _("Đã công bố"), (PROPOSERS, APPROVERS, CONCERNED, READERS), Tone.DONE),
        State("dropped", pgettext_lazy("schedule", "Đã bỏ"), (PROPOSERS,), Tone.STOPPED, is_closed=True),
        State(
            "cancelled", _("Đã hủy"), (PROPOSERS, APPROVERS, CONCERNED, READERS), Tone.STOPPED, is_closed=True
        ),
    ),
    transitions=(
        Transition("edit", pgettext_lazy("schedule", "Sửa"), MADE, "", (PROPOSERS,), icon="edit"),
        Transition(
            "propose", _("Đề xuất vào lịch"), MADE, "proposed", (PROPOSERS,), guards=(HAS_CHAIR,),
            notifies=(APPROVERS,), icon="send",
        ),
        Transition("take_back", _("Rút về để sửa"), ("proposed",), "draft", (PROPOSERS,), icon="arrow-back-up"),
        Transition(
            "return", _("Trả lại"), ("proposed",), "returned", (APPROVERS,), needs_reason=True,
            notifies=(PROPOSERS,), icon="arrow-back-up",
        ),
        Transition(
            "approve", _("Duyệt vào lịch"), ("proposed",), "approved", (APPROVERS,), guards=(HAS_CHAIR,),
            notifies=(PROPOSERS, CONCERNED), icon="checks",
        ),
        Transition("publish", _("Công bố"), ("approved",), "published", (APPROVERS,), icon="flag-check"),
        Transition(
            "change", _("Thay đổi lịch"), SETTLED, "", (APPROVERS,), needs_reason=True,
            notifies=(PROPOSERS, CONCERNED), icon="pencil",
        ),
        Transition(
            "cancel", _("Hủy lịch"), SETTLED, "cancelled", (APPROVERS,), needs_reason=True,
            notifies=(PROPOSERS, CONCERNED), icon="ban",
        ),
        Transition("drop", _("Bỏ đề xuất"), (*MADE, "proposed"), "dropped", (PROPOSERS,), icon="x"),
    ),
)  # fmt: skip
