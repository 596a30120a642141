"""Who sees a record and why; what a post would see. Told from the same table and functions that decide it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from congso.kernel.access import principals
from congso.kernel.access.principals import Function, Kind, Role, describe
from congso.kernel.directory.models import Assignment, Organization, Person, Post, Succession, valid_on
from congso.kernel.directory.models import Function as Work
from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of
from congso.kernel.workflow.flow import flow_of

_WORDS = {Function[one.name]: one.label for one in Work}
_ROLES = {
    0: _lazy("Mọi người đang giữ chức vụ, vị trí công tác"),
    Role.READER: _lazy("Vị trí được đọc toàn bộ"),
    Role.ADMINISTRATOR: _lazy("Quản trị viên"),
    Role.AUDITOR: _lazy("Soát xét nhật ký"),
}
_OPENED = (Kind.RECORDS, Kind.OPENING)


@dataclass(frozen=True)
class Seer:
    """One principal of a record's audience: its name, why it sees the record, the people behind it today."""

    principal: int
    name: str
    reasons: list[str]
    people: list[tuple[Person, str]]


@dataclass(frozen=True)
class Reach:
    """What somebody in a post would see: through which functions of which organizations, and how many records."""

    offices: list[tuple[str, str]]
    figures: list[tuple[str, bool, int]]


@dataclass(frozen=True)
class Reason:
    """How many records of a kind one principal shows: its name, as on “Ai xem được”."""

    name: str
    kind: str
    is_open: bool
    figure: int


def explain_record(record: Record, *, day: date) -> list[Seer]:
    """Everybody who sees the record on the day, by principal, with the flow's reasons. Only for who sees it herself.

    A person behind several principals is told at each: taking one away would not be enough. Seven queries.
    """
    behind: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute("SELECT principal, person FROM congso.seen_by(%s, %s)", [record.pk, day])
        for principal, person in cursor.fetchall():
            behind[principal].add(person)
    reasons = _reasons(record)
    names = _names(record.audience)
    people = Person.objects.in_bulk({person for found in behind.values() for person in found})
    posts = _posts_of(people, day)
    return [
        Seer(
            principal,
            names[principal],
            reasons.get(principal, ["mở khẩn cấp, có giờ kết thúc" if is_opened else "ghi trong hồ sơ từ bước trước"]),
            sorted(((people[pk], posts.get(pk, "")) for pk in behind[principal]), key=lambda one: one[0].name_key),
        )
        for principal in record.audience
        for is_opened in [describe(principal)[0] in _OPENED]
        if behind[principal] or not is_opened
    ]


def reach_of_post(post: Post, *, day: date) -> Reach:
    """What whoever held the post on the day would see. Only for its administrator; figures, no titles."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, is_open, figure FROM congso.reach_of_post(%s, %s)", [post.pk, day])
        figures = [(str(kind), bool(is_open), int(figure)) for kind, is_open, figure in cursor.fetchall()]
    work = post.work
    offices = [(post.organization.name, work)]
    edge = {post.organization_id: post.organization.name}
    seen = set(edge)
    while edge:
        rows = Succession.objects.filter(successor__in=edge, effective_on__lte=day).select_related("predecessor")
        found = {row.predecessor_id: (row.predecessor.name, edge[row.successor_id]) for row in rows.order_by("id")}
        fresh = {pk: names for pk, names in found.items() if pk not in seen}
        offices += [
            (name, _("%(work)s (kế tục bởi %(heir)s)") % {"work": work, "heir": heir}) for name, heir in fresh.values()
        ]
        seen |= set(fresh)
        edge = {pk: names[0] for pk, names in fresh.items()}
    return Reach(offices, figures)


def reach_by_reason(day: date, *, post: Post | None = None, person: Person | None = None) -> list[Reason]:
    """By which principal a post's holder, or a person, sees how many records of which kind; the largest first.

    Only for the administrator of the post or person, or for the person herself. A record counts for each reason.
    """
    with connection.cursor() as cursor:
        values = [post.pk if post else None, person.pk if person else None, day]
        cursor.execute("SELECT principal, kind, is_open, figure FROM congso.reach_by_reason(%s, %s, %s)", values)
        rows = cursor.fetchall()
    names = _names(list({principal for principal, *_rest in rows}))
    return [Reason(names[principal], kind, is_open, figure) for principal, kind, is_open, figure in rows]


def _reasons(record: Record) -> dict[int, list[str]]:
    """The flow's reasons at the record's present state, by principal, a line for each role it has there."""
    whole = type_of(record).model._default_manager.get(pk=record.pk)
    flow = flow_of(record.type)
    state = flow.state(record.state)
    told: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for role in state.audience:
        for principal in role.principals(whole):
            told[principal][str(role.label)].append(_("xem ở bước “%(state)s”") % {"state": state.label})
    for transition in flow.leaving(record.state):
        for role in transition.by:
            for principal in role.principals(whole):
                told[principal][str(role.label)].append(_("được “%(act)s”") % {"act": transition.label})
    found = {
        principal: [f"{label}: {', '.join(dict.fromkeys(acts))}" for label, acts in roles.items()]
        for principal, roles in told.items()
    }
    found.setdefault(principals.role(Role.READER), []).append(_("quyền cấp riêng, có thời hạn, công khai"))
    return found


def _names(audience: list[int]) -> dict[int, str]:
    told = {principal: describe(principal) for principal in audience}
    ids: dict[Kind, set[int]] = defaultdict(set)
    for kind, pk, _function in told.values():
        ids[kind].add(pk)
    organizations = Organization.objects.in_bulk(ids[Kind.OFFICE])
    posts = Post.objects.select_related("organization").in_bulk(ids[Kind.POST])
    people = Person.objects.in_bulk(ids[Kind.PERSON])

    def name(kind: Kind, pk: int, function: int) -> str:
        match kind:
            case Kind.OFFICE:
                words = {"function": _WORDS[Function(function)], "office": organizations[pk].name}
                return _("%(function)s của %(office)s") % words
            case Kind.POST:
                return f"{posts[pk].name}, {posts[pk].organization.name}"
            case Kind.PERSON:
                return _("Riêng %(person)s") % {"person": people[pk].full_name}
            case Kind.ROLE:
                return str(_ROLES[pk])
            case Kind.RECORDS | Kind.OPENING:
                return _("Mở khẩn cấp")
        return _("Việc tự động của hệ thống")

    return {principal: name(*parts) for principal, parts in told.items()}


def _posts_of(people: dict[int, Person], day: date) -> dict[int, str]:
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), person__in=people)
    found: dict[int, list[str]] = defaultdict(list)
    for one in held.select_related("post__organization").order_by("post__rank", "id"):
        found[one.person_id].append(f"{one.post}, {one.post.organization.short_name}")
    return {pk: "; ".join(told) for pk, told in found.items()}
