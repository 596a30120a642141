"""An upload is studied before it is stored, in no transaction; a study that fails costs its findings, not the file."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files import purposes
from congso.kernel.files.layouts import layout_of
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import Send, again, make_record, work
from congso.kernel.jobs.services import JobStopped
from congso.lib.layout import Layout, Paragraph

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("send")]
State = Upload.State


class Findings:
    """Keeps what the purpose's handler was given."""

    def __init__(self, study: Any) -> None:
        self.given: list[Any] = []
        purposes.register_purpose("thử", self.handle, study)

    def handle(self, read: purposes.ReadUpload, by: Actor, at: Any) -> Any:
        self.given.append(read.findings)
        return make_record(read, by, at)


def read_pdf(pdf: Path | None, _reading: Any, limits: Any, work: Path, on_progress: Any) -> Layout:
    assert pdf is not None
    assert not connection.in_atomic_block
    on_progress(1, 2, "Đang đọc bố cục")
    return read_layout(pdf, FileKind.PDF, limits=limits, work=work)


def test_the_handler_gets_what_the_study_found(send: Send) -> None:
    findings = Findings(read_pdf)
    work(send(papers.pdf()))
    (layout,) = findings.given
    assert layout.pages[0].lines[0].text == "ĐẢNG BỘ TỈNH MẪU"


def test_a_file_whose_study_fails_is_received_all_the_same(send: Send, caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: Any) -> None:
        raise ValueError("lỗi của phần đọc trường")

    findings = Findings(fails)
    upload = send(papers.pdf())
    work(upload)
    assert (findings.given, again(upload).state) == ([None], State.READY)
    assert "lỗi của phần đọc trường" in caplog.text


def test_a_file_with_a_mark_is_not_studied(send: Send) -> None:
    studied: list[Any] = []
    Findings(lambda *given: studied.append(given))
    upload = send(papers.pdf("MẬT"))
    work(upload)
    assert (studied, again(upload).state) == ([], State.QUARANTINED)


def test_a_study_stops_when_the_person_asks(send: Send) -> None:
    def stopped(*_: Any) -> None:
        raise JobStopped

    findings = Findings(stopped)
    upload = send(papers.pdf())
    work(upload)
    assert (findings.given, again(upload).state) == ([], State.FAILED)


def test_the_layout_of_a_record_is_read_again_for_whoever_sees_it(world: World, send: Send) -> None:
    pdf, word = send(papers.pdf()), send(papers.word("Điều 1. Phạm vi"), "quy chế.docx")
    for upload in (pdf, word):
        work(upload)
    with acting_as(Actor.person(world.clerk)):
        (seen,) = layout_of(again(pdf).record)
        (typed,) = layout_of(again(word).record)
    assert "Số 16-KH/TU" in [line.text for line in seen.pages[0].lines]
    assert typed.pages == ()
    assert [block.text for block in typed.blocks if isinstance(block, Paragraph)] == ["Điều 1. Phạm vi"]
    record = again(pdf).record
    with acting_as(Actor.person(world.stranger)):
        assert layout_of(record) == ()
