"""Documents taken over from another system: readable and findable as they were, obliging nobody."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import PurePath

from django.db import connection
from django.utils import timezone

from congso.apps.documents import rules
from congso.apps.documents.models import RECORD_TYPE, Channel, IncomingDocument, Migrated
from congso.apps.documents.queries import migrated_words, search_marks
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import Names, NamesOfAllDays
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import attach_upload, receive_upload
from congso.kernel.jobs.services import JobRefused
from congso.kernel.search.services import Words, index_record, index_records
from congso.kernel.workflow.migrating import start_migrated
from congso.kernel.workflow.services import NotYours
from congso.lib.document_types import DOCUMENT_TYPES, type_named, types_abbreviated
from congso.lib.symbols import normalise_symbol, parse_symbol

PURPOSE = "migrated"
_SUPERIOR_SAID = 4  # words of a name that says its superior: Văn phòng Tỉnh ủy


@dataclass(frozen=True)
class MigratedEntry:
    """One document as the other system knew it. Only the id and one of title, text and file are sure to be there."""

    external_id: str
    number: str = ""
    title: str = ""
    issued_on: date | None = None
    issuer_name: str = ""
    parent_agency: str = ""
    type_written: str = ""
    signer_name: str = ""
    text: str = ""
    file: str = ""

    @property
    def digest(self) -> str:
        """By which the same line is known again."""
        return hashlib.sha256(json.dumps(asdict(self), default=str).encode()).hexdigest()

    @property
    def heading(self) -> str:
        """Its title; without one the first line of its text, or the name of its file."""
        first = next((line.strip() for line in self.text.splitlines() if line.strip()), "")
        return (self.title or first or PurePath(self.file).stem or self.external_id)[:1000]


def migrate_documents(
    office: Organization, entries: Sequence[MigratedEntry], *, names: NamesOfAllDays, by: Actor, at: datetime
) -> list[IncomingDocument]:
    """Take over documents with their texts into the office's register, without numbers, in one transaction.

    The caller holds `lock_migration` and passes no id that is known already. Raises NotYours for anybody but the
    office's clerks and chiefs.
    """
    documents = _start(office, entries, names=names, by=by, at=at)
    Migrated.objects.bulk_create(
        Migrated(
            organization=office,
            external_id=entry.external_id,
            digest=entry.digest,
            record=document,
            parent_agency=entry.parent_agency,
            type_written=entry.type_written,
            text=entry.text,
            migrated_at=at,
        )
        for entry, document in zip(entries, documents, strict=True)
    )
    index_records(
        [
            Words(
                document,
                migrated_words(document, parent_agency=entry.parent_agency, text=entry.text),
                search_marks(document),
            )
            for entry, document in zip(entries, documents, strict=True)
        ]
    )
    return documents


def read_migrated_file(
    office: Organization, entry: MigratedEntry, chunks: Iterable[bytes], *, by: Actor, at: datetime
) -> None:
    """Take in the file of a document and queue its reading; the document exists once that found no secret."""
    upload = receive_upload(
        chunks,
        name=PurePath(entry.file).name,
        organization=office,
        purpose=PURPOSE,
        details=json.loads(json.dumps(asdict(entry), default=str)),
        by=by,
        at=at,
    )
    facts = {"digest": entry.digest, "upload_id": upload.pk}
    if not Migrated.objects.filter(organization=office, external_id=entry.external_id).update(**facts):
        Migrated.objects.create(
            organization=office,
            external_id=entry.external_id,
            parent_agency=entry.parent_agency,
            type_written=entry.type_written,
            migrated_at=at,
            **facts,
        )


def receive_migrated_upload(read: ReadUpload, by: Actor, at: datetime) -> IncomingDocument:
    """The file of a migrated document was read: the document comes to life with its text and pages."""
    details = dict(read.upload.details)
    details["issued_on"] = date.fromisoformat(details["issued_on"]) if details["issued_on"] else None
    entry = MigratedEntry(**details)
    waiting = Migrated.objects.filter(
        organization=read.upload.organization, external_id=entry.external_id, record=None
    ).first()
    if waiting is None:
        raise JobRefused("Văn bản này đã được chuyển vào hệ thống.")
    try:
        (document,) = _start(read.upload.organization, [entry], names=NamesOfAllDays.read(), by=by, at=at)
    except NotYours as refusal:  # no longer a clerk since the import began
        raise JobRefused(str(refusal)) from refusal
    Migrated.objects.filter(pk=waiting.pk).update(record=document)
    IncomingDocument.objects.filter(pk=document.pk).update(
        file_digest=read.blob.sha256, pages=(read.searchable or read.blob).pages or None
    )
    attach_upload(read, document, by=by, at=at)
    index_record(document)
    return document


def lock_migration(office: Organization) -> None:
    """Let one import at a time write to the office's register; until the transaction ends others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('documents.migrated'), %s)", [office.pk])


def _start(
    office: Organization, entries: Sequence[MigratedEntry], *, names: NamesOfAllDays, by: Actor, at: datetime
) -> list[IncomingDocument]:
    documents = [_document(office, entry, names=names, at=at) for entry in entries]
    ids = [entry.external_id for entry in entries]
    facts = {"first": ids[0], "last": ids[-1], "sha256": hashlib.sha256("\n".join(ids).encode()).hexdigest()}
    notes = [f"Mã ở hệ thống cũ: {external_id}" for external_id in ids]
    start_migrated(documents, notes=notes, by=by, at=at, facts=facts)
    return documents


def _document(office: Organization, entry: MigratedEntry, *, names: NamesOfAllDays, at: datetime) -> IncomingDocument:
    symbol = parse_symbol(entry.number)
    day = entry.issued_on or timezone.localdate(at)
    return IncomingDocument(
        type=RECORD_TYPE,
        number=entry.number,
        title=entry.heading,
        owner=office,
        opened_on=day,
        received_at=at,
        symbol_key=normalise_symbol(entry.number)[:80] if entry.number else "",
        symbol_number=symbol.number if symbol else None,
        symbol_type=symbol.type[:10] if symbol else "",
        symbol_agency=symbol.agency[:60] if symbol else "",
        issuer=_issuer(names.on(day), entry.issuer_name, entry.parent_agency),
        issuer_name=entry.issuer_name,
        issuer_key=rules.issuer_key(entry.issuer_name),
        issued_on=entry.issued_on,
        doc_type=type_key(entry.type_written),
        signer_name=entry.signer_name,
        channel=Channel.NETWORK,
    )


def _issuer(names: Names, agency: str, superior: str) -> Organization | None:
    """The one organization meant; a short name below a superior nobody knows stays a name."""
    if not agency:
        return None
    written = [f"{agency} {superior}"] if superior else []
    if not superior or len(agency.split()) >= _SUPERIOR_SAID:
        written.append(agency)
    for name in written:
        found = names.resolve(name)
        if len(found.organizations) == 1 and not found.group:
            return found.organizations[0]
    return None


@cache
def _types() -> dict[str, str]:
    return {kind.key: kind.key for kind in DOCUMENT_TYPES}


def type_key(written: str) -> str:
    """The type meant by a name, an abbreviation or a key; empty when none or several are."""
    named = type_named(written) if written else None
    if named:
        return named.key
    abbreviated = types_abbreviated(written) if written else ()
    return abbreviated[0].key if len(abbreviated) == 1 else _types().get(written, "")


def known_ids(office: Organization, external_ids: Iterable[str]) -> dict[str, Migrated]:
    """What the register holds of these ids already, with the upload still being read."""
    rows = Migrated.objects.filter(organization=office, external_id__in=list(external_ids))
    return {row.external_id: row for row in rows.defer("text").select_related("upload")}
