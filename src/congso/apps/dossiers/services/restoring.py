"""Packages back in: a dossier restored, ours wholly, a foreign one by the profile's fields."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import (
    DOSSIER,
    ArchivedFile,
    Condition,
    Dossier,
    Entry,
    Fonds,
    Language,
    Mode,
    Reliability,
)
from congso.apps.dossiers.queries import fonds_of, period_years, periods
from congso.apps.dossiers.services.handing_over import keep_card
from congso.apps.dossiers.services.packaging import DOSSIER_COUNTS, DOSSIER_DAYS, DOSSIER_OWN, ENTRY_OWN
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.files.configuration import store
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.screening import screen
from congso.kernel.files.services import store_file
from congso.kernel.files.spool import work_folder
from congso.kernel.search.services import index_record
from congso.kernel.workflow.migrating import start_migrated
from congso.kernel.workflow.services import Refused
from congso.lib.archiving.building import CHUNK
from congso.lib.archiving.content import Kind, PackageRefused, ReadDocument, ReadPackage
from congso.lib.archiving.reading import read_package
from congso.lib.vietnamese import nfc


@dataclass(frozen=True)
class Said:
    """What its taker says of a dossier whose package does not: a bag of another system."""

    title: str = ""
    retention: str = ""


def import_package(
    path: Path, organization: Organization, *, source: str = "", said: Said = Said(), by: Actor, at: datetime
) -> Dossier:
    """Restore a dossier from a package into the body's archive: one of ours wholly, a foreign one by its fields.

    Its archivist imports, which approves a SIP. Raises Refused: hostile or broken package, known already, no fonds.
    """
    try:
        package = read_package(path)
    except PackageRefused as refused:
        raise Refused(str(refused)) from refused
    fonds = fonds_of(organization)
    if fonds is None:
        raise Refused("Lưu trữ chưa khai báo phông; hãy khai báo trước khi nhập gói.")
    if package.kind is Kind.DIP:
        raise Refused("Gói DIP là bản sao cho người dùng, không nhập lại vào lưu trữ.")
    if Dossier.objects.filter(key=package.key).exists():
        raise Refused("Hồ sơ của gói này đã có trong lưu trữ.")
    if package.is_foreign:
        package = _as_said(package, said, at)
    dossier = _dossier_of(package, organization, fonds, at)
    dossier.came_from = source[:200]
    with transaction.atomic():
        note = f"Nhập từ gói {package.root}"
        start_migrated([dossier], notes=[note], by=by, at=at, facts={"package": package.root})
        _restore_documents(package, dossier, by, at)
        keep_card(dossier)
        index_record(dossier)
    return dossier


def _as_said(package: ReadPackage, said: Said, at: datetime) -> ReadPackage:
    """A bag says neither what its dossier is called for us nor how long it is kept: its taker does."""
    title = nfc(" ".join(said.title.split()))[:1000] or package.facts["title"]
    if not title or not said.retention:
        raise Refused("Gói BagIt của hệ thống khác không ghi đủ thông tin; hãy nhập tiêu đề hồ sơ và thời hạn lưu trữ.")
    years = period_years(said.retention, timezone.localdate(at))
    facts = package.facts | {"title": title, "maintenance": rules.maintenance_code(years)}
    return replace(package, facts=facts, said_retention=said.retention)


def _dossier_of(package: ReadPackage, organization: Organization, fonds: Fonds, at: datetime) -> Dossier:
    own = _mapping(package.own.get("dossier"))
    facts = {**_foreign_dossier(package, at), **{name: told for name, told in own.items() if name in _RESTORED}}
    try:
        dossier = Dossier(
            type=DOSSIER,
            key=package.key,
            owner=organization,
            fonds=fonds,
            unit=Organization.objects.filter(code=str(own.get("unit", ""))).first(),
            opened_on=_read_day(facts.get("opened_on")) or timezone.localdate(at),
            archived_at=datetime.fromisoformat(str(own["archived_at"])) if own.get("archived_at") else at,
            languages=[str(one) for one in facts["languages"]],
            history=_read_history(package.own.get("history")),
            **{name: nfc(str(facts.get(name) or "")) for name in DOSSIER_OWN if name != "year"},
            **{name: _read_day(facts.get(name)) for name in DOSSIER_DAYS if name != "opened_on"},
            **{name: _read_count(facts.get(name)) for name in DOSSIER_COUNTS},
            year=int(facts["year"]),
        )
    except (TypeError, ValueError, KeyError) as error:
        raise Refused("Thông tin hồ sơ trong gói không hợp lệ.") from error
    known = {code for code, _name in periods(timezone.localdate(at))}
    if (
        dossier.retention not in known
        or dossier.mode not in Mode.values
        or set(dossier.languages) - set(Language.values)
    ):
        raise Refused("Thời hạn lưu trữ, chế độ sử dụng hoặc ngôn ngữ trong gói không có trong danh mục.")
    if dossier.title != package.facts.get("title") or dossier.condition not in Condition.values:
        raise Refused("Tiêu đề hồ sơ trong gói không khớp giữa EAD.xml và phần bổ sung.")
    ended = dossier.end_on or dossier.opened_on
    dossier.review_after = rules.review_after(ended, period_years(dossier.retention, ended))
    _check(
        dossier,
        ("state", "audience", "handlers", "created_at", "updated_at", "holder", "history", "created_by", "awaited"),
    )
    return dossier


_RESTORED = frozenset((*DOSSIER_OWN, *DOSSIER_DAYS, *DOSSIER_COUNTS, "languages"))


def _foreign_dossier(package: ReadPackage, at: datetime) -> dict[str, Any]:
    """What the profile's fields say, for a package of another system."""
    facts, day = package.facts, timezone.localdate(at)
    code = facts.get("fileCode") or facts.get("arcFileCode", "")
    end = _read_profile_day(facts.get("endDate", "")) or day
    by_code = {rules.maintenance_code(period_years(one, day)): one for one, _name in periods(day)}
    retention = package.said_retention
    if not retention and facts["maintenance"] != rules.OTHER_MAINTENANCE:
        retention = by_code.get(facts["maintenance"], "")
    if not retention:
        raise Refused("Gói không ghi thời hạn lưu trữ xác định; lưu trữ xác định thời hạn rồi nhập lại.")
    return {
        "number": code[:80],
        "title": facts["title"],
        "year": end.year,
        "retention": retention,
        "mode": facts["mode"],
        "languages": [one for one in facts["language"].split(",") if one in Language.values] or ["01"],
        "keywords": facts.get("keyword", ""),
        "info_sign": facts.get("inforSign", ""),
        "description": facts.get("description", ""),
        "condition": facts.get("format", Condition.GOOD.value),
        "reliability": facts.get("confidenceLevel", Reliability.BORN_DIGITAL.value),
        "holder_label": f"Nơi lập gói {package.root}"[:300],
        "paper_code": facts.get("paperFileCode", ""),
        "opened_on": _read_profile_day(facts.get("startDate", "")) or end,
        "start_on": _read_profile_day(facts.get("startDate", "")),
        "end_on": end,
        "closed_on": end,
        "work_ended_on": end,
        "total_documents": len(package.documents),
        "total_pages": sum(int(one.facts.get("numberOfPage") or 0) for one in package.documents),
        "total_sheets": facts.get("numberOfPaper") or None,
    }


def _restore_documents(package: ReadPackage, dossier: Dossier, by: Actor, at: datetime) -> None:
    told = package.own.get("documents")
    own = told if isinstance(told, list) and len(told) == len(package.documents) else [{}] * len(package.documents)
    for place, (document, extra) in enumerate(zip(package.documents, own, strict=True), 1):
        given = _mapping(extra)
        entry = _entry_of(document, given, dossier, place, by=by, at=at)
        entry.save(force_insert=True)
        files = _sequence(given.get("files"))
        pages = 0
        for nth, member in enumerate(document.members, 1):
            facts = _mapping(files[nth - 1]) if nth <= len(files) else {}
            pages += _restore_file(package, member, facts, entry, nth, by=by, at=at)
        if package.is_foreign:  # no list of documents says how many pages there are: the files do
            Entry.objects.filter(pk=entry.pk).update(pages=pages)
            dossier.total_pages = (dossier.total_pages or 0) + pages
    if package.is_foreign:
        dossier.save(update_fields=["total_pages"])


def _entry_of(
    document: ReadDocument, own: dict[str, Any], dossier: Dossier, place: int, *, by: Actor, at: datetime
) -> Entry:
    facts = document.facts
    keys = {code: key for key, code in rules.TYPE_CODES.items()}
    issued = _read_day(own.get("issued_on")) or _read_profile_day(facts.get("issuedDate", ""))
    number = "-".join(part for part in (facts.get("codeNumber", ""), facts.get("codeNotation", "")) if part)
    foreign = {
        "type_key": keys.get(facts["typeName"], "official_letter") if facts["typeName"] else "",
        "number": number,
        "issuer": facts.get("organName", ""),
        "subject": facts["subject"],
        "language": facts.get("language", "01"),
        "reliability": facts.get("confidenceLevel", "01"),
        "condition": facts.get("format", "01"),
        "mode": facts["mode"],
        "autograph": facts.get("autograph", ""),
        "keywords": facts.get("keyword", ""),
        "note": facts.get("description", ""),
    }
    texts = {name: nfc(str(own.get(name, foreign[name]) or "")) for name in ENTRY_OWN}
    kind = Entry.Kind.PAPER if not document.members else Entry.Kind.FILE
    try:
        entry = Entry(
            dossier=dossier,
            kind=kind,
            position=place,
            issued_on=issued,
            is_undated=issued is None,
            pages=_read_count(own.get("pages")) or _read_count(facts.get("numberOfPage")),
            sheet_from=_read_count(own.get("sheet_from")),
            added_by_id=by.person_id,
            added_at=at,
            **texts,
        )
    except (TypeError, ValueError) as error:
        raise Refused(f"Thông tin văn bản thứ {place} trong gói không hợp lệ.") from error
    if entry.subject[:500] != facts["subject"]:
        raise Refused(f"Trích yếu văn bản thứ {place} không khớp giữa các phần của gói.")
    _check(entry, ("dossier", "record", "rule", "added_by"))
    return entry


def _restore_file(
    package: ReadPackage, member: str, facts: dict[str, Any], entry: Entry, nth: int, *, by: Actor, at: datetime
) -> int:
    """A data file into the store, hashed again on the way; returns its pages."""
    name = nfc(str(facts.get("name") or member.rpartition("/")[2]))[:200]
    media_type = str(
        facts.get("media_type") or ("application/pdf" if member.endswith(".pdf") else "application/octet-stream")
    )
    with work_folder(uuid4()) as work:
        path = work / "data"
        with package.open(member) as source, path.open("wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
        pages = _read_count(facts.get("pages")) or 0
        if not package.own:  # nobody here has looked at it yet
            media_type, pages = _screened(path, name, work)
        blob = store_file(path, media_type=media_type[:100], pages=pages, by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.may_use_blob(%s)", [blob.sha256])
        if not cursor.fetchone()[0]:
            raise Refused(f"Kho đang giữ tệp {name} của một tài liệu bạn không có quyền xem; hãy báo quản trị viên.")
    ArchivedFile.objects.create(
        entry=entry,
        position=nth,
        name=name.replace("/", "_"),
        sha256=blob.sha256,
        size=store().size(blob.sha256) or 0,
        media_type=media_type[:100],
        pages=pages,
        kept_at=at,
    )
    return pages


def _screened(path: Path, name: str, work: Path) -> tuple[str, int]:
    try:
        found = screen(path, name, work)
    except FileRefused as refused:
        raise Refused(f"Tệp “{name[:80]}” trong gói: {refused.message_vi}") from refused
    return found.media_type, found.pages


def _mapping(told: object) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _sequence(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _check(record: Any, leave: tuple[str, ...]) -> None:
    try:
        record.clean_fields(exclude=[*leave, "record_ptr"])
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise Refused(f"Trường {field} trong gói không hợp lệ: {words[0]}") from error


def _read_history(told: object) -> list[dict[str, str]]:
    if not isinstance(told, list):
        return []
    names = ("at", "who", "label", "note")
    return [{name: str(one.get(name, ""))[:2000] for name in names} for one in told[:2000] if isinstance(one, dict)]


def _read_day(told: object) -> date | None:
    if isinstance(told, date):
        return told
    return date.fromisoformat(str(told)) if told else None


def _read_profile_day(told: str) -> date | None:
    """DD/MM/YYYY, MM/YYYY or YYYY; an impossible day is none."""
    parts = [int(one) for one in told.split("/") if one.isdigit()]
    try:
        return date(parts[-1], parts[-2] if len(parts) > 1 else 1, parts[0] if len(parts) > 2 else 1) if parts else None
    except ValueError:
        return None


def _read_count(told: object) -> int | None:
    text = str(told) if told is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
