"""Requests and breaches of the test world, made through the services."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import Breach, RequestKind, SubjectRequest
from congso.apps.personal_data.services.breaches import BreachFacts, record_breach
from congso.apps.personal_data.services.requests import NewRequest, make_request
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

FACTS: dict[str, Any] = {
    "description": "Gửi nhầm danh sách\nMột thư có tệp đính kèm gửi ra ngoài",
    "data_kinds": ["identity", "contact"],
    "people_count": 120,
    "cause": "leak",
    "cause_text": "Chọn nhầm người nhận",
    "consequences": "Có thể bị gọi điện quấy rầy",
    "measures": "Đã đề nghị người nhận xóa",
    "contact": "Đặng Hư Cấu, 0214 000 000",
}


def ask(
    world: World, who: str = "specialist", *, kind: str = "delete", at: datetime | None = None, **proposed: str
) -> SubjectRequest:
    """A request of one of the cast about her own data."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        new = NewRequest(RequestKind(kind), "Vì lý do riêng", proposed)
        return make_request(new, by=actor, at=at or timezone.now())


def open_breach(
    world: World, who: str = "other_head", *, ago: timedelta = timedelta(), at: datetime | None = None,
    is_drill: bool = False, **facts: Any,
) -> Breach:  # fmt: skip
    """A breach found some time ago."""
    actor, now = Actor.person(getattr(world, who)), at or timezone.now()
    with acting_as(actor):
        told = BreachFacts(**FACTS | facts)
        return record_breach(told, discovered_at=now - ago, is_drill=is_drill, by=actor, at=now)


def found(world: World, record: Any, who: str = "other_head") -> Any:
    """A fresh read of a request or breach as one of the cast."""
    with acting_as(Actor.person(getattr(world, who))):
        rows = queries.breaches() if isinstance(record, Breach) else queries.requests()
        return rows.get(pk=record.pk)


def do(world: World, who: str, service: Any, record: Any, *args: Any, at: datetime | None = None, **facts: Any) -> Any:
    """Call a service as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        rows = queries.breaches() if isinstance(record, Breach) else queries.requests()
        return service(rows.get(pk=record.pk), *args, by=actor, at=at or timezone.now(), **facts)
