"""Lending copies: given out, given back, prolonged, lost or damaged. A copy is with one reader at a time: that is the
database's constraint, not a hope.
"""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from congso.apps.library.models import Card, Copy, Hold, Loan
from congso.apps.library.queries import lending_rules
from congso.apps.library.rules.lending import due_on
from congso.apps.library.services.cataloguing import check_librarian, note_act
from congso.apps.library.services.waiting import keep_for_next
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.regulations.queries import calendar
from congso.kernel.workflow.services import Refused

_WHY_NOT = {
    "late": "Sách đã quá hạn: hãy mang trả, không gia hạn được nữa.",
    "often": "Lượt mượn này đã gia hạn đủ số lần.",
    "awaited": "Có người đang chờ tài liệu này nên không gia hạn được.",
    "day": "Hạn trả không đổi.",
}


@transaction.atomic
def lend_copy(copy: Copy, *, reader: Person, by: Actor, at: datetime) -> Loan:
    """The reader takes the copy home. Of two desks that press at once one is refused.

    Raises NotYours, Refused: not for loan, not on the shelf, kept for another reader, too many at home, something late.
    """
    check_librarian(copy.library)
    locked = _locked(copy)
    today = timezone.localdate(at)
    rules = lending_rules(today)
    _check_copy(locked, reader)
    held = Loan.objects.filter(reader=reader, library_id=copy.library_id, ended_at__isnull=True)
    at_home = list(held.values_list("due_on", flat=True))
    if any(due < today for due in at_home):
        raise Refused("Bạn đọc đang giữ sách quá hạn; hãy nhận trả trước khi cho mượn thêm.")
    if len(at_home) >= rules.most_loans:
        raise Refused(f"Bạn đọc đang mượn {len(at_home)} bản, đủ số được mượn cùng lúc.")
    try:
        with transaction.atomic():
            loan = Loan.objects.create(
                copy=locked, card_id=locked.card_id, library_id=locked.library_id, reader=reader,
                reader_label=title_of(reader.pk, today) or reader.full_name, lent_at=at, lent_by_id=by.id,
                due_on=due_on(today, rules.loan_days, calendar()),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"Bản {copy.number} vừa được cho mượn ở quầy khác.") from None
    Copy.objects.filter(pk=locked.pk).update(state=Copy.State.LENT)
    _take_hold(locked, reader, by=by, at=at)
    _count(locked.card_id)
    note_act("lend", library=copy.library, by=by, at=at, record_id=locked.card_id, copy=copy.number, loan=loan.pk)
    return loan


@transaction.atomic
def return_copy(copy: Copy, *, by: Actor, at: datetime) -> tuple[Loan, Hold | None]:
    """The copy is back on the shelf, or kept for who waits longest; returns the ended loan and the hold it serves.

    Raises NotYours, Refused: it is with nobody.
    """
    check_librarian(copy.library)
    locked = _locked(copy)
    loan = _end(locked, Loan.Ending.RETURNED, note="", at=at)
    Copy.objects.filter(pk=locked.pk).update(state=Copy.State.SHELVED)
    locked.state = Copy.State.SHELVED
    note_act("return", library=copy.library, by=by, at=at, record_id=locked.card_id, copy=copy.number, loan=loan.pk)
    return loan, keep_for_next(locked, by=by, at=at)


@transaction.atomic
def renew_loan(loan: Loan, *, by: Actor, at: datetime) -> date:
    """The reader keeps the copy longer; returns the new day. By her or by the library. Raises Refused, saying why."""
    today = timezone.localdate(at)
    until = due_on(max(today, loan.due_on), lending_rules(today).loan_days, calendar())
    longest = due_on(today, lending_rules(today).loan_days, calendar())
    until = min(until, longest) if longest > loan.due_on else longest
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.library_renew(%s, %s)", [loan.pk, until])
        why_not = cursor.fetchone()[0]
    if why_not:
        raise Refused(_WHY_NOT[why_not])
    return until


@transaction.atomic
def close_damaged(copy: Copy, *, ending: str, note: str, by: Actor, at: datetime) -> Loan | None:
    """A copy is lost or damaged, with the record of it (biên bản, bồi hoàn): by its reader, or found so on the shelf.

    Raises NotYours, Refused: no words, already out of the book.
    """
    check_librarian(copy.library)
    words = note.strip()[:1000]
    if not words:
        raise Refused("Hãy ghi biên bản, tình trạng, cách bồi hoàn.")
    locked = _locked(copy)
    if locked.state == Copy.State.WITHDRAWN:
        raise Refused(f"Bản {copy.number} đã thanh lý.")
    is_out = Loan.objects.filter(copy=locked, ended_at__isnull=True).exists()
    loan = _end(locked, ending, note=words, at=at) if is_out else None
    if locked.state == Copy.State.KEPT:
        Hold.objects.filter(copy=locked, state=Hold.State.READY).update(state=Hold.State.WAITING, copy=None, until=None)
    state = Copy.State.LOST if ending == Loan.Ending.LOST else Copy.State.DAMAGED
    Copy.objects.filter(pk=locked.pk).update(state=state, note=words[:500])
    note_act(ending, library=copy.library, by=by, at=at, record_id=locked.card_id, copy=copy.number)
    return loan


def _locked(copy: Copy) -> Copy:
    found = Copy.objects.select_for_update().filter(pk=copy.pk).first()
    if found is None:
        raise Refused("Không thấy bản sách này.")
    return found


def _check_copy(copy: Copy, reader: Person) -> None:
    if not copy.is_for_loan:
        raise Refused(f"Bản {copy.number} chỉ đọc tại chỗ.")
    if copy.state == Copy.State.LENT:
        raise Refused(f"Bản {copy.number} đang cho mượn; hãy nhận trả trước.")
    if copy.state == Copy.State.KEPT:
        kept = Hold.objects.filter(copy=copy, state=Hold.State.READY).first()
        if kept is not None and kept.reader_id != reader.pk:
            raise Refused(f"Bản {copy.number} đang giữ cho người đặt chỗ khác.")
    elif copy.state != Copy.State.SHELVED:
        raise Refused(f"Bản {copy.number}: {copy.get_state_display().lower()}, không cho mượn được.")
    if not Card.objects.filter(pk=copy.card_id, published_at__isnull=False, withdrawn_at__isnull=True).exists():
        raise Refused("Tài liệu chưa đưa ra phục vụ hoặc đã rút khỏi mục lục.")


def _end(copy: Copy, ending: str, *, note: str, at: datetime) -> Loan:
    loan = Loan.objects.select_for_update().filter(copy=copy, ended_at__isnull=True).first()
    if loan is None:
        raise Refused(f"Bản {copy.number} không ở trong lượt mượn nào.")
    loan.ended_at, loan.ending, loan.note = at, ending, note
    loan.save(update_fields=["ended_at", "ending", "note"])
    return loan


def _take_hold(copy: Copy, reader: Person, *, by: Actor, at: datetime) -> None:
    """The reader's own hold is served; a copy kept for it that she did not take goes to the next."""
    hold = Hold.objects.filter(card_id=copy.card_id, reader=reader, state__in=Hold.OPEN).first()
    if hold is None:
        return
    kept = hold.copy if hold.copy_id and hold.copy_id != copy.pk else None
    Hold.objects.filter(pk=hold.pk).update(state=Hold.State.TAKEN, copy=copy, ended_at=at)
    if kept is not None:
        Copy.objects.filter(pk=kept.pk, state=Copy.State.KEPT).update(state=Copy.State.SHELVED)
        kept.state = Copy.State.SHELVED
        keep_for_next(kept, by=by, at=at)


def _count(card_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.library_count(%s, 'lent')", [card_id])
