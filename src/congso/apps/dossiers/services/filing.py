"""Documents into a dossier: by hand, in bulk, by rule, as a file or as a paper; their order and their facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import ArchivedFile, Dossier, Entry, FilingRule, Reliability
from congso.apps.dossiers.queries import dossier_of, facts_for_rules, rules_for, words_of
from congso.apps.dossiers.services.catalogues import clean
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Attachment
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.jobs.services import JobRefused
from congso.kernel.records.filing import FiledFacts, facts_of, filable
from congso.kernel.records.models import Link, Record
from congso.kernel.workflow.services import Move, Refused, act

PURPOSE = "dossier_file"
AT_ONCE = 500
EDITABLE = (
    *("type_key", "number", "issued_on", "is_undated", "issuer", "subject", "pages", "sheet_from", "language"),
    *("reliability", "condition", "mode", "autograph", "keywords", "note"),
)


@dataclass(frozen=True)
class Filed:
    """What became of records on their way into a dossier."""

    added: int
    known: int


def file_records(dossier: Dossier, records: Sequence[Record], *, by: Actor, at: datetime) -> Filed:
    """Put records the person sees into the dossier, after what is there; those that lie there already are left.

    Raises NotYours, WrongState, Refused (too many at once, a dossier into a dossier).
    """
    if len(records) > AT_ONCE:
        raise Refused(f"Mỗi lần đưa vào nhiều nhất {AT_ONCE} văn bản.")
    if any(record.type == dossier.type for record in records):
        raise Refused("Không đưa hồ sơ vào hồ sơ.")
    with act(dossier, "file", by=by, at=at) as move:
        known = set(
            Entry.objects.filter(dossier=dossier, record__in=[one.pk for one in records]).values_list(
                "record_id", flat=True
            )
        )
        fresh = [record for record in dict.fromkeys(records) if record.pk not in known]
        place = next_place(dossier)
        pages = _pages_of(fresh)
        made = [_entry_of(dossier, record, place + nth, pages=pages, by=by, at=at) for nth, record in enumerate(fresh)]
        Entry.objects.bulk_create(made)
        Link.objects.bulk_create(
            (
                Link(
                    source_id=record.pk,
                    target_id=dossier.pk,
                    kind=Link.Kind.DOSSIER,
                    added_by_id=by.person_id,
                    added_at=at,
                )
                for record in fresh
            ),
            ignore_conflicts=True,
        )
        names = "; ".join(record.number or record.title[:60] for record in fresh[:5])
        move.label = f"Đưa {len(fresh)} văn bản vào hồ sơ"
        move.note = names + (" …" if len(fresh) > 5 else "")
        move.facts["records"] = [record.pk for record in fresh]
    return Filed(len(fresh), len(known))


def add_paper(dossier: Dossier, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Entry:
    """A paper that is in no system: described by hand, kept on paper."""
    with act(dossier, "file", by=by, at=at) as move:
        entry = Entry(
            dossier=dossier,
            kind=Entry.Kind.PAPER,
            position=next_place(dossier),
            reliability=Reliability.DIGITISED,
            added_by_id=by.person_id,
            added_at=at,
        )
        _write(entry, facts)
        entry.save(force_insert=True)
        move.label = f"Thêm bản giấy: {entry.subject}"[:200]
    return entry


def receive_file(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """A draft, slip or scan somebody uploaded into the dossier, once it is read and bears no mark of secrecy."""
    try:
        dossier = dossier_of(int(read.upload.details.get("dossier", 0)))
        with act(dossier, "file", by=by, at=at) as move:
            entry = Entry.objects.create(
                dossier=dossier,
                kind=Entry.Kind.FILE,
                position=next_place(dossier),
                subject=_stem(read.name),
                pages=read.blob.pages or None,
                added_by_id=by.person_id,
                added_at=at,
                reliability=Reliability.DIGITISED if read.searchable else Reliability.BORN_DIGITAL,
            )
            kept = [
                (read.name, read.blob),
                *([(f"{_stem(read.name)}.pdf", read.searchable)] if read.searchable else []),
            ]
            for place, (name, blob) in enumerate(kept, 1):
                ArchivedFile.objects.create(
                    entry=entry,
                    position=place,
                    name=name[:200],
                    sha256=blob.sha256,
                    size=blob.size,
                    media_type=blob.media_type,
                    pages=blob.pages,
                    kept_at=at,
                )
            move.label = f"Thêm tệp: {entry.subject}"[:200]
    except Dossier.DoesNotExist as gone:
        raise JobRefused("Hồ sơ không còn, hoặc bạn không còn quyền đưa tệp vào.") from gone
    except Refused as refused:
        raise JobRefused(str(refused)) from refused
    return Record.objects.get(pk=dossier.pk)


def edit_entry(entry: Entry, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Complete or correct a line of the list of documents."""
    with act(dossier_of(entry.dossier_id), "arrange", by=by, at=at) as move:
        before = {name: getattr(entry, name) for name in EDITABLE}
        _write(entry, facts)
        entry.save(update_fields=list(EDITABLE))
        changed = [name for name in EDITABLE if before[name] != getattr(entry, name)]
        move.label, move.facts["changed"] = f"Sửa dòng {entry.position} mục lục văn bản", changed


def move_entry(entry: Entry, *, to: int, by: Actor, at: datetime) -> None:
    """Put a line at another place; the others make room."""
    dossier = dossier_of(entry.dossier_id)
    with act(dossier, "arrange", by=by, at=at) as move:
        last = next_place(dossier) - 1
        place = max(1, min(to, last))
        others = Entry.objects.filter(dossier_id=dossier.pk).exclude(pk=entry.pk)
        if place < entry.position:
            others.filter(position__gte=place, position__lt=entry.position).update(position=F("position") + 1)
        else:
            others.filter(position__gt=entry.position, position__lte=place).update(position=F("position") - 1)
        move.label = f"Xếp lại: dòng {entry.position} lên vị trí {place}"
        Entry.objects.filter(pk=entry.pk).update(position=place)
        entry.position = place


def sort_entries(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Order of events: by date, undated ones last, as they came among themselves."""
    with act(dossier, "arrange", by=by, at=at) as move:
        rows = sorted(
            Entry.objects.filter(dossier_id=dossier.pk),
            key=lambda one: (one.issued_on is None, one.issued_on or one.added_at.date(), one.position, one.pk),
        )
        for place, row in enumerate(rows, 1):
            row.position = place
        Entry.objects.bulk_update(rows, ["position"], batch_size=500)
        move.label = "Xếp mục lục văn bản theo ngày"


def take_out(entry: Entry, *, note: str, by: Actor, at: datetime) -> None:
    """Take a document out of an open dossier; the document itself stays where it is."""
    dossier = dossier_of(entry.dossier_id)
    if not note.strip():
        raise Refused("Hãy ghi lý do rút văn bản khỏi hồ sơ.")
    with act(dossier, "arrange", by=by, at=at, note=note) as move:
        move.label = f"Rút khỏi hồ sơ: {entry.number or entry.subject}"[:200]
        move.facts |= {"record": entry.record_id, "subject": entry.subject}
        if entry.record_id:
            Link.objects.filter(source_id=entry.record_id, target_id=dossier.pk, kind=Link.Kind.DOSSIER).delete()
        ArchivedFile.objects.filter(entry=entry).delete()
        place = entry.position
        entry.delete()
        Entry.objects.filter(dossier_id=dossier.pk, position__gt=place).update(position=F("position") - 1)


def make_rule(
    dossier: Dossier, *, name: str, words: rules.RuleWords, unit: Organization | None, by: Actor, at: datetime
) -> FilingRule:
    """From now on what matches goes into the dossier by itself, as it is registered or issued. Raises Refused."""
    if not any((words.type_key, words.issuer, words.words, words.symbol, unit)):
        raise Refused("Quy tắc phải có ít nhất một điều kiện.")
    with act(dossier, "arrange", by=by, at=at) as move:
        rule = FilingRule.objects.create(
            dossier=dossier,
            organization_id=dossier.owner_id,
            name=clean(name)[:200] or "Quy tắc",
            unit=unit,
            type_key=words.type_key,
            issuer=clean(words.issuer),
            words=clean(words.words),
            symbol=clean(words.symbol),
            source=words.source,
            made_by_id=by.id,
            made_at=at,
        )
        move.label = f"Đặt quy tắc đưa vào hồ sơ: {rule.name}"[:200]
    return rule


def stop_rule(rule: FilingRule, *, by: Actor, at: datetime) -> None:
    """The rule files nothing any more; what it filed stays."""
    with act(dossier_of(rule.dossier_id), "arrange", by=by, at=at) as move:
        move.label = f"Dừng quy tắc: {rule.name}"[:200]
        FilingRule.objects.filter(pk=rule.pk).update(is_live=False)


def try_rule(words: rules.RuleWords, records: Iterable[Record]) -> list[Record]:
    """Which of the records the rule would file: shown before it is saved."""
    return [record for record in records if rules.matches(words, facts_for_rules(record))]


def follow(move: Move) -> None:
    """After acts a system names for it, put the record where rules of its body say. Files once, refuses nothing."""
    known = filable(move.record.type)
    if known is None or move.key not in known.after:
        return
    found = rules_for(move.record.owner_id)
    facts = facts_for_rules(move.record) if found else {}
    for rule in found:
        if rules.matches(words_of(rule), facts):
            _file_by_rule(rule, move.record, move.at)


def _file_by_rule(rule: FilingRule, record: Record, at: datetime) -> None:
    from json import dumps

    facts = facts_of(record)
    told = {
        "type_key": facts.type_key,
        "number": facts.number[:80],
        "issuer": facts.issuer[:300],
        "title": facts.title[:1000],
        "pages": facts.pages,
        "reliability": _reliability(facts),
        "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.file_by_rule(%s, %s, %s::jsonb, %s)", [rule.pk, record.pk, dumps(told), at])


def next_place(dossier: Dossier) -> int:
    """The place after the last document, those unseen counted."""
    last = Entry.objects.filter(dossier_id=dossier.pk).aggregate(last=Max("position"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.documents_in(%s)", [dossier.pk])
        return max(last, int(cursor.fetchone()[0])) + 1


def _entry_of(
    dossier: Dossier, record: Record, place: int, *, pages: Mapping[int, int], by: Actor, at: datetime
) -> Entry:
    facts = facts_of(record)
    return Entry(
        dossier=dossier,
        kind=Entry.Kind.RECORD,
        record_id=record.pk,
        position=place,
        type_key=facts.type_key,
        number=facts.number[:80],
        issued_on=facts.issued_on,
        issuer=facts.issuer[:300],
        subject=facts.title[:1000],
        pages=facts.pages or pages.get(record.pk) or None,
        reliability=_reliability(facts),
        added_by_id=by.person_id,
        added_at=at,
    )


def _reliability(facts: FiledFacts) -> str:
    return Reliability.BORN_DIGITAL.value if facts.is_electronic else Reliability.DIGITISED.value


def _pages_of(records: Sequence[Record]) -> dict[int, int]:
    """Pages of the files that came, by record."""
    found: dict[int, int] = {}
    rows = Attachment.objects.filter(record__in=[one.pk for one in records], source__isnull=True)
    for record_id, pages in rows.values_list("record_id", "blob__pages"):
        found[record_id] = found.get(record_id, 0) + pages
    return found


def _write(entry: Entry, facts: Mapping[str, Any]) -> None:
    for name in EDITABLE:
        if name in facts:
            value = facts[name]
            setattr(entry, name, clean(value) if isinstance(value, str) else value)
    if entry.is_undated:
        entry.issued_on = None
    if not entry.subject:
        raise Refused("Hãy ghi trích yếu, nội dung văn bản.")


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
