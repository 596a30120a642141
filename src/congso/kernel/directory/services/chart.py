"""Changing the organization chart: each act with its day, its decision, one event, one journal line, one transaction.

Only administrators, each below the organizations she administers; the database enforces it. The work of an act grows
with the organizations, posts and people it moves, never with their records: access follows the directory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from congso.kernel.directory.models import Assignment, ChartEvent, Organization, OrganizationVersion, Post, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services.building import (
    DirectoryRefused,
    bring_into_force,
    continued,
    end_organizations,
    found_organization,
    rename_organization,
)
from congso.kernel.directory.services.checking import (
    NewOrganization,
    against_ending,
    against_move,
    against_new,
    against_standing,
    day_words,
)
from congso.kernel.journal.services import write_entry


@dataclass(frozen=True)
class Decision:
    """By which paper something changes, from which day; `record_id` when the paper is in the system."""

    text: str
    on: date
    record_id: int | None = None


@transaction.atomic
def establish_organization(new: NewOrganization, *, decision: Decision, by: int, at: datetime) -> Organization:
    """A new organization from the decision's day on."""
    hold_chart()
    refuse_if([*against_decision(decision), *against_new(new, decision.on)])
    made = found(new, decision.on)
    event = record_event(ChartEvent.Kind.FOUND, made, decision, by, at)
    tell(event, by, at, {"code": made.code, "name": made.name, "superior": new.parent.pk if new.parent else None})
    return made


@transaction.atomic
def give_new_name(
    organization: Organization,
    *,
    name: str,
    decision: Decision,
    by: int,
    at: datetime,
    short_name: str = "",
    symbol: str = "",
) -> None:
    """Another name from the day on; records of earlier days keep showing the old one."""
    hold_chart()
    refuse_if([*against_decision(decision), *against_standing(organization, decision.on)])
    require_above([organization])
    old = organization.name
    event = record_event(ChartEvent.Kind.RENAME, organization, decision, by, at)
    rename_organization(organization, name=name, short_name=short_name, symbol=symbol, on=decision.on, event=event)
    tell(event, by, at, {"from": old, "to": name})


@transaction.atomic
def place_under(organization: Organization, *, parent: Organization, decision: Decision, by: int, at: datetime) -> None:
    """Another superior from the day on; everything below moves along, no record is touched."""
    hold_chart()
    refuse_if([*against_decision(decision), *against_move(organization, parent, decision.on)])
    require_above([organization])
    require([parent])
    event = record_event(ChartEvent.Kind.MOVE, organization, decision, by, at)
    old = organization.parent_id
    latest = OrganizationVersion.objects.filter(organization=organization, valid_to__isnull=True)
    put_under(list(latest), parent.pk, decision.on, event)
    bring_into_force()
    organization.refresh_from_db()
    tell(event, by, at, {"from": old, "to": parent.pk})


@transaction.atomic
def abolish_organization(
    organization: Organization, *, decision: Decision, by: int, at: datetime, with_units: bool = False
) -> int:
    """It ends on the day with its posts, without a successor; returns how many organizations ended.

    Its units end with it only when that is said; otherwise they must have been moved before.
    """
    hold_chart()
    ended = [organization, *below(organization, decision.on)]
    problems = [*against_decision(decision), *against_ending(ended, decision.on)]
    if len(ended) > 1 and not with_units:
        problems.append(f"{organization} còn {len(ended) - 1} đơn vị trực thuộc; hãy chuyển đi hoặc chọn kết thúc cả.")
    refuse_if(problems)
    require_above([organization])
    event = record_event(ChartEvent.Kind.ABOLISH, organization, decision, by, at)
    ids = [one.pk for one in ended]
    end_posts(Post.objects.filter(organization__in=ids), decision.on)
    end_organizations(ids, on=decision.on)
    tell(event, by, at, {"ended": ids})
    return len(ended)


def below(organization: Organization, day: date) -> list[Organization]:
    """Everything that stands below the organization on the day, level by level."""
    found_ones: list[Organization] = []
    edge = [organization.pk]
    while edge:
        versions = OrganizationVersion.objects.filter(valid_on(day), parent__in=edge).select_related("organization")
        level = [version.organization for version in versions.order_by("name_key", "id")]
        found_ones.extend(level)
        edge = [one.pk for one in level]
    return found_ones


def against_decision(decision: Decision) -> Iterable[str]:
    """A change needs the paper that decided it."""
    if not decision.text.strip():
        yield "Hãy ghi văn bản quyết định."


def refuse_if(problems: Sequence[str]) -> None:
    """Raise all that forbids the act at once."""
    if problems:
        raise DirectoryRefused("\n".join(dict.fromkeys(problems)))


def hold_chart() -> None:
    """One change of the chart at a time; a second one waits and then sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('congso.chart'))")


def administers(organization_id: int | None, *, above: bool = False) -> bool:
    """Whether the acting person administers the organization (or what stands above it); None: the whole directory."""
    function = "congso.administers_above" if above else "congso.administers"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [organization_id])
        return bool(cursor.fetchone()[0])


def require(organizations: Iterable[Organization]) -> None:
    """Refuse whoever does not administer every one of them."""
    for one in organizations:
        if not administers(one.pk):
            raise DirectoryRefused(f"Bạn không quản trị {one}.")


def require_above(organizations: Iterable[Organization]) -> None:
    """Refuse whoever does not administer what stands above them: that is where their name and place are decided."""
    if administers(None):
        return
    for one in organizations:
        if not administers(one.pk, above=True):
            raise DirectoryRefused(f"Việc này của {one} do quản trị viên cấp trên thực hiện.")


def found(new: NewOrganization, on: date) -> Organization:
    """Found it, if the acting person administers the superior."""
    if not administers(new.parent.pk if new.parent else None):
        raise DirectoryRefused(f"Bạn không quản trị {new.parent or 'cấp cao nhất của danh mục'}.")
    return found_organization(
        code=new.code,
        kind=new.kind,
        name=new.name.strip(),
        valid_from=on,
        short_name=new.short_name.strip(),
        symbol=new.symbol.strip(),
        parent=new.parent,
        serves=new.serves,
        layout_profile=new.layout_profile,
        official_code=new.official_code,
        is_office=new.is_office,
    )


def put_under(versions: Sequence[OrganizationVersion], parent: int, on: date, event: ChartEvent) -> None:
    """These open versions end on the day and others, alike but for the superior, follow."""
    same_day = [one.pk for one in versions if one.valid_from == on]
    others = [one for one in versions if one.valid_from != on]
    OrganizationVersion.objects.filter(pk__in=same_day).update(parent=parent)
    OrganizationVersion.objects.filter(pk__in=[one.pk for one in others]).update(valid_to=on)
    following = [continued(one, on, event) for one in others]
    for one in following:
        one.parent_id = parent
    OrganizationVersion.objects.bulk_create(following, batch_size=500)


def end_posts(posts: Any, on: date) -> None:
    """Living posts and who holds them end on the day."""
    living = posts.filter(valid_on(on))
    Assignment.objects.filter(valid_on(on), post__in=living).update(valid_to=on)
    living.update(valid_to=on)


def record_event(kind: str, organization: Organization, decision: Decision, by: int, at: datetime) -> ChartEvent:
    """Keep what was decided; its traces point to it."""
    return ChartEvent.objects.create(
        kind=kind,
        organization=organization,
        effective_on=decision.on,
        decision=decision.text.strip(),
        decision_record_id=decision.record_id,
        recorded_by_id=by,
        recorded_at=at,
    )


def tell(event: ChartEvent, by: int, at: datetime, facts: dict[str, Any]) -> None:
    """The act's one journal line, in the organization's chain."""
    write_entry(
        act=f"directory.{event.kind}",
        actor=f"person:{by}",
        actor_label=title_of(by, at.date()),
        at=at,
        organization_id=event.organization_id,
        facts={"event": event.pk, "on": day_words(event.effective_on), "decision": event.decision, **facts},
    )
