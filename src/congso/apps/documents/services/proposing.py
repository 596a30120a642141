"""What the machine read of a paper, as the register takes it: proposed when read, judged when registered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from congso.apps.documents.models import FieldProposal, IncomingDocument
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import CATALOGUE as DOCUMENT_TYPES
from congso.kernel.catalogues.queries import name_of
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import Names
from congso.kernel.papers.proposals import FieldName, FieldReading, PaperFields
from congso.kernel.papers.services import check_against_directory
from congso.kernel.papers.taking import Taken, in_percent, take_date, take_issuer, take_type
from congso.lib.languages import in_vietnamese
from congso.lib.vietnamese import fold, nfc

_PLACES = 24
COLUMNS = {
    FieldName.NUMBER_SYMBOL: "number",
    FieldName.ISSUED_DATE: "issued_on",
    FieldName.ISSUING_AGENCY: "issuer_name",
    FieldName.DOC_TYPE: "doc_type",
    FieldName.TITLE: "title",
    FieldName.SIGNER: "signer_name",
    FieldName.SIGNER_POST: "signer_post",
    FieldName.URGENCY: "urgency",
    FieldName.CIRCULATION: "circulation",
}
"""The fields of a paper that the register takes, with its columns; the others are kept as they were read."""

_IDENTIFYING = (
    FieldName.NUMBER_SYMBOL,
    FieldName.ISSUED_DATE,
    FieldName.ISSUING_AGENCY,
    FieldName.DOC_TYPE,
    FieldName.TITLE,
    FieldName.SIGNER,
)


@dataclass(frozen=True)
class _Context:
    """What a field is taken in the light of."""

    fields: PaperFields
    issuer: Organization | None
    today: date


def proposals_from(fields: PaperFields, *, near: Organization, today: date) -> list[FieldProposal]:
    """Unsaved proposals: one for each field the register takes, found or not, and for whatever else was read.

    The issuer is looked up in the directory of the paper's day, as the office `near` reads names.
    """
    day = _day_of(fields) or today
    checked = check_against_directory(fields, Names.on(min(day, today), near=near))
    context = _Context(checked.fields, checked.issuer, today)
    names = [*COLUMNS, *(name for name in fields.readings if name not in COLUMNS)]
    return [_proposal(name, context) for name in names]


def proposed_values(proposals: Iterable[FieldProposal]) -> dict[str, Any]:
    """The register's columns as proposed, typed; columns nothing was proposed for are left out.

    The degree that names its hour cannot be held without one: until a person types it the paper is “hỏa tốc”.
    """
    found = {COLUMNS[FieldName(one.name)]: one.proposed for one in proposals if one.proposed and one.name in COLUMNS}
    values: dict[str, Any] = dict(found)
    if "issued_on" in found:
        values["issued_on"] = date.fromisoformat(found["issued_on"])
    if "urgency" in found:
        values["urgency"] = min(int(found["urgency"]), int(Urgency.EXPRESS))
    return values


def is_certain(document: IncomingDocument) -> bool:
    """Whether the machine read all that identifies the paper and nothing of it wants a look."""
    found = {one.name: one for one in document.proposals.all()}
    return not document.doubtful_fields and all(name in found and found[name].proposed for name in _IDENTIFYING)


def judge_proposals(document: IncomingDocument) -> None:
    """Write beside each proposal what the register holds now: the machine's marks, and what it learns from."""
    judged = []
    for one in document.proposals.filter(name__in=list(COLUMNS)):
        one.registered_value = _register_text(document, COLUMNS[FieldName(one.name)])
        one.outcome = one.outcome_of(one.registered_value)
        judged.append(one)
    FieldProposal.objects.bulk_update(judged, ["registered_value", "outcome"])


def _register_text(document: IncomingDocument, column: str) -> str:
    value = getattr(document, column)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value else ""


def _day_of(fields: PaperFields) -> date | None:
    try:
        return date.fromisoformat(fields.value(FieldName.ISSUED_DATE))
    except ValueError:
        return None


def _proposal(name: FieldName, context: _Context) -> FieldProposal:
    reading = context.fields.readings.get(name)
    if reading is None:
        return FieldProposal(name=name, confidence=0.0)
    taken = _taken(name, reading, context)
    doubts = [part.strip() for part in (reading.doubt, taken.doubt) if part.strip()]
    return FieldProposal(
        name=name,
        value=nfc(reading.value).strip()[:5000],
        written=nfc(reading.written).strip()[:5000],
        proposed=taken.proposed,
        alternative=taken.alternative[:1000] if taken.alternative != taken.proposed else "",
        confidence=min(1.0, max(0.0, reading.confidence)),
        doubt=" ".join(dict.fromkeys(doubts))[:500],
        places=[in_percent(place, context.fields.page_sizes) for place in reading.places[:_PLACES]],
    )


def _taken(name: FieldName, reading: FieldReading, context: _Context) -> Taken:
    column, value = COLUMNS.get(name), " ".join(nfc(reading.value).split())
    if column is None or not value:
        return Taken("")
    if name is FieldName.ISSUING_AGENCY:
        taken = take_issuer(value, context.fields.value(FieldName.PARENT_AGENCY), context.issuer)
    elif name in _TAKERS:
        taken = _TAKERS[name](value, context.today)
    else:
        taken = Taken(value[:1].upper() + value[1:] if name is FieldName.TITLE else value)
    longest = getattr(IncomingDocument._meta.get_field(column), "max_length", None)
    if longest and len(taken.proposed) > longest:
        return replace(taken, proposed=taken.proposed[:longest].rstrip(), doubt=f"Dài quá {longest} ký tự, đã cắt bớt.")
    return taken


@in_vietnamese()  # the paper's words are compared, whoever's request it is
def _urgency(value: str, _today: date) -> Taken:
    degrees = {fold(str(label)).lower(): code for code, label in Urgency.choices}
    code = degrees.get(fold(value).lower().strip(" :."))
    if code is None:
        return Taken("", f"Không rõ độ khẩn “{value[:40]}”.")
    doubt = "Phải ghi ngày, giờ hẹn." if code == Urgency.EXPRESS_TIMED else ""
    return Taken(str(code) if code else "", doubt)


def _circulation(value: str, _today: date) -> Taken:
    plain = fold(value).lower()
    if "thu hoi" in plain:
        return Taken(Circulation.MEETING_RETURN)
    if "hoi nghi" in plain or "cuoc hop" in plain:
        return Taken(Circulation.MEETING)
    if "noi bo" in plain:
        return Taken(Circulation.INTERNAL)
    return Taken("", f"Không rõ phạm vi lưu hành “{value[:60]}”.")


_TAKERS: dict[FieldName, Callable[[str, date], Taken]] = {
    FieldName.ISSUED_DATE: take_date,
    FieldName.DOC_TYPE: take_type,
    FieldName.URGENCY: _urgency,
    FieldName.CIRCULATION: _circulation,
}


def form_value(name: str, text: str) -> str:
    """A value of the register's column as the form holds it: choices by their code, the rest as people write it."""
    if name == FieldName.URGENCY:
        return text or str(int(Urgency.NORMAL))
    return text if name == FieldName.CIRCULATION else shown_text(name, text)


def shown_text(name: str, text: str) -> str:
    """A value of the register's column in people's words; empty for none."""
    if not text:
        return ""
    if name == FieldName.ISSUED_DATE:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if name == FieldName.DOC_TYPE:
        return name_of(DOCUMENT_TYPES, text, timezone.localdate())
    if name == FieldName.URGENCY:
        return str(Urgency(int(text)).label)
    if name == FieldName.CIRCULATION:
        return str(Circulation(text).label)
    return text
