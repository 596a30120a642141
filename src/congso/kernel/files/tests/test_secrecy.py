"""Marks of secrecy are found wherever offices put them, and prose about secrecy is not taken for one."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from congso.kernel.files.reading.secrecy import (
    Evidence,
    Grade,
    Head,
    Mark,
    distance,
    gravest,
    mark_in_head,
    mark_in_name,
)

GRADES = {"MẬT": Grade.MAT, "TỐI MẬT": Grade.TOI_MAT, "TUYỆT MẬT": Grade.TUYET_MAT}


def grade_in(*segments: str, recognised: bool = False, page: int = 1) -> Grade | None:
    mark = mark_in_head(Head(page, segments, recognised))
    return mark.grade if mark else None


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (("MẬT",), Grade.MAT),
        (("TỐI MẬT",), Grade.TOI_MAT),
        (("TUYỆT MẬT",), Grade.TUYET_MAT),
        (("M Ậ T",), Grade.MAT),
        (("T U Y Ệ T   M Ậ T",), Grade.TUYET_MAT),
        (("M", "Ậ", "T"), Grade.MAT),
        (("TỐI", "MẬT"), Grade.TOI_MAT),
        (("* MẬT *",), Grade.MAT),
        (("[ TỐI MẬT ]",), Grade.TOI_MAT),
        (("“MẬT”",), Grade.MAT),
        (("MAT",), Grade.MAT),
        (("TUYET MAT",), Grade.TUYET_MAT),
        (("TÀI LIỆU MẬT",), Grade.MAT),
        (("VĂN BẢN TỐI MẬT",), Grade.TOI_MAT),
        (("MẬT - KHẨN",), Grade.MAT),
        (("TỐI MẬT/HỎA TỐC",), Grade.TOI_MAT),
        (("HỎA TỐC - TUYỆT MẬT",), Grade.TUYET_MAT),
        (("Số 12-BC/TU", "MẬT", "Mẫu, ngày 5 tháng 3 năm 2026"), Grade.MAT),
        (("Số 12-BC/TU MẬT",), Grade.MAT),
        (("Mẫu, ngày 05 tháng 3 năm 2026 TUYỆT MẬT",), Grade.TUYET_MAT),
        (("Độ mật: Tối mật",), Grade.TOI_MAT),
        (("Độ mật: MẬT.",), Grade.MAT),
        (("Mức độ bảo mật: tuyệt mật",), Grade.TUYET_MAT),
        (("Do mat: toi mat",), Grade.TOI_MAT),
        (("Độ mật:", "Mật"), Grade.MAT),
        (("Độ mật: ☐ Thường ☒ Mật ☐ Tối mật",), Grade.MAT),
        (("Độ mật: [ ] Thường [x] Tối mật",), Grade.TOI_MAT),
        (("Tuyệt mật",), Grade.TUYET_MAT),
        (("MẬT", "TUYỆT MẬT"), Grade.TUYET_MAT),
        (("BẢO VỆ BÍ MẬT NHÀ NƯỚC", "MẬT"), Grade.MAT),
    ],
)
def test_a_mark_standing_alone_is_found(segments: tuple[str, ...], expected: Grade) -> None:
    assert grade_in(*segments) is expected


@pytest.mark.parametrize(
    "segments",
    [
        ("bảo vệ bí mật nhà nước",),
        ("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",),
        ("QUY CHẾ BẢO VỆ BÍ", "MẬT", "NHÀ NƯỚC"),
        ("QUY CHẾ BẢO VỆ BÍ", "MẬT NHÀ NƯỚC"),
        ("DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ", "TỐI MẬT"),
        ("MẶT TRẬN TỔ QUỐC VIỆT NAM",),
        ("MẶT", "TRẬN TỔ QUỐC VIỆT NAM"),
        ("ỦY BAN MẶT TRẬN",),
        ("MẶT",),
        ("MẤT",),
        ("MẮT",),
        ("MẬT KHẨU",),
        ("AN TOÀN, BẢO MẬT THÔNG TIN",),
        ("Độ mật: không",),
        ("Độ mật: Thường",),
        ("Độ mật: Mật/Tối mật/Tuyệt mật",),
        ("Độ mật", "Độ khẩn", "Trích yếu"),
        ("Độ mật: ☒ Thường ☐ Mật ☐ Tối mật ☐ Tuyệt mật",),
        ("Số văn bản", "Mật", "Tối mật", "Tuyệt mật"),
        ("KHÔNG MẬT",),
        ("GIẢI MẬT",),
        ("văn bản có dấu chỉ độ MẬT gửi bằng đường giao liên",),
        ("Đổi mật khẩu", "Mật khẩu mới"),
        ("mật",),
        ("MẬT 5", "TỐI MẬT 2"),
        ("LƯU HÀNH NỘI BỘ",),
        ("TÀI LIỆU HỘI NGHỊ",),
        ("THU HỒI SAU HỘI NGHỊ",),
        ("HỎA TỐC",),
        ("MẬT ONG BẢN LÀNH",),
        (),
    ],
)
def test_prose_about_secrecy_is_not_a_mark(segments: tuple[str, ...]) -> None:
    assert grade_in(*segments) is None


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("MÂT", Grade.MAT),
        ("MẠT", Grade.MAT),
        ("TÓI MẬT", Grade.TOI_MAT),
        ("T0I MAT", Grade.TOI_MAT),
        ("TUYET MAI", Grade.TUYET_MAT),
        ("TUYÊT MẬT", Grade.TUYET_MAT),
        ("TUYỆT MẬt", Grade.TUYET_MAT),
        ("MAN", None),
        ("TÔI", None),
        ("TUYẾT", None),
        ("Mặt", None),
    ],
)
def test_recognised_text_is_forgiven_its_slips(read: str, expected: Grade | None) -> None:
    assert grade_in(read, recognised=True) is expected


def test_the_same_slips_in_typed_text_are_other_words() -> None:
    assert grade_in("MẠT") is None
    assert grade_in("TUYET MAI") is None


def test_a_misread_front_heading_broken_over_lines_is_not_a_mark() -> None:
    assert grade_in("MẶT", "TRẬN TỔ QUỐC", recognised=True) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KH 12 (MẬT).pdf", Grade.MAT),
        ("Báo cáo [mật].docx", Grade.MAT),
        ("bao cao (toi mat).pdf", Grade.TOI_MAT),
        ("TUYET MAT - ke hoach.pdf", Grade.TUYET_MAT),
        ("tuyet_mat_ke_hoach.pdf", Grade.TUYET_MAT),
        ("12-KH-TU_MAT.pdf", Grade.MAT),
        ("MAT_12_KH.pdf", Grade.MAT),
        ("Văn bản mật số 5.pdf", Grade.MAT),
        (unicodedata.normalize("NFD", "Tối mật 15.pdf"), Grade.TOI_MAT),
        ("thư mục/TỐI MẬT.pdf", Grade.TOI_MAT),
        ("Kế hoạch bảo vệ bí mật nhà nước.pdf", None),
        ("danh muc bi mat nha nuoc do toi mat.pdf", None),
        ("QD-ban-hanh-danh-muc-BMNN-do-Tuyet-mat.pdf", None),
        ("bao mat thong tin.docx", None),
        ("Đổi mật khẩu.txt", None),
        ("MAT TRAN TO QUOC.pdf", None),
        ("UB MAT TRAN.pdf", None),
        ("giai phong mat bang.pdf", None),
        ("GIAI PHONG MAT BANG.pdf", None),
        ("gap mat dau xuan.docx", None),
        ("Gặp mặt đầu xuân.docx", None),
        ("mat dien.docx", None),
        ("format.docx", None),
        ("ke hoach.mat", None),
        ("", None),
    ],
)
def test_a_grade_set_apart_in_the_file_name_is_found(name: str, expected: Grade | None) -> None:
    mark = mark_in_name(name)
    assert (mark.grade if mark else None) is expected


def test_the_gravest_mark_wins_and_says_where_it_was() -> None:
    marks = [mark_in_name("a.pdf"), mark_in_head(Head(1, ("MẬT",))), mark_in_head(Head(4, ("TUYỆT MẬT",)))]
    assert gravest(marks) == Mark(Grade.TUYET_MAT, "đầu trang 4", Evidence.TEXT)


def test_the_name_alone_is_enough() -> None:
    assert mark_in_name("(TỐI MẬT).pdf") == Mark(Grade.TOI_MAT, "tên tệp", Evidence.FILE_NAME)


decoration = st.text(alphabet=' *[]()-–—_"“”.:·|', max_size=5)


@given(
    label=st.sampled_from(list(GRADES)),
    gap=st.sampled_from(["", " ", "  "]),
    left=decoration,
    right=decoration,
)
@example(label="MẬT", gap="  ", left="-", right=":")
def test_decoration_and_letter_spacing_never_hide_a_mark(label: str, gap: str, left: str, right: str) -> None:
    spaced = "   ".join(gap.join(word) for word in label.split())
    assert grade_in("ĐẢNG BỘ TỈNH MẪU", left + spaced + right) is GRADES[label]


@given(
    label=st.sampled_from(list(GRADES)),
    form=st.sampled_from(["NFC", "NFD", "NFKD"]),
    page=st.integers(1, 2000),
)
def test_the_form_of_unicode_does_not_matter(label: str, form: str, page: int) -> None:
    assert grade_in(unicodedata.normalize(form, label), page=page) is GRADES[label]


words = st.text(alphabet="aáạăâbcdđeêghiklmnoôơpqrstuưvxy", min_size=1, max_size=7)


@given(
    before=st.lists(words, min_size=1, max_size=6),
    after=st.lists(words, max_size=6),
    word=st.sampled_from(["mật", "MẬT"]),
)
def test_the_word_inside_a_sentence_is_no_mark(before: list[str], after: list[str], word: str) -> None:
    assert grade_in(" ".join(["Văn", *before, word, *after]) + ".") is None


@given(st.lists(st.text(max_size=80), max_size=8), st.booleans())
def test_any_text_is_answered(segments: list[str], recognised: bool) -> None:
    grade_in(*segments, recognised=recognised)


@given(st.text(max_size=200))
def test_any_name_is_answered(name: str) -> None:
    mark_in_name(name)


@given(st.text(alphabet="MATUYEOI", max_size=9), st.text(alphabet="MATUYEOI", max_size=9))
def test_distance_is_symmetric_and_zero_only_for_equals(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
