"""Number and date: taken by the registry when a signed paper is issued, without gaps, never reused (office 1.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.queries import issuers_of
from congso.apps.outgoing.services.contents import abbreviation_of, symbol_tail_of
from congso.apps.outgoing.services.papers import bytes_of_paper, keep_paper, values_for
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import Number
from congso.kernel.records.numbering import NoTerm, next_number, reserve_number, series_period
from congso.kernel.search.services import index_record
from congso.kernel.signing.filling import fill
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.workflow.services import NotYours, Refused, act


@dataclass(frozen=True)
class Reserved:
    """A number without content: of which issuer and series."""

    value: int
    symbol: str


def number_document(document: OutgoingDocument, *, by: Actor, at: datetime) -> str:
    """Give the next number of the issuer's series for the type and term (or year), write it and the day on the paper.

    The number comes back if anything fails; of two clerks pressing at once the second waits, then is told it is done.
    Raises Refused: no term on the day, a paper that cannot be filled.
    """
    day = timezone.localdate(at)
    with act(document, "number", by=by, at=at) as move:
        unsigned = [one.name for one in document.signers_after if one.signed_at is None]
        if unsigned:
            raise Refused(f"Chưa đủ chữ ký nên chưa cấp số: {', '.join(unsigned)}.")
        issuer, tail = document.issuer, symbol_tail_of(document)
        document.series = rules.series_of(abbreviation_of(document), document.doc_type)
        document.period = _period(issuer, day)
        document.number_value = next_number(
            document, organization=issuer, series=document.series, period=document.period, at=at
        )
        document.issued_on, document.numbered_at = day, at
        document.number = rules.printed_symbol(issuer.layout_profile, document.number_value, tail)
        values = values_for(document, number=rules.printed_number(document.number_value), issued_on=day)
        try:
            filled = fill(bytes_of_paper(document), values)
        except SigningRefused as refused:
            raise Refused(f"Không ghi được số, ngày lên bản đã ký: {refused}") from refused
        document.save(update_fields=["series", "period", "number_value", "issued_on", "numbered_at", "number"])
        keep_paper(document, filled, stage="numbered", by=by, at=at)
        index_record(document)
        move.label = f"Cấp số {document.number}"
        move.facts |= {"symbol": document.number, "series": document.series, "period": document.period}
    return document.number


def reserve(issuer: Organization, *, doc_type: str, office: Organization, by: Actor, at: datetime) -> Reserved:
    """A number for a classified paper managed outside: same series, no content (office 1.4.5, 2.4). Clerks only."""
    day = timezone.localdate(at)
    if principals.office(office.pk, Function.CLERKS) not in current_principals() or issuer not in issuers_of(office):
        raise NotYours(f"Chỉ văn thư phục vụ {issuer.short_name} giữ số trong sổ này.")
    kind = type_on(doc_type, day)
    if kind is None:
        raise Refused("Hãy chọn tên loại văn bản.")
    series = rules.series_of(kind.abbreviation, doc_type)
    value = reserve_number(
        organization=issuer, series=series, period=_period(issuer, day), reason=Number.Reservation.CLASSIFIED, at=at
    )
    tail = rules.symbol_tail(
        issuer.layout_profile, kind.abbreviation, issuer.symbol, is_letter=doc_type == "letter"
    )  # fmt: skip
    made = Reserved(value, rules.printed_symbol(issuer.layout_profile, value, tail))
    write_entry(
        act="outgoing_document.reserve", actor=str(by), actor_label=title_of(by.id, day), at=at,
        organization_id=office.pk, facts={"symbol": made.symbol, "series": series, "reason": "classified"},
    )  # fmt: skip
    return made


def cancel_document(document: OutgoingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """Numbered, not to be issued: the number stays with it as cancelled, told in the register, never given again."""
    with act(document, "cancel", by=by, at=at, note=reason) as move:
        move.label = f"Hủy văn bản số {document.number}; số không dùng lại"


def _period(issuer: Organization, day: date) -> str:
    try:
        return series_period(issuer, day)
    except NoTerm as missing:
        raise Refused(f"{missing} Quản trị viên khai báo nhiệm kỳ trước khi cấp số.") from missing
