"""Nobody finds, counts or indexes what she may not see."""

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record
from congso.kernel.search.models import Entry
from congso.kernel.search.queries import Filters, search
from congso.kernel.search.services import index_record, weigh_terms
from congso.kernel.search.tests.conftest import Ask, Make

pytestmark = pytest.mark.django_db


def hand_to(record: Record, by: int, *people: int) -> None:
    """Change who sees the record, as an act does."""
    audience = [principals.person(p) for p in people]
    with acting_as(Actor.person(by)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.move_record(%s, 'open', 'open', %s, %s, NULL, %s)",
            [record.pk, audience, audience, timezone.now()],
        )


def test_only_the_audience_finds_and_counts_it(world: World, make: Make, ask: Ask) -> None:
    make("Phương án nhân sự", seen_by=(world.chief,))
    make("Phương án khác")
    assert [ask("phương án", who=who).total for who in (world.clerk, world.chief, world.stranger, world.reader)] == [
        2,
        1,
        0,
        2,
    ]
    assert [b.count for b in ask("phương án", who=world.chief).facets.years] == [1]
    assert ask("phương án", who=world.stranger).facets.types == ()


def test_a_new_audience_holds_at_once(world: World, make: Make, ask: Ask) -> None:
    record = make("Phương án nhân sự", seen_by=(world.chief,))
    hand_to(record, world.clerk, world.head)
    assert [ask("nhân sự", who=who).total for who in (world.clerk, world.chief, world.head)] == [0, 0, 1]


def test_day_and_unit_follow_the_record(world: World, make: Make, ask: Ask) -> None:
    record = make("Phương án nhân sự", unit="TH")
    with acting_as(Actor.person(world.clerk)):
        Record.objects.filter(pk=record.pk).update(opened_on="2024-02-01", unit_id=world.organizations["CDS"])
    assert ask("nhân sự", filters=Filters(years=(2026,))).total == 0
    assert ask("nhân sự", filters=Filters(years=(2024,), units=(world.organizations["CDS"],))).total == 1


def test_without_an_actor_nothing_is_found(make: Make) -> None:
    make("Phương án nhân sự")
    with transaction.atomic():
        assert search("phương án").total == 0


def test_forged_settings_find_nothing(world: World, make: Make) -> None:
    make("Phương án nhân sự")
    forged = "{" + str(principals.person(world.clerk)) + "}"
    with acting_as(Actor.person(world.stranger)):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('congso.principals', %s, true), set_config('congso.actor', %s, true)",
                [forged, f"person:{world.clerk}"],
            )
        assert search("phương án").total == 0


def test_only_who_sees_a_record_indexes_it(world: World, make: Make, ask: Ask) -> None:
    record = make("Phương án nhân sự", seen_by=(world.chief,))
    with pytest.raises(Error), acting_as(Actor.person(world.stranger)):
        index_record(record, title="Khác")
    with acting_as(Actor.person(world.chief)):
        index_record(record, title="Phương án tổ chức")
    assert [ask(text).total for text in ("nhân sự", "tổ chức")] == [0, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT term FROM search_termfrequency",
        "INSERT INTO search_termfrequency VALUES ('a', 1)",
        "UPDATE search_entry SET audience = '{1}'",
        "DELETE FROM search_entry",
        "SELECT congso.store_entry(1, '', '', now())",
        "SELECT congso.term_share('nhân')",
        "SELECT congso.weigh_terms()",
        "SELECT congso.search_spans(NULL)",
    ],
)
def test_the_application_may_not_reach_around(world: World, make: Make, statement: str) -> None:
    make("Phương án nhân sự")
    with pytest.raises(Error), acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_machine_weighs_words_and_rare_ones_lead(world: World, make: Make, ask: Ask) -> None:
    for number in range(6):
        make(f"Họp giao ban {number}", body="thường kỳ")
    make("Họp giao ban bất thường", body="thường kỳ")
    with acting_as(Actor.system(principals.System.REMINDERS)):
        assert weigh_terms() > 5
    found = ask("họp bất kỳ thường giao ban sạt lở")
    assert found.rows[0].record.title == "Họp giao ban bất thường"


def test_an_entry_is_seen_like_its_record(world: World, make: Make) -> None:
    make("Phương án nhân sự")
    with acting_as(Actor.person(world.clerk)):
        assert Entry.objects.count() == 1
    with acting_as(Actor.person(world.stranger)):
        assert Entry.objects.count() == 0


WORDS = ("hòa", "hoa", "hóa", "đá", "da", "kế", "ke", "hoạch")
PLAIN = dict(zip(WORDS, ("hoa", "hoa", "hoa", "da", "da", "ke", "ke", "hoach"), strict=True))
PAPERS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.sets(st.sampled_from(("chief", "head")))),
    max_size=6,
)
QUESTION = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True)


def has(words: list[str], wanted: str) -> bool:
    """The rule itself: a word with accents is met by itself, one without by any accents."""
    return any(word == wanted or (PLAIN.get(wanted, wanted) == wanted == PLAIN[word]) for word in words)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(papers=PAPERS, question=QUESTION)
def test_it_finds_what_a_plain_search_would(
    world: World, make: Make, ask: Ask, papers: list[tuple[list[str], set[str]]], question: list[str]
) -> None:
    with transaction.atomic():
        made = [
            (make(" ".join(words), seen_by=tuple(getattr(world, who) for who in seen)).pk, words, seen)
            for words, seen in papers
        ]
        for who in ("chief", "head", "stranger"):
            visible = [(key, words) for key, words, seen in made if who in seen]
            expected = {key for key, words in visible if all(has(words, each) for each in question)}
            plain = [PLAIN[each] for each in question]
            if not expected:  # then accents are forgiven
                expected = {key for key, words in visible if all(has(words, each) for each in plain)}
            found = ask(" ".join(question), who=getattr(world, who))
            assert {hit.record.pk for hit in found.rows} == expected
            assert found.total == len(expected) == sum(bucket.count for bucket in found.facets.types)
        transaction.set_rollback(True)
