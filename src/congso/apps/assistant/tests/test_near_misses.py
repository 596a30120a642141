"""Questions that come near to what a paper says and are not answered by it."""

import pytest

from congso.apps.assistant.rules.choosing import Paper, Source, best_sentences
from congso.apps.assistant.rules.questions import Kind, read_question

TEXT = """Điều 6. Định mức nhiên liệu
1. Xe 16 chỗ được cấp 18 lít nhiên liệu cho 100 km đường núi.
2. Bến xe phía Nam rộng 4,2 ha, khởi công năm 2027."""
SOURCE = Source(Paper(1, "12-QC/TU", "Quy chế quản lý xe và bến xe", "14/11/2025", "Tỉnh ủy Lào Cai"), None, None, TEXT)


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("Xe 16 chỗ được cấp bao nhiêu lít nhiên liệu cho 100 km?", True),
        ("Xe 29 chỗ được cấp bao nhiêu lít nhiên liệu cho 100 km?", False),
        ("xe 29 cho duoc cap bao nhieu lit nhien lieu cho 100 km", False),
        ("Bến xe phía Nam rộng bao nhiêu ha?", True),
        ("Bến xe phía Bắc rộng bao nhiêu ha?", False),
        ("Giá thuê bến xe phía Nam là bao nhiêu?", False),
    ],
)
def test_what_tells_things_apart_must_stand_in_the_paper(question: str, is_answered: bool) -> None:
    assert bool(best_sentences(read_question(question), [SOURCE])) is is_answered


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Lệ phí dự thi là bao nhiêu?", Kind.MONEY),
        ("Làm mất thẻ thì phải trả bao nhiêu?", Kind.MONEY),
        ("Thù lao mỗi buổi bao nhiêu?", Kind.MONEY),
        ("Hệ số phụ cấp là bao nhiêu?", Kind.COUNT),
        ("Mỗi gia đình được bao nhiêu cây giống?", Kind.COUNT),
    ],
)
def test_prices_fees_and_wages_are_money(question: str, kind: Kind) -> None:
    assert read_question(question).kind is kind


def test_years_dates_and_symbols_are_no_numbers_of_things() -> None:
    asked = read_question("Theo 21-KH/TU ngày 05/3/2026, tuần 11 năm 2026 trồng bao nhiêu ha, đạt 60% không?")
    assert asked.numbers == {"11"}
