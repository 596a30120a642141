"""A ballot's rows belong to its record. Lists are written by its organizers, answers by the voter alone.

An answer is inserted only in one's own name, by who has a vote, while the ballot is open; nobody changes or removes
one. Counts are entered by members of the committee, each in her own name, while votes are being counted.
"""

from congso.lib.protection import Table, child_of_record

_KNOWN = "(SELECT congso.is_known())"


def _organizes(body: str) -> str:
    """Whether the caller is a leader (2), clerk (3) or chief (4) of the body or of the office that serves it."""
    held = "ARRAY[{0}] && (SELECT congso.principals())"
    three = ", ".join(f"300000000000000{function} + {{one}} * 100" for function in (2, 3, 4))
    own, serving = held.format(three.format(one=body)), held.format(three.format(one="o.id"))
    return f"({own} OR EXISTS (SELECT 1 FROM directory_organization o WHERE o.serves_id = {body} AND {serving}))"


def _in_state(*states: str) -> str:
    listed = ", ".join(f"'{state}'" for state in states)
    return (
        "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id"
        f" AND r.state IN ({listed}) AND {_organizes('r.owner_id')})"
    )


_OWNS = f"owner_id IS NOT NULL AND {_organizes('owner_id')}"
_DRAFTS = _in_state("draft")
_LISTS = _in_state("draft", "open")
_VOTES = (
    "EXISTS (SELECT 1 FROM voting_voter v JOIN records_record r ON r.id = v.ballot_id"
    " JOIN voting_ballot b ON b.record_ptr_id = r.id"
    " WHERE v.id = voter_id AND v.person_id = congso.person() AND v.is_voting AND v.deduction = ''"
    " AND v.removed_at IS NULL AND r.state = 'open' AND b.method = 'named'"
    " AND (b.closes_at IS NULL OR at < b.closes_at))"
)
# While it is open an answer is seen by who gave it and by the organizers; afterwards by all who see the ballot.
_ANSWER_SEEN = (
    "EXISTS (SELECT 1 FROM voting_voter v JOIN records_record r ON r.id = v.ballot_id WHERE v.id = voter_id"
    " AND (v.person_id = congso.person() OR r.state IN ('closed', 'counted', 'cancelled')"
    f" OR (SELECT congso.is_system()) OR {_organizes('r.owner_id')}))"
)
_COUNTS = (
    "EXISTS (SELECT 1 FROM voting_counter c JOIN records_record r ON r.id = c.ballot_id WHERE c.id = counter_id"
    " AND c.ballot_id = voting_count.ballot_id AND c.person_id = congso.person() AND r.state = 'closed')"
)

_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id)"

# What is kept at the opening and what was counted: by organizers, by the committee while it counts, at the hour by
# the machine.
_JUDGES = (
    "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_ptr_id AND r.state IN ('draft', 'open', 'closed')"
    f" AND ({_organizes('r.owner_id')} OR (SELECT congso.is_system()) OR (r.state = 'closed' AND EXISTS"
    " (SELECT 1 FROM voting_counter c WHERE c.ballot_id = r.id AND c.person_id = congso.person()))))"
)

TABLES = (
    Table(
        "voting_votingrule",
        read=_KNOWN,
        insert=_OWNS,
        update=_OWNS,
        columns=("title", "definition", "trust", "note", "stopped_on"),
        check=_OWNS,
    ),
    Table(
        "voting_ballot",
        "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_ptr_id)",
        "congso.may_act(record_ptr_id)",
        _JUDGES,
        check=_JUDGES,
    ),
    # A line of a list that nobody has voted by may be taken out again; from the opening on it stays.
    Table("voting_option", _SEES, _DRAFTS, None, _DRAFTS),
    Table(
        "voting_voter",
        _SEES,
        _LISTS,
        _LISTS,
        _DRAFTS,
        columns=("label", "is_voting", "is_present", "deduction", "removed_at", "removed_reason"),
        check=_LISTS,
    ),
    Table("voting_answer", read=_ANSWER_SEEN, insert=_VOTES),
    Table("voting_counter", _SEES, _DRAFTS, _DRAFTS, _DRAFTS, columns=("is_head",), check=_DRAFTS),
    child_of_record("voting_count", "ballot_id", insert=_COUNTS, update=None),
)
