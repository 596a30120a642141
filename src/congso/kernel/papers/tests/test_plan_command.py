"""`./congso plan`: JSON for machines, a list for people, a clear sentence when a file cannot be read."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def without_a_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice's print is of no matter here, and slow."""
    monkeypatch.setattr("congso.kernel.files.reading.office.libreoffice", lambda: None)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(name: str, *lines: str) -> Path:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return make


def plan(*files: Path, as_json: bool = True) -> str:
    said = StringIO()
    call_command("plan", *map(str, files), json=as_json, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_json_has_every_key_and_null_for_what_is_not_said(write: Write) -> None:
    path = write("kl.docx", "Lào Cai, ngày 11 tháng 8 năm 2025", "1. Giao Văn phòng Tỉnh ủy chủ trì số hóa tài liệu.")
    assert json.loads(plan(path)) == [
        {
            "text": "Giao Văn phòng Tỉnh ủy chủ trì số hóa tài liệu.",
            "lead": "Văn phòng Tỉnh ủy",
            "supporting": [],
            "start": None,
            "due": None,
            "recurrence": None,
            "schedule_text": None,
            "clause": "1",
        }
    ]


def test_several_files_are_the_parts_of_one_paper(write: Write) -> None:
    first = write("than.docx", "Lào Cai, ngày 11 tháng 8 năm 2025", "IV. TỔ CHỨC THỰC HIỆN")
    second = write("tiep.docx", "2. Văn phòng Tỉnh ủy: Tổng hợp, báo cáo trước ngày 15/9.")
    [task] = json.loads(plan(first, second))
    assert (task["clause"], task["due"]) == ("IV.2", "2025-09-15")


def test_a_file_named_from_the_folder_one_stands_in_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("kl.docx", "1. Giao Văn phòng Tỉnh ủy chủ trì số hóa tài liệu.")
    monkeypatch.chdir(path.parent)
    assert len(json.loads(plan(Path("kl.docx")))) == 1


def test_without_json_a_person_reads_it(write: Write) -> None:
    said = plan(write("kl.docx", "1. Giao Văn phòng Tỉnh ủy chủ trì số hóa trong quý IV/2025."), as_json=False)
    assert "chủ trì: Văn phòng Tỉnh ủy" in said
    assert "hạn 2025-12-31" in said
    assert "1 nhiệm vụ." in said


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"không-có\.docx: Không có tệp này"):
        plan(tmp_path / "không-có.docx")


def test_a_file_that_is_no_document_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(b"PK\x03\x04 not a container")
    with pytest.raises(CommandError, match="cắt cụt"):
        plan(broken)


def test_a_secret_paper_is_refused_and_nothing_of_it_is_said(write: Write) -> None:
    path = write("kh.docx", "MẬT", "1. Giao Văn phòng Tỉnh ủy chủ trì việc không ai được biết.")
    with pytest.raises(CommandError, match="độ mật") as refused:
        plan(path)
    assert "không ai được biết" not in str(refused.value)


def test_nothing_is_asked_of_the_database(
    write: Write, django_assert_num_queries: Callable[..., object], db: None
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        plan(write("kl.docx", "1. Giao Văn phòng Tỉnh ủy chủ trì số hóa tài liệu."))
