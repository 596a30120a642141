"""Drafts follow their record. An edition is read by whom its publication names, and the database decides that:
everybody, people who hold a post in a Party body today, or people of the listed bodies; besides those who keep it.

A relation shows to whoever sees one of its ends: that a paper was amended is part of how it stands, also for who may
not read the amendment. What is published is never rewritten; withdrawing closes it.
"""

from congso.lib.protection import Table, child_of_record

_HELD = "(SELECT congso.principals())::bigint[]"
_READ_EDITION = (
    "withdrawn_at IS NULL AND (readers = 'public'"
    " OR (readers = 'party' AND (SELECT congso.is_in_party_body()))"
    f" OR (readers = 'listed' AND bodies && {_HELD}))"
    " OR EXISTS (SELECT 1 FROM records_record r WHERE r.id = paper_id)"
)
_SEES = "EXISTS (SELECT 1 FROM party_papers_edition e WHERE e.id = {})"
_ACTS_ON_EDITION = "EXISTS (SELECT 1 FROM party_papers_edition e WHERE e.id = {} AND congso.may_act(e.paper_id))"

TABLES = (
    child_of_record("party_papers_partypaper"),
    Table(
        "party_papers_listedbody",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = paper_id)",
        insert="congso.may_act(paper_id)",
        delete="congso.may_act(paper_id)",
    ),
    Table(
        "party_papers_proposal",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = paper_id) AND congso.may_act(paper_id)",
        insert="congso.may_act(paper_id)",
        update="congso.may_act(paper_id)",
        columns=(
            "bond", "target_id", "target_symbol", "target_anchor", "effective_on", "state", "decided_by_id",
            "decided_label", "decided_at",
        ),
    ),
    Table(
        "party_papers_edition",
        read=_READ_EDITION,
        insert="congso.may_act(paper_id)",
        update="congso.may_act(paper_id)",
        columns=("withdrawn_at",),
    ),
    Table(
        "party_papers_editionpassage",
        read=_SEES.format("edition_id"),
        insert=_ACTS_ON_EDITION.format("edition_id"),
    ),
    Table(
        "party_papers_relation",
        read=f"{_SEES.format('source_id')} OR {_SEES.format('target_id')}",
        insert=_ACTS_ON_EDITION.format("source_id"),
    ),
)  # fmt: skip
