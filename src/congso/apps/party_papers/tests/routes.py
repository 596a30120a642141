"""How the routes of Party documents are filled (tests/routes.py)."""

from typing import Any

from congso.apps.party_papers import services
from congso.apps.party_papers.tests import factories
from tests.ways import Way


def published(world: Any) -> Any:
    """A document for everybody, in a volume."""
    return factories.publish(world, "12-QĐ/TU", volume="Tập 1")


def drafted(world: Any) -> Any:
    """A draft with a relation to look at."""
    paper = factories.draft(world, "14-QĐ/TU")
    factories.do(world, "clerk", services.read_relations, paper)
    return paper


def _draft(office: Any) -> dict[str, Any]:
    return {"pk": office.once(drafted).pk}


def _relation(office: Any) -> dict[str, Any]:
    paper = office.once(drafted)
    return {"pk": paper.pk, "proposal_id": factories.proposals(office.world, paper)[0].pk}


WAYS = {
    "/van-kien/doc/{pk}": Way(lambda office: {"pk": office.once(published).pk}, owner="clerk", is_public=True),
    "/van-kien/soan/{pk}": Way(_draft, owner="clerk"),
    "/van-kien/soan/{pk}/viec/{key}": Way(lambda office: _draft(office) | {"key": "drop"}, owner="clerk"),
    "/van-kien/soan/{pk}/quan-he/{proposal_id}": Way(_relation, owner="clerk"),
    "/api/v1/party_papers/editions/{pk}": Way(
        lambda office: {"pk": office.once(published).pk}, owner="clerk", is_open=True
    ),
}
