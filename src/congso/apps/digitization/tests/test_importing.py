"""What was digitized before: a folder and a list, with a list of refusals, once and again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.tests.factories import by
from congso.apps.digitization.tests.stacks import side, stack
from congso.kernel.access.services import acting_as
from congso.kernel.search.queries import search

pytestmark = pytest.mark.django_db

HEAD = ["Tệp", "Tên loại", "Số ký hiệu", "Ngày", "Cơ quan", "Trích yếu", "Người ký", "Mã hồ sơ", "Tiêu đề hồ sơ"]
GOOD = ["hs1/kh.pdf", "Kế hoạch", "16-KH/TU", "11/8/2005", "Tỉnh ủy Mẫu", "Kế hoạch sưu tầm", "Ai", "H1", "Hồ sơ một"]
BAD = [
    ["khong-co.pdf", "Kế hoạch", "", "", "", "Không có tệp", "", "", ""],
    ["../ngoai.pdf", "Kế hoạch", "", "", "", "Ngoài thư mục", "", "", ""],
    ["hs1/kh2.pdf", "Loại bịa", "", "", "", "Loại lạ", "", "", ""],
    ["hs1/kh2.pdf", "Kế hoạch", "", "31/2/2005", "", "Ngày sai", "", "", ""],
    ["hs1/kh2.pdf", "Kế hoạch", "", "", "", "", "", "", ""],
    ["hs1/MẬT.pdf", "Kế hoạch", "", "", "", "Tài liệu mật", "", "", ""],
]


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cu"
    (folder / "hs1").mkdir(parents=True)
    pdf = stack([side("KẾ HOẠCH", "sưu tầm")])
    for name in ("kh.pdf", "kh2.pdf", "MẬT.pdf"):
        (folder / "hs1" / name).write_bytes(pdf)
    return folder


def _run(folder: Path, listed: Path, who: str = "clerk") -> str:
    told = StringIO()
    call_command("digitized", str(folder), str(listed), "--as", who, "--org", "T.VPTU", stdout=told, stderr=StringIO())
    return told.getvalue()


def test_good_lines_come_in_once_and_bad_ones_are_listed(world, tmp_path):
    listed = tmp_path / "muc-luc.csv"
    listed.write_text("\n".join(",".join(row) for row in (HEAD, GOOD, *BAD)), encoding="utf-8-sig")
    folder = _folder(tmp_path)
    assert "1 tài liệu đã nhập, 0 đã có từ trước, 6 bị từ chối" in _run(folder, listed)
    assert "0 tài liệu đã nhập, 1 đã có từ trước" in _run(folder, listed)
    refused = (tmp_path / "muc-luc.refused.csv").read_text(encoding="utf-8-sig")
    for word in ("Không có tệp này", "nằm ngoài", "Loại bịa", "31/2/2005", "trích yếu", "mật"):
        assert word in refused
    with acting_as(by(world, "clerk")):
        copy = DigitalCopy.objects.select_related("folder", "batch").get()
        assert (copy.number, copy.state, copy.folder.code, copy.batch.is_imported) == (
            "16-KH/TU",
            "accepted",
            "H1",
            True,
        )
        assert copy.pk in [hit.record.pk for hit in search("sưu tầm").rows]
        assert ScanBatch.objects.get().state == "accepted"


def test_a_workbook_is_read_too(world, tmp_path):
    book = Workbook()
    for row in (HEAD, GOOD):
        book.active.append(row)
    listed = tmp_path / "muc-luc.xlsx"
    book.save(listed)
    assert "1 tài liệu đã nhập" in _run(_folder(tmp_path), listed)


def test_who_keeps_no_archive_imports_nothing(world, tmp_path):
    listed = tmp_path / "muc-luc.csv"
    listed.write_text(",".join(HEAD), encoding="utf-8")
    with pytest.raises(CommandError, match="Chỉ"):
        _run(_folder(tmp_path), listed, "agency_clerk")
    listed.write_text("tệp,ngày\n", encoding="utf-8")
    with pytest.raises(CommandError, match="thiếu cột"):
        _run(_folder(tmp_path / "hai"), listed)
