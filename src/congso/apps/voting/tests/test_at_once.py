"""Two devices, a double press and a vote at the closing moment, really at once: none lost, none counted twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from congso.apps.voting import services
from congso.apps.voting.models import Answer
from congso.apps.voting.tests.factories import VOTERS, as_one, do, opened, see, vote
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work, *args, **more):
    """True, or the refusal."""
    try:
        work(*args, **more)
    except Refused as refused:
        return str(refused)
    finally:
        connections.close_all()
    return True


def test_presses_and_closing_at_once(world, clock):
    made = opened(world)
    with ThreadPoolExecutor(4) as pool:
        votes = [pool.submit(in_thread, vote, world, made, who) for who in VOTERS for _device in range(2)]
        closing = pool.submit(in_thread, do, world, "clerk", services.close_ballot, made)
        told = [one.result() for one in votes]
        assert closing.result() is True
    with as_one(world, "clerk"):
        kept = set(Answer.objects.filter(voter__ballot=made).values_list("voter__person_id", flat=True))
    accepted = {getattr(world, VOTERS[place // 2]) for place, one in enumerate(told) if one is True}
    assert kept == accepted
    assert see(world, "clerk", made).result["tally"]["yes"] == len(kept)
