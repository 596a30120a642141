"""Words and meaning in one answer."""

import pytest

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.search.explaining import explained
from congso.kernel.search.fusing import Ranked, fuse
from congso.kernel.search.queries import Filters, search
from congso.kernel.search.tests.conftest import Ask, Make
from congso.kernel.search.tests.test_access import hand_to
from congso.kernel.search.tests.test_finding import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(world: World, make: Make, learn) -> list:
    made = [
        make("Biên bản trục vớt phương tiện hai bánh dưới hồ", number="5-BB/VPTU", seen_by=(world.chief,)),
        make("Mua ấn phẩm cho thư viện", seen_by=(world.chief,)),
        make("Lịch trực tuần", number="6-TB/VPTU"),
    ]
    learn()
    return made


def test_what_is_said_otherwise_is_found_and_told_so(papers: list, ask: Ask) -> None:
    found = ask("giải cứu xe đạp")
    assert titles(found) == ["Biên bản trục vớt phương tiện hai bánh dưới hồ"]
    assert (found.total, found.by_meaning, found.rows[0].is_by_meaning_alone) == (1, 1, True)
    assert [bucket.count for bucket in found.facets.types] == [1]
    assert titles(ask("ai đã giải cứu chiếc xe đạp bị rơi vào tuần trước"))[0] == papers[0].title


def test_symbols_and_quoted_phrases_mean_what_is_typed(papers: list, ask: Ask) -> None:
    assert titles(ask("6-TB/VPTU")) == ["Lịch trực tuần"]
    assert ask('"giải cứu xe đạp"').total == 0
    assert ask("giải cứu xe đạp", by_meaning=False).total == 0


def test_filters_narrow_meanings_too(papers: list, ask: Ask) -> None:
    assert ask("giải cứu xe đạp", filters=Filters(years=(2026,))).total == 1
    assert ask("giải cứu xe đạp", filters=Filters(years=(2019,))).total == 0
    assert ask("giải cứu xe đạp từ: 2027").total == 0


def test_revoked_is_gone_from_the_very_next_answer_and_count(world: World, papers: list, ask: Ask) -> None:
    assert ask("giải cứu xe đạp", who=world.chief).total == 1
    hand_to(papers[0], world.clerk, world.head)
    for who in (world.chief, world.stranger):
        found = ask("giải cứu xe đạp", who=who)
        assert (found.total, found.rows, found.facets.types, found.by_meaning) == (0, (), (), 0)
    assert ask("giải cứu xe đạp", who=world.head).total == 1


def test_a_paper_named_by_its_symbol_stays_first() -> None:
    order = fuse([Ranked(7, 0.1), Ranked(8, 0.9), Ranked(9, 0.5)], {8: 1.0, 9: 0.2}, {5: 0.95, 8: 0.9}, named=1)
    assert [one.record for one in order][:2] == [7, 8]


def test_the_page_says_where_and_why(world: World, make: Make, learn) -> None:
    make(
        "Quyết định thành lập tổ công tác", number="9-QĐ/TU",
        body="Điều 1. Mua sách.\nĐiều 2. Đồng chí Thí Dụ làm Tổ trưởng tổ công tác sửa cầu treo.",
    )  # fmt: skip
    learn()
    with acting_as(Actor.person(world.clerk)):
        (found,) = explained(search("tổ trưởng sửa cầu treo"))
        assert [place.clause for place in found.places][:1] == ["Điều 2"]
        assert {"Tổ", "trưởng", "cầu", "treo"} <= {piece.text for piece in found.places[0].pieces if piece.is_found}
        assert found.why[0] == "đủ các từ"
        (found,) = explained(search("9-QĐ/TU"))
        assert found.why[0] == "mang số, ký hiệu được hỏi"
        (found,) = explained(search("tìm ấn phẩm"))
        assert any("gần nghĩa" in reason for reason in found.why)


def test_copies_of_one_paper_are_one_line(world: World, make: Make) -> None:
    text = " ".join(f"từ{number} ngữ{number}" for number in range(60))
    for office in range(3):
        make(f"Sao gửi kế hoạch {office}", body=f"Văn bản kế hoạch chung. {text}")
    make("Sao gửi khác", body="Hoàn toàn khác, chẳng liên quan.")
    with acting_as(Actor.person(world.clerk)):
        lines = explained(search("sao gửi"))
    assert sorted(len(line.copies) for line in lines) == [0, 2]


def test_without_meanings_words_answer(papers: list, ask: Ask, settings) -> None:
    settings.SEARCH_BY_MEANING = False
    assert ask("giải cứu xe đạp").total == 0
    assert ask("lịch trực").total == 1
