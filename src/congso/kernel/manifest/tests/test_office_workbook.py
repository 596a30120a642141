"""The Excel file of a new office: every mistake is named with its row, and nothing but what work needs is read."""

from pathlib import Path

import openpyxl
import pytest

from congso.kernel.manifest.office_setup import check_office
from congso.kernel.manifest.office_workbook import (
    COLUMNS,
    ORGANIZATIONS,
    PEOPLE,
    Workbook,
    read_workbook,
    write_template,
)

KNOWN = frozenset({"LC.VPTU"})
CLERK = ("vanthu1.vptu", "Nguyễn Thị Mẫu", "LC.VPTU", "Văn thư", "Văn thư", 10, "mau@example.vn", "0912 345 678")
LEADER = ("chanhvp.vptu", "Trần Văn Ước", "LC.VPTU", "Chánh Văn phòng", "Lãnh đạo; Lãnh đạo văn phòng", 1, "", "")
ROOM = ("LC.VPTU.TH", "Phòng Tổng hợp", "P. TH", "", "Phòng, đơn vị trực thuộc", "LC.VPTU", "", "")


def filled(folder: Path, people: list[tuple], organizations: list[tuple] = (), extra: tuple[str, ...] = ()) -> Path:
    path = folder / "office.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    for place, column in enumerate(extra, start=len(COLUMNS[PEOPLE]) + 1):
        book[PEOPLE].cell(1, place, column)
    for row in people:
        book[PEOPLE].append(row)
    for row in organizations:
        book[ORGANIZATIONS].append(row)
    book.save(path)
    return path


def test_a_filled_template_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = read_workbook(filled(tmp_path, [CLERK, LEADER], [ROOM]), KNOWN)
    assert found.mistakes == []
    clerk, leader = found.people
    assert (clerk.username, clerk.functions, clerk.rank, clerk.phone) == (
        *("vanthu1.vptu", ("clerks",), 10, "0912 345 678"),
    )
    assert leader.functions == ("leaders", "chiefs")
    (room,) = found.organizations
    assert (room.code, room.kind, room.parent, room.layout_profile, room.is_office) == (
        *("LC.VPTU.TH", "unit", "LC.VPTU", "PARTY", False),
    )


def test_people_may_be_put_into_organizations_of_the_same_file(tmp_path: Path) -> None:
    specialist = ("cv1.vptu", "Lê Văn Thử", "LC.VPTU.TH", "Chuyên viên", "", "", "", "")
    found = read_workbook(filled(tmp_path, [specialist], [ROOM]), KNOWN)
    assert (found.mistakes, found.people[0].rank) == ([], 100)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: "Văn Thư"}, "tên đăng nhập “Văn Thư” phải gồm"),
        ({1: "Mẫu"}, "họ và tên “Mẫu” chưa đủ"),
        ({2: "LC.KHONGCO"}, "không có tổ chức mang mã “LC.KHONGCO”"),
        ({3: None}, "thiếu chức vụ"),
        ({4: "Văn thư; Nấu ăn"}, "việc làm “Nấu ăn” không có"),
        ({5: "một"}, "thứ tự “một” phải là số"),
        ({6: "khong-phai-thu"}, "thư điện tử “khong-phai-thu” không đúng"),
        ({7: "gọi tôi"}, "điện thoại “gọi tôi” không đúng"),
    ],
)
def test_a_mistake_is_named_with_its_row(tmp_path: Path, change: dict[int, object], says: str) -> None:
    wrong = tuple(change.get(place, cell) for place, cell in enumerate(CLERK))
    found = read_workbook(filled(tmp_path, [LEADER, wrong]), KNOWN)
    (mistake,) = found.mistakes
    assert mistake.startswith("Nhân sự, dòng 3: ")
    assert says in mistake


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = ("A", "B", "C", "", "D", "E", "F", "G")
    found = read_workbook(filled(tmp_path, [wrong, wrong]), KNOWN)
    assert [mistake.count(";") for mistake in found.mistakes] == [7, 7]


def test_one_name_for_two_people_is_a_mistake_and_two_posts_of_one_person_are_not(tmp_path: Path) -> None:
    twice = (*CLERK[:3], "Chuyên viên", *CLERK[4:])
    assert read_workbook(filled(tmp_path, [CLERK, twice]), KNOWN).mistakes == []
    other = (CLERK[0], "Người Khác Hẳn", *CLERK[2:])
    (mistake,) = read_workbook(filled(tmp_path, [CLERK, other]), KNOWN).mistakes
    assert "đã dùng cho người khác" in mistake


def test_columns_that_work_does_not_need_are_left_aside_and_named(tmp_path: Path) -> None:
    found = read_workbook(filled(tmp_path, [(*CLERK, "Giáy", "Không")], extra=("Dân tộc", "Tôn giáo")), KNOWN)
    assert found.mistakes == []
    assert found.left_aside == [
        "Trang “Nhân sự”: cột “Dân tộc” không dùng, đã bỏ qua.",
        "Trang “Nhân sự”: cột “Tôn giáo” không dùng, đã bỏ qua.",
    ]
    assert "Giáy" not in str(found)


def test_text_is_composed_and_trimmed(tmp_path: Path) -> None:
    decomposed = (CLERK[0], "  Nguyê\u0303n  Thi\u0323 Mâ\u0303u ", *CLERK[2:])
    assert read_workbook(filled(tmp_path, [decomposed]), KNOWN).people[0].full_name == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: "lc.th"}, "mã “lc.th” phải gồm chữ hoa"),
        ({0: "LC.VPTU"}, "mã LC.VPTU đã có"),
        ({1: ""}, "thiếu tên"),
        ({4: "Câu lạc bộ"}, "loại “Câu lạc bộ” không có"),
        ({5: "LC.KHONGCO"}, "trực thuộc “LC.KHONGCO”, mã này không có"),
        ({6: "Riêng"}, "thể thức “Riêng” không có"),
        ({7: "chắc là có"}, "chỉ ghi Có hoặc để trống"),
    ],
)
def test_a_mistake_about_an_organization_is_named(tmp_path: Path, change: dict[int, object], says: str) -> None:
    wrong = tuple(change.get(place, cell) for place, cell in enumerate(ROOM))
    (mistake,) = read_workbook(filled(tmp_path, [CLERK], [wrong]), KNOWN).mistakes
    assert says in mistake


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"Ten;Chuc vu\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(content)
    assert read_workbook(path, KNOWN).mistakes == ["office.xlsx không đọc được như một tệp Excel (.xlsx)."]


def test_an_office_needs_an_administrator_a_clerk_and_a_leader(tmp_path: Path) -> None:
    whole = read_workbook(filled(tmp_path, [CLERK, LEADER]), KNOWN)
    assert check_office(whole, admin="chanhvp.vptu", organization="LC.VPTU") == []
    assert check_office(Workbook(people=whole.people[:1]), admin="ai.do", organization="LC.VPTU") == [
        "Người quản trị “ai.do” không có trong danh sách nhân sự.",
        "LC.VPTU chưa có ai làm việc “Lãnh đạo”.",
    ]
    assert "Không có tổ chức mang mã “LC.X”." in check_office(whole, admin="chanhvp.vptu", organization="LC.X")
