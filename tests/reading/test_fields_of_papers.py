"""A few of the sixty papers in every run: two of them scans. All are read by `make bench`."""

import pytest

from congso.kernel.files.reading.isolation import silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.reader import Reading
from congso.kernel.files.tests.test_reading import needs_ocr
from congso.kernel.papers.proposals import FieldName
from congso.kernel.papers.services import study_fields
from tests.reading.papers import Medium, Specimen
from tests.reading.printing import pdf
from tests.reading.report import pairs_of
from tests.reading.scoring import score
from tests.reading.specimens import known, unseen

SETTLED = (
    FieldName.NUMBER_SYMBOL,
    FieldName.ISSUED_DATE,
    FieldName.ISSUING_AGENCY,
    FieldName.PARENT_AGENCY,
    FieldName.DOC_TYPE,
    FieldName.TITLE,
    FieldName.SIGNER,
    FieldName.URGENCY,
)


def _of(medium: Medium, count: int) -> list[Specimen]:
    return [specimen for specimen in (*known(), *unseen()) if specimen.medium is medium][:count]


def test_the_set_has_sixty_papers_with_names_of_their_own():
    papers = (*known(), *unseen())
    assert len(papers) == len({paper.name for paper in papers}) == 60


@pytest.mark.parametrize("specimen", [*_of(Medium.PDF, 4), *_of(Medium.DOCX, 1)], ids=lambda specimen: specimen.name)
def test_a_born_digital_paper_gives_every_field(specimen):
    scores = score(pairs_of([specimen]))
    assert [miss for name in SETTLED for miss in scores[name].misses] == []


def test_a_word_file_printed_gives_every_field():
    scores = score(pairs_of(_of(Medium.PRINTED_DOCX, 1)))
    assert [miss for name in SETTLED for miss in scores[name].misses] == []


@needs_ocr
@pytest.mark.parametrize("medium", [Medium.SCAN_200, Medium.SCAN_300])
def test_a_scan_gives_number_date_issuer_and_signer(medium):
    scores = score(pairs_of(_of(medium, 1)))
    wanted = (FieldName.NUMBER_SYMBOL, FieldName.ISSUED_DATE, FieldName.ISSUING_AGENCY, FieldName.SIGNER)
    assert [miss for name in wanted for miss in scores[name].misses] == []


def test_a_received_paper_is_studied_from_its_pages(tmp_path):
    specimen = next(paper for paper in known() if paper.name == "vptu-cong-van-khan")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(specimen))
    fields = study_fields(path, Reading(FileKind.PDF), Limits(), tmp_path, silent)
    assert fields is not None
    assert fields.value(FieldName.NUMBER_SYMBOL) == "1205-CV/VPTU"
    assert fields.value(FieldName.URGENCY) == "Khẩn"
    assert fields.readings[FieldName.SIGNER].places[0].box is not None
