"""Whatever comes in, `read` answers: a reading, or a refusal in Vietnamese that says how to go on."""

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from congso.kernel.files.reading import ocr, reader
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.reading.secrecy import Evidence, Grade
from congso.kernel.files.tests import papers

LIMITS = Limits(ocr_jobs=2, seconds_per_file=60)
needs_ocr = pytest.mark.skipif(
    not ocr.is_installed() and "CI" not in os.environ, reason="Tesseract with Vietnamese is not installed"
)
Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(data: bytes, name: str = "văn bản", limits: Limits = LIMITS, **options: object) -> Reading:
        path, work = tmp_path / "upload", tmp_path / "work"
        path.write_bytes(data)
        work.mkdir(exist_ok=True)
        return reader.read(path, name, limits=limits, work=work, **options)  # type: ignore[arg-type]

    return run


def refusal(read: Read, data: bytes, name: str = "tệp", limits: Limits = LIMITS) -> Refused:
    with pytest.raises(Refused) as refused:
        read(data, name, limits)
    assert refused.value.message_vi.endswith(".")
    return refused.value


def test_a_born_digital_pdf_gives_its_text_page_by_page_without_ocr(read: Read) -> None:
    reading = read(papers.pdf(pages=2), "kế hoạch.pdf")
    assert (reading.kind, reading.pages, reading.mark, reading.warnings) == (FileKind.PDF, 2, None, ())
    assert "Số 16-KH/TU" in reading.page_texts[0]
    assert "phụ lục" in reading.page_texts[1]
    assert reading.searchable_pdf_path is None


@needs_ocr
def test_a_scan_becomes_a_searchable_pdf_a_with_progress_by_page(read: Read) -> None:
    steps: list[tuple[int, int, str]] = []
    reading = read(papers.scan(papers.pdf(pages=2)), "scan.pdf", on_progress=lambda *step: steps.append(step))
    assert "KẾ HOẠCH" in reading.page_texts[0]
    assert "phụ lục" in reading.page_texts[1]
    assert reading.searchable_pdf_path
    with pikepdf.open(reading.searchable_pdf_path) as made:
        assert "pdfaid" in str(made.Root.Metadata.read_bytes())
    assert (2, 2, "Nhận dạng chữ: 2/2 trang") in steps


@needs_ocr
def test_a_sideways_photograph_is_turned_upright_and_read(read: Read) -> None:
    page = papers.pictures(papers.pdf(), dpi=170)[0].rotate(1.5, fillcolor="white")
    sideways = page.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera says: turn me clockwise
    reading = read(papers.encoded(sideways, "JPEG", quality=85, exif=exif), "ảnh.jpg")
    assert (reading.kind, reading.pages) == (FileKind.JPEG, 1)
    assert "KẾ HOẠCH" in reading.page_texts[0]


def test_without_tesseract_a_scan_is_kept_and_the_reason_is_said(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    reading = read(papers.scan(papers.pdf()), "scan.pdf")
    assert reading.needs_ocr_off
    assert "chưa cài" in reading.warnings[0]


def test_a_word_file_gives_text_and_a_pdf_to_look_at(read: Read) -> None:
    reading = read(papers.word("Điều 1. Phạm vi", "Điều 2. Hiệu lực"), "quy chế.docx")
    assert reading.kind is FileKind.DOCX
    assert "Điều 2. Hiệu lực" in reading.page_texts[0]
    assert reading.searchable_pdf_path
    assert reading.searchable_pdf_path.read_bytes().startswith(b"%PDF")


def test_a_workbook_gives_its_rows(read: Read) -> None:
    reading = read(papers.sheet(("STT", "Nhiệm vụ"), (1, "Kết nối liên thông")), "biểu.xlsx")
    assert (reading.kind, reading.pages) == (FileKind.XLSX, 1)
    assert "1 Kết nối liên thông" in reading.page_texts[0]


def test_an_old_text_file_in_tcvn3_is_converted(read: Read) -> None:
    text = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\n"
    reading = read(text.encode("latin-1"), "cũ.txt")
    assert "Cộng hòa xã hội chủ nghĩa" in reading.page_texts[0]


def test_text_is_nfc_and_free_of_control_characters(read: Read) -> None:
    reading = read("Tie\u0302\u0301ng Vie\u0323\u0302t\u200b\x07 \r\n".encode() + b"a" * 200, "nfd.txt")
    assert reading.page_texts[0].startswith("Tiếng Việt")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (lambda: b"", "rỗng.pdf", Reason.EMPTY),
        (lambda: papers.pdf()[:9000], "dở.pdf", Reason.TRUNCATED),
        (lambda: papers.scan(papers.pdf())[:-3000], "dở.pdf", Reason.TRUNCATED),
        (lambda: b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF", "hỏng.pdf", Reason.DAMAGED),
        (lambda: papers.locked(papers.pdf()), "khóa.pdf", Reason.ENCRYPTED),
        (lambda: papers.many_pages(10_000), "dài.pdf", Reason.TOO_MANY_PAGES),
        (lambda: papers.bomb("word/document.xml", 120 * 2**20), "bom.docx", Reason.BOMB),
        (lambda: papers.bomb("xl/workbook.xml", 120 * 2**20), "bom.xlsx", Reason.BOMB),
        (lambda: papers.bomb("mimetype", 120 * 2**20), "bom.zip", Reason.UNSUPPORTED),
        (lambda: papers.word("a")[:-300], "dở.docx", Reason.TRUNCATED),
        (lambda: papers.bomb("a.txt", 2**20), "nén.zip", Reason.ARCHIVE),
        (lambda: papers.bomb("word/document.xml", 2**20), "sai.docx", Reason.DAMAGED),
        (lambda: b"Rar!\x1a\x07\x00" + bytes(50), "nén.rar", Reason.ARCHIVE),
        (lambda: b"MZ\x90\x00" + bytes(500), "văn bản.pdf", Reason.UNSUPPORTED),
        (lambda: b"<!DOCTYPE html><script>", "trang.docx", Reason.UNSUPPORTED),
        (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(50), "ảnh.heic", Reason.UNSUPPORTED),
        (lambda: bytes(range(256)) * 10, "lạ.bin", Reason.UNSUPPORTED),
        (lambda: papers.encoded(papers.pictures(papers.pdf())[0], "JPEG")[:20_000], "dở.jpg", Reason.TRUNCATED),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "hỏng.png", Reason.DAMAGED),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a", Reason.ENCRYPTED),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_clear_reason(
    read: Read, data: Callable[[], bytes], name: str, code: Reason
) -> None:
    assert refusal(read, data(), name).code is code


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(read: Read) -> None:
    vast = papers.encoded(Image.new("1", (20_000, 20_000)), "PNG")
    assert refusal(read, vast).code is Reason.TOO_MANY_PIXELS


def test_a_file_over_the_size_limit_is_refused(read: Read) -> None:
    assert refusal(read, papers.pdf(), limits=Limits(bytes=1000)).code is Reason.TOO_LARGE


def test_a_wrong_ending_is_noticed_and_the_content_decides(read: Read) -> None:
    reading = read(papers.pdf(), "văn bản.docx")
    assert reading.kind is FileKind.PDF
    assert "“.docx”" in reading.warnings[0]


def test_a_mended_pdf_is_read_with_a_warning(read: Read) -> None:
    reading = read(papers.pdf().replace(b"startxref\n", b"startxref\n9"), "lỗi.pdf")
    assert "KẾ HOẠCH" in reading.page_texts[0]
    assert "tự sửa" in reading.warnings[0]


@pytest.mark.parametrize(("label", "grade"), [("MẬT", Grade.MAT), ("TUYỆT MẬT", Grade.TUYET_MAT)])
def test_a_marked_pdf_gives_its_mark_and_no_text(read: Read, label: str, grade: Grade) -> None:
    reading = read(papers.pdf(label), "văn bản.pdf")
    assert reading.mark
    assert reading.mark.grade is grade
    assert (reading.page_texts, reading.searchable_pdf_path) == ((), None)


@needs_ocr
@pytest.mark.parametrize("angle", [0, -5, 6])
def test_a_red_stamp_on_a_scan_is_seen_before_anything_is_recognised(
    read: Read, angle: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "make_searchable", lambda *_, **__: pytest.fail("a secret was recognised"))
    page = papers.pictures(papers.pdf("TỐI MẬT"))[0].rotate(angle, fillcolor="white")
    reading = read(papers.encoded(page, "JPEG", quality=80), "scan.jpg")
    assert reading.mark
    assert (reading.mark.grade, reading.mark.evidence) == (Grade.TOI_MAT, Evidence.STAMP)


@needs_ocr
def test_a_mark_on_a_black_and_white_scan_is_read(read: Read) -> None:
    reading = read(papers.scan(papers.pdf("MẬT"), dpi=200, mode="L"), "scan.pdf")
    assert reading.mark
    assert reading.mark.grade is Grade.MAT


@needs_ocr
def test_a_mark_on_a_later_page_of_a_scan_is_found_after_recognition(read: Read) -> None:
    pages = [
        *papers.pictures(papers.pdf(pages=3), mode="L"),
        *papers.pictures(papers.pdf("MẬT"), dpi=200, mode="L"),
    ]
    bundle = papers.encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)
    reading = read(bundle, "bó.pdf")
    assert reading.mark
    assert reading.mark.where == "đầu trang 4"
    assert reading.page_texts == ()


@pytest.mark.parametrize("stamp", ["KHẨN", "HỎA TỐC", "SAO Y"])
def test_other_red_stamps_are_not_marks(read: Read, stamp: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    page = papers.pictures(papers.pdf(stamp))[0]
    assert read(papers.encoded(page, "PNG"), "scan.png").mark is None


def test_a_mark_in_a_cell_of_a_word_heading_is_found(read: Read) -> None:
    assert read(papers.word("Nội dung", cell="Số 5-CV/TU\nMẬT")).mark
    assert read(papers.word("Độ mật: Tối mật")).mark


def test_a_mark_in_the_first_rows_of_a_workbook_is_found(read: Read) -> None:
    assert read(papers.sheet(("TUYỆT MẬT",), ("Biểu tổng hợp",))).mark


def test_a_mark_in_the_name_stops_the_reading_at_once(read: Read) -> None:
    reading = read(papers.pdf(), "KH 12 (MẬT).pdf")
    assert reading.mark
    assert reading.mark.evidence is Evidence.FILE_NAME


def test_reading_twice_gives_the_same(read: Read) -> None:
    assert read(papers.pdf(pages=3), "a.pdf") == read(papers.pdf(pages=3), "a.pdf")


class Stopped(Exception):
    """The person pressed stop."""


@needs_ocr
def test_a_person_can_stop_a_reading(read: Read) -> None:
    def stop(_done: int, _total: int, message: str) -> None:
        if message.startswith("Nhận dạng"):
            raise Stopped

    with pytest.raises(Stopped):
        read(papers.scan(papers.pdf()), "scan.pdf", on_progress=stop)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sample=st.sampled_from(["pdf", "word", "sheet", "jpeg"]),
    wounds=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=12),
    keep=st.floats(0.2, 1),
)
def test_wounded_files_never_crash_the_reader(
    read: Read, sample: str, wounds: list[tuple[float, bytes]], keep: float
) -> None:
    made = {
        "pdf": papers.pdf,
        "word": lambda: papers.word("Điều 1"),
        "sheet": lambda: papers.sheet(("a", 1)),
        "jpeg": lambda: papers.encoded(Image.new("RGB", (300, 300), "white"), "JPEG"),
    }
    data = bytearray(made[sample]())
    for place, wound in wounds:
        at = int(place * len(data))
        data[at : at + len(wound)] = wound
    try:
        assert isinstance(read(bytes(data[: int(len(data) * keep)]), "thử"), Reading)
    except Refused as refused:
        assert refused.message_vi  # noqa: PT017 - either answer is right
