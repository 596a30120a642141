"""Copies on paper: into the library's book with a number each, corrected, out of it by a decision; counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from congso.apps.library.models import Copy, Sighting, Stocktake, Work
from congso.apps.library.rules.numbers import next_numbers, split_number
from congso.apps.library.services.cataloguing import check_librarian, note_act
from congso.apps.library.services.waiting import keep_for_next
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.services import Refused
from congso.lib.vietnamese import clean_line

MOST_AT_ONCE = 500
PREFIX = "TV"


@dataclass(frozen=True)
class Acquisition:
    """How copies came: how many, from where, under which paper, where they stand."""

    count: int
    acquired_on: date
    source: str = Copy.Source.BOUGHT
    paper: str = ""
    price: int | None = None
    shelf: str = ""
    is_for_loan: bool = True
    prefix: str = PREFIX
    numbers: Sequence[str] = ()


@transaction.atomic
def add_copies(work: Work, came: Acquisition, *, by: Actor, at: datetime) -> list[Copy]:
    """Enter copies into the library's book under the next numbers, or under those already on their labels.

    Numbers of one library are given one after another, under a lock; none is given twice. Raises NotYours, Refused.
    """
    check_librarian(work.owner)
    wanted = [clean_line(number)[:40].upper() for number in came.numbers if number.strip()]
    if (not wanted and not 1 <= came.count <= MOST_AT_ONCE) or len(wanted) > MOST_AT_ONCE:
        raise Refused(f"Mỗi lần vào sổ từ 1 đến {MOST_AT_ONCE} bản.")
    _lock_book(work.owner)
    numbers = wanted or _next(work.owner, came.prefix.strip().upper()[:20], came.count)
    rows = [
        Copy(
            card=work.card, library=work.owner, number=number, shelf=clean_line(came.shelf)[:120], source=came.source,
            acquired_on=came.acquired_on, paper=clean_line(came.paper)[:200], price=came.price,
            is_for_loan=came.is_for_loan,
        )
        for number in numbers
    ]  # fmt: skip
    try:
        with transaction.atomic():
            made = Copy.objects.bulk_create(rows)
    except IntegrityError:
        taken = Copy.objects.filter(library=work.owner, number__in=numbers).values_list("number", flat=True)
        raise Refused(f"Số đã có trong sổ: {', '.join(taken[:10]) or 'một số ghi hai lần'}.") from None
    told = {"first": numbers[0], "last": numbers[-1], "count": len(numbers)}
    note_act("add_copies", library=work.owner, by=by, at=at, record_id=work.pk, **told)
    for copy in made:
        if not keep_for_next(copy, by=by, at=at):
            break
    return made


def _lock_book(library: Organization) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"library.book.{library.pk}"])


def _next(library: Organization, prefix: str, count: int) -> list[str]:
    """After the highest number of this prefix ever given; also of copies long gone."""
    numbers = Copy.objects.filter(library=library, number__regex=rf"^{prefix}[0-9]+$" if prefix else r"^[0-9]+$")
    last = numbers.order_by("-id").values_list("number", flat=True)[: 2 * MOST_AT_ONCE]
    highest = max((found[1] for one in last if (found := split_number(one)) and found[0] == prefix), default=0)
    return next_numbers(prefix, highest, count)


@transaction.atomic
def change_copy(copy: Copy, changes: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Put right where a copy stands and how it came; found again, mended. Raises NotYours, Refused."""
    check_librarian(copy.library)
    locked = Copy.objects.select_for_update().get(pk=copy.pk)
    if locked.state == Copy.State.WITHDRAWN:
        raise Refused("Bản này đã thanh lý.")
    is_back = bool(changes.pop("is_back", False))
    for name, told in changes.items():
        setattr(locked, name, clean_line(told) if isinstance(told, str) else told)
    if is_back and locked.state in (Copy.State.LOST, Copy.State.DAMAGED):
        locked.state = Copy.State.SHELVED
    locked.save(update_fields=[*changes, "state"])
    note_act("change_copy", library=copy.library, by=by, at=at, record_id=copy.card_id, copy=copy.number, back=is_back)
    if is_back and locked.state == Copy.State.SHELVED:
        keep_for_next(locked, by=by, at=at)


@transaction.atomic
def withdraw_copies(
    numbers: Iterable[str], *, library: Organization, paper: str, by: Actor, at: datetime
) -> list[Copy]:
    """Copies leave the library's book under the minutes named (thanh lý); all or none. No number is given again.

    Raises NotYours, Refused: no paper, a number unknown, a copy with a reader or kept for one.
    """
    check_librarian(library)
    wanted = list(dict.fromkeys(clean_line(number)[:40].upper() for number in numbers if number.strip()))
    if not paper.strip() or not wanted:
        raise Refused("Hãy ghi số, ngày biên bản thanh lý và các số đăng ký cá biệt.")
    found = {one.number: one for one in Copy.objects.select_for_update().filter(library=library, number__in=wanted)}
    if unknown := [number for number in wanted if number not in found]:
        raise Refused(f"Không có trong sổ: {', '.join(unknown[:10])}.")
    busy = [one.number for one in found.values() if one.state in (Copy.State.LENT, Copy.State.KEPT)]
    if busy:
        raise Refused(f"Đang cho mượn hoặc giữ cho người đặt: {', '.join(busy[:10])}.")
    gone = [one for one in found.values() if one.state != Copy.State.WITHDRAWN]
    Copy.objects.filter(pk__in=[one.pk for one in gone]).update(
        state=Copy.State.WITHDRAWN, withdrawn_on=timezone.localdate(at), withdrawn_by_paper=clean_line(paper)[:200]
    )
    told = [one.number for one in gone][:MOST_AT_ONCE]
    note_act("withdraw_copies", library=library, by=by, at=at, paper=clean_line(paper)[:200], numbers=told)
    return gone


@transaction.atomic
def start_stocktake(name: str, *, library: Organization, by: Actor, at: datetime) -> Stocktake:
    """Begin a count of the shelves. Raises NotYours, Refused: one is under way."""
    check_librarian(library)
    if Stocktake.objects.filter(library=library, closed_at__isnull=True).exists():
        raise Refused("Thư viện đang có đợt kiểm kê chưa kết thúc.")
    expected = Copy.objects.filter(library=library, state__in=(Copy.State.SHELVED, Copy.State.KEPT)).count()
    made = Stocktake.objects.create(
        library=library, name=clean_line(name)[:200], started_at=at, started_by_id=by.id, expected=expected
    )
    note_act("start_stocktake", library=library, by=by, at=at, stocktake=made.pk, expected=expected)
    return made


@transaction.atomic
def see_copies(stocktake: Stocktake, numbers: Iterable[str], *, by: Actor, at: datetime) -> int:
    """Numbers scanned at the shelves; the same number again changes nothing. Returns how many were new.

    Raises NotYours, Refused: the count is closed, or too many at once.
    """
    check_librarian(stocktake.library)
    if stocktake.closed_at is not None:
        raise Refused("Đợt kiểm kê đã kết thúc.")
    scanned = list(dict.fromkeys(clean_line(number)[:40].upper() for number in numbers if number.strip()))
    if len(scanned) > 20_000:
        raise Refused("Mỗi lần gửi nhiều nhất 20.000 số; hãy chia danh sách.")
    known = dict(Copy.objects.filter(library_id=stocktake.library_id, number__in=scanned).values_list("number", "pk"))
    before = stocktake.sightings.count()
    Sighting.objects.bulk_create(
        (Sighting(stocktake=stocktake, number=one, copy_id=known.get(one), at=at) for one in scanned),
        ignore_conflicts=True, batch_size=1000,
    )  # fmt: skip
    return stocktake.sightings.count() - before


@transaction.atomic
def close_stocktake(stocktake: Stocktake, *, by: Actor, at: datetime) -> None:
    """The count is over; what it found stays. It changes no copy: what is missing is for people to look for first."""
    check_librarian(stocktake.library)
    if not Stocktake.objects.filter(pk=stocktake.pk, closed_at__isnull=True).update(closed_at=at):
        raise Refused("Đợt kiểm kê đã kết thúc.")
    note_act("close_stocktake", library=stocktake.library, by=by, at=at, stocktake=stocktake.pk)
