"""`congso ingest`: files read here and now through the same gate, told as JSON, an element a file."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.hostile import empty, secret_pdf
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.tests.factories import by
from congso.kernel.files.models import QuarantineItem, Upload
from congso.kernel.files.tests.messages import eml

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("den")
    made.joinpath("a.pdf").write_bytes(pdf(letter(1)))
    made.joinpath("b.pdf").write_bytes(pdf(letter(2)))
    made.joinpath("c.pdf").write_bytes(pdf(letter(1)))
    made.joinpath("d.pdf").write_bytes(secret_pdf(1))
    made.joinpath("e.pdf").write_bytes(empty())
    made.joinpath(".an").write_bytes(b"x")
    return made


def _ingest(*files: object, who: str = "clerk", org: str = "T.VPTU") -> tuple[list[dict], int]:
    out, code = StringIO(), 0
    try:
        call_command("ingest", *map(str, files), "--as", who, "--org", org, "--json", stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return json.loads(out.getvalue()), code


def test_each_file_of_a_folder_is_told_in_order(world, folder, capsys):
    told, code = _ingest(folder)
    assert code == 1
    assert [Path(one["file"]).name for one in told] == ["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"]
    first, second, again, secret, broken = told
    assert first["fields"] | {"title": None} == {
        "number_symbol": "168-CV/VPTU", "issued_date": "2026-06-24", "issuing_agency": "Văn phòng",
        "parent_agency": "Tỉnh ủy Lào Cai", "doc_type": "Công văn", "title": None, "signer": "Phạm Giả Định",
        "urgency": None, "secrecy": None,
    }  # fmt: skip
    assert first["confidence"] > 0.8
    assert first["field_confidence"]["number_symbol"] > 0.8
    assert (first["pages"], first["duplicate_of"], first["message"]) == (1, None, None)
    assert second["duplicate_of"] is None
    assert again["duplicate_of"] == first["record"]
    with by(world.clerk):
        assert {one.pk for one in IncomingDocument.objects.all()} == {one["record"] for one in told if one["record"]}
        assert set(IncomingDocument.objects.values_list("state", flat=True)) == {"received"}
    assert secret["record"] is None
    assert {name for name, value in secret["fields"].items() if value} == {"secrecy"}
    assert secret["fields"]["secrecy"] in {"Mật", "Tối mật", "Tuyệt mật"}
    with by(world.secrecy_officer):
        assert QuarantineItem.objects.get().state == "held"
    assert (broken["fields"], broken["record"]) == (None, None)
    assert "Tệp rỗng" in broken["message"]
    assert "Đang kiểm tra tệp" in capsys.readouterr().err


def test_all_received_ends_well_and_an_earlier_document_is_named(world, folder):
    told, code = _ingest(folder / "b.pdf")
    assert code == 0
    again, code = _ingest(folder / "b.pdf")
    assert (again[0]["duplicate_of"], code) == (told[0]["record"], 0)
    with by(world.clerk):
        assert {one.job_id for one in Upload.objects.all()} == {None}


def test_a_message_is_told_with_the_papers_that_came_in_it(world, folder, tmp_path):
    files = [("cv.pdf", folder.joinpath("a.pdf").read_bytes(), "application/pdf"), ("x.txt", b"Phu luc", "text/plain")]
    tmp_path.joinpath("thu.eml").write_bytes(eml(files=files))
    ((message,), code) = _ingest(tmp_path / "thu.eml")
    assert (message["record"], message["fields"]) == (None, None)
    first, second = message["parts"]
    assert first["file"].endswith("thu.eml/cv.pdf")
    assert first["fields"]["number_symbol"] == "168-CV/VPTU"
    assert second["record"]
    assert code == 0


def test_a_missing_file_says_so_and_stops_no_other(world, folder):
    told, code = _ingest(folder / "khong-co.pdf", folder / "b.pdf")
    assert code == 1
    assert told[0]["message"].startswith("Không mở được tệp")
    assert told[1]["record"]


def test_the_committee_served_names_the_register_too(world, folder):
    told, _code = _ingest(folder / "b.pdf", org="t.tu")
    assert told[0]["record"]


@pytest.mark.parametrize(
    ("who", "org", "words"),
    [
        ("ai-do", "T.VPTU", "Không có người dùng “ai-do”"),
        ("clerk", "X.Y", "Không có cơ quan mã “X.Y”. Sổ văn bản đến bạn giữ: T.VPTU"),
        ("head", "T.VPTU", "Bạn không phải văn thư của Văn phòng Tỉnh ủy Thử Nghiệm (T.VPTU)"),
    ],
)
def test_who_may_not_is_told_in_a_sentence(world, folder, who, org, words):
    with pytest.raises(CommandError) as refused:
        _ingest(folder / "b.pdf", who=who, org=org)
    assert words in str(refused.value)
