"""A month of a report by software: listed, filled, sent, returned with remarks, sent again, approved."""

import json

import pytest

from congso.apps.reports.models import Entry
from congso.apps.reports.tests.factories import FILLED, as_one, fill, make_report

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports/"


def post(client, address: str, **facts):
    return client.post(address, json.dumps(facts), content_type="application/json")


def cells(answer) -> dict[str, dict]:
    return {one["key"]: one for one in answer.json()["cells"]}


def test_a_units_software_fills_and_sends_and_the_receivers_judges(world, clock, signed_in):
    report = make_report(world)
    unit, receiver = signed_in("commune_clerk"), signed_in("tracker")
    (row,) = unit.get(REPORTS, {"scope": "mine", "form": "thang", "first_day": "2026-11-01"}).json()["items"]
    assert (row["period"], row["due_on"], row["organization"]["code"]) == ("2026-M11", "2026-12-03", "T.XA")
    own = f"{REPORTS}{report.pk}"
    filled = post(unit, f"{own}/cells", cells={key: {"text": text} for key, text in FILLED.items()})
    assert (cells(filled)["ct.den"]["text"], cells(filled)["ct.den"]["number"]) == ("120", "120.000000")
    assert post(unit, f"{own}/submit").json()["state"] == "submitted"
    assert receiver.get(REPORTS, {"scope": "judge"}).json()["count"] == 1
    returned = post(receiver, f"{own}/return", note="Xem lại", remarks={"ct.den": "Cao bất thường"})
    assert returned.json()["state"] == "returned"
    found = cells(unit.get(own))["ct.den"]
    assert found["remarks"] == ["Cao bất thường"]
    post(unit, f"{own}/cells", cells={"ct.den": {"text": "110", "since": found["entry"]}})
    assert post(unit, f"{own}/submit").json()["acts"] == ["recall"]
    assert post(receiver, f"{own}/approve").json()["state"] == "approved"
    with as_one(world, "chief"):
        assert "API" in Entry.objects.filter(report=report, key="ct.den").latest("id").words


def test_mistakes_and_conflicts_are_told_cell_by_cell_and_nothing_is_sent(world, clock, signed_in):
    report = make_report(world)
    fill(world, report, "commune_leader", ct__den="11")
    unit, own = signed_in("commune_clerk"), f"{REPORTS}{report.pk}"
    told = cells(post(unit, f"{own}/cells", cells={"ct.den": {"text": "12"}, "ct.han": {"text": "1,234"}}))
    assert (told["ct.den"]["text"], [one["text"] for one in told["ct.den"]["contested"]]) == ("11", ["12"])
    assert "có thể hiểu hai cách" in told["ct.han"]["errors"][0]
    refused = post(unit, f"{own}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    assert unit.get(own).json()["state"] == "draft"


@pytest.mark.parametrize(
    "asked",
    [
        (None, "cells", {"cells": {}}, 401),
        ("agency_clerk", "cells", {"cells": {}}, 404),
        ("chief", "cells", {"cells": {"ct.den": {"text": "5"}}}, 403),
        ("commune_clerk", "cells", {"cells": {"no.such": {"text": "5"}}}, 422),
        ("commune_clerk", "cells", {"cells": {"ct.den": {"text": "5", "since": -1}}}, 422),
        ("commune_clerk", "cells", {"cells": {"ct.den": {"text": "5\x00"}}}, 200),
        ("commune_clerk", "approve", {}, 409),
        ("tracker", "approve", {}, 409),
        ("commune_clerk", "recall", {"note": "x"}, 409),
    ],
)
def test_what_may_not_be_done_is_refused_and_changes_nothing(world, clock, signed_in, client, asked):
    who, act, facts, status = asked
    report = make_report(world)
    speaking = signed_in(who) if who else client
    assert post(speaking, f"{REPORTS}{report.pk}/{act}", **facts).status_code == status
    with as_one(world, "chief"):
        assert Entry.objects.filter(report=report).count() == (1 if status == 200 else 0)
