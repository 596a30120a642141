"""Claims: an entry takes its people's and things' time. Two that would clash wait for each other, then one is told."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from congso.apps.schedule.models import Acceptance, Claim, Entry
from congso.apps.schedule.queries import Conflict, conflicts
from congso.apps.schedule.queries.busy import people_of
from congso.apps.schedule.rules import Slot
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.services import NotYours, Refused

_PERSON, _THING = 0x1151, 0x1152  # names of the locks, beside the number


class Occupied(Refused):
    """Somebody or something is taken at that time; `conflicts` names all, `may_accept`: a reason would do."""

    def __init__(self, found: Iterable[Conflict]) -> None:
        self.conflicts = list(found)
        self.may_accept = all(one.thing_id is None for one in self.conflicts)
        told = "; ".join(f"{one.name} ({one.hours})" for one in self.conflicts[:5])
        more = f" và {len(self.conflicts) - 5} mục nữa" if len(self.conflicts) > 5 else ""
        words = "Hãy ghi lý do nếu vẫn duyệt." if self.may_accept else "Phòng, xe, thiết bị không thể ở hai nơi."
        super().__init__(f"Trùng lịch: {told}{more}. {words}")


def slot_of(entry: Entry) -> Slot:
    """Its hours."""
    return Slot(entry.starts_at, entry.ends_at)


def claim_softly(entry: Entry, things: Collection[int]) -> None:
    """What a proposal wants; others see it as wanted, nobody is kept from it."""
    Claim.objects.filter(entry=entry).delete()
    _write(entry, _people(entry), things, accepted=frozenset(), is_firm=False)


def claim_firmly(entry: Entry, things: Collection[int], *, reason: str, by: Actor, at: datetime) -> None:
    """What an approved entry takes.

    Raises Occupied where a thing is taken, or a person is and no reason is given; with one, the clash is kept with it.
    """
    people = _people(entry)
    _lock(people, things)
    found = [one for one in conflicts(slot_of(entry), people, things, but=entry.pk) if one.is_firm]
    taken = {one.person_id for one in found if one.person_id}
    if found and (not reason.strip() or any(one.thing_id for one in found)):
        raise Occupied(found)
    Claim.objects.filter(entry=entry).delete()
    try:
        with transaction.atomic():
            _write(entry, people, things, accepted=taken, is_firm=True)
    except IntegrityError:  # the database's own guard, behind the locks
        raise Occupied(conflicts(slot_of(entry), people, things, but=entry.pk)) from None
    if found:
        _accept(entry, found, reason, by=by, at=at)


def release(entry: Entry) -> None:
    """Nobody's time is taken any more."""
    Claim.objects.filter(entry=entry).delete()


def things_of(entry: Entry) -> list[int]:
    """What it asks for or has."""
    found = Claim.objects.filter(entry=entry, thing__isnull=False)
    return list(found.order_by("thing_id").values_list("thing_id", flat=True))


def _people(entry: Entry) -> set[int]:
    return people_of(entry.chair_id, entry.participants.all())


def _lock(people: Collection[int], things: Collection[int]) -> None:
    """Whoever else wants one of these waits until this transaction ends; in one order, so that no ring forms."""
    wanted = [(_PERSON, pk) for pk in sorted(people)] + [(_THING, pk) for pk in sorted(things)]
    with connection.cursor() as cursor:
        for kind, pk in wanted:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, pk % 2**31])


def _write(
    entry: Entry, people: Collection[int], things: Collection[int], *, accepted: Collection[int], is_firm: bool
) -> None:
    during = (entry.starts_at, entry.ends_at)
    rows = [
        Claim(entry=entry, person_id=pk, during=during, is_firm=is_firm, is_accepted=pk in accepted)
        for pk in sorted(people)
    ]
    rows += [Claim(entry=entry, thing_id=pk, during=during, is_firm=is_firm) for pk in sorted(things)]
    Claim.objects.bulk_create(rows)


def _accept(entry: Entry, found: Iterable[Conflict], reason: str, *, by: Actor, at: datetime) -> None:
    if by.person_id is None:
        raise NotYours("Chỉ người được giao mới chấp nhận trùng lịch.")
    Acceptance.objects.create(
        entry=entry, conflicts=[f"{one.name} ({one.hours})" for one in found], reason=reason.strip()[:500],
        by_id=by.person_id, by_label=title_of(by.person_id, timezone.localdate(at)), at=at,
    )  # fmt: skip
