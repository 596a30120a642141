"""For every person of a world: the rule, raw SQL, lists, counts, search, API, downloads and explanation are one."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from congso.apps.directives import queries as task_queries
from congso.apps.documents import queries as document_queries
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.records.models import Record
from congso.kernel.search.queries import search
from congso.kernel.workflow.explaining import explain_record
from tests.worlds.acts import WORD
from tests.worlds.chart import RandomWorld
from tests.worlds.rule import Chart

# Every table whose rows belong to a record: its column that names the record.
OF_A_RECORD = {
    "records_record": "id",
    "documents_incomingdocument": "record_ptr_id",
    "directives_task": "record_ptr_id",
    "documents_direction": "document_id",
    "documents_handling": "document_id",
    "directives_progressreport": "task_id",
    "directives_support": "task_id",
    "records_comment": "record_id",
    "records_timelineentry": "record_id",
    "files_attachment": "record_id",
    "search_entry": "record_id",
}
_RAW = " UNION ALL ".join(
    f"SELECT '{name}', array_agg(DISTINCT {key}) FROM {name}" for name, key in OF_A_RECORD.items()
)


@dataclass
class Truth:
    """What is really there, read by somebody who may read everything; files as they were added."""

    records: dict[int, Record]
    files: dict[int, int]  # of which record
    rows: dict[str, set[int]]


def judge(world: RandomWorld, chart: Chart) -> tuple[dict[str, int], list[str]]:
    """Compare everything for everybody; raises AssertionError naming who and what.

    Returns how much was compared and the states the records were in.
    """
    truth = _truth(world)
    seen = {person: _seen(chart, truth, person) for person in [*world.people, world.cast.administrator]}
    for person, ids in seen.items():
        _inside(world, truth, person, ids, chart)
        _outside(truth, person, ids)
    _nobody()
    _explained(world, truth, seen)
    shown = sum(map(len, seen.values()))
    figures = {
        "people": len(seen), "records": len(truth.records), "files": len(truth.files), "seen": shown,
        "hidden": len(seen) * len(truth.records) - shown,
    }  # fmt: skip
    return figures, [one.state for one in truth.records.values()]


def _truth(world: RandomWorld) -> Truth:
    with acting_as(Actor.person(world.cast.reader)):
        records = {one.pk: one for one in Record.objects.all()}
        return Truth(records, world.files, _raw())


def _seen(chart: Chart, truth: Truth, person: int) -> set[int]:
    held = chart.held(person)
    return {pk for pk, record in truth.records.items() if held & set(record.audience)}


def _inside(world: RandomWorld, truth: Truth, person: int, ids: set[int], chart: Chart) -> None:
    """As the application's role in the person's transaction."""
    with acting_as(Actor.person(person)) as held:
        assert held == chart.held(person), ("principals", person, held ^ chart.held(person))
        for name, found in _raw().items():
            assert found == truth.rows[name] & ids, ("raw SQL", name, person, found ^ (truth.rows[name] & ids))
        documents = set(document_queries.incoming_documents().values_list("pk", flat=True))
        tasks = set(task_queries.tasks().values_list("pk", flat=True))
        assert documents | tasks == ids, ("lists", person)
        counted = document_queries.incoming_documents().count() + task_queries.tasks().count()
        assert counted == len(ids), ("count", person)
        found = search(WORD)
        assert {hit.record.pk for hit in found.rows} == ids, ("search", person)
        assert found.total == len(ids), ("search's count", person)
        for facet in (found.facets.types, found.facets.owners, found.facets.years):
            assert sum(bucket.count for bucket in facet) == len(ids), ("search's facets", person)


def _outside(truth: Truth, person: int, ids: set[int]) -> None:
    """Over HTTP: the API's lists and each file."""
    client = Client()
    client.force_login(User.objects.get(person_id=person))
    documents = _asked(client, "documents/?limit=200")
    tasks = _asked(client, "directives/tasks?scope=all&limit=200")
    listed = [one["id"] for one in documents["items"] + tasks["items"]]
    assert sorted(listed) == sorted(ids), ("API", person)
    assert documents["count"] + tasks["count"] == len(ids), ("API's count", person)
    found = _asked(client, f"search/?q={WORD}&limit=100")
    assert {one["id"] for one in found["rows"]} == ids, ("API search", person)
    assert found["total"] == len(ids), ("API search's count", person)
    for file, record in truth.files.items():
        expected = 200 if record in ids and not truth.records[record].are_files_closed else 404
        answer = client.get(f"/tep/{file}/tai-ve/")
        assert answer.status_code == expected, ("file", person, file, answer.status_code)
        if expected == 200:
            assert b"".join(answer.streaming_content).startswith("Nội dung thử".encode()), ("bytes", file)


def _nobody() -> None:
    with acting_as(NOBODY):
        assert not any(_raw().values()), "somebody unknown sees rows"


def _explained(world: RandomWorld, truth: Truth, seen: dict[int, set[int]]) -> None:
    """“Ai xem được” names, among the people of the world, exactly those who see; each with a reason."""
    for pk, record in truth.records.items():
        with acting_as(Actor.person(world.cast.reader)):
            seers = explain_record(record, day=world.today)
        told = {one.pk for seer in seers for one, _ in seer.people}
        assert told & set(seen) == {person for person, ids in seen.items() if pk in ids}, ("explained", pk)
        assert all(seer.reasons and seer.name for seer in seers), ("reasons", pk)


def _raw() -> dict[str, set[int]]:
    with connection.cursor() as cursor:
        cursor.execute(_RAW)
        return {name: set(ids or ()) for name, ids in cursor.fetchall()}


def _asked(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, (address, answer.status_code, answer.content[:200])
    return dict(answer.json())
