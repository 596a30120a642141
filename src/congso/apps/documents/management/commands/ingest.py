import json
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from congso.apps.documents.services.ingesting import (
    Ingested,
    NoSuchOffice,
    Office,
    find_duplicates,
    ingest_file,
    office_for,
)
from congso.kernel.access.services import Actor
from congso.kernel.accounts.models import User
from congso.kernel.papers.proposals import FieldName, confidence_of

PRINTED = tuple(FieldName)[:9]
AT_ONCE = 2  # a file of one page keeps one core busy; more files than cores only wait for each other


class Command(BaseCommand):
    help = (
        "Tiếp nhận tệp vào danh sách chờ vào sổ của một cơ quan, đọc ngay tại đây: "
        "ingest TỆP… --as NGƯỜI-DÙNG --org MÃ [--json]. Thư mục thay cho các tệp trong đó."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="TỆP")
        parser.add_argument("--as", dest="user", required=True, help="tên đăng nhập của văn thư")
        parser.add_argument("--org", required=True, help="mã cơ quan có sổ văn bản đến")
        parser.add_argument("--json", action="store_true", help="in danh sách JSON, mỗi tệp một phần tử")

    def handle(self, *args: Any, **options: Any) -> None:
        office = _office(options["user"], options["org"])
        files = list(_files(options["files"]))
        told = _ingest_all(files, office)
        find_duplicates(told, office)
        if options["json"]:
            self.stdout.write(json.dumps([shown(one) for one in told], ensure_ascii=False, indent=1))
        else:
            for one in told:
                self.stdout.write(_line(one))
        if not all(one.is_received for one in told):
            sys.exit(1)


def shown(one: Ingested) -> dict[str, Any]:
    """One file as JSON tells it; of a file in quarantine only its grade."""
    document = one.document
    told: dict[str, Any] = {
        "file": one.file,
        "record": document.pk if document else None,
        "fields": _values(one),
        "confidence": round(confidence_of(one.readings), 3),
        "field_confidence": {name.value: round(one.readings[name].confidence, 3) for name in _read(one)},
        "pages": document.pages if document else None,
        "duplicate_of": one.duplicate_of,
        "message": one.message or None,
    }
    if one.parts:
        told["parts"] = [shown(part) for part in one.parts]
    return told


def _values(one: Ingested) -> dict[str, str | None] | None:
    if one.grade:
        return dict.fromkeys(PRINTED) | {FieldName.SECRECY.value: one.grade}
    if one.document is None:
        return None
    return dict.fromkeys(PRINTED) | {name.value: one.readings[name].value for name in _read(one)}


def _read(one: Ingested) -> list[FieldName]:
    return [name for name in PRINTED if name in one.readings]


def _office(username: str, code: str) -> Office:
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if user is None or user.person_id is None:
        raise CommandError(f"Không có người dùng “{username}” đang hoạt động.")
    try:
        return office_for(code, Actor.person(user.person_id), at=timezone.localtime())
    except NoSuchOffice as refusal:
        raise CommandError(str(refusal)) from refusal


def _files(named: Iterable[str]) -> Iterable[Path]:
    """The files named, and for a folder the files in it by name; what is hidden is left alone."""
    for name in named:
        path = Path(name)
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path


def _ingest_all(files: list[Path], office: Office) -> list[Ingested]:
    """Two files at a time, each in a thread with a connection of its own; answers in the order of the files."""
    lock = threading.Lock()

    def ingest(numbered: tuple[int, Path]) -> Ingested:
        number, path = numbered

        def say(words: str) -> None:
            with lock:
                sys.stderr.write(f"[{number}/{len(files)}] {path.name}: {words}\n")

        try:
            return ingest_file(path, office, at=timezone.now(), say=say)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ingest, enumerate(files, 1)))


def _line(one: Ingested) -> str:
    if one.grade:
        return f"{one.file}: đã cách ly ({one.grade})"
    if one.parts:
        return "\n".join([f"{one.file}: {one.message}", *(_line(part) for part in one.parts)])
    if one.document is None:
        return f"{one.file}: không nhận. {one.message}"
    repeated = f", trùng với văn bản {one.duplicate_of}" if one.duplicate_of else ""
    title = f"{one.document.number} {one.document.title}".strip()
    return f"{one.file}: đã tiếp nhận (văn bản {one.document.pk}{repeated}): {title}"
