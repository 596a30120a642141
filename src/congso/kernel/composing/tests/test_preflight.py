"""Made papers have no finding; each planted fault is found; what can be repaired is, and the body's words stay."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.composing.contents import Marks, Urgency
from congso.kernel.composing.findings import AmendedPaper, Expected, Severity
from congso.kernel.composing.plain import expected_from, expected_to_plain
from congso.kernel.composing.templates import make_docx
from congso.kernel.composing.tests import samples
from congso.kernel.composing.tests.elsewhere import typed_elsewhere
from congso.kernel.composing.tests.faults import FAULTS
from congso.kernel.composing.tests.opened import Fault, body_words, codes, edited, findings, mended

PLAN, EXPECTED = make_docx(samples.PLAN), Expected.of(samples.PLAN)


@pytest.mark.parametrize("name", samples.ALL)
def test_a_made_paper_has_no_finding(name: str) -> None:
    content = samples.ALL[name]
    assert findings(make_docx(content), Expected.of(content)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_planted_fault_is_found_and_mended(fault: Fault) -> None:
    spoilt = edited(PLAN, fault.plant)
    found = findings(spoilt, EXPECTED)
    [one, *_] = [finding for finding in found if finding.code == fault.code]
    assert one.can_be_repaired == fault.is_repairable
    assert all((one.message, one.mending, one.source))
    again = mended(spoilt, EXPECTED)
    left = findings(again, EXPECTED)
    assert [finding for finding in left if finding.can_be_repaired] == []
    if fault.is_repairable:
        assert fault.code not in {finding.code for finding in left}
    assert body_words(again, EXPECTED) == body_words(spoilt, EXPECTED)


@settings(max_examples=40, deadline=None)
@given(chosen=st.lists(st.sampled_from(FAULTS), min_size=2, max_size=8, unique_by=lambda fault: fault.code))
def test_whatever_is_wrong_together_nothing_repairable_is_left(chosen: list[Fault]) -> None:
    spoilt = PLAN
    for fault in chosen:
        try:
            spoilt = edited(spoilt, fault.plant)
        except IndexError:
            continue  # another fault took its paragraph away
    again = mended(spoilt, EXPECTED)
    assert [one.code for one in findings(again, EXPECTED) if one.can_be_repaired] == []
    assert body_words(again, EXPECTED) == body_words(spoilt, EXPECTED)


def test_mending_leaves_alone_what_was_not_asked_for() -> None:
    from congso.kernel.composing.mending.repairing import repaired
    from congso.kernel.composing.tests.opened import opened

    planted = [fault for fault in FAULTS if fault.code in ("margins.left", "size.body")]
    spoilt = PLAN
    for fault in planted:
        spoilt = edited(spoilt, fault.plant)
    again = repaired(opened(spoilt), {"margins.left"}, EXPECTED, accept_changes=False)
    assert codes(again, EXPECTED) == {"size.body"}


def test_tracked_changes_and_comments_go_only_when_told() -> None:
    spoilt = PLAN
    for fault in FAULTS:
        if fault.code in ("file.tracked", "file.comments"):
            spoilt = edited(spoilt, fault.plant)
    assert {"file.tracked", "file.comments"} <= codes(mended(spoilt, EXPECTED), EXPECTED)
    assert codes(mended(spoilt, EXPECTED, accept_changes=True), EXPECTED) == set()


def test_a_draft_may_carry_what_a_final_paper_may_not() -> None:
    draft = replace(samples.PLAN, marks=Marks(draft=2))
    file = make_docx(draft)
    assert findings(file, Expected.of(draft)) == []
    assert "marks.draft" in codes(file, Expected.of(draft, is_final=True))


def test_a_type_the_body_may_not_issue_is_refused() -> None:
    [one] = findings(PLAN, replace(EXPECTED, allowed_types=frozenset({"resolution"})))
    assert (one.code, one.severity) == ("power.type", Severity.ERROR)


def test_an_amended_paper_must_be_named_exactly() -> None:
    changed = replace(EXPECTED, amends=(AmendedPaper("12-QĐ/TU", date(2025, 3, 4)),))
    assert codes(PLAN, changed) == {"amends.symbol"}
    text = "Kế hoạch này thay thế Quyết định số 12-QĐ/TU của Ban Thường vụ Tỉnh ủy."
    named = replace(samples.PLAN, body=(*samples.PLAN.body, *samples.passages(text)))
    assert codes(make_docx(named), changed) == {"amends.date"}


def test_a_change_without_a_symbol_is_asked_about() -> None:
    vague = replace(
        samples.PLAN, body=(*samples.PLAN.body, *samples.passages("Kế hoạch này thay thế Quyết định trước đây."))
    )
    assert codes(make_docx(vague), EXPECTED) == {"amends.vague"}


def test_a_mark_of_secrecy_is_an_error() -> None:
    spoilt = edited(make_docx(samples.LETTER), lambda document: _urgent(document, "MẬT"))
    assert "marks.secret" in codes(spoilt, Expected.of(samples.LETTER))


def _urgent(document, words: str) -> None:  # type: ignore[no-untyped-def]
    from congso.kernel.composing.tests.faults import text

    text("vbUrgency", words)(document)


def test_missing_urgency_is_written() -> None:
    wanted = replace(EXPECTED, marks=Marks(Urgency.EXPRESS))
    assert codes(PLAN, wanted) == {"marks.urgency"}
    assert codes(mended(PLAN, wanted), wanted) == set()


def test_a_paper_in_the_other_form_is_told_and_its_head_mended() -> None:
    state = Expected.of(samples.FRONT_REPORT)
    party_file = edited(make_docx(samples.FRONT_REPORT), lambda document: None)
    assert codes(party_file, replace(state, layout=samples.PLAN.layout)) >= {
        "header.text",
        "motto.extra",
        "symbol.form",
    }


def test_numbers_and_dates_come_from_the_register() -> None:
    issued = replace(EXPECTED, number=7, issued_on=date(2026, 2, 5))
    assert not any(one.severity is Severity.ERROR for one in findings(PLAN, issued))
    early = make_docx(replace(samples.PLAN, number=8, issued_on=date(2026, 12, 15)))
    assert codes(early, issued) == {"symbol.number", "date.other"}
    assert codes(mended(early, issued), issued) == set()


def test_a_paper_typed_in_another_office_is_recognised_and_mended() -> None:
    """Direct looks, a drawn line, empty paragraphs for the signature, the month typed before the day."""
    file, expected = typed_elsewhere()
    found = {one.code for one in findings(file, expected)}
    assert found == {
        "title.prefix", "margins.right", "page_number.missing", "lines.height", "lines.indent", "body.end",
        "file.properties", "name.upper",
    }  # fmt: skip
    assert codes(mended(file, expected), expected) == {"body.end"}


def test_what_is_expected_crosses_into_the_child_and_back() -> None:
    full = replace(
        EXPECTED, number=3, issued_on=date(2026, 1, 2), amends=(AmendedPaper("1-NQ/TU", date(2025, 1, 1)),),
        allowed_types=frozenset({"plan"}), marks=Marks(Urgency.URGENT, circulation="TÀI LIỆU HỘI NGHỊ"),
    )  # fmt: skip
    assert expected_from(expected_to_plain(full)) == full
