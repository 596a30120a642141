"""What was digitized before there was a portal: a folder of files and a list, taken over line by line.

Each line is one transaction: killed anywhere and run again, a file comes in once. Every file is searched for viruses
and marks of secrecy, and read for its words, before anything of it is stored.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from congso.apps.digitization.models import BATCH, COPY, DigitalCopy, Folder, ScanBatch
from congso.apps.digitization.services.accepting import name_of
from congso.apps.digitization.services.checking import cleaned
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.models import Attachment, PageText
from congso.kernel.files.reading.isolation import Crashed
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach, store_file
from congso.kernel.files.viruses import Infected, ScannerFailed, scan_for_viruses
from congso.kernel.search.services import index_record
from congso.kernel.web.filters import DATE_FORMS
from congso.kernel.workflow.migrating import start_migrated
from congso.kernel.workflow.services import Refused
from congso.lib.document_types import type_named, types_abbreviated

COLUMNS = {
    "tệp": "file", "tên loại": "type", "số ký hiệu": "number", "ngày": "day", "cơ quan": "issuer",
    "trích yếu": "title", "người ký": "signer", "mã hồ sơ": "folder", "tiêu đề hồ sơ": "folder_title",
}  # fmt: skip
NEEDED = ("file", "type", "title")
_UNDATED = {"", "s.d.", "s.d", "không ngày"}


class LineRefused(Exception):
    """This line is not taken over; the message says why."""


@dataclass
class Taken:
    """What became of the lines."""

    read: int = 0
    imported: int = 0
    already: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, file, reason."""


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV (UTF-8, comma or semicolon) or of an Excel file's first sheet. Raises LineRefused."""
    table = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    head = next(table, None)
    if head is None:
        raise LineRefused("Danh sách rỗng.")
    names = [COLUMNS.get(" ".join(cell.replace("_", " ").lower().split()), "") for cell in head]
    if missing := [label for label, name in COLUMNS.items() if name in NEEDED and name not in names]:
        raise LineRefused(f"Danh sách thiếu cột: {', '.join(missing)}.")
    for number, cells in enumerate(table, 2):
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
        if any(row.values()):
            yield number, row


def _csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        try:
            yield from csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
        except (csv.Error, UnicodeDecodeError) as problem:
            raise LineRefused(f"Không đọc được danh sách: {problem}.") from problem


def _sheet(path: Path) -> Iterator[list[str]]:
    from congso.kernel.files.reading.isolation import run_task, silent

    with spool.work_folder(uuid4()) as work:
        yield from run_task("sheet_rows", {"path": str(path)}, limits=limits(), work=work, on_progress=silent)


def import_batch(owner: Organization, unit: Organization, *, name: str, by: Actor, at: datetime) -> ScanBatch:
    """The batch of an import, by its name: begun once, gone on with later. Raises NotYours for who keeps no archive."""
    found = ScanBatch.objects.filter(owner=owner, title=name, is_imported=True).order_by("pk").first()
    if found is not None:
        return found
    today = timezone.localdate(at)
    batch = ScanBatch(
        type=BATCH, owner=owner, unit=unit, title=name, fonds=owner.name[:300], opened_on=today, year=today.year,
        is_imported=True,
    )  # fmt: skip
    start_migrated([batch], notes=["Tài liệu đã số hóa trước khi có hệ thống"], by=by, at=at, facts={"import": name})
    index_record(batch, body="")
    return batch


def import_row(batch: ScanBatch, row: Mapping[str, str], root: Path, *, by: Actor) -> bool:
    """Take one line over; False when its file is in already. Raises LineRefused, NotYours."""
    name = row.get("file", "").replace("\\", "/").strip("/")
    with acting_as(by):
        if DigitalCopy.objects.filter(batch=batch, came_from=name[:300]).exists():
            return False
        facts = _facts(row)
    path = _file(root, name)
    with spool.work_folder(uuid4()) as work:
        reading = _read(path, work)
        with acting_as(by), transaction.atomic():
            _keep(batch, facts, row, (path, name, reading), by=by, at=timezone.now())
    return True


def _facts(row: Mapping[str, str]) -> dict[str, Any]:
    typed = row.get("day", "").strip()
    is_undated = typed.lower() in _UNDATED
    known = types_on(timezone.localdate())
    kind = type_named(row.get("type", ""), known)
    kinds = (kind,) if kind else types_abbreviated(row.get("type", ""), known)
    if len(kinds) != 1:
        raise LineRefused(f"Không có tên loại “{row.get('type', '')[:60]}” trong danh mục.")
    told = {
        "type_key": kinds[0].key, "number": row.get("number", ""), "issuer": row.get("issuer", ""),
        "title": row.get("title", ""), "signer": row.get("signer", ""), "is_undated": is_undated,
        "issued_on": None if is_undated else _day(typed),
    }  # fmt: skip
    try:
        return cleaned(told, timezone.now())
    except Refused as refused:
        raise LineRefused(str(refused)) from refused


def _day(typed: str) -> date:
    for form in (*DATE_FORMS, "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    raise LineRefused(f"Không rõ ngày “{typed[:40]}”.")


def _file(root: Path, name: str) -> Path:
    path = (root / name).resolve()
    if not name or not path.is_relative_to(root.resolve()):
        raise LineRefused("Đường dẫn tệp nằm ngoài thư mục.")
    if not path.is_file():
        raise LineRefused("Không có tệp này trong thư mục.")
    return path


def _read(path: Path, work: Path) -> Reading:
    try:
        scan_for_viruses(path)
        reading = read(path, path.name, limits=limits(), work=work)
    except Infected as infected:
        raise LineRefused("Phần mềm diệt vi-rút báo tệp có mã độc.") from infected
    except FileRefused as refused:
        raise LineRefused(refused.message_vi) from refused
    except (ScannerFailed, Crashed) as failed:
        raise LineRefused("Chưa đọc được tệp; chạy lại sau.") from failed
    if reading.mark:
        raise LineRefused("Tệp có dấu hiệu là tài liệu mật; tài liệu mật không lưu trên hệ thống này.")
    if reading.kind is not FileKind.PDF and reading.searchable_pdf_path is None:
        raise LineRefused("Chỉ nhận PDF và ảnh quét.")
    return reading


def _keep(
    batch: ScanBatch, facts: Mapping[str, Any], row: Mapping[str, str], found: tuple[Path, str, Reading], *,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    path, name, reading = found
    folder = _folder(batch, row)
    last = DigitalCopy.objects.filter(batch=batch, folder=folder).aggregate(last=Max("position"))["last"] or 0
    day = facts["issued_on"]
    copy = DigitalCopy(
        type=COPY, owner=batch.owner, unit=batch.unit, batch=batch, folder=folder, position=last + 1,
        number=facts["number"][:80], title=facts["title"][:1000], opened_on=timezone.localdate(at),
        type_key=facts["type_key"], issued_on=date.fromisoformat(day) if day else None,
        is_undated=facts["is_undated"], issuer=facts["issuer"][:300], signer=facts["signer"][:200],
        pages=reading.pages or reading.searchable_pages, came_from=name[:300], proposals={},
    )  # fmt: skip
    start_migrated([copy], notes=[f"Nhập từ {name}"[:500]], by=by, at=at, facts={"file": name})
    pages = reading.pages if reading.kind is FileKind.PDF else 0
    blob = store_file(path, media_type=reading.media_type, pages=pages, by=by, at=at)
    kept = attach(copy, blob, name=f"{Path(name_of(copy)).stem}{path.suffix.lower()}",
                  role=Attachment.Role.ORIGINAL, by=by, at=at)  # fmt: skip
    if reading.searchable_pdf_path is not None:
        made = store_file(
            reading.searchable_pdf_path, media_type="application/pdf", pages=reading.searchable_pages, by=by, at=at
        )
        attach(copy, made, name=name_of(copy), role=Attachment.Role.SEARCHABLE, source=kept, by=by, at=at)
    texts = reading.page_texts
    PageText.objects.bulk_create(
        (PageText(attachment=kept, page=page, text=text) for page, text in enumerate(texts, 1)), batch_size=200
    )
    index_record(copy, body="\n".join(texts)[:1_000_000])


def _folder(batch: ScanBatch, row: Mapping[str, str]) -> Folder | None:
    code = row.get("folder", "")[:100]
    if not code:
        return None
    found = Folder.objects.filter(batch=batch, code=code).first()
    if found is None:
        place = Folder.objects.filter(batch=batch).aggregate(last=Max("position"))["last"] or 0
        title = (row.get("folder_title") or code)[:1000]
        found = Folder.objects.create(batch=batch, position=place + 1, code=code, title=title)
    return found
