"""Every table is protected by the database, whatever the code above it forgets."""

from itertools import chain

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access.internal.securing import declared
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.directory.testing import World
from congso.lib.protection import EVERYBODY, Exempt, Sealed, Table

pytestmark = pytest.mark.django_db

DECLARED = declared()
TABLES = [table for table in DECLARED if isinstance(table, Table)]
SEALED = [table for table in DECLARED if isinstance(table, Sealed)]
EXEMPT = [table for table in DECLARED if isinstance(table, Exempt)]
CATALOGUES = ("directory_", "code_lists_", "regulations_", "records_term", "access_grant")


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_every_table_is_declared_once_and_nothing_else_is() -> None:
    existing = {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    names = [table.name for table in DECLARED]
    assert sorted(names) == sorted(existing)


def test_every_exception_has_a_reason_a_reviewer_can_judge() -> None:
    assert all(len(table.reason) > 15 for table in chain(SEALED, EXEMPT))


def test_row_level_security_is_on_wherever_it_is_promised() -> None:
    on = {name for (name,) in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")}
    assert on == {table.name for table in chain(TABLES, SEALED)}


def test_no_table_has_a_policy_that_was_not_declared() -> None:
    policies = set(rows("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"))
    promised = {
        (table.name, f"congso_{act}")
        for table in TABLES
        for act in ("read", "insert", "update", "delete")
        if getattr(table, act) is not None
    }
    assert policies == promised


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nobody_reads_nothing_and_changes_nothing(table: Table) -> None:
    with acting_as(NOBODY):
        if table.read != EVERYBODY:
            assert rows(f"SELECT count(*) FROM {table.name}") == [(0,)]
        for statement in _writes(table):
            assert _changed(statement) == 0, statement


@pytest.mark.parametrize("table", SEALED, ids=lambda table: table.name)
def test_a_sealed_table_cannot_be_touched_by_anybody(table: Sealed, world: World) -> None:
    for person in world.people().values():
        for statement in (f"SELECT 1 FROM {table.name}", f"DELETE FROM {table.name}"):
            with acting_as(Actor.person(person)), pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.parametrize("table", [t for t in TABLES if t.delete is None], ids=lambda table: table.name)
def test_nothing_is_deleted(table: Table, world: World) -> None:
    with acting_as(Actor.person(world.clerk)), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table.name}")


def test_every_function_that_outranks_its_caller_is_in_the_table_of_functions() -> None:
    """The named doors through row-level security, each with its own tests; a new one must be added here."""
    doors = {
        name
        for (name,) in rows(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'congso' AND p.prosecdef AND has_function_privilege(current_user, p.oid, 'EXECUTE')"
        )
    }
    assert doors == set(DOORS)


DOORS = {
    "signers_counted": "two numbers: how many hold certificates of how many who may sign; never who",
    "enter": "sets the principals a ticket names",
    "principals": "reads the sealed setting",
    "person": "reads the sealed setting",
    "actor": "reads the sealed setting",
    "administers": "answers yes or no for the caller's principals",
    "administers_above": "answers yes or no for the caller's principals",
    "administers_post": "answers yes or no for the caller's principals",
    "administers_person": "answers yes or no for the caller's principals",
    "continues_fairly": "answers yes or no about the catalogue everybody reads",
    "may_appoint": "answers yes or no for the caller's principals",
    "may_delegate": "answers yes or no for the caller's posts",
    "propose_grant": "asks for a role, for administrators, for somebody else, for a term",
    "answer_grant": "begins a role, for an administrator who neither proposed nor gets it",
    "withdraw_grant": "takes back what its caller proposed",
    "end_grant": "ends a role, for administrators or its holder",
    "answers_openings": "answers yes or no for the caller's principals",
    "ask_opening": "asks for sight; tells nothing of what exists",
    "opening_matches": "ids, numbers and days of what may be meant, for who may answer; nothing sealed",
    "answer_opening": "gives sight for hours, for who may answer and did not ask; nothing sealed",
    "end_opening": "ends sight, for who asked or may answer",
    "note_opening_use": "keeps and journals a look of its caller",
    "close_openings": "names ended openings, for the machine alone",
    "tell_about_grant": "tells administrators, proposer and holder, for who proposed or answered",
    "tell_about_ended_grant": "tells holder and administrators, for who ended it",
    "tell_about_opening": "tells the owner's leaders, for who has a part in it",
    "tell_about_delegation": "tells the stand-in and the office, for who may delegate the post",
    "tell_about_review": "tells leaders of units, for administrators and the machine",
    "reviews": "answers yes or no for the caller's principals",
    "acting_for": "names a delegation of the caller, which everybody may read",
    "chart_would_circle": "answers yes or no about the catalogue everybody reads",
    "find_people": "repeats the rule of people (whoever is known reads); returns ids",
    "find_organizations": "repeats the rule of organizations (whoever is known reads); returns ids",
    "organizations_named": "the same, by whole names; returns ids",
    "carry_chart": "brings into force what today's versions say; decides nothing",
    "may_act": "answers yes or no for the caller's principals",
    "note_disclosure": "writes that its caller looks at private data, in her own name",
    "protects": "answers yes or no for the caller's principals",
    "anonymise": "empties the declared columns of a person proposed for it, for who protects data of her last body",
    "move_record": "moves a record its caller handles",
    "file_by_rule": "puts a record its caller sees into a dossier by a live rule of her body; tells nothing of it",
    "works_in": "answers yes or no for the caller's principals",
    "find_cards": "repeats the rule of the search room's cards; returns ids",
    "documents_in": "counts the documents of a dossier its caller sees",
    "reads_archived": "answers yes or no: its body's archive, or a granted reading in its days",
    "free_bytes": "whether bytes a disposal of the caller's archive names are needed by nothing that stays",
    "destroy_archived": "marks files destroyed, for the body's archive under a decision; never permanent or held",
    "work_of": "figures of open work and series, for who administers the organizations",
    "seen_by": "names who sees a record its caller sees",
    "reach_by_reason": "the same by reason, for a post's or person's administrator, or the person",
    "reach_of_post": "figures of what a post would see, for its administrator",
    "give_number": "counts for a record its caller handles, or reserves for its clerk",
    "deliver_notice": "tells people about a record its caller sees",
    "seal_journal": "chains what is settled; changes no entry",
    "keeps_catalogue": "answers yes or no for the caller's principals",
    "drafts_catalogue": "answers yes or no for the caller's principals",
    "publish_catalogue": "publishes a draft its caller keeps; loses no code",
    "drop_catalogue_draft": "gives up a draft its caller keeps",
    "box_state": "state and published receipts of a secret ballot's box, for who has its random address; no voter",
    "box_put": "puts a signed slip into a box, for anybody who has one; writes no line, time or name",
    "box_count": "how many slips lie in a box, for who sees the ballot",
    "ballot_standing": "how many answered or took papers, who has counted, for who sees the ballot; no choice",
    "has_counted": "answers yes or no about the caller's own count",
    "box_take": "empties a box, for its committee after closing, with the others' keys there",
    "library_reads": "answers yes or no for the caller's principals",
    "library_count": "adds one to a nameless count of a work its caller reads",
    "library_queue": "how many wait for a work its caller reads; no names",
    "library_renew": "prolongs a loan of the caller, or of the library she keeps, within its settings",
    "library_regrant": "gives works its caller keeps the readers of their collection",
    "open_catalogue": "a published list marked open, for anybody; no other",
    "open_catalogues": "names of the lists marked open, for anybody",
    "tell_account": "tells one person what happened at her door, for the sign-in desk alone",
    "rename_account": "another name for somebody else's account, for administrators",
    "administrators_of_all": "ids of who administers everything, for the desk and administrators",
    "may_use_blob": "answers yes or no for the caller's uploads and visible files",
    "quarantine_upload": "puts an upload its caller is reading into quarantine",
    "settle_quarantine": "releases or erases an item, for its office's secrecy officer",
    "files_still_needed": "keys of temporary files, for the sweeper alone",
    "stuck_uploads": "ids of uploads without a live job, for the sweeper alone",
    "index_record": "writes the words by which a record its caller sees is found",
    "index_records": "the same for many records at once",
    "search_records": "repeats the audience rule in its one statement; returns ids and counts",
    "search_nearest": "repeats the audience rule in each scan of its statement; returns ids and counts",
    "weigh_terms": "counts how common words are, for the machine alone",
    "weigh_pairs": "counts which syllables stand side by side, for the machine alone",
    "accented_pairs": "how typed syllables are written in the papers, as counts; never shown to anybody",
    "keep_passages": "as index_records: checks that the caller sees every record",
    "best_passages": "asks the audience of each passage's record, and whether its files are closed",
    "nearest_meaning": "asks the audience of each candidate in the entry and again in the record",
    "knows_meanings": "says only whether meanings are stored at all",
    "waiting_passages": "texts whose meaning is to be learnt, for the machine alone",
    "learn_meanings": "stores what was learnt, for the machine alone",
    "meanings_progress": "counts passages, for the machine alone",
    "suggest_records": "repeats the audience rule in its statement; returns ids",
    "added_up": "sums of figures their caller reads: the policy asked once, of indicators and organizations",
    "added_up_below": "the same by what stands directly below",
    "watched_searches": "whose kept questions are to be asked again, for the machine alone",
    "tell_saved_search": "tells the caller herself about a record she sees, for a search she keeps",
    "is_draft": "answers yes or no about a record its caller may act on",
    "look_up_case": "days and steps of one case, no name, for who makes its key of the receipt's code and word",
    "rate_case": "counts one answer about a closed case, for who makes its key",
    "is_in_party_body": "answers yes or no for the caller's principals",
    "confirm_parameter": "confirms a number of the law, for administrators",
    "set_parameter": "a new version of a number of the law, for administrators",
    "set_calendar_day": "a day off or a working Saturday, for administrators",
    "confirm_calendar_year": "a year's calendar is final, for administrators",
}


def _writes(table: Table) -> list[str]:
    column = rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
        " AND has_column_privilege(current_user, table_name::regclass, column_name, 'UPDATE')"
        " ORDER BY ordinal_position LIMIT 1",
        table.name,
    )
    return [f"UPDATE {table.name} SET {name} = {name}" for (name,) in column]


def _changed(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount
