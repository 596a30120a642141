"""A whole file taken over: once, resumable, seen by the office alone."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from congso.apps.documents.exchange.importing import Import, Summary, read_waiting_files
from congso.apps.documents.models import IncomingDocument, Migrated
from congso.apps.documents.queries import external_ids, searchable_text
from congso.apps.documents.services.registry import Duplicated, register_document, withdraw_migrated
from congso.apps.documents.tests.factories import NOW, by, entry, received
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import PageText, Upload
from congso.kernel.files.tests.papers import word
from congso.kernel.journal.models import Entry
from congso.kernel.records.models import TimelineEntry
from congso.kernel.search.queries import search
from congso.kernel.workflow.services import NotYours

pytestmark = pytest.mark.django_db


def rows(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [
        {
            "id": f"cu-{n}",
            "number_symbol": f"{n + 1}-BC/TU",
            "issued_date": "2025-08-11",
            "issuing_agency": "Văn phòng",
            "parent_agency": "Tỉnh ủy",
            "doc_type": "Báo cáo",
            "title": f"Báo cáo kết quả thử nghiệm đợt {n}",
            "signer": "Nguyễn Văn Thí Dụ",
            "text": f"Nội dung toàn văn về trồng quế hữu cơ lần {n}",
        }
        for n in range(start, start + count)
    ]


def as_lines(found: list[Any]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in found)


def take_over(world, content: bytes, *, who: str = "clerk", folder: Path | None = None) -> tuple[Summary, list[dict]]:
    report = io.StringIO()
    office = world.organization("VPTU")
    summary = Import(office, Actor.person(getattr(world, who)), report, folder).run(io.BytesIO(content))
    return summary, [json.loads(line) for line in report.getvalue().splitlines()]


@pytest.fixture(autouse=True)
def _reading_the_directory(world):
    with acting_as(Actor.person(world.clerk)):
        yield


def test_a_file_comes_in_once_however_often_it_is_run(world):
    summary, said = take_over(world, as_lines(rows(7)))
    assert (summary.read, summary.imported, summary.refused, said) == (7, 7, 0, [])
    summary, said = take_over(world, as_lines(rows(9)))
    assert (summary.imported, summary.already, said) == (2, 7, [])
    assert IncomingDocument.objects.filter(state="migrated").count() == Migrated.objects.count() == 9


def test_a_document_is_closed_has_no_number_and_tells_where_it_comes_from(world):
    take_over(world, as_lines(rows(1)))
    document = IncomingDocument.objects.get()
    assert (document.state, document.arrival_number, document.awaited) == ("migrated", None, [])
    assert (document.closed_at is not None, document.doc_type, document.signer_name) == (
        True,
        "report",
        "Nguyễn Văn Thí Dụ",
    )
    assert document.issuer == world.organization("VPTU")
    line = TimelineEntry.objects.get(record_id=document.pk)
    assert (line.act, line.note) == ("migrate", "Mã ở hệ thống cũ: cu-0")
    assert external_ids([document.pk]) == {document.pk: "cu-0"}
    assert "quế hữu cơ" in searchable_text(document)


def test_a_batch_is_one_line_of_the_journal(world):
    take_over(world, as_lines(rows(5)))
    with acting_as(Actor.person(world.auditor)):
        (line,) = Entry.objects.filter(act="incoming_document.migrate")
    assert (line.facts["count"], line.facts["first"], line.facts["last"]) == (5, "cu-0", "cu-4")


def test_bad_lines_are_told_and_the_good_ones_around_them_come_in(world):
    content = (
        b"\xef\xbb\xbf"
        + as_lines(rows(2)).replace(b"\n", b"\r\n")
        + b"{broken\n"
        + b"\n"
        + as_lines(
            [
                rows(1)[0] | {"title": "Khác hẳn"},
                rows(1, 5)[0],
                rows(1, 5)[0] | {"text": "khác"},
                rows(1, 5)[0],
                {"id": "x", "title": "TUYỆT MẬT"},
            ]
        )
    )
    summary, said = take_over(world, content)
    assert (summary.imported, summary.already, summary.refused) == (3, 1, 4)
    assert [(line["line"], line["id"]) for line in said] == [(3, None), (9, "x"), (5, "cu-0"), (7, "cu-5")]
    assert "nội dung khác" in said[2]["reason"]


def test_only_the_clerks_and_chiefs_of_the_office_take_documents_over(world):
    assert take_over(world, as_lines(rows(1)), who="chief")[0].imported == 1
    for who in ("head", "specialist", "stranger", "agency_clerk", "reader"):
        with pytest.raises(NotYours):
            take_over(world, as_lines(rows(1, 3)), who=who)


def test_strangers_find_nothing_by_search_list_or_raw_sql(world):
    take_over(world, as_lines(rows(3)))
    for who in ("stranger", "specialist", "head", "agency_clerk", "commune_leader"):
        with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
            assert search("trồng quế hữu cơ").total == 0
            for table in ("documents_migrated", "documents_incomingdocument", "search_entry", "records_timelineentry"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), (who, table)
    with acting_as(Actor.person(world.chief)):
        assert search("trong que huu co").total == 3


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO documents_migrated (organization_id, external_id, digest, record_id) SELECT 1, '', '', {record}",
        "UPDATE documents_migrated SET record_id = record_id",
        "DELETE FROM documents_migrated",
        "SELECT congso.index_records(ARRAY[{record}], ARRAY[''], ARRAY[''], now())",
    ],
)
def test_nobody_writes_an_origin_that_is_not_theirs(world, statement):
    take_over(world, as_lines(rows(1)))
    record = IncomingDocument.objects.get().pk
    with acting_as(Actor.person(world.stranger)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement.format(record=record))
                changed = cursor.rowcount if not statement.startswith("SELECT") else 1
        except Error:
            changed = 0
    assert changed == 0


def test_what_was_taken_over_by_mistake_is_withdrawn_with_a_reason(world):
    take_over(world, as_lines(rows(1)))
    document = IncomingDocument.objects.get()
    with by(world.clerk) as clerk:
        withdraw_migrated(document, reason="Của cơ quan khác.", by=clerk, at=NOW)
    assert take_over(world, as_lines(rows(1)))[0].already == 1


def test_a_file_is_read_like_an_upload_and_secret_or_foreign_ones_stay_out(world, tmp_path, settings):
    settings.FILES_DIR = tmp_path / "store"
    folder = tmp_path / "vào"
    folder.mkdir()
    (tmp_path / "ngoài.pdf").write_bytes(b"%PDF-")
    (folder / "tốt.docx").write_bytes(word("Tỉnh ủy Thử Nghiệm", "Kế hoạch trồng chè shan"))
    (folder / "kín.docx").write_bytes(word("TUYỆT MẬT", "Kế hoạch"))
    (folder / "lối tắt.pdf").symlink_to(tmp_path / "ngoài.pdf")
    given = ["tốt.docx", "kín.docx", "lối tắt.pdf", "../ngoài.pdf", str(tmp_path / "ngoài.pdf"), "không có.pdf"]
    content = as_lines([{"id": f"f{n}", "title": f"Tệp {n}", "file": name} for n, name in enumerate(given)])
    summary, _ = take_over(world, content, folder=folder)
    assert (summary.waiting, summary.refused) == (2, 4)
    read_waiting_files(world.organization("VPTU"), Actor.person(world.clerk), on_progress=lambda done: None)
    (document,) = IncomingDocument.objects.all()
    assert (document.title, document.state, document.pages) == ("Tệp 0", "migrated", 1)
    assert "chè shan" in PageText.objects.get().text
    assert search("chè shan").rows[0].record.pk == document.pk
    assert {upload.state for upload in Upload.objects.all()} == {"ready", "quarantined"}
    summary, _ = take_over(world, content, folder=folder)
    assert (summary.already, summary.waiting, summary.refused) == (1, 0, 5)


def test_the_command_says_who_and_where_is_unknown(world, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(as_lines(rows(1)))
    for options, words in (
        ({"username": "không.ai", "org": "T.VPTU"}, "Không có tài khoản"),
        ({"username": "clerk", "org": "KHÔNG"}, "Không có cơ quan mang mã"),
        ({"username": "stranger", "org": "T.VPTU"}, "Chỉ văn thư"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("import", "documents", str(tmp_path / "a.jsonl"), **options)


def test_the_command_sums_up_and_writes_the_report_beside_the_file(world, tmp_path):
    source, out = tmp_path / "cũ.jsonl", io.StringIO()
    source.write_bytes(as_lines(rows(3)) + b"???\n")
    call_command("import", "documents", str(source), username="clerk", org="T.TU", json=True, stdout=out)
    summary = json.loads(out.getvalue())
    assert (summary["read"], summary["imported"], summary["refused"]) == (4, 3, 1)
    assert json.loads((tmp_path / "cũ.refused.jsonl").read_text())["line"] == 4


def test_a_paper_known_from_the_old_system_is_told_when_it_arrives_again(world):
    take_over(world, as_lines([rows(1)[0] | {"issuing_agency": "Tỉnh ủy Mẫu", "number_symbol": "16-KH/TU",
                                             "issued_date": "2026-11-20"}]))  # fmt: skip
    with pytest.raises(Duplicated, match="đã chuyển từ hệ thống cũ"), by(world.clerk) as clerk:
        register_document(received(world), entry=entry(), by=clerk, at=NOW)
