"""What runs by itself: forgetting what is over."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.access.services import acting_as
from congso.kernel.accounts.counters import forget_old_counters
from congso.kernel.accounts.idleness import close_idle_accounts, tell_idle_accounts
from congso.kernel.accounts.journaling import DESK
from congso.kernel.accounts.provider import forget_old_tokens
from congso.kernel.accounts.sessions import forget_old_sessions


@app.periodic(cron="17 2 * * *")
@app.task(name="congso.forget_what_is_over", queueing_lock="forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:
    """Counters, tokens given to other systems and sessions whose time is over; every night."""
    with acting_as(DESK):
        forget_old_counters()
        forget_old_tokens()
        Session.objects.filter(expire_date__lte=timezone.now()).delete()
        forget_old_sessions()


@app.periodic(cron="43 5 * * *")
@app.task(name="congso.close_idle_accounts", queueing_lock="close_idle_accounts")
def look_after_idle_accounts(timestamp: int) -> None:
    """Accounts nobody uses: told a week before, closed at the limit; every morning."""
    with acting_as(DESK):
        at = timezone.now()
        tell_idle_accounts(at=at)
        close_idle_accounts(at=at)
