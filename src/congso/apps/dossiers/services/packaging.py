"""Dossiers out as packages and back in: what comes out again is what went in.

The profile's fields are the national ones; what they cannot say (our retention code, who held it, the trail) lies in
the package's documentation and is judged on the way in as any foreign input.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import (
    ArchivedFile,
    Dossier,
    Entry,
    Reliability,
)
from congso.apps.dossiers.queries import documents_in, entries_of, files_of, fonds_of, period_years
from congso.apps.dossiers.services.handing_over import code_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.files.configuration import store
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import TimelineEntry
from congso.kernel.workflow.services import Refused
from congso.lib.archiving.building import build_bag, build_package
from congso.lib.archiving.content import Contents, Kind, PackageRefused, PackedDocument, PackedFile
from congso.lib.symbols import parse_symbol

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DOSSIER_OWN = (
    *("number", "title", "year", "retention", "mode", "keywords", "info_sign", "description", "condition"),
    *("reliability", "holder_label", "inventory", "store", "shelf", "box", "paper_code"),
)
DOSSIER_DAYS = ("opened_on", "start_on", "end_on", "work_ended_on", "closed_on", "review_after")
DOSSIER_COUNTS = ("total_documents", "total_pages", "total_sheets")
ENTRY_OWN = (
    *("type_key", "number", "issuer", "subject", "language", "reliability", "condition", "mode", "autograph"),
    *("keywords", "note"),
)


def export_package(dossier: Dossier, kind: str, into: BinaryIO, *, by: Actor, at: datetime) -> str:
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
    told: dict[str, Any] = {name: getattr(dossier, name) for name in DOSSIER_OWN}
    told |= {name: _iso(getattr(dossier, name)) for name in DOSSIER_DAYS}
    told |= {name: getattr(dossier, name) for name in DOSSIER_COUNTS}
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
                **{name: getattr(one, name) for name in ENTRY_OWN},
                "kind": "file" if files.get(one.pk) else "paper",
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


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
