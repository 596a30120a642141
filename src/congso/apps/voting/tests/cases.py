"""Cases of the rule engine with the text each rests on: what is counted, and what must come of it.

Trust as in the handbook: [V] read, [S] secondary, [U] unverified; a rule marked [U] is only an example of the engine.
"""

from dataclasses import dataclass, field
from typing import Any

STATUTES = "Điều lệ Đảng, Điều 9 khoản 5 [V]"
WORKING = "302-QĐ/TW theo 01-QC/ĐU (quorum 2/3, quá nửa tổng số đương nhiệm) [V]"
ELECTION = "190-QĐ/TW Điều 30 (quá một nửa tổng số) [V]"
SURPLUS = "190-QĐ/TW Điều 14 (số dư không quá 30%) [V]"
SHEETS = "190-QĐ/TW Điều 15, Điều 30 khoản 1; 244-QĐ/TW Điều 17 [V/P]"
ADMISSION = "294-QĐ/TW (2/3 đảng viên chính thức) [V]"
NOMINATION = "190-QĐ/TW Điều 14 khoản 3 (hơn 30% đại biểu dự) [V]"
EXAMPLE = "ví dụ của bộ quy tắc, không phải quy định [U]"

HALF_OF_MEMBERS = {"base": "members", "share": {"part": 1, "whole": 2, "is_more_than": True}}
TWO_THIRDS_OF_MEMBERS = {"base": "members", "share": {"part": 2, "whole": 3, "is_more_than": False}}
HALF_OF_SUMMONED = {"base": "summoned", "share": {"part": 1, "whole": 2, "is_more_than": True}}
THIRTY_OF_PRESENT = {"base": "present", "share": {"part": 30, "whole": 100, "is_more_than": True}}


def share(base: str, part: int, whole: int, *, more: bool) -> dict[str, Any]:
    """A rule's measure."""
    return {"base": base, "share": {"part": part, "whole": whole, "is_more_than": more}}


@dataclass(frozen=True)
class Asked:
    """A question: people, ballots, answers, and how many are needed and whether it is carried."""

    basis: str
    rule: dict[str, Any]
    members: int
    present: int
    issued: int
    yes: int
    no: int
    other: int
    needed: int
    is_carried: bool
    invalid: int = 0
    summoned: int = 0
    deducted: dict[str, int] = field(default_factory=dict)
    way: str = "room"


QUESTIONS = {
    "17 ủy viên, 9 đồng ý: quá nửa": Asked(STATUTES, HALF_OF_MEMBERS, 17, 17, 17, 9, 8, 0, 9, True),
    "17 ủy viên, 8 đồng ý: không": Asked(STATUTES, HALF_OF_MEMBERS, 17, 17, 17, 8, 9, 0, 9, False),
    "16 ủy viên, đúng một nửa không phải là quá nửa": Asked(STATUTES, HALF_OF_MEMBERS, 16, 16, 16, 8, 8, 0, 9, False),
    "16 ủy viên, 9 đồng ý": Asked(STATUTES, HALF_OF_MEMBERS, 16, 16, 16, 9, 7, 0, 9, True),
    "65 ủy viên, 33 đồng ý": Asked(WORKING, HALF_OF_MEMBERS, 65, 65, 65, 33, 32, 0, 33, True),
    "65 ủy viên, 32 đồng ý": Asked(WORKING, HALF_OF_MEMBERS, 65, 65, 65, 32, 33, 0, 33, False),
    "vắng không làm giảm tổng số: 44 có mặt, 32 đồng ý": Asked(
        WORKING, HALF_OF_MEMBERS, 65, 44, 44, 32, 12, 0, 33, False
    ),
    "44 có mặt, 33 đồng ý trên 65": Asked(WORKING, HALF_OF_MEMBERS, 65, 44, 44, 33, 11, 0, 33, True),
    "ý kiến khác không tính là đồng ý": Asked(WORKING, HALF_OF_MEMBERS, 17, 17, 17, 8, 1, 8, 9, False),
    "phiếu không hợp lệ không tính là đồng ý": Asked(
        WORKING, HALF_OF_MEMBERS, 17, 17, 17, 8, 4, 0, 9, False, invalid=5
    ),
    "không thu đủ phiếu vẫn tính trên tổng số": Asked(WORKING, HALF_OF_MEMBERS, 17, 15, 15, 9, 0, 0, 9, True),
    "xin ý kiến: không trả lời là không đồng ý": Asked(
        WORKING, HALF_OF_MEMBERS, 17, 17, 17, 8, 0, 0, 9, False, way="circulation"
    ),
    "xin ý kiến: 9 trả lời đồng ý": Asked(
        WORKING, HALF_OF_MEMBERS, 17, 17, 17, 9, 0, 0, 9, True, way="circulation"
    ),
    "xin ý kiến: 9 đồng ý, 5 ý kiến khác": Asked(
        WORKING, HALF_OF_MEMBERS, 17, 17, 17, 9, 1, 5, 9, True, way="circulation"
    ),
    "ba ủy viên, hai đồng ý": Asked(STATUTES, HALF_OF_MEMBERS, 3, 3, 3, 2, 1, 0, 2, True),
    "hai ủy viên, một đồng ý": Asked(STATUTES, HALF_OF_MEMBERS, 2, 2, 2, 1, 1, 0, 2, False),
    "một ủy viên": Asked(STATUTES, HALF_OF_MEMBERS, 1, 1, 1, 1, 0, 0, 1, True),
    "không ai đồng ý": Asked(STATUTES, HALF_OF_MEMBERS, 17, 17, 17, 0, 17, 0, 9, False),
    "kết nạp: 9 đảng viên chính thức, 6 đồng ý": Asked(ADMISSION, TWO_THIRDS_OF_MEMBERS, 9, 9, 9, 6, 3, 0, 6, True),
    "kết nạp: 9 đảng viên chính thức, 5 đồng ý": Asked(ADMISSION, TWO_THIRDS_OF_MEMBERS, 9, 9, 9, 5, 4, 0, 6, False),
    "kết nạp: 10 đảng viên, 7 đồng ý (không làm tròn)": Asked(
        ADMISSION, TWO_THIRDS_OF_MEMBERS, 10, 10, 10, 7, 3, 0, 7, True
    ),
    "kết nạp: 10 đảng viên, 6 đồng ý": Asked(ADMISSION, TWO_THIRDS_OF_MEMBERS, 10, 10, 10, 6, 4, 0, 7, False),
    "kết nạp: 11 đảng viên, 8 đồng ý": Asked(ADMISSION, TWO_THIRDS_OF_MEMBERS, 11, 11, 11, 8, 3, 0, 8, True),
    "kết nạp: 3 đảng viên, 2 đồng ý": Asked(ADMISSION, TWO_THIRDS_OF_MEMBERS, 3, 3, 3, 2, 1, 0, 2, True),
    "giới thiệu: 100 đại biểu dự, 30 không phải là hơn 30%": Asked(
        NOMINATION, THIRTY_OF_PRESENT, 100, 100, 100, 30, 70, 0, 31, False
    ),
    "giới thiệu: 100 đại biểu dự, 31": Asked(NOMINATION, THIRTY_OF_PRESENT, 100, 100, 100, 31, 69, 0, 31, True),
    "giới thiệu: 178 đại biểu dự, 54": Asked(NOMINATION, THIRTY_OF_PRESENT, 180, 178, 178, 54, 124, 0, 54, True),
    "giới thiệu: 178 đại biểu dự, 53": Asked(NOMINATION, THIRTY_OF_PRESENT, 180, 178, 178, 53, 125, 0, 54, False),
    "triệu tập 180, trừ 2, 90 đồng ý": Asked(
        ELECTION, HALF_OF_SUMMONED, 180, 178, 178, 90, 88, 0, 90, True, summoned=180,
        deducted={"vắng mặt suốt thời gian, không có dự khuyết thay": 2},
    ),
    "triệu tập 180, trừ 2, 89 là đúng một nửa": Asked(
        ELECTION, HALF_OF_SUMMONED, 180, 178, 178, 89, 89, 0, 90, False, summoned=180,
        deducted={"vắng mặt suốt thời gian, không có dự khuyết thay": 2},
    ),
    "triệu tập 30, trừ 4 lý do khác nhau": Asked(
        ELECTION, HALF_OF_SUMMONED, 30, 26, 26, 14, 12, 0, 14, True, summoned=30,
        deducted={
            "sinh hoạt tạm thời ở nơi khác": 1, "được miễn công tác và sinh hoạt, không có mặt": 1,
            "bị đình chỉ sinh hoạt, khởi tố, truy tố, tạm giam": 1,
            "vắng mặt suốt thời gian, có lý do được đồng ý": 1,
        },
    ),
    "ba phần tư của người có mặt": Asked(EXAMPLE, share("present", 3, 4, more=False), 20, 15, 15, 12, 3, 0, 12, True),
    "ba phần tư của người có mặt, thiếu một": Asked(
        EXAMPLE, share("present", 3, 4, more=False), 20, 15, 15, 11, 4, 0, 12, False
    ),
    "nhất trí của người có mặt": Asked(EXAMPLE, share("present", 1, 1, more=False), 12, 9, 9, 9, 0, 0, 9, True),
    "một người không đồng ý thì không nhất trí": Asked(
        EXAMPLE, share("present", 1, 1, more=False), 12, 9, 9, 8, 1, 0, 9, False
    ),
    "trên số phiếu phát ra": Asked(EXAMPLE, share("issued", 1, 2, more=True), 20, 15, 14, 8, 3, 0, 8, True),
    "trên số phiếu thu về": Asked(EXAMPLE, share("collected", 1, 2, more=True), 20, 15, 14, 5, 4, 0, 5, True),
    "trên số phiếu hợp lệ": Asked(
        EXAMPLE, share("valid", 1, 2, more=True), 20, 15, 14, 6, 5, 0, 6, True, invalid=3
    ),
    "trên số phiếu hợp lệ, đúng một nửa": Asked(
        EXAMPLE, share("valid", 1, 2, more=True), 20, 15, 14, 5, 5, 0, 6, False, invalid=4
    ),
    "không có phiếu hợp lệ nào": Asked(
        EXAMPLE, share("valid", 1, 2, more=True), 20, 15, 14, 0, 0, 0, 1, False, invalid=14
    ),
    "xin ý kiến trên số phiếu thu về: người im lặng không tính": Asked(
        EXAMPLE, share("collected", 1, 2, more=True), 20, 20, 20, 4, 3, 0, 4, True, way="circulation"
    ),
    "chín mươi phần trăm": Asked(EXAMPLE, share("members", 90, 100, more=False), 65, 65, 65, 59, 6, 0, 59, True),
}  # fmt: skip


@dataclass(frozen=True)
class Elected:
    """An election: votes in the list's order, seats, who is in, who is tied, how many seats are left."""

    basis: str
    base: int
    seats: int
    votes: tuple[int, ...]
    elected: tuple[int, ...]
    again: tuple[int, ...] = ()
    left: int = 0
    tie: str = "again"


ELECTIONS = {
    "đủ phiếu, đủ người": Elected(ELECTION, 178, 2, (120, 100, 60), (0, 1)),
    "90 trên 178 trúng cử": Elected(ELECTION, 178, 1, (90, 88), (0,)),
    "89 trên 178 chưa quá nửa": Elected(ELECTION, 178, 1, (89, 89), (), (), 1),
    "nhiều người đạt hơn số cần bầu: lấy cao hơn": Elected(ELECTION, 100, 2, (60, 90, 80), (1, 2)),
    "bằng phiếu ở vị trí cuối: bầu lại giữa hai người": Elected(ELECTION, 100, 2, (90, 70, 70), (0,), (1, 2), 1),
    "ba người bằng phiếu tranh hai chỗ cuối": Elected(ELECTION, 100, 3, (95, 60, 60, 60), (0,), (1, 2, 3), 2),
    "bằng phiếu nhưng đều đủ chỗ thì không bầu lại": Elected(ELECTION, 100, 2, (70, 70, 40), (0, 1)),
    "bằng phiếu dưới mức cần thiết không phải bầu lại": Elected(ELECTION, 100, 2, (70, 50, 50), (0,), (), 1),
    "không ai đạt": Elected(ELECTION, 100, 2, (50, 49, 48), (), (), 2),
    "thiếu một người": Elected(ELECTION, 100, 3, (80, 70, 50, 40), (0, 1), (), 1),
    "xếp theo số phiếu, không theo thứ tự in": Elected(ELECTION, 100, 2, (51, 99, 60), (1, 2)),
    "cùng đạt tối đa": Elected(ELECTION, 10, 1, (10, 10), (), (0, 1), 1),
    "hội nghị quyết định khi bằng phiếu": Elected(ELECTION, 100, 1, (60, 60), (), (0, 1), 1, tie="body"),
    "danh sách một người, đạt": Elected(ELECTION, 17, 1, (9,), (0,)),
    "danh sách một người, không đạt": Elected(ELECTION, 17, 1, (8,), (), (), 1),
}


@dataclass(frozen=True)
class Filled:
    """A ballot of a list: what is on it, and for whom it counts or why it is invalid."""

    basis: str
    names: int
    seats: int
    marks: str
    facts: dict[str, Any]
    votes: frozenset[int] = frozenset()
    why_not: str = ""


def places(*found: int) -> frozenset[int]:
    """Places in a list."""
    return frozenset(found)


BALLOTS = {
    "gạch đúng số": Filled(SHEETS, 4, 3, "strike", {"struck": places(3)}, places(0, 1, 2)),
    "bầu thiếu vẫn hợp lệ": Filled(SHEETS, 4, 3, "strike", {"struck": places(1, 2, 3)}, places(0)),
    "không gạch ai: quá số lượng": Filled(SHEETS, 4, 3, "strike", {}, why_not="bầu nhiều hơn số lượng quy định"),
    "gạch hết danh sách có số dư": Filled(
        SHEETS, 4, 3, "strike", {"struck": places(0, 1, 2, 3)}, why_not="không bầu ai trong danh sách có số dư"
    ),
    "phiếu lạ": Filled(
        SHEETS, 4, 3, "strike", {"struck": places(3), "is_ours": False}, why_not="không do ban kiểm phiếu phát ra"
    ),
    "ghi thêm tên": Filled(
        SHEETS, 4, 3, "strike", {"struck": places(3), "has_strange_name": True},
        why_not="ghi tên người ngoài danh sách",
    ),
    "ký tên trên phiếu": Filled(
        SHEETS, 4, 3, "strike", {"struck": places(3), "is_signed": True},
        why_not="có ký tên, đánh dấu hoặc viết thêm",
    ),
    "rách không đọc được": Filled(
        SHEETS, 4, 3, "strike", {"struck": places(3), "is_readable": False}, why_not="rách, không đọc được"
    ),
    "không số dư, gạch hết vẫn hợp lệ": Filled(SHEETS, 2, 2, "strike", {"struck": places(0, 1)}, places()),
    "ô đồng ý": Filled(SHEETS, 1, 1, "boxes", {"yes": places(0)}, places(0)),
    "ô không đồng ý": Filled(SHEETS, 1, 1, "boxes", {"no": places(0)}, places()),
    "một người, cả hai ô": Filled(
        SHEETS, 1, 1, "boxes", {"yes": places(0), "no": places(0)},
        why_not="đánh dấu cả hai ô hoặc không đánh dấu ô nào cho người duy nhất trong danh sách",
    ),
    "một người, không ô nào": Filled(
        SHEETS, 1, 1, "boxes", {},
        why_not="đánh dấu cả hai ô hoặc không đánh dấu ô nào cho người duy nhất trong danh sách",
    ),
    "nhiều người không số dư, cả hai ô: không tính cho người ấy": Filled(
        SHEETS, 2, 2, "boxes", {"yes": places(0, 1), "no": places(1)}, places(0)
    ),
    "nhiều người không số dư, bỏ trống một người": Filled(SHEETS, 2, 2, "boxes", {"yes": places(0)}, places(0)),
    "đánh dấu quá số lượng": Filled(
        SHEETS, 3, 2, "boxes", {"yes": places(0, 1, 2)}, why_not="bầu nhiều hơn số lượng quy định"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """An election list before it is opened: how long it is, whether it may be."""

    basis: str
    names: int
    seats: int
    is_good: bool
    needs_surplus: bool = True
    is_poll_recorded: bool = False


LISTS = {
    "10 ghế, 13 người: đúng 30%": Lists(SURPLUS, 13, 10, True),
    "10 ghế, 14 người: quá 30%": Lists(SURPLUS, 14, 10, False),
    "55 ghế, 71 người (55 × 1,3 = 71,5)": Lists(SURPLUS, 71, 55, True),
    "55 ghế, 72 người": Lists(SURPLUS, 72, 55, False),
    "đã xin ý kiến hội nghị": Lists(SURPLUS, 14, 10, True, is_poll_recorded=True),
    "không có số dư": Lists(SURPLUS, 10, 10, False),
    "không bắt buộc số dư": Lists(SURPLUS, 10, 10, True, needs_surplus=False),
    "ít người hơn ghế": Lists(SURPLUS, 9, 10, False, needs_surplus=False),
    "một ghế, hai người": Lists(SURPLUS, 2, 1, True),
}
