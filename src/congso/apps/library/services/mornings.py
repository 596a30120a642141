"""What the library does by itself each working morning, as the system REMINDERS; it may run any number of times.

Nobody is punished by it: readers are told, copies waited for in vain go to the next, names are taken off what is over.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from congso.apps.library.models import Copy, Hold, Loan
from congso.apps.library.queries import lending_rules
from congso.apps.library.rules.lending import Reminder, reminder_on
from congso.apps.library.services.waiting import keep_for_next, tell
from congso.kernel.access.services import Actor
from congso.lib.workdays import add_months

AT_ONCE = 5_000


def look_after(*, by: Actor, at: datetime) -> None:
    """Everything the morning brings."""
    remind_readers(by=by, at=at)
    end_keeping(by=by, at=at)
    unlink_readers(by=by, at=at)


def remind_readers(*, by: Actor, at: datetime) -> int:
    """Tell readers what is due soon, today and late, each step once; returns how many were told."""
    today = timezone.localdate(at)
    rules = lending_rules(today)
    due = Loan.objects.filter(ended_at__isnull=True, due_on__lte=today + timedelta(days=rules.remind_before))
    told = 0
    for loan in due.select_related("card").order_by("due_on", "id").iterator(chunk_size=500):
        kind, step = reminder_on(today, loan.due_on, rules)
        words = {
            Reminder.SOON: f"Sách sắp đến hạn trả, ngày {loan.due_on:%d/%m/%Y}",
            Reminder.TODAY: "Hôm nay là hạn trả sách",
            Reminder.LATE: f"Sách quá hạn trả từ ngày {loan.due_on:%d/%m/%Y}; hãy mang trả thư viện",
        }.get(kind)
        if words:
            key = f"library:loan:{loan.pk}:{loan.due_on}:{kind}:{step}"
            told += tell(loan.card_id, loan.reader_id, f"{words}: {loan.card.title[:200]}", by=by, at=at, key=key)
    return told


def end_keeping(*, by: Actor, at: datetime) -> int:
    """Copies nobody came for, or whose reader gave up, go to the next who waits, or back on the shelf; returns how
    many holds ended in vain."""
    today = timezone.localdate(at)
    ended = 0
    late = Hold.objects.filter(state=Hold.State.READY, until__lt=today).select_related("copy")
    for hold in list(late[:AT_ONCE]):
        with transaction.atomic():
            if Hold.objects.filter(pk=hold.pk, state=Hold.State.READY).update(state=Hold.State.EXPIRED, ended_at=at):
                ended += 1
                tell(hold.card_id, hold.reader_id, "Đặt chỗ đã quá hạn nhận sách", by=by, at=at,
                     key=f"library:hold:{hold.pk}:expired")  # fmt: skip
    free = Copy.objects.filter(state=Copy.State.KEPT).exclude(holds__state=Hold.State.READY)
    for copy in list(free[:AT_ONCE]):
        with transaction.atomic():
            if Copy.objects.filter(pk=copy.pk, state=Copy.State.KEPT).update(state=Copy.State.SHELVED):
                copy.state = Copy.State.SHELVED
                keep_for_next(copy, by=by, at=at)
    return ended


def unlink_readers(*, by: Actor, at: datetime) -> int:
    """Loans and holds over for longer than the set time no longer say whose they were; returns how many."""
    today = timezone.localdate(at)
    before = at - (today - add_months(today, -lending_rules(today).unlink_months))
    nameless = {"reader": None, "reader_label": ""}
    named = Q(reader__isnull=False) | ~Q(reader_label="")
    loans = Loan.objects.filter(named, ended_at__lt=before).update(**nameless)
    return loans + Hold.objects.filter(named, ended_at__lt=before).update(**nameless)
