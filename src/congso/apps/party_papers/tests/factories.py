"""Party documents of the test world, made through the services."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.party_papers import services
from congso.apps.party_papers.models import Edition, PartyPaper, Proposal
from congso.apps.party_papers.queries import paper_of
from congso.apps.party_papers.services import Decision, PaperFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TEXT = """QUY ĐỊNH
về chế độ làm việc
Căn cứ Quy định số 10-QĐ/TU của Tỉnh ủy;
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy định này áp dụng cho cấp ủy.
2. Không áp dụng cho nơi khác.
Điều 2. Hiệu lực
Quy định này thay thế Quy định số 05-QĐ/TU ngày 01/02/2021."""


def do(world: World, who: str, service: Any, paper: PartyPaper, **more: Any) -> Any:
    """Call a service on the paper as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        fresh = paper_of(paper.pk)
        answer = service(fresh, by=actor, at=more.pop("at", NOW), **more)
        paper.state = fresh.state
        return answer


def draft(world: World, symbol: str = "12-QĐ/TU", *, listed: tuple[str, ...] = (), **more: Any) -> PartyPaper:
    """A draft of the office's clerk."""
    told: dict[str, Any] = {
        "number": symbol, "title": "về chế độ làm việc", "document_type": "Quy định",
        "issuer_name": "Tỉnh ủy Thử Nghiệm", "opened_on": date(2026, 3, 1), "effective_from": date(2026, 3, 15),
        "text": TEXT, "readers": "public",
    }  # fmt: skip
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        bodies = tuple(world.organization(code) for code in listed)
        facts = PaperFacts(**(told | more), listed=bodies)
        return services.draft_paper(facts, owner=world.organization("VPTU"), by=actor, at=NOW)


def publish(world: World, symbol: str = "12-QĐ/TU", *, acts: tuple[Decision, ...] = (), **more: Any) -> Edition:
    """A paper drafted, related, reviewed and published."""
    paper = draft(world, symbol, **more)
    for said in acts:
        do(world, "clerk", services.add_relation, paper, said=said)
    do(world, "clerk", services.move_paper, paper, key="submit")
    return do(world, "chief", services.publish_paper, paper)


def on(target: Edition, bond: str, day: date | None = None, anchor: str = "") -> Decision:
    """What a paper does to an edition."""
    return Decision(bond, target, target.symbol, anchor, day)


def proposals(world: World, paper: PartyPaper) -> list[Proposal]:
    """The paper's relations as its clerk sees them."""
    with acting_as(Actor.person(world.clerk)):
        return list(Proposal.objects.filter(paper_id=paper.pk).select_related("paper__owner"))
