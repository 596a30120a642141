"""Publishing a paper with its passages and relations; withdrawing it; relations found later."""

from datetime import datetime

from django.db import transaction
from django.db.models import Func, Value

from congso.apps.party_papers.models import Edition, EditionPassage, PartyPaper, Proposal, Readers, Relation
from congso.apps.party_papers.rules import passages_of
from congso.apps.party_papers.services.drafting import Decision
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import Refused, act
from congso.lib.symbols import normalise_symbol
from congso.lib.vietnamese import fold


def move_paper(paper: PartyPaper, key: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Submit, give back or drop a paper: acts that only move it."""
    with act(paper, key, by=by, at=at, note=note):
        pass


def publish_paper(paper: PartyPaper, *, by: Actor, at: datetime) -> Edition:
    """Its readers may read it from now on. One transaction: text, passages, relations, the move itself."""
    with act(paper, "publish", by=by, at=at) as move:
        passages = passages_of(paper.text)
        made = Edition.objects.create(
            paper=paper, symbol=paper.number, symbol_key=normalise_symbol(paper.number), title=paper.title,
            document_type=paper.document_type, issuer_name=paper.issuer_name, signer_words=paper.signer_words,
            issued_on=paper.opened_on, effective_from=paper.effective_from, effective_to=paper.effective_to,
            volume=paper.volume, readers=paper.readers, bodies=_bodies(paper), published_at=at,
            words=_vector(" ".join([paper.number, paper.title, paper.issuer_name, paper.volume, paper.text])),
        )  # fmt: skip
        EditionPassage.objects.bulk_create(
            [
                EditionPassage(
                    edition=made,
                    position=place,
                    anchor=one.anchor[:120],
                    label=one.label,
                    depth=one.depth,
                    text=one.text,
                )
                for place, one in enumerate(passages, 1)
            ],
            batch_size=500,
        )
        confirmed = paper.proposals.filter(state=Proposal.State.CONFIRMED)
        Relation.objects.bulk_create(_relation(made, one) for one in confirmed)
        move.facts |= {"readers": paper.readers, "passages": len(passages)}
        index_record(paper)
    return made


def withdraw_paper(paper: PartyPaper, *, note: str, by: Actor, at: datetime) -> None:
    """Nobody but its keepers reads it any more; what it did to others stays told there."""
    with act(paper, "withdraw", by=by, at=at, note=note):
        Edition.objects.filter(paper=paper).update(withdrawn_at=at)


@transaction.atomic
def relate_published(paper: PartyPaper, said: Decision, *, by: Actor, at: datetime) -> Relation:
    """A relation of a published paper that was overlooked; it is added, none is ever changed."""
    if said.target is not None and said.target.paper_id == paper.pk:
        raise Refused("Văn kiện không tác động lên chính nó.")
    with act(paper, "relate", by=by, at=at) as move:
        move.note = said.target_symbol
        return Relation.objects.create(
            source=paper.edition, target=said.target, target_symbol=said.target_symbol, bond=said.bond,
            target_anchor=said.target_anchor, effective_on=said.effective_on or paper.effective_from,
        )  # fmt: skip


def _vector(text: str) -> Func:
    """The words without accents and places, each once: PostgreSQL keeps at most 1 MB of them."""
    words = " ".join(dict.fromkeys(fold(text).lower().split()))
    return Func(Value(words), template="strip(to_tsvector('simple', %(expressions)s))")


def _relation(edition: Edition, one: Proposal) -> Relation:
    return Relation(
        source=edition, target_id=one.target_id, target_symbol=one.target_symbol, bond=one.bond,
        source_anchor=one.source_anchor, target_anchor=one.target_anchor, quote=one.quote,
        effective_on=one.effective_on or edition.effective_from,
    )  # fmt: skip


def _bodies(paper: PartyPaper) -> list[int]:
    """The principals of the listed bodies: their staff and leaders."""
    if paper.readers != Readers.LISTED:
        return []
    bodies = paper.listed_bodies.values_list("organization_id", flat=True)
    return sorted(office(pk, function) for pk in bodies for function in (Function.STAFF, Function.LEADERS))
