"""What the document says, in the words of `kernel.composing`: the content to lay out, and what preflight expects."""

from datetime import date

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.composing import contents, powers
from congso.kernel.composing.drafting import body_from_text, skeleton
from congso.kernel.composing.findings import AmendedPaper, Expected
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import name_on

KEY = "1"  # of the document's own signer's block; co-signers' have their position
_URGENCY = {
    Urgency.URGENT: contents.Urgency.URGENT,
    Urgency.VERY_URGENT: contents.Urgency.VERY_URGENT,
    Urgency.EXPRESS: contents.Urgency.EXPRESS,
    Urgency.EXPRESS_TIMED: contents.Urgency.TIMED,
}
_CIRCULATION = {
    Circulation.MEETING: "TÀI LIỆU HỘI NGHỊ",
    Circulation.MEETING_RETURN: "THU HỒI SAU HỘI NGHỊ",
    Circulation.INTERNAL: "LƯU HÀNH NỘI BỘ",
}


def abbreviation_of(document: OutgoingDocument) -> str:
    """The type's abbreviation as the office's list has it on the day."""
    kind = type_on(document.doc_type, document.issued_on or document.opened_on)
    return kind.abbreviation if kind else ""


def symbol_tail_of(document: OutgoingDocument) -> str:
    """What will follow the number: `KH/TU`."""
    joint = (one.agency_symbol if one.issuer is None else one.issuer.symbol for one in _joint(document))
    others = document.joint_agencies or " ".join(filter(None, joint))
    return rules.symbol_tail(
        document.issuer.layout_profile, abbreviation_of(document), document.issuer.symbol, others,
        is_letter=document.doc_type == "letter",
    )  # fmt: skip


def _joint(document: OutgoingDocument) -> list[CoSigner]:
    """The first signature of each other agency that issues it too, in the order in which they sign."""
    return [one for one in document.signers_after if one.has_seal]


def names_of(issuer: Organization, day: date) -> tuple[str, str]:
    """The two lines of the left column as printed on the day: superior, issuer."""
    name = name_on(issuer, day)
    superior = name_on(issuer.parent, day) if issuer.parent else ""
    return rules.superior_line(name, superior).upper(), rules.own_name(name, superior).upper()


def content_of(document: OutgoingDocument) -> contents.PaperContent:
    """The paper to be laid out, its number and date still blank."""
    superior, issuer = names_of(document.issuer, document.opened_on)
    others = [
        one.agency.upper() if one.issuer is None else names_of(one.issuer, document.opened_on)[1]
        for one in _joint(document)
    ]
    if others:  # bodies that issue together stand in one line, joined by hyphens
        issuer = " - ".join((issuer, *others))
    return contents.PaperContent(
        layout=contents.Layout(document.issuer.layout_profile),
        issuer=issuer,
        parent=superior,
        symbol=symbol_tail_of(document),
        place=document.place,
        doc_type=document.doc_type,
        type_name=document.type_name,
        title=document.title,
        body=body_from_text(document.content),
        signatures=(signature_of(document), *(block_of(one) for one in document.signers_after)),
        recipients=rules.lines_of(document.recipients_text),
        addressees=rules.lines_of(document.addressees),
        marks=_marks(document),
    )


def signature_of(document: OutgoingDocument) -> contents.Signature:
    """The block of the one who signs."""
    return contents.Signature(
        name=document.signer_name,
        post=document.signer_post.upper(),
        authority=contents.Authority(document.authority),
        over=document.authority_over.upper(),
        key=KEY,
    )


def block_of(signer: CoSigner) -> contents.Signature:
    """The block of one who signs too; of one body's several signatures the first alone carries its seal."""
    return contents.Signature(
        name=signer.name,
        post=signer.post.upper(),
        authority=contents.Authority(signer.authority),
        over=signer.authority_over.upper(),
        has_seal=signer.has_seal,
        key=signer.key,
    )


def allowed_types_of(document: OutgoingDocument, day: date) -> frozenset[str] | None:
    """The types its issuer may issue on the day by the table of powers; None where the table says nothing."""
    return allowed_to(document.issuer, signature_of(document), day)


def allowed_to(issuer: Organization, signature: contents.Signature, day: date) -> frozenset[str] | None:
    """The same for anybody who signs."""
    return powers.allowed_types(powers.body_of(issuer.kind, signature), on=day)


def outline_of(doc_type: str, issuer: Organization) -> str:
    """The usual parts of a type as text to write on."""
    blocks = skeleton(doc_type, contents.Layout(issuer.layout_profile), body=issuer.name)
    return "\n".join(one.text for one in blocks if isinstance(one, contents.Passage))


def expected_of(document: OutgoingDocument) -> Expected:
    """What the register knows of the paper, for preflight."""
    replaced = document.replaces
    amends = (AmendedPaper(replaced.number, replaced.issued_on),) if replaced else ()
    return Expected.of(
        content_of(document), amends=amends, allowed_types=allowed_types_of(document, document.opened_on),
        issuer_is_collective=_is_collective(document),
    )  # fmt: skip


def _is_collective(document: OutgoingDocument) -> bool | None:
    """Of bodies that issue together when they are of one kind; else nothing can be said of all their blocks."""
    issuers = (document.issuer, *(one.issuer for one in _joint(document)))
    kinds = {None if one is None else rules.is_collective(one.kind) for one in issuers}
    return kinds.pop() if len(kinds) == 1 else None


def _marks(document: OutgoingDocument) -> contents.Marks:
    hour = ""
    if document.deliver_by:
        hour = f"trước {timezone.localtime(document.deliver_by):%Hh%M ngày %d/%m/%Y}"
    return contents.Marks(
        urgency=_URGENCY.get(Urgency(document.urgency), contents.Urgency.NONE), deliver_by=hour,
        circulation=_CIRCULATION.get(Circulation(document.circulation), ""),
    )  # fmt: skip
