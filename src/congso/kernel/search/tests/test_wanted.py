"""What a question asks for, and whose passage has it."""

import pytest

from congso.kernel.search.fusing import Ranked, fuse
from congso.kernel.search.wanted import wanted


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("Tỷ lệ hộ nghèo còn bao nhiêu?", "còn 12,5% số hộ", "còn 40 hộ"),
        ("Mỗi hộ được hỗ trợ bao nhiêu tiền", "hỗ trợ 40 triệu đồng", "hỗ trợ 40 hộ"),
        ("han nop bao cao la bao gio", "gửi trước ngày 15/4/2026", "gửi về văn phòng"),
        ("phải trả lời trong bao lâu", "trả lời trong 7 ngày", "trả lời bằng văn bản"),
        ("có mấy xã làm điểm", "chọn 3 xã làm điểm", "chọn xã làm điểm"),
    ],
)
def test_a_passage_has_the_kind_of_thing_asked_for_or_not(question: str, has: str, lacks: str) -> None:
    form = wanted(question)
    assert form
    assert form.search(has)
    assert not form.search(lacks)


def test_who_asks_for_nothing_of_the_kind_wants_nothing() -> None:
    assert wanted("quy định về văn hóa công sở") is None


def test_between_papers_alike_the_one_with_the_figure_comes_first() -> None:
    words, likeness = [Ranked(1, 0.5), Ranked(2, 0.5)], {1: 0.9, 2: 0.9}
    assert [one.record for one in fuse(words, {1: 0.5, 2: 0.5}, likeness, fitting={2})] == [2, 1]
    assert [one.record for one in fuse(words, {1: 1.0, 2: 0.5}, {1: 0.95, 2: 0.9}, fitting={2})] == [1, 2]
