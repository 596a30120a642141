"""Texts are cut along clauses and pages, every letter of them once, each passage with its address."""

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.search.cutting import LONGEST, Part, cut

RULES = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy định này quy định về việc quản lý văn bản.
Điều 5. Thời hạn
1. Trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ, cơ quan có thẩm quyền phải trả lời bằng văn bản cho người
gửi, nêu rõ lý do nếu từ chối giải quyết; trường hợp phức tạp được kéo dài thêm 5 ngày.
2. Trường hợp cần xác minh:
a) Thời hạn không quá 30 ngày, và cơ quan chủ trì phải thông báo cho các bên có liên quan biết trước khi hết hạn;
b) Việc thông báo được lưu vào hồ sơ công việc theo quy định hiện hành về văn thư, lưu trữ của cơ quan, tổ chức đảng.
"""
PLAN = """I. MỤC TIÊU
1. Mục tiêu chung
1.1. Xây dựng nền tảng số dùng chung cho các cơ quan đảng, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội toàn tỉnh.
1.2. Bảo đảm an toàn thông tin theo cấp độ cho mọi hệ thống dùng chung, diễn tập ứng cứu sự cố ít nhất mỗi năm một lần.
II - NHIỆM VỤ
Văn phòng Tỉnh ủy chủ trì."""


def addresses(text: str) -> list[str]:
    return [passage.clause for passage in cut([Part(text)])]


def test_articles_clauses_and_points_are_told_as_offices_write_them() -> None:
    assert addresses(RULES) == ["Điều 1", "Điều 5, khoản 1", "Điều 5, khoản 2, điểm a", "Điều 5, khoản 2, điểm b"]


def test_sections_of_a_plan_are_told_by_their_numbers() -> None:
    assert addresses(PLAN) == ["mục I.1.1", "mục I.1.2", "mục II"]


def test_a_clause_goes_on_over_the_page_and_ends_with_the_file() -> None:
    pages = [Part(RULES, 7, 1), Part("Phần còn lại của điểm b ở trang sau.", 7, 2), Part("Tệp khác.", 8, 1)]
    last = [(one.file, one.page, one.clause) for one in cut(pages)][-3:]
    assert last == [
        (7, 1, "Điều 5, khoản 2, điểm b"),
        (7, 2, "Điều 5, khoản 2, điểm b"),
        (8, 1, ""),
    ]


def test_numbers_in_sentences_are_no_clauses() -> None:
    assert addresses("Năm 2025\n2.500 tỷ đồng được phân bổ.\n16 xã đã nhận.\n10-15% còn lại chuyển sang năm sau.") == [
        ""
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab .;\n1ĐiềuIV)", max_size=4_000))
def test_nothing_is_lost_doubled_or_too_long(text: str) -> None:
    passages = cut([Part(text)])
    assert "".join("".join(one.text.split()) for one in passages) == "".join(text.split())
    assert all(one.text in text and 0 < len(one.text) <= 2 * LONGEST for one in passages)


def test_a_text_without_ends_is_cut_all_the_same() -> None:
    passages = cut([Part("x" * 10_000), Part("từ " * 5_000)])
    assert max(len(one.text) for one in passages) <= LONGEST + 1
