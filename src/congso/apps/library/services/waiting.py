"""Holds: readers wait for a work in the order they came; a copy that comes back is kept for the first until a day."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.library.models import Card, Copy, Hold, Loan
from congso.apps.library.queries import lending_rules
from congso.apps.library.rules.lending import kept_until
from congso.kernel.access.principals import person
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Record
from congso.kernel.regulations.queries import calendar
from congso.kernel.workflow.services import Refused


@transaction.atomic
def place_hold(card: Card, *, reader: Person, by: Actor, at: datetime) -> Hold:
    """The reader waits for the work. Raises Refused: nothing is lent of it, she has it, or waits already.

    With a copy on the shelf it is the librarian's to keep it: the reader is told to come.
    """
    if not card.is_open:
        raise Refused("Tài liệu chưa đưa ra phục vụ hoặc đã rút khỏi mục lục.")
    lent = card.copies.filter(is_for_loan=True, state__in=("shelved", "lent", "kept"))
    if not lent.exists():
        raise Refused("Tài liệu này không có bản giấy cho mượn về.")
    if Loan.objects.filter(card=card, reader=reader, ended_at__isnull=True).exists():
        raise Refused("Bạn đọc đang mượn tài liệu này.")
    try:
        with transaction.atomic():
            return Hold.objects.create(
                card=card, library_id=card.library_id, reader=reader, placed_at=at,
                reader_label=title_of(reader.pk, timezone.localdate(at)) or reader.full_name,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("Bạn đọc đã đặt chỗ tài liệu này.") from None


@transaction.atomic
def cancel_hold(hold: Hold, *, by: Actor, at: datetime) -> None:
    """The reader no longer waits. Raises Refused: it is over already.

    A copy that was kept for her goes to the next at once where the library presses, else the next morning.
    """
    changed = Hold.objects.filter(pk=hold.pk, state__in=Hold.OPEN).update(state=Hold.State.CANCELLED, ended_at=at)
    if not changed:
        raise Refused("Đặt chỗ này đã kết thúc.")
    if hold.copy is not None and Copy.objects.filter(pk=hold.copy.pk, state=Copy.State.KEPT).update(
        state=Copy.State.SHELVED
    ):  # nothing for a reader's own press: the copy is the library's, which frees it in the morning
        hold.copy.state = Copy.State.SHELVED
        keep_for_next(hold.copy, by=by, at=at)


@transaction.atomic
def keep_copy(copy: Copy, *, by: Actor, at: datetime) -> Hold:
    """Keep a copy found on the shelf for the reader who waits longest. Raises Refused: not there, nobody waits."""
    locked = Copy.objects.select_for_update().get(pk=copy.pk)
    if locked.state != Copy.State.SHELVED:
        raise Refused(f"Bản {copy.number}: {locked.get_state_display().lower()}.")
    hold = keep_for_next(locked, by=by, at=at)
    if hold is None:
        raise Refused("Không có bạn đọc nào đang chờ tài liệu này, hoặc bản này chỉ đọc tại chỗ.")
    return hold


def keep_for_next(copy: Copy, *, by: Actor, at: datetime) -> Hold | None:
    """Keep a copy that is on the shelf for the reader who waits longest, and tell her; None when nobody waits."""
    if not copy.is_for_loan:
        return None
    waiting = Hold.objects.select_for_update().filter(card_id=copy.card_id, state=Hold.State.WAITING)
    hold = waiting.order_by("placed_at", "id").first()
    if hold is None:
        return None
    today = timezone.localdate(at)
    until = kept_until(today, lending_rules(today).keep_days, calendar())
    Copy.objects.filter(pk=copy.pk).update(state=Copy.State.KEPT)
    Hold.objects.filter(pk=hold.pk).update(state=Hold.State.READY, copy=copy, until=until)
    hold.state, hold.copy, hold.until = Hold.State.READY, copy, until
    tell(hold.card_id, hold.reader_id, f"Sách bạn đặt đã về, giữ đến hết ngày {until:%d/%m/%Y}: đến nhận tại thư viện.",
         by=by, at=at, key=f"library:hold:{hold.pk}:{until}")  # fmt: skip
    return hold


def tell(card_id: int, reader_id: int | None, words: str, *, by: Actor, at: datetime, key: str) -> int:
    """Tell one reader about a work, once a key. Nobody when she is no longer named, or the work is not to be seen."""
    record = Record.objects.filter(pk=card_id).first()
    if record is None or reader_id is None:
        return 0
    return notify(record, principals={person(reader_id)}, text=words, by=by, at=at, key=key, kind=Kind.REMINDER)
