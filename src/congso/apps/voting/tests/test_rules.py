"""The rule engine against the table of cases, and what must hold for any figures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.voting.rules import (
    NO_QUORUM,
    Kind,
    Marks,
    Method,
    Plan,
    Roll,
    Rule,
    Share,
    Sheet,
    Tally,
    Undecidable,
    Unsound,
    Way,
    chosen_sheet,
    count_sheets,
    decide,
    elect,
    judge_sheet,
    list_problems,
    obstacles,
    parse_rule,
    percent,
    plain_rule,
    quorum_problem,
    share_words,
    undefined_parts,
)
from congso.apps.voting.tests.cases import BALLOTS, ELECTIONS, LISTS, QUESTIONS

FEW = settings(max_examples=30, deadline=None)
WHOLE = {"quorum": "none", "secrecy": "either", "by_circulation": True, "basis": "thử"}
LIST = {"kind": "list", "needs_surplus": True, "surplus_most": 30, "tie": "again"}


def rule_of(**more) -> Rule:
    return parse_rule({"kind": "question", **WHOLE, **more})


def test_the_table_holds_sixty_cases_each_with_its_basis():
    cases = [*QUESTIONS.values(), *ELECTIONS.values(), *BALLOTS.values(), *LISTS.values()]
    assert len(cases) >= 60
    assert all(one.basis.endswith("]") for one in cases)


@pytest.mark.parametrize("case", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_questions(case):
    valid = case.yes + case.no + case.other
    roll = Roll(case.members, case.summoned or case.members, case.present, case.deducted)
    tally = Tally(case.issued, valid + case.invalid, valid, yes=case.yes, no=case.no, other=case.other)
    outcome = decide(rule_of(**case.rule), roll, tally, way=Way(case.way))
    assert (outcome.needed, outcome.is_carried) == (case.needed, case.is_carried)
    assert outcome.verdict == ("Được thông qua" if case.is_carried else "Không được thông qua")
    told = " ".join(one.text for one in outcome.reasons)
    assert f"từ {case.needed}" in told
    for why, number in case.deducted.items():
        assert f"{number} {why}" in told
    silent = case.issued - valid - case.invalid
    assert ("không trả lời" in told) is (case.way == "circulation" and silent > 0)
    assert ("ý kiến khác; nếu còn khác nhau" in told) is (case.way == "circulation" and case.other > 0)


@pytest.mark.parametrize("case", ELECTIONS.values(), ids=ELECTIONS.keys())
def test_elections(case):
    rule = rule_of(**LIST | {"tie": case.tie}, base="summoned", share={"part": 1, "whole": 2, "is_more_than": True})
    tally = Tally(case.base, case.base, case.base, votes=case.votes)
    names = tuple(f"Người {place}" for place in range(len(case.votes)))
    outcome = elect(rule, Roll(case.base, case.base, case.base), tally, seats=case.seats, names=names)
    assert (outcome.elected, outcome.again, outcome.seats_left) == (case.elected, case.again, case.left)
    assert outcome.is_carried is (case.left == 0)
    told = " ".join(one.text for one in outcome.reasons)
    assert ("bằng phiếu nhau" in told) is bool(case.again)
    assert ("hội nghị quyết định có bầu lại" in told) is (case.tie == "body")


@pytest.mark.parametrize("case", BALLOTS.values(), ids=BALLOTS.keys())
def test_ballots_of_lists(case):
    judged = judge_sheet(Sheet(**case.facts), names=case.names, seats=case.seats, marks=Marks(case.marks))
    assert (judged.votes, judged.why_not) == (case.votes, case.why_not)


def plan(**more) -> Plan:
    whole = {
        "kind": Kind.QUESTION, "method": Method.NAMED, "way": Way.ROOM, "is_personnel": False, "voters": 17,
        "counters": 3, "has_deadline": True,
    }  # fmt: skip
    return Plan(**whole | more)


@pytest.mark.parametrize("case", LISTS.values(), ids=LISTS.keys())
def test_lists_before_opening(case):
    rule = rule_of(**LIST | {"needs_surplus": case.needs_surplus})
    asked = plan(kind=Kind.LIST, options=case.names, seats=case.seats, is_poll_recorded=case.is_poll_recorded)
    assert (list_problems(rule, asked) == []) is case.is_good


HALF = {"base": "members", "share": {"part": 1, "whole": 2, "is_more_than": True}}
QUORUM = {"base": "members", "share": {"part": 2, "whole": 3, "is_more_than": False}}
SEVENTEEN = Roll(17, 17, 17)


@pytest.mark.parametrize(
    ("members", "present", "is_enough"),
    [(17, 12, True), (17, 11, False), (65, 44, True), (65, 43, False), (3, 2, True), (3, 1, False), (0, 0, False)],
)
def test_the_quorum_is_two_thirds_without_rounding(members, present, is_enough):
    rule = rule_of(**HALF, quorum=QUORUM)
    assert (quorum_problem(rule, Roll(members, members, present)) == []) is is_enough


@pytest.mark.parametrize(
    ("rule", "asked", "word"),
    [
        ({}, {"way": Way.CIRCULATION, "is_personnel": True}, "Công tác cán bộ"),
        ({"by_circulation": False}, {"way": Way.CIRCULATION}, "không cho lấy ý kiến"),
        ({}, {"way": Way.CIRCULATION, "has_deadline": False}, "thời hạn"),
        ({}, {"way": Way.CIRCULATION, "method": Method.HANDS}, "có ghi tên"),
        ({"secrecy": "required"}, {}, "bỏ phiếu kín"),
        ({"secrecy": "open"}, {"method": Method.PAPER}, "công khai"),
        ({}, {"method": Method.SECRET, "threshold": 2}, "chưa được bật"),
        ({}, {"method": Method.SECRET, "threshold": 4, "electronic_secret": True}, "cùng mở hòm phiếu"),
        ({}, {"voters": 0}, "Chưa có người"),
        ({}, {"method": Method.HANDS, "counters": 1}, "ít nhất hai người"),
        ({}, {"method": Method.PAPER, "counters_on_list": 1}, "ban kiểm phiếu"),
        ({}, {"kind": Kind.LIST, "seats": 1, "options": 2}, "không dành cho"),
        ({"rounds_most": 2}, {"round": 3}, "hết số vòng"),
        ({"quorum": QUORUM}, {}, ""),
    ],
)
def test_what_stands_in_the_way_is_told(rule, asked, word):
    found = obstacles(rule_of(**HALF | rule), plan(**asked), SEVENTEEN)
    assert found == [] if not word else any(word in one.text for one in found)


def test_a_ballot_under_an_undefined_rule_never_opens():
    whole = plain_rule(rule_of(**HALF))
    assert obstacles(parse_rule(whole), plan(), SEVENTEEN) == []
    for part in ("base", "share", "quorum", "secrecy", "by_circulation", "basis"):
        broken = parse_rule(whole | {part: None})
        assert len(undefined_parts(broken)) == 1, part
        assert any("chưa xác định" in one.text for one in obstacles(broken, plan(), SEVENTEEN))
    with pytest.raises(Undecidable):
        decide(parse_rule(whole | {"share": None}), SEVENTEEN, Tally(17, 17, 17, yes=17))


NONSENSE = [
    "", "x", 7, True, [], {}, {"part": 0, "whole": 2}, {"part": 3, "whole": 2, "is_more_than": False},
    {"part": 1, "whole": 1, "is_more_than": True}, {"part": True, "whole": 2, "is_more_than": True},
]  # fmt: skip


@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
def test_a_rule_that_makes_no_sense_is_undefined(nonsense):
    rule = parse_rule(dict.fromkeys(("kind", "base", "share", "quorum", "secrecy", "tie", "marks"), nonsense))
    assert (rule.base, rule.share, rule.quorum, rule.secrecy, rule.tie) == (None,) * 5
    assert undefined_parts(rule)


@pytest.mark.parametrize(
    "tally",
    [
        Tally(10, 11, 11, yes=11), Tally(10, 9, 10, yes=10), Tally(10, 10, 10, yes=9), Tally(-1, -1, -1, yes=-1),
        Tally(10, 10, 10, yes=12, no=-2),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_are_refused(tally):
    with pytest.raises(Unsound):
        decide(rule_of(**HALF), SEVENTEEN, tally)
    with pytest.raises(Unsound):
        elect(rule_of(**HALF | LIST), SEVENTEEN, Tally(5, 5, 5, votes=(6,)), seats=1, names=("A",))


def test_words():
    assert [share_words(Share(1, 2, is_more_than=True)), share_words(Share(2, 3)), share_words(Share(1, 1))] == [
        "quá 1/2", "ít nhất 2/3", "toàn bộ",
    ]  # fmt: skip
    assert [percent(78, 91), percent(1, 3), percent(0, 0), percent(3, 3)] == ["85,71%", "33,33%", "–", "100,00%"]


shares = st.builds(
    lambda part, more, is_more_than: Share(part, part + more, is_more_than), st.integers(1, 9), st.integers(1, 9),
    st.booleans(),
)  # fmt: skip


@FEW
@given(shares, st.integers(1, 600))
def test_what_is_needed_is_the_least_that_is_enough(share, base):
    needed = share.needed(base)
    assert share.is_reached(needed, base)
    assert not share.is_reached(needed - 1, base)
    beyond = needed * share.whole - base * share.part
    assert 0 < beyond <= share.whole if share.is_more_than else 0 <= beyond < share.whole


@FEW
@given(st.integers(1, 90), st.integers(0, 90), st.integers(0, 90))
def test_one_more_yes_never_hurts(members, yes, no):
    yes, rule = min(yes, members), rule_of(**HALF)
    no = min(no, members - yes)
    before = decide(rule, Roll(members, members, members), Tally(members, yes + no, yes + no, yes=yes, no=no))
    if yes < members:
        no = min(no, members - yes - 1)
        tally = Tally(members, yes + 1 + no, yes + 1 + no, yes=yes + 1, no=no)
        assert decide(rule, Roll(members, members, members), tally).is_carried >= before.is_carried


@FEW
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(1, 6))
def test_an_election_never_seats_too_many_nor_breaks_a_tie(votes, seats):
    rule = rule_of(**LIST, base="valid", share={"part": 1, "whole": 2, "is_more_than": True})
    tally = Tally(40, 40, 40, votes=tuple(votes))
    names = tuple(map(str, range(len(votes))))
    outcome = elect(rule, Roll(40, 40, 40), tally, seats=seats, names=names)
    assert len(outcome.elected) + outcome.seats_left == seats
    assert not set(outcome.elected) & set(outcome.again)
    worst = min((votes[place] for place in outcome.elected), default=41)
    others = set(range(len(votes))) - set(outcome.elected)
    assert all(votes[place] < worst for place in others)
    assert len({votes[place] for place in outcome.again}) <= 1
    assert not outcome.again or len(outcome.again) > outcome.seats_left


@FEW
@given(st.lists(st.sets(st.integers(0, 4), max_size=5), max_size=20), st.integers(1, 5), st.sampled_from(list(Marks)))
def test_every_ballot_counts_once_or_is_invalid(chosen, seats, marks):
    sheets = [chosen_sheet(one, names=5, marks=marks) for one in chosen]
    tally = count_sheets(sheets, issued=25, names=5, seats=seats, marks=marks)
    assert tally.collected == len(chosen)
    assert tally.valid + sum(tally.invalid_why.values()) == tally.collected
    good = [one for one in chosen if len(one) <= seats and (one or seats >= 5)]
    assert tally.valid == len(good)
    assert list(tally.votes) == [sum(place in one for one in good) for place in range(5)]


@FEW
@given(st.sampled_from(["members", "summoned", "present", "issued", "collected", "valid"]), shares)
def test_a_rule_is_kept_as_it_was_said(base, share):
    rule = Rule(Kind.QUESTION, quorum=NO_QUORUM, basis="thử")
    kept = plain_rule(rule) | {
        "base": base, "share": {"part": share.part, "whole": share.whole, "is_more_than": share.is_more_than},
    }  # fmt: skip
    assert parse_rule(plain_rule(parse_rule(kept))) == parse_rule(kept)
    assert parse_rule(kept).share == share
