"""The carrier's work by itself: a round every quarter of a minute, between our offices and over the axis."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.exchange.carrying import carry
from congso.kernel.exchange.configuration import connection
from congso.kernel.exchange.inside import carry_inside


@app.periodic(cron="* * * * * */15")
@app.task(name="exchange.carry", queueing_lock="exchange.carry", lock="exchange.carry")
def carry_packets(timestamp: int) -> None:
    """One round; one round never meets another. Without an axis there are still our own offices, and held packets."""
    carry_inside(at=timezone.now())
    found = connection()
    if found is not None:
        carry(found, at=timezone.now())
