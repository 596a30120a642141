"""Dossiers out as packages and back in: what comes out again is what went in.

The profile's fields are the national ones; what they cannot say (our retention code, who held it, the trail) lies in
the package's documentation and is judged on the way in as any foreign input.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

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
from congso.apps.dossiers.queries import documents_in, entries_of, files_of, fonds_of, period_years, periods
from congso.apps.dossiers.services.handing_over import code_of, keep_card
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.files.configuration import store
from congso.kernel.files.services import store_file
from congso.kernel.files.spool import work_folder
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import TimelineEntry
from congso.kernel.search.services import index_record
from congso.kernel.workflow.migrating import start_migrated
from congso.kernel.workflow.services import Refused
from congso.lib.archiving.building import CHUNK, build_bag, build_package
from congso.lib.archiving.content import Contents, Kind, PackageRefused, PackedDocument, PackedFile
from congso.lib.archiving.reading import ReadDocument, ReadPackage, read_package
from congso.lib.symbols import parse_symbol
from congso.lib.vietnamese import nfc

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_DOSSIER_OWN = (
    *("number", "title", "year", "retention", "mode", "keywords", "info_sign", "description", "condition"),
    *("reliability", "holder_label", "inventory", "store", "shelf", "box", "paper_code"),
)
_DOSSIER_DAYS = ("opened_on", "start_on", "end_on", "work_ended_on", "closed_on", "review_after")
_DOSSIER_COUNTS = ("total_documents", "total_pages", "total_sheets")
_ENTRY_OWN = (
    *("type_key", "number", "issuer", "subject", "language", "reliability", "condition", "mode", "autograph"),
    *("keywords", "note"),
)


def export_package(dossier: Dossier, kind: str, into: IO[bytes], *, by: Actor, at: datetime) -> str:
    """Write a package of a closed or archived dossier; returns its file name. Journaled. Raises Refused.

    An AIP leaves the archive as it is; a SIP of a closed dossier goes to another system; a DIP is a user's copy.
    """
    packed = Kind.AIP if kind == "bagit" else Kind(kind.upper())
    if packed is Kind.SIP and dossier.state not in ("closed", "submitted", "archived", "historical"):
        raise Refused("Chỉ đóng gói SIP cho hồ sơ đã kết thúc.")
    if packed is not Kind.SIP and (dossier.archived_at is None or dossier.destroyed_at is not None):
        raise Refused("Chỉ đóng gói AIP, DIP cho hồ sơ đã nộp lưu trữ và chưa hủy.")
    contents = contents_of(dossier, packed)
    try:
        (build_bag if kind == "bagit" else build_package)(contents, into)
    except (PackageRefused, OSError) as refused:
        raise Refused(f"Không đóng gói được: {refused}") from refused
    write_entry(
        act="archive.export",
        actor=str(by),
        actor_label=title_of(by.id, timezone.localdate(at)),
        at=at,
        organization_id=dossier.owner_id,
        record_id=dossier.pk,
        facts={"kind": kind, "object": contents.object_id},
    )
    return f"{contents.root}{'-bagit' if kind == 'bagit' else ''}.zip"


def contents_of(dossier: Dossier, kind: Kind) -> Contents:
    """The dossier in the profile's words. Raises Refused when documents of it are out of the person's sight."""
    entries = list(entries_of(dossier))
    if documents_in(dossier) != len(entries):
        raise Refused("Trong hồ sơ có văn bản bạn không có quyền xem nên không đóng gói được.")
    files = files_of(entries)
    code = code_of(dossier)
    own = _own(dossier, entries, files)
    fonds = dossier.fonds or fonds_of(dossier.owner_id)
    closed = dossier.closed_on or dossier.opened_on
    created = (
        dossier.archived_at if kind is not Kind.SIP and dossier.archived_at else datetime.combine(closed, time(), HANOI)
    )
    whole = f"{fonds.archive_code}.{code}" if fonds and kind is not Kind.SIP else code
    documents = tuple(
        PackedDocument(_document_facts(one, nth, whole, kind, dossier), tuple(map(_packed, files.get(one.pk, []))))
        for nth, one in enumerate(entries, 1)
    )
    return Contents(
        kind=kind,
        key=dossier.key,
        fonds_code=fonds.code if fonds else dossier.owner.code,
        creator=(dossier.unit or dossier.owner).name,
        archive=fonds.name if fonds else dossier.owner.name,
        created=created,
        facts=_dossier_facts(dossier, whole[:92], kind, len(entries)),
        documents=documents,
        own=own,
    )


def _packed(file: ArchivedFile) -> PackedFile:
    return PackedFile(file.name, file.sha256, file.size, file.media_type, lambda: store().open(file.sha256))


def _dossier_facts(dossier: Dossier, code: str, kind: Kind, count: int) -> dict[str, str]:
    years = period_years(dossier.retention, dossier.end_on or dossier.opened_on)
    notes = "; ".join(part for part in (dossier.holder_label, dossier.description) if part)
    return {
        "fileCode" if kind is Kind.SIP else "arcFileCode": code,
        "title": dossier.title,
        "maintenance": rules.maintenance_code(years),
        "mode": dossier.mode,
        "language": ",".join(dossier.languages),
        "startDate": _day(dossier.start_on),
        "endDate": _day(dossier.end_on),
        "keyword": dossier.keywords,
        "totalDoc": str(count),
        "numberOfPaper": str(dossier.total_sheets) if dossier.total_sheets else "",
        "numberOfPage": str(dossier.total_pages or 0),
        "format": dossier.condition,
        "inforSign": dossier.info_sign,
        "confidenceLevel": dossier.reliability,
        "paperFileCode": dossier.paper_code,
        "riskRecovery": "0",
        "description": notes[:2000],
    }


def _document_facts(entry: Entry, nth: int, code: str, kind: Kind, dossier: Dossier) -> dict[str, str]:
    code = code[:92]
    symbol = parse_symbol(entry.number) if entry.number else None
    number = str(symbol.number) if symbol and symbol.number else ""
    facts = {
        "docCode": rules.document_code(code, nth),
        "typeName": rules.type_code(entry.type_key),
        "codeNumber": number[:11],
        "codeNotation": (entry.number.partition("-")[2] or entry.number)[:30],
        "issuedDate": _day(entry.issued_on),
        "organName": entry.issuer[:200],
        "subject": entry.subject[:500],
        "language": entry.language,
        "numberOfPage": str(min(entry.pages or 0, 9999)),
        "keyword": entry.keywords,
        "mode": entry.mode,
        "confidenceLevel": entry.reliability,
        "autograph": entry.autograph,
        "format": entry.condition,
        "process": "1" if entry.reliability == Reliability.BORN_DIGITAL else "0",
        "description": entry.note,
    }
    if kind is Kind.SIP:
        years = period_years(dossier.retention, dossier.end_on or dossier.opened_on)
        return facts | {"docId": f"{nth:07d}", "maintenance": rules.maintenance_code(years), "riskRecovery": "0"}
    return facts | {"arcFileCode": code, "docOrdinal": f"{nth:07d}"}


def _own(dossier: Dossier, entries: Sequence[Entry], files: dict[int, list[ArchivedFile]]) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(dossier, name) for name in _DOSSIER_OWN}
    told |= {name: _iso(getattr(dossier, name)) for name in _DOSSIER_DAYS}
    told |= {name: getattr(dossier, name) for name in _DOSSIER_COUNTS}
    told |= {
        "languages": list(dossier.languages),
        "unit": dossier.unit.code if dossier.unit else "",
        "archived_at": dossier.archived_at.astimezone(HANOI).isoformat() if dossier.archived_at else None,
    }
    return {
        "version": 1,
        "dossier": told,
        "documents": [
            {
                **{name: getattr(one, name) for name in _ENTRY_OWN},
                "kind": one.kind,
                "issued_on": _iso(one.issued_on),
                "is_undated": one.is_undated,
                "pages": one.pages,
                "sheet_from": one.sheet_from,
                "files": [
                    {"name": file.name, "media_type": file.media_type, "pages": file.pages}
                    for file in files.get(one.pk, [])
                ],
            }
            for one in entries
        ],
        "history": _history(dossier),
    }


def _history(dossier: Dossier) -> list[dict[str, str]]:
    """The trail up to the archive's acceptance: what an earlier package brought, then our own lines."""
    until = dossier.archived_at or timezone.now()
    own = TimelineEntry.objects.filter(record_id=dossier.pk, at__lte=until).exclude(act="migrate").order_by("at", "id")
    lines = [
        {"at": one.at.astimezone(HANOI).isoformat(), "who": one.actor_label, "label": one.label, "note": one.note}
        for one in own
    ]
    return [*dossier.history, *lines]


def import_package(path: Path, organization: Organization, *, source: str = "", by: Actor, at: datetime) -> Dossier:
    """Restore a dossier from a package into the body's archive: an AIP of ours wholly, a foreign one by its fields.

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
    dossier = _dossier_of(package, organization, fonds, at)
    dossier.came_from = source[:200]
    with transaction.atomic():
        note = f"Nhập từ gói {package.root}"
        start_migrated([dossier], notes=[note], by=by, at=at, facts={"package": package.root})
        _restore_documents(package, dossier, by, at)
        keep_card(dossier)
        index_record(dossier)
    return dossier


def _dossier_of(package: ReadPackage, organization: Organization, fonds: Fonds, at: datetime) -> Dossier:
    own = package.own.get("dossier") if isinstance(package.own.get("dossier"), dict) else {}
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
            **{name: nfc(str(facts.get(name) or "")) for name in _DOSSIER_OWN if name != "year"},
            **{name: _read_day(facts.get(name)) for name in _DOSSIER_DAYS if name != "opened_on"},
            **{name: _read_count(facts.get(name)) for name in _DOSSIER_COUNTS},
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


_RESTORED = frozenset((*_DOSSIER_OWN, *_DOSSIER_DAYS, *_DOSSIER_COUNTS, "languages"))


def _foreign_dossier(package: ReadPackage, at: datetime) -> dict[str, Any]:
    """What the profile's fields say, for a package of another system."""
    facts, day = package.facts, timezone.localdate(at)
    code = facts.get("fileCode") or facts.get("arcFileCode", "")
    end = _read_profile_day(facts.get("endDate", "")) or day
    by_code = {rules.maintenance_code(period_years(one, day)): one for one, _name in periods(day)}
    retention = by_code.get(facts["maintenance"], "") if facts["maintenance"] != rules.OTHER_MAINTENANCE else ""
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
        "holder_label": "",
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
        given = extra if isinstance(extra, dict) else {}
        entry = _entry_of(document, given, dossier, place, by=by, at=at)
        entry.save(force_insert=True)
        files = given.get("files") if isinstance(given.get("files"), list) else []
        for nth, member in enumerate(document.members, 1):
            facts = files[nth - 1] if nth <= len(files) and isinstance(files[nth - 1], dict) else {}
            _restore_file(package, member, facts, entry, nth, by=by, at=at)


def _entry_of(
    document: ReadDocument, own: dict[str, Any], dossier: Dossier, place: int, *, by: Actor, at: datetime
) -> Entry:
    facts = document.facts
    keys = {code: key for key, code in rules.TYPE_CODES.items()}
    issued = _read_day(own.get("issued_on")) or _read_profile_day(facts.get("issuedDate", ""))
    number = "-".join(part for part in (facts.get("codeNumber", ""), facts.get("codeNotation", "")) if part)
    foreign = {
        "type_key": keys.get(facts["typeName"], "official_letter"),
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
    texts = {name: nfc(str(own.get(name, foreign[name]) or "")) for name in _ENTRY_OWN}
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
) -> None:
    """A data file into the store, hashed again on the way."""
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
        size=path_size(blob.sha256),
        media_type=media_type[:100],
        pages=pages,
        kept_at=at,
    )


def path_size(sha256: str) -> int:
    """How many bytes the store keeps under the hash."""
    return store().path(sha256).stat().st_size


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


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


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
