"""A ballot's rows belong to its record. Lists are written by its organizers, answers by the voter alone.

An answer is inserted only in one's own name, by who has a vote, while the ballot is open; nobody changes or removes
one. Counts are entered by members of the committee, each in her own name, while votes are being counted.
"""

from congso.lib.protection import Sealed, Table

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


def _voter_in(method: str, more: str = "true") -> str:
    """Whether a row about a voter is the caller's own, in an open ballot of this method in which she has a vote."""
    return (
        "EXISTS (SELECT 1 FROM voting_voter v JOIN records_record r ON r.id = v.ballot_id"
        " JOIN voting_ballot b ON b.record_ptr_id = r.id"
        " WHERE v.id = voter_id AND v.person_id = congso.person() AND v.is_voting AND v.deduction = ''"
        f" AND v.removed_at IS NULL AND r.state = 'open' AND b.method = '{method}' AND {more})"
    )


_VOTES = _voter_in("named", "(b.closes_at IS NULL OR at < b.closes_at)")
# A paper is taken by the voter herself, while papers are handed out.
_TAKES = _voter_in("secret")
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
# Two count independently: while votes are being counted a member of the committee sees her own figures, the others'
# only once hers are there. Organizers outside the committee see them all; with the result all who see the ballot do.
_COUNT_SEEN = (
    "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id AND (r.state <> 'closed'"
    " OR congso.has_counted(ballot_id) OR EXISTS"
    " (SELECT 1 FROM voting_counter c WHERE c.id = counter_id AND c.person_id = congso.person())"
    f" OR {_organizes('r.owner_id')} AND NOT EXISTS"
    " (SELECT 1 FROM voting_counter o WHERE o.ballot_id = r.id AND o.person_id = congso.person())))"
)

_ISSUE_SEEN = (
    "EXISTS (SELECT 1 FROM voting_voter v JOIN records_record r ON r.id = v.ballot_id WHERE v.id = voter_id"
    f" AND (v.person_id = congso.person() OR r.state IN ('closed', 'counted') OR {_organizes('r.owner_id')}))"
)


def _counter(condition: str) -> str:
    """A row of a member of the committee of a ballot in some state."""
    return (
        "EXISTS (SELECT 1 FROM voting_counter c JOIN records_record r ON r.id = c.ballot_id"
        f" WHERE c.id = counter_id AND {condition})"
    )


_OWN_KEY = _counter("c.person_id = congso.person() AND r.state = 'draft'")
_GIVES_KEY = _counter("c.person_id = congso.person() AND r.state = 'closed'")
_OPENS_BOX = _counter(
    "r.state = 'closed' AND EXISTS"
    " (SELECT 1 FROM voting_counter o WHERE o.ballot_id = c.ballot_id AND o.person_id = congso.person())"
)
# The key that hands papers out is dropped by organizers; the committee publishes what it found in the box.
_MINDS_BOX = (
    "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id AND (r.state = 'open' AND "
    f"{_organizes('r.owner_id')} OR r.state = 'closed' AND EXISTS"
    " (SELECT 1 FROM voting_counter c WHERE c.ballot_id = r.id AND c.person_id = congso.person())))"
)

_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id)"

# What is kept at the opening and what was counted: by organizers, by the committee while it counts, at the hour by
# the machine.
_JUDGES = (
    "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_ptr_id AND r.state IN ('draft', 'open', 'closed')"
    f" AND ({_organizes('r.owner_id')} OR (SELECT congso.is_system()) OR (r.state = 'closed' AND EXISTS"
    " (SELECT 1 FROM voting_counter c WHERE c.ballot_id = r.id AND c.person_id = congso.person()))))"
)

_MAKES_SHEETS = _in_state("draft", "open")
_SEES_SHEETS = (
    "EXISTS (SELECT 1 FROM records_record r WHERE r.id = ballot_id AND ("
    f"{_organizes('r.owner_id')} OR EXISTS"
    " (SELECT 1 FROM voting_counter c WHERE c.ballot_id = r.id AND c.person_id = congso.person())))"
)
# A member of the committee sees and decides what she scanned herself, and nobody else's.
_OWN_SHEETS = _counter("c.person_id = congso.person()")
_OWN_COUNTING = _GIVES_KEY


def _of_page(condition: str) -> str:
    """A row of a page of hers."""
    return (
        "EXISTS (SELECT 1 FROM voting_sheetpage p JOIN voting_counter c ON c.id = p.counter_id"
        " JOIN records_record r ON r.id = c.ballot_id"
        f" WHERE p.id = sheet_page_id AND c.person_id = congso.person() AND {condition})"
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
    Table("voting_box", _SEES, _DRAFTS, _MINDS_BOX, columns=("signing_key", "published"), check=_MINDS_BOX),
    Sealed("voting_boxcontent", "secret ballots: put in, counted and taken out by named functions alone"),
    Table("voting_issue", read=_ISSUE_SEEN, insert=_TAKES),
    Table(
        "voting_counterkey",
        _counter("true"),
        _OWN_KEY,
        _OWN_KEY,
        _counter(f"r.state = 'draft' AND {_organizes('r.owner_id')}"),
        columns=("public",),
        check=_OWN_KEY,
    ),
    Table("voting_givenkey", _OPENS_BOX, _GIVES_KEY, None, _OPENS_BOX),
    Table(
        "voting_sheetset", _SEES_SHEETS, _MAKES_SHEETS, _MAKES_SHEETS, _DRAFTS, columns=("names",), check=_MAKES_SHEETS
    ),
    Table("voting_sheetpage", _OWN_SHEETS, _OWN_COUNTING),
    Table(
        "voting_sheetdoubt",
        _of_page("true"),
        _of_page("r.state = 'closed'"),
        _of_page("r.state = 'closed'"),
        columns=("decision",),
        check=_of_page("r.state = 'closed'"),
    ),
    Table("voting_count", _COUNT_SEEN, _COUNTS),
)
