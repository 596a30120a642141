"""Who may sign what, on the signing day (office 1.5, 1.6): the post for one's own right, a dated decision for T/L."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import ProgrammingError, transaction
from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import Authority, CoSigner, OutgoingDocument, SigningGrant
from congso.apps.outgoing.queries import grants_for, issuers_of
from congso.apps.outgoing.services.contents import allowed_to, allowed_types_of, block_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Assignment, Organization, Person, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import NotYours, Refused


@dataclass(frozen=True)
class Power:
    """Who would sign, for whom, by what right."""

    issuer: Organization
    person: Person | None
    authority: str
    over: str


def check_signer(document: OutgoingDocument, day: date) -> None:
    """Raises Refused with the rule when somebody who is to sign may not sign so on the day."""
    own = Power(document.issuer, document.signer, document.authority, document.authority_over)
    _check_power(document, own, allowed_types_of(document, day), day)
    if document.signer_id in {one.person_id for one in document.signers_after}:
        raise Refused(f"{document.signer} vừa là người ký chính vừa là người cùng ký; hãy bỏ một chỗ.")
    for one in document.signers_after:
        check_co_signer(document, one, day)


def check_co_signer(document: OutgoingDocument, signer: CoSigner, day: date) -> None:
    """The same for one who signs too: by the law of the body she signs for, which of an agency outside is its own to
    keep. Raises Refused.
    """
    if signer.issuer is None:
        return
    power = Power(signer.issuer, signer.person, signer.authority, signer.authority_over)
    _check_power(document, power, allowed_to(signer.issuer, block_of(signer), day), day)


def _check_power(document: OutgoingDocument, power: Power, allowed: frozenset[str] | None, day: date) -> None:
    issuer, person = power.issuer, power.person
    if allowed is not None and document.doc_type not in allowed:
        raise Refused(
            f"{issuer} không có thẩm quyền ban hành {document.type_name.lower()} khi ký như vậy (399-QĐ/TW;"
            " bảng thẩm quyền ở mục Quy định)."
        )
    problem = rules.authority_problem(issuer.kind, power.authority, issuer.layout_profile)
    if problem:
        raise Refused(problem)
    if person is None:
        raise Refused("Hãy chọn người ký.")
    if rules.needs_over(power.authority) and not power.over.strip():
        raise Refused("Hãy ghi ký thay mặt, ký thay hoặc thừa lệnh ai (ví dụ: Ban Thường vụ, Chánh Văn phòng).")
    if rules.needs_grant(power.authority):
        _check_grant(document, power, day)
        return
    held = _posts(person, issuer, day)
    if not held:
        raise Refused(f"{person} không giữ chức vụ lãnh đạo của {issuer} vào ngày {day:%d/%m/%Y}.")
    if power.authority == Authority.ACTING and all(one.kind != Assignment.Kind.ACTING for one in held):
        raise Refused(f"{person} không được giao quyền (Q.) cấp trưởng của {issuer}.")


def _posts(person: Person, body: Organization, day: date) -> list[Assignment]:
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), person=person, post__organization=body)
    return list(
        held.filter(post__functions__overlap=["leaders", "chiefs"]).select_related("post").order_by("post__rank")
    )


def _check_grant(document: OutgoingDocument, power: Power, day: date) -> None:
    found = grants_for(power.issuer, day).filter(person=power.person, authority=power.authority)
    if not any(not one.doc_types or document.doc_type in one.doc_types for one in found):
        label = Authority(power.authority).label
        raise Refused(
            f"Chưa có văn bản giao {power.person} quyền ký “{label}” loại văn bản này của {power.issuer}"
            f" vào ngày {day:%d/%m/%Y}. Lãnh đạo văn phòng ghi ở mục Quyền ký."
        )


def post_in(person: Person, office: Organization, issuer: Organization, day: date) -> str:
    """The signer's post as printed: in the issuer, else in the office that issues for it."""
    for body in dict.fromkeys((issuer, *issuers_of(office))):
        held = _posts(person, body, day)
        if held:
            return held[0].post.name
    return ""


def check_authority(authority: str) -> None:
    """Raises Refused for a right to sign nobody has heard of."""
    if authority not in Authority.values:
        raise Refused("Không có thể thức ký này.")


def leading_post(person: Person, body: Organization, day: date) -> str:
    """The signer's post as printed: in the body she signs for, else in the office that serves it; empty without."""
    serving = Organization.objects.filter(serves=body)
    for one in (body, *serving):
        held = _posts(person, one, day)
        if held:
            return held[0].post.name
    return ""


def grant_signing(
    issuer: Organization, *, person: Person, authority: str, doc_types: list[str], decision: str, valid_from: date,
    valid_to: date | None, by: Actor, at: datetime,
) -> SigningGrant:  # fmt: skip
    """Write down a decision that lets somebody sign by order or mandate. Chiefs of the office alone."""
    if not rules.needs_grant(authority):
        raise Refused("Chỉ ghi quyền ký thừa lệnh (T/L) hoặc thừa ủy quyền (TUQ); quyền khác theo chức vụ.")
    if not decision.strip():
        raise Refused("Hãy ghi số, ngày văn bản giao quyền ký.")
    if valid_to is not None and valid_to <= valid_from:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.")
    try:
        with transaction.atomic():
            made = SigningGrant.objects.create(
                issuer=issuer, person=person, authority=authority, doc_types=doc_types, decision=decision.strip()[:300],
                valid_from=valid_from, valid_to=valid_to, added_by_id=by.id, added_at=at,
            )  # fmt: skip
    except ProgrammingError as error:
        raise NotYours("Chỉ lãnh đạo văn phòng hoặc thủ trưởng cơ quan ghi quyền ký.") from error
    _note("granted", made, by, at)
    return made


def end_signing(grant: SigningGrant, *, on: date, by: Actor, at: datetime) -> None:
    """The right ends on the day (excluded)."""
    last = max(on, date.fromordinal(grant.valid_from.toordinal() + 1))
    if not SigningGrant.objects.filter(pk=grant.pk).update(valid_to=last):
        raise NotYours("Chỉ lãnh đạo văn phòng hoặc thủ trưởng cơ quan kết thúc quyền ký.")
    grant.valid_to = last
    _note("ended", grant, by, at)


def _note(act: str, grant: SigningGrant, by: Actor, at: datetime) -> None:
    write_entry(
        act=f"outgoing.signing_{act}", actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)), at=at,
        organization_id=grant.issuer_id,
        facts={"person": grant.person_id, "authority": grant.authority, "decision": grant.decision},
    )  # fmt: skip
