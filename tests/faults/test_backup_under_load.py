"""A backup while people register, upload and report; the office is wiped; the backup is brought back elsewhere."""

import json
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from operate.backup import backup
from operate.environment import app_environment
from operate.places import ROOT
from operate.preparing import PYTHON
from operate.restore import restore
from tests.faults.installation import Installation, bare, installed, running, wait_until, with_tests
from tests.faults.judging import Books, read_books

ENOUGH = {"registered": 5, "uploaded": 2, "reported": 5}
WHERE_IT_IS = {
    "registered": "SELECT record_ptr_id FROM documents_incomingdocument WHERE arrival_number IS NOT NULL",
    "uploaded": "SELECT id FROM files_upload",
    "reported": "SELECT id FROM directives_progressreport",
}
# Rows that are written once and never changed: what comes back must be as it was, to the letter.
WRITTEN_ONCE = (
    "journal_entry",
    "records_number",
    "records_timelineentry",
    "directives_progressreport",
    "files_blob",
    "files_attachment",
    "files_pagetext",
    "notify_notice",
)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]


@dataclass
class Story:
    """What was acknowledged before and during the backup, what the office held when it was wiped, what came back."""

    before: list[tuple[str, int]] = field(default_factory=list)
    during: int = 0
    rows: dict[str, set[str]] = field(default_factory=dict)
    second: Installation | None = None

    @property
    def restored(self) -> Installation:
        assert self.second is not None
        return self.second


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("backup")
    story = Story()
    with installed(folder / "first") as first:
        _work_and_back_up(first, folder / "copy", story)
        story.rows = all_rows(first)
        people = first.people
    shutil.rmtree(folder / "first")
    with bare(folder / "second") as second:
        restore(second.places, second.connections, folder / "copy", replace=False)
        second.people = people
        story.second = second
        yield story


def _work_and_back_up(office: Installation, target: Path, story: Story) -> None:
    done: list[tuple[str, int]] = []
    with subprocess.Popen(
        [str(PYTHON), "-m", "tests.faults.working_day", json.dumps(office.people)],
        env=with_tests(app_environment(office.places, office.connections)),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as people:
        listening = threading.Thread(target=_listen, args=(people.stdout, done))
        listening.start()
        wait_until(lambda: ENOUGH.items() <= _at_least(done).items(), "people are at work", seconds=120)
        story.before = list(done)
        backup(office.places, office.connections, target)
        story.during = len(done) - len(story.before)
        assert people.poll() is None, "nobody was held up or thrown out"
        if people.stdin:
            people.stdin.close()
        listening.join()


def _at_least(done: list[tuple[str, int]]) -> dict[str, int]:
    found = Counter(what for what, _ in done)
    return {what: min(found[what], enough) for what, enough in ENOUGH.items()}


def _listen(lines: IO[str] | None, done: list[tuple[str, int]]) -> None:
    for line in lines or ():
        what, number = line.split()
        done.append((what, int(number)))


def all_rows(office: Installation) -> dict[str, set[str]]:
    """Every row that is written once, as text."""
    return {name: {row for (row,) in office.rows(f"SELECT t::text FROM {name} t")} for name in WRITTEN_ONCE}


@pytest.fixture(scope="module")
def books(story: Story) -> Books:
    return read_books(story.restored)


def test_people_went_on_working_during_the_backup(story: Story) -> None:
    assert story.during > 0


def test_all_that_was_acknowledged_before_is_there(story: Story) -> None:
    for what, query in WHERE_IT_IS.items():
        found = {number for (number,) in story.restored.rows(query)}
        assert {number for kind, number in story.before if kind == what} <= found, what


def test_every_line_that_came_back_is_as_it_was(story: Story) -> None:
    for name, came_back in all_rows(story.restored).items():
        assert came_back, name
        assert came_back <= story.rows[name], name


def test_it_is_one_moment_of_the_office(story: Story, books: Books) -> None:
    assert books.arrival_numbers == list(range(1, books.last_number_given + 1))
    assert books.damaged_blobs == []
    halves = {
        "a record without its first line": "SELECT id FROM records_record r WHERE NOT EXISTS"
        " (SELECT 1 FROM records_timelineentry t WHERE t.record_id = r.id AND t.act = 'start')",
        "a line of a record's life without its line in the journal": "SELECT id FROM records_timelineentry t"
        " WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.record_id = t.record_id AND e.at = t.at)",
        "a number without its document": "SELECT n.id FROM records_number n LEFT JOIN documents_incomingdocument d"
        " ON d.record_ptr_id = n.record_id AND d.arrival_number = n.value WHERE d.record_ptr_id IS NULL",
        "a file without text": "SELECT id FROM files_attachment a WHERE role = 'original'"
        " AND NOT EXISTS (SELECT 1 FROM files_pagetext t WHERE t.attachment_id = a.id)",
    }
    assert {what: found for what, query in halves.items() if (found := story.restored.rows(query))} == {}


def test_the_journal_verifies_where_it_came_back(books: Books) -> None:
    assert books.journal_faults == ""


def test_uploads_that_were_on_their_way_arrive_in_the_restored_office(story: Story, books: Books) -> None:
    office = story.restored
    assert books.unfinished_uploads, "some waited for the worker"
    with running(office, "worker"):
        unfinished = "SELECT id, name, state, message FROM files_upload WHERE state <> 'ready'"
        wait_until(lambda: office.rows(unfinished) == [], "the worker has read them", seconds=120)
        unsealed = "SELECT count(*) FROM journal_unsealed"
        wait_until(lambda: office.rows(unsealed) == [(0,)], "the journal is sealed")
    again = read_books(office)
    assert again.journal_faults == ""
    assert again.damaged_blobs == []
    assert again.journal_lines > books.journal_lines
