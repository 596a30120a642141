"""Writing an entry, one or a series, and changing one that was approved."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from congso.apps.schedule.flow import CONCERNED
from congso.apps.schedule.models import RECORD_TYPE, Entry, EntryChange, Participant, Series, Thing
from congso.apps.schedule.queries import owners_for, refresh_parties, things_for, units_for
from congso.apps.schedule.services.booking import claim_firmly, claim_softly, things_of
from congso.apps.schedule.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Assignment, Organization, Person, Post, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import calendar
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, start
from congso.lib.repeating import Rule, repeated

LONGEST = timedelta(days=31)
MOST_PARTICIPANTS = 200


class InvalidEntry(Refused):
    """An entry that cannot be; the message says why."""


@dataclass(frozen=True)
class EntryFacts:
    """What an entry says."""

    owner: Organization
    unit: Organization
    title: str
    starts_at: datetime
    ends_at: datetime
    chair: Person | None = None
    people: tuple[Person, ...] = ()
    posts: tuple[Post, ...] = ()
    units: tuple[Organization, ...] = ()
    things: tuple[Thing, ...] = field(default=())
    place: str = ""
    content: str = ""
    documents_note: str = ""
    online_url: str = ""
    is_private: bool = False


def create_entry(facts: EntryFacts, *, by: Actor, at: datetime, series: Series | None = None) -> Entry:
    """A draft in somebody's calendar. Raises NotYours where one does not propose, InvalidEntry for what cannot be."""
    _check(facts)
    held = current_principals()
    if not owners_for(held).filter(pk=facts.owner.pk).exists() or not units_for(held).filter(pk=facts.unit.pk).exists():
        raise NotYours("Bạn không đề xuất vào lịch của cơ quan này.")
    entry = Entry(type=RECORD_TYPE, owner=facts.owner, series=series)
    _fill(entry, facts)
    with start(entry, by=by, at=at):
        _take_part(entry, facts)
        refresh_parties(entry)
        claim_softly(entry, _asked_things(facts, ()))
    index_record(entry)
    return entry


def edit_entry(entry: Entry, facts: EntryFacts, *, by: Actor, at: datetime) -> Entry:
    """Say something else of what nobody approved yet."""
    _check(facts)
    with moving(entry, "edit", by=by, at=at):
        things = _asked_things(facts, things_of(entry))
        _rewrite(entry, facts)
        claim_softly(entry, things)
    index_record(entry)
    return entry


def change_entry(entry: Entry, facts: EntryFacts, *, reason: str, accept: str = "", by: Actor, at: datetime) -> Entry:
    """Change what was approved: all concerned are told, those of before and those of now; what was is kept.

    Raises Occupied as approving does; `accept` is why a person may be in two places.
    """
    _check(facts)
    if by.person_id is None:
        raise NotYours("Chỉ người được giao mới thay đổi lịch.")
    before = shown_words(entry)
    with moving(entry, "change", by=by, at=at, note=reason) as move:
        things = _asked_things(facts, things_of(entry))
        concerned = set(CONCERNED.principals(entry))
        _rewrite(entry, facts)
        _tell_those_left_out(entry, concerned, reason, by=by, at=at)
        claim_firmly(entry, things, reason=accept, by=by, at=at)
        after = shown_words(entry)
        told = [key for key in after if after[key] != before[key]]
        EntryChange.objects.create(
            entry=entry, before={key: before[key] for key in told}, after={key: after[key] for key in told},
            reason=reason.strip()[:500], by_id=by.person_id, by_label=title_of(by.person_id, timezone.localdate(at)),
            at=at,
        )  # fmt: skip
        entry.changes_told += 1
        entry.save(update_fields=["changes_told"])
        move.facts = {"changed": told}
    index_record(entry)
    return entry


def create_series(facts: EntryFacts, rule: Rule, *, by: Actor, at: datetime) -> list[Entry]:
    """An entry for each day the rule gives, beginning with the first's; each lives on its own afterwards."""
    first = timezone.localtime(facts.starts_at)
    days = repeated(rule, first.date(), calendar())
    if by.person_id is None or not days:
        raise InvalidEntry("Quy tắc lặp lại không cho ngày nào.")
    series = Series.objects.create(
        rhythm=rule.rhythm, every=rule.every, weekdays=sorted(rule.weekdays), until=rule.until,
        on_day_off=rule.on_day_off, made_by_id=by.person_id, made_at=at,
    )  # fmt: skip
    return [create_entry(_on(facts, day), by=by, at=at, series=series) for day in days]


def shown_words(entry: Entry) -> dict[str, str]:
    """An entry as people compare it."""
    begins, ends = timezone.localtime(entry.starts_at), timezone.localtime(entry.ends_at)
    return {
        "title": entry.title,
        "when": f"{begins:%H:%M %d/%m/%Y} – {ends:%H:%M %d/%m/%Y}",
        "chair": entry.chair_label,
        "place": entry.place,
        "participants": "; ".join(one.label for one in entry.participants.all()),
        "content": entry.content,
        "documents_note": entry.documents_note,
        "things": "; ".join(Thing.objects.filter(pk__in=things_of(entry)).values_list("name", flat=True)),
    }


def _on(facts: EntryFacts, day: date) -> EntryFacts:
    """The same hours on another day; the office's clock knows no summer time."""
    shift = day - timezone.localtime(facts.starts_at).date()
    return replace(facts, starts_at=facts.starts_at + shift, ends_at=facts.ends_at + shift)


def _check(facts: EntryFacts) -> None:
    if not facts.title.strip():
        raise InvalidEntry("Hãy ghi nội dung.")
    if facts.ends_at <= facts.starts_at:
        raise InvalidEntry("Giờ kết thúc phải sau giờ bắt đầu.")
    if facts.ends_at - facts.starts_at > LONGEST:
        raise InvalidEntry(f"Một mục lịch dài nhất {LONGEST.days} ngày.")
    if len(facts.people) + len(facts.posts) + len(facts.units) > MOST_PARTICIPANTS:
        raise InvalidEntry(f"Một mục lịch có nhiều nhất {MOST_PARTICIPANTS} người, chức vụ, đơn vị dự.")


def _fill(entry: Entry, facts: EntryFacts) -> None:
    day = timezone.localtime(facts.starts_at).date()
    entry.title, entry.unit, entry.opened_on = facts.title.strip()[:1000], facts.unit, day
    entry.starts_at, entry.ends_at = facts.starts_at, facts.ends_at
    entry.chair = facts.chair
    entry.chair_label = title_of(facts.chair.pk, day)[:300] if facts.chair else ""
    entry.place, entry.content = facts.place.strip(), facts.content.strip()
    entry.documents_note, entry.online_url = facts.documents_note.strip(), facts.online_url
    entry.is_private = facts.is_private


def _rewrite(entry: Entry, facts: EntryFacts) -> None:
    _fill(entry, facts)
    entry.save(
        update_fields=[
            "title", "unit", "opened_on", "starts_at", "ends_at", "chair", "chair_label", "place", "content",
            "documents_note", "online_url", "is_private",
        ]
    )  # fmt: skip
    entry.participants.all().delete()
    _take_part(entry, facts)
    refresh_parties(entry)


def _take_part(entry: Entry, facts: EntryFacts) -> None:
    day = entry.opened_on
    rows = [Participant(person=one, label=title_of(one.pk, day)[:300]) for one in dict.fromkeys(facts.people)]
    holders = _holders(facts.posts, day)
    rows += [
        Participant(post=one, person_id=holders.get(one.pk, (None, ""))[0], label=_post_label(one, holders))
        for one in facts.posts
    ]
    rows += [Participant(organization=one, label=one.name[:300]) for one in facts.units]
    for place, row in enumerate(rows):
        row.entry, row.place = entry, place
    Participant.objects.bulk_create(rows)


def _holders(posts: Iterable[Post], day: date) -> dict[int, tuple[int | None, str]]:
    held = Assignment.objects.filter(valid_on(day), post__in=[one.pk for one in posts]).select_related("person")
    return {one.post_id: (one.person_id, one.person.full_name) for one in held.order_by("-id")}


def _post_label(one: Post, holders: dict[int, tuple[int | None, str]]) -> str:
    name = holders.get(one.pk, (None, ""))[1]
    return (f"{name}, {one.name}" if name else one.name)[:300]


def _asked_things(facts: EntryFacts, had: Iterable[int]) -> list[int]:
    """Raises NotYours for what one may not ask for; what the entry had already stays."""
    wanted = {one.pk for one in facts.things}
    allowed = set(things_for(current_principals()).filter(pk__in=wanted).values_list("pk", flat=True)) | set(had)
    if wanted - allowed:
        raise NotYours("Bạn không đặt được phòng, xe, thiết bị này.")
    return sorted(wanted)


def _tell_those_left_out(entry: Entry, before: set[int], reason: str, *, by: Actor, at: datetime) -> None:
    """Who no longer takes part hears it too, while she still sees the entry."""
    left_out = before - set(CONCERNED.principals(entry))
    if left_out:
        notify(entry, principals=left_out, text=f"Không còn dự: {reason.strip()[:200]}", by=by, at=at)
