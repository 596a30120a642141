"""Texts cut at their headings, relations read from them, effect as of a day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.apps.party_papers.rules import (
    HOLDING,
    ActOn,
    Bond,
    Effect,
    effect_on,
    passage_effects,
    passages_of,
    relations_in,
)
from congso.apps.party_papers.tests.factories import TEXT

START = date(2026, 3, 15)
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_text_is_cut_at_chapters_articles_and_clauses():
    found = passages_of(TEXT)
    assert [(one.anchor, one.depth) for one in found] == [
        ("mo-dau", 0), ("chuong-i", 0), ("dieu-1", 2), ("dieu-1.khoan-1", 3), ("dieu-1.khoan-2", 3), ("dieu-2", 2),
    ]  # fmt: skip
    assert found[2].label == "Điều 1. Phạm vi"


def test_a_resolution_with_roman_parts_is_cut_too():
    text = (
        "NGHỊ QUYẾT\nI- QUAN ĐIỂM\nMột câu.\n1. Mục tiêu\na) Đến năm 2030\nb) Đến năm 2045\nII- NHIỆM VỤ\n1. Mục tiêu"
    )
    assert [one.anchor for one in passages_of(text)] == [
        "mo-dau", "la-ma-i", "khoan-1", "khoan-1.diem-a", "khoan-1.diem-b", "la-ma-ii", "khoan-1~2",
    ]  # fmt: skip


_LINES = st.sampled_from(
    ["Điều 1. A", "Điều 2", "1. một", "2) hai", "a) x", "Chương II", "I- MỤC", "chữ thường", "", "Mục 3"]
)


@calmly
@given(st.lists(_LINES | st.text(max_size=30), max_size=30))
def test_no_word_is_lost_and_no_anchor_stands_twice(lines):
    text = "\n".join(lines)
    found = passages_of(text)
    anchors = [one.anchor for one in found]
    assert len(anchors) == len(set(anchors))
    from congso.lib.vietnamese import nfc

    kept = "".join("".join(one.text.split()) for one in found)
    assert kept == "".join(nfc(text).split())


@pytest.mark.parametrize(
    ("words", "bond", "symbol", "anchor"),
    [
        ("Quy định này thay thế Quy định số 05-QĐ/TU ngày 01/02/2021.", Bond.REPLACES, "05-QĐ/TU", ""),
        ("Sửa đổi khoản 2 Điều 5 Quy định số 10-QĐ/TU như sau:", Bond.AMENDS, "10-QĐ/TU", "dieu-5.khoan-2"),
        ("Bãi bỏ điểm b khoản 3 Điều 7 của Quy chế số 03-QC/TU.", Bond.ABOLISHES, "03-QC/TU", "dieu-7.khoan-3.diem-b"),
        ("Quyết định số 22-QĐ/TU hết hiệu lực kể từ ngày ký.", Bond.ABOLISHES, "22-QĐ/TU", ""),
        ("Hướng dẫn thực hiện Nghị quyết số 15-NQ/TW", Bond.GUIDES, "15-NQ/TW", ""),
        ("Căn cứ Điều lệ; Quy định số 24-QĐ/TW ngày 30/7/2021", None, "", ""),
        ("Xét đề nghị tại Tờ trình số 08-TTr/BTCTU", None, "", ""),
    ],
)
def test_relations_are_read_with_their_place(words, bond, symbol, anchor):
    found = relations_in(passages_of(words), own_symbol="99-QĐ/TU")
    if bond is None:
        assert [one for one in found if one.bond is not Bond.CITES] == []
        return
    assert [(one.bond, one.symbol, one.target_anchor) for one in found] == [(bond, symbol, anchor)]
    assert found[0].quote


def test_a_paper_does_not_act_on_itself():
    assert relations_in(passages_of("Quy định số 12-QĐ/TU thay thế Quy định số 12-QĐ/TU"), own_symbol="12-QĐ/TU") == []


@pytest.mark.parametrize(
    ("day", "acts", "ends", "expected"),
    [
        (date(2026, 3, 14), [], None, Effect.NOT_YET),
        (START, [], None, Effect.IN_FORCE),
        (date(2026, 6, 1), [ActOn(Bond.AMENDS, date(2026, 6, 1))], None, Effect.AMENDED),
        (date(2026, 5, 31), [ActOn(Bond.AMENDS, date(2026, 6, 1))], None, Effect.IN_FORCE),
        (date(2026, 7, 1), [ActOn(Bond.ABOLISHES, date(2026, 6, 1), "dieu-5")], None, Effect.PARTLY),
        (date(2026, 7, 1), [ActOn(Bond.REPLACES, date(2026, 6, 1))], None, Effect.REPLACED),
        (date(2026, 7, 1), [ActOn(Bond.REPLACES, date(2026, 6, 1)), ActOn(Bond.ABOLISHES, date(2026, 6, 1))], None,
         Effect.ABOLISHED),
        (date(2026, 7, 1), [ActOn(Bond.GUIDES, date(2026, 6, 1))], None, Effect.IN_FORCE),
        (date(2026, 7, 1), [], date(2026, 7, 1), Effect.EXPIRED),
        (date(2026, 8, 1), [ActOn(Bond.REPLACES, date(2026, 7, 20))], date(2026, 7, 1), Effect.EXPIRED),
        (date(2026, 8, 1), [ActOn(Bond.REPLACES, date(2026, 6, 20))], date(2026, 7, 1), Effect.REPLACED),
    ],
)  # fmt: skip
def test_effect_on_a_day(day, acts, ends, expected):
    assert effect_on(day, starts=START, ends=ends, acts=acts) is expected


_ACTS = st.builds(
    ActOn,
    st.sampled_from(Bond),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.sampled_from(["", "dieu-1", "dieu-2"]),
)


@calmly
@given(st.lists(_ACTS, max_size=8), st.none() | st.dates(date(2026, 4, 1), date(2028, 1, 1)))
def test_what_has_ended_never_holds_again(acts, ends):
    days = [date(2026, 1, 1) + timedelta(days=step * 11) for step in range(80)]
    holds = [effect_on(day, starts=START, ends=ends, acts=acts) in HOLDING for day in days]
    ended = False
    for day, one in zip(days, holds, strict=True):
        if day >= START and not one:
            ended = True
        assert not (ended and one)


def test_passages_tell_the_last_that_was_done_to_them():
    acts = [ActOn(Bond.AMENDS, date(2026, 5, 1), "dieu-1"), ActOn(Bond.ABOLISHES, date(2026, 8, 1), "dieu-1")]
    assert passage_effects(date(2026, 6, 1), acts) == {"dieu-1": Bond.AMENDS}
    assert passage_effects(date(2026, 9, 1), acts) == {"dieu-1": Bond.ABOLISHES}
