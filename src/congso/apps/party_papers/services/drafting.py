"""Drafting a paper: its facts, its text, the relations read from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from congso.apps.party_papers.flow import keeper_principals
from congso.apps.party_papers.models import RECORD_TYPE, Edition, ListedBody, PartyPaper, Proposal, Readers
from congso.apps.party_papers.queries import named
from congso.apps.party_papers.rules import passages_of, relations_in
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import office_of, title_of
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach_upload, receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused
from congso.kernel.records.models import Record
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start

FILE = "party_paper"
MOST_CHARACTERS = 3_000_000


@dataclass(frozen=True)
class PaperFacts:
    """What a person says of a paper."""

    number: str
    title: str
    document_type: str
    issuer_name: str
    opened_on: date
    effective_from: date
    effective_to: date | None = None
    signer_words: str = ""
    volume: str = ""
    readers: str = Readers.PARTY
    text: str = ""
    listed: Sequence[Organization] = field(default_factory=tuple)


def draft_paper(facts: PaperFacts, *, owner: Organization, by: Actor, at: datetime) -> PartyPaper:
    """Begin a paper in the organization's name. Raises NotYours, Refused."""
    if not current_principals() & keeper_principals(owner):
        raise NotYours(f"Bạn không có quyền soạn văn kiện thay mặt {owner.name}.")
    _check(facts)
    paper = PartyPaper(type=RECORD_TYPE, owner=owner, **_columns(facts))
    with start(paper, by=by, at=at, label="Soạn văn kiện"):
        _list(paper, facts.listed)
        index_record(paper)
    return paper


def edit_paper(paper: PartyPaper, facts: PaperFacts, *, by: Actor, at: datetime) -> None:
    """Change a draft."""
    _check(facts)
    with act(paper, "edit", by=by, at=at):
        _save(paper, **_columns(facts))
        paper.listed_bodies.all().delete()
        _list(paper, facts.listed)
        index_record(paper)


def add_file(paper: PartyPaper, file: "UploadedFile[Any]", *, by: Actor, at: datetime) -> Upload:
    """Take the paper's own file in; its reading brings the text. Raises Refused, naming the file."""
    try:
        return receive_upload(
            file.chunks(), name=file.name or "", organization=office_of(paper.owner) or paper.owner,
            purpose=FILE, by=by,
            at=at, details={"record": paper.pk}, expected_size=file.size or 0,
        )  # fmt: skip
    except (FileRefused, StorageFull) as refusal:
        raise Refused(f"{file.name}: {refusal.message_vi}") from refusal


def attach_file(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """Tie the file to its paper; a paper without text takes the file's."""
    paper = PartyPaper.objects.filter(pk=read.upload.details.get("record"), state="draft").first()
    if paper is None:
        raise JobRefused("Văn kiện không còn ở bước soạn.")
    attach_upload(read, paper, role=Attachment.Role.ORIGINAL, by=by, at=at)
    text = "\n".join(read.texts).strip()[:MOST_CHARACTERS]
    if text and not paper.text.strip():
        _save(paper, text=text)
        index_record(paper)
    return paper


@transaction.atomic
def read_relations(paper: PartyPaper, *, by: Actor, at: datetime) -> int:
    """Propose the relations the text states that are not proposed yet; returns how many. A person decides each."""
    with act(paper, "edit", by=by, at=at) as move:
        move.label = "Đọc quan hệ từ nội dung"
        known = set(paper.proposals.values_list("target_symbol", "target_anchor"))
        made = []
        for one in relations_in(passages_of(paper.text), own_symbol=paper.number):
            if (one.symbol, one.target_anchor) in known:
                continue
            targets = named(one.symbol)
            made.append(
                Proposal(
                    paper=paper, bond=one.bond.value, target=targets[0] if len(targets) == 1 else None,
                    target_symbol=one.symbol[:120], source_anchor=one.source_anchor[:120],
                    target_anchor=one.target_anchor[:120], quote=one.quote,
                )
            )  # fmt: skip
        Proposal.objects.bulk_create(made)
        move.facts |= {"proposed": len(made)}
    return len(made)


@dataclass(frozen=True)
class Decision:
    """What a person makes of a relation."""

    bond: str
    target: Edition | None
    target_symbol: str
    target_anchor: str = ""
    effective_on: date | None = None


def confirm_relation(proposal: Proposal, said: Decision, *, by: Actor, at: datetime) -> None:
    """The relation is as said; without a day it takes effect with the paper."""
    if said.target is not None and said.target.paper_id == proposal.paper_id:
        raise Refused("Văn kiện không tác động lên chính nó.")
    _decide(proposal, Proposal.State.CONFIRMED, by, at, **said.__dict__)


def drop_relation(proposal: Proposal, *, by: Actor, at: datetime) -> None:
    """The text does not say that."""
    _decide(proposal, Proposal.State.DROPPED, by, at)


def add_relation(paper: PartyPaper, said: Decision, *, by: Actor, at: datetime) -> Proposal:
    """A relation a person names; confirmed by that."""
    made = Proposal.objects.create(paper=paper, bond=said.bond, target_symbol=said.target_symbol)
    confirm_relation(made, said, by=by, at=at)
    return made


def _decide(proposal: Proposal, state: str, by: Actor, at: datetime, **columns: Any) -> None:
    if by.person_id is None:
        raise NotYours("Quan hệ giữa các văn kiện do người xác nhận.")
    with act(proposal.paper, "edit", by=by, at=at) as move:
        move.label = "Xác nhận quan hệ" if state == Proposal.State.CONFIRMED else "Bỏ quan hệ"
        move.note = str(columns.get("target_symbol") or proposal.target_symbol)
        columns |= {
            "state": state, "decided_by_id": by.person_id, "decided_at": at,
            "decided_label": title_of(by.person_id, timezone.localdate(at)),
        }  # fmt: skip
        for name, value in columns.items():
            setattr(proposal, name, value)
        proposal.save(update_fields=[name.removesuffix("_id") for name in columns])


def _check(facts: PaperFacts) -> None:
    if facts.effective_to is not None and facts.effective_to <= facts.effective_from:
        raise Refused("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
    if facts.readers == Readers.LISTED and not facts.listed:
        raise Refused("Hãy ghi các cơ quan được đọc.")
    if len(facts.text) > MOST_CHARACTERS:
        raise Refused("Nội dung dài quá 3.000.000 ký tự.")


def _columns(facts: PaperFacts) -> dict[str, Any]:
    columns = {name: value for name, value in facts.__dict__.items() if name != "listed"}
    return {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}


def _list(paper: PartyPaper, listed: Sequence[Organization]) -> None:
    if paper.readers == Readers.LISTED:
        ListedBody.objects.bulk_create(ListedBody(paper=paper, organization=one) for one in listed)


def _save(paper: PartyPaper, **changes: object) -> None:
    for name, value in changes.items():
        setattr(paper, name, value)
    paper.save(update_fields=list(changes))
