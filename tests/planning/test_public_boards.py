"""Boards told to everybody over real records: no count below the least, and nothing that follows from a total."""

import pytest

from congso.apps.analytics import services
from congso.apps.analytics.queries import board_of
from congso.apps.analytics.tests.factories import board, question
from congso.apps.directives.services import NewTask, assign_tasks
from congso.apps.plan_board.tests.factories import NOW, by, in_force
from congso.kernel.access.services import acting_as
from congso.kernel.records.models import Record
from congso.kernel.regulations.queries import value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_no_public_figure_counts_fewer_than_the_least_and_nothing_follows_from_a_total(world):
    in_force(world)
    chief = by(world, "chief")
    with acting_as(chief):
        leads = [world.organization(code) for code in ("BTC",) * 7 + ("MT",) * 6 + ("XA",)]
        new = [NewTask(content=f"Việc {place}", lead=lead) for place, lead in enumerate(leads)]
        assign_tasks(new, owner=world.organization("VPTU"), source_symbol="01-KH/TU", by=chief, at=NOW)
    made = board(world)
    for split in ("type", "state", "owner", "unit", "period"):
        question(world, made, types=(), split_by=split, title=split)
    question(world, made, types=("plan",), split_by="none", title="một con số")
    with acting_as(chief):
        assert Record.objects.count() == len(leads) + 1
        least = int(value("analytics.least_shown_count", on=NOW.date()))
        content = {one["title"]: one for one in services.public_content(board_of(made.pk), day=NOW.date())}
    for one in content.values():
        told = [float(cell["value"]) for cell in one["cells"] if cell["value"] is not None]
        assert all(count == 0 or count >= least for count in told), one
        hidden = sum(cell["hidden"] for cell in one["cells"])
        assert not hidden or one["total"] is None
    # One small cell takes the next smallest with it; a lone small figure is not told at all.
    units = {cell["label"]: cell["value"] for cell in content["unit"]["cells"]}
    assert sum(count is None for count in units.values()) >= 2
    assert content["một con số"]["cells"][0]["hidden"]
