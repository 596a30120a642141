"""A paper another system made of its own figures goes on as a draft: the same text, the office's head and signature.

Who receives it as a draft reads, changes, has it checked, signed and issued as any other; nothing of it is final.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.queries import home_of, issuers_of, possible_signers
from congso.apps.outgoing.services.drafting import DraftFacts, start_draft
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Block
from congso.kernel.composing.drafting import text_of_body
from congso.kernel.directory.models import Organization, Person
from congso.kernel.records.models import Link, Record
from congso.kernel.workflow.services import Refused

LONGEST = 200_000
_OVER = "Ban Thường vụ"


@dataclass(frozen=True)
class HandedPaper:
    """What the other system says: in whose name, of which type, about what, to whom."""

    issuer: Organization
    doc_type: str
    title: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...] = ()


def takes_papers_of(issuer: Organization, person_id: int, day: date) -> bool:
    """Whether the person drafts in an office that issues in this body's name. At most four queries."""
    home = home_of(person_id, day)
    return home is not None and issuer in issuers_of(home[1])


def take_paper(paper: HandedPaper, *, source: Record | None = None, by: Actor, at: datetime) -> OutgoingDocument:
    """Begin the draft, laid out like one written here. Signer and authority are proposed: the highest leader of the
    issuer, on behalf of its standing committee where the body decides together.

    `source`: the record it was made from; they are linked. Raises NotYours (no post), Refused (the office does not
    issue for the body; longer than a draft may be).
    """
    text, day = text_of_body(paper.body), timezone.localdate(at)
    if len(text) > LONGEST:
        raise Refused(
            "Nội dung dài quá mức một dự thảo soạn được trong hệ thống. Hãy tải tệp Word, rút gọn rồi soạn văn bản đi"
            " từ tệp ấy."
        )
    home = home_of(by.person_id, day) if by.person_id else None
    is_on_behalf = rules.is_collective(paper.issuer.kind) and paper.issuer.layout_profile == rules.PARTY
    facts = DraftFacts(
        issuer=paper.issuer,
        doc_type=paper.doc_type,
        title=paper.title,
        content=text,
        recipients_text="\n".join(paper.recipients),
        authority=rules.ON_BEHALF if is_on_behalf else rules.OWN,
        authority_over=_OVER if is_on_behalf else "",
        signer=_head_of(paper.issuer, home[1], day) if home else None,
    )
    return start_draft(facts, source=source, link=Link.Kind.RELATED, by=by, at=at)


def _head_of(issuer: Organization, office: Organization, day: date) -> Person | None:
    held = possible_signers(office, day)
    return next((one.person for one in held if one.post.organization_id == issuer.pk), None)
