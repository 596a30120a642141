"""The carrier's work by itself: a round every quarter of a minute where an axis is configured."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.access.services import acting_as
from congso.kernel.exchange.carrying import CARRIER, carry
from congso.kernel.exchange.configuration import connection
from congso.kernel.exchange.settling import settle_due


@app.periodic(cron="* * * * * */15")
@app.task(name="exchange.carry", queueing_lock="exchange.carry", lock="exchange.carry")
def carry_packets(timestamp: int) -> None:
    """One round; one round never meets another. Without an axis held packets still come to their end."""
    found = connection()
    if found is None:
        with acting_as(CARRIER):
            settle_due(at=timezone.now())
        return
    carry(found, at=timezone.now())
