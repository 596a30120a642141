"""Studying a received file, and asking the directory about its issuer."""

from dataclasses import dataclass

from congso.kernel.directory.models import Organization
from congso.kernel.files.reading.isolation import silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading
from congso.kernel.papers.proposals import FieldName, FieldReading, Form, PaperFields
from congso.kernel.papers.services import check_against_directory, study_fields


@dataclass(frozen=True)
class Answer:
    organizations: tuple[Organization, ...] = ()
    reason: str = ""


class Directory:
    """Knows the office below the provincial committee, and a district that ended."""

    office = Organization(code="VPTU")

    def resolve(self, written: str) -> Answer:
        if written == "Văn phòng Tỉnh ủy Lào Cai":
            return Answer((self.office,))
        if written.startswith("Ủy ban nhân dân huyện"):
            return Answer((), "Huyện Bát Xát kết thúc ngày 01/7/2025.")
        return Answer((), f"Không có “{written}” trong danh mục tổ chức.")


def _fields(issuer: str, parent: str = "") -> PaperFields:
    pairs = ((FieldName.ISSUING_AGENCY, issuer), (FieldName.PARENT_AGENCY, parent))
    return PaperFields(Form.PARTY, {name: FieldReading(name, value, value, 0.9) for name, value in pairs if value})


def test_an_office_is_found_below_its_superior():
    checked = check_against_directory(_fields("Văn phòng", "Tỉnh ủy Lào Cai"), Directory())
    assert checked.issuer is Directory.office
    assert checked.fields.readings[FieldName.ISSUING_AGENCY].doubt == ""


def test_a_district_after_its_end_is_doubted_with_the_reason():
    checked = check_against_directory(_fields("Ủy ban nhân dân huyện Bát Xát"), Directory())
    doubted = checked.fields.readings[FieldName.ISSUING_AGENCY]
    assert checked.issuer is None
    assert "01/7/2025" in doubted.doubt
    assert doubted.confidence < 0.9


def test_an_unknown_issuer_is_doubted_and_keeps_its_words():
    checked = check_against_directory(_fields("Sở Vũ trụ"), Directory())
    assert checked.fields.value(FieldName.ISSUING_AGENCY) == "Sở Vũ trụ"
    assert checked.fields.readings[FieldName.ISSUING_AGENCY].doubt


def test_without_pages_the_text_alone_is_studied(tmp_path):
    text = "TỈNH ỦY LÀO CAI\nSố 21-KH/TU\nLào Cai, ngày 05 tháng 02 năm 2026\nKẾ HOẠCH\nrà soát máy chủ"
    fields = study_fields(None, Reading(FileKind.DOCX, page_texts=(text,)), Limits(), tmp_path, silent)
    assert fields is not None
    assert fields.value(FieldName.NUMBER_SYMBOL) == "21-KH/TU"
    assert fields.value(FieldName.ISSUED_DATE) == "2026-02-05"
    assert fields.value(FieldName.DOC_TYPE) == "Kế hoạch"
    assert fields.value(FieldName.TITLE) == "rà soát máy chủ"
    assert study_fields(None, Reading(FileKind.DOCX), Limits(), tmp_path, silent) is None
