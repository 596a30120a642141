"""Requests, breaches, assessments and consents of the test world, made through the services."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import Assessment, Breach, ConsentPurpose, RequestKind, SubjectRequest
from congso.apps.personal_data.services.assessments import AssessmentFacts, open_assessment
from congso.apps.personal_data.services.breaches import BreachFacts, record_breach
from congso.apps.personal_data.services.consents import Wording, open_purpose
from congso.apps.personal_data.services.requests import NewRequest, make_request
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person, Post
from congso.kernel.directory.services import appoint_person, open_post
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

PROTECTING = "Phụ trách bảo vệ dữ liệu"
ASSESSED: dict[str, Any] = {
    "title": "Quản lý danh bạ cán bộ",
    "begun_on": date(2026, 11, 2),
    "purpose": "Liên hệ công vụ",
    "activities": ["Danh bạ cán bộ"],
    "data_kinds": ["identity", "political"],
    "people_count": 8000,
    "recipients": "Các cơ quan của tỉnh",
    "retention": "Hai năm sau khi thôi công tác",
    "measures": "Phân quyền trong cơ sở dữ liệu",
    "risks": "Lộ số điện thoại",
    "contact": "Đặng Hư Cấu, 0214 000 000",
}
WORDING = Wording("Ảnh chân dung", "In trên trang giới thiệu cơ quan", "Văn phòng", "Đến khi thôi công tác")


def appoint_protector(world: World) -> None:
    """The office opens the post of data protection, if it has none, and appoints `other_head`."""
    now, day = timezone.now(), date(2026, 1, 5)
    with acting_as(Actor.person(world.administrator)):
        if Post.objects.filter(name=PROTECTING).exists():
            return
        post = open_post(
            world.organization("VPTU"), name=PROTECTING, functions=["data_protection"], on=day,
            by=world.administrator, at=now,
        )  # fmt: skip
        appoint_person(Person.objects.get(pk=world.other_head), post=post, on=day, by=world.administrator, at=now)


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


def open_assessed(world: World, who: str = "other_head", *, at: datetime | None = None, **facts: Any) -> Assessment:
    """An impact assessment begun by one of the cast."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return open_assessment(AssessmentFacts(**ASSESSED | facts), by=actor, at=at or timezone.now())


def ask_consent(world: World, who: str = "other_head", *, code: str = "anh-chan-dung") -> ConsentPurpose:
    """A purpose people are asked to agree to, opened by one of the cast, once."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        held = ConsentPurpose.objects.filter(code=code).first()
        return held or open_purpose(code, "Đăng ảnh chân dung", WORDING, by=actor, at=timezone.now())


def rows_of(record: Any) -> Any:
    """Where a record of its kind is read."""
    if isinstance(record, Breach):
        return queries.breaches()
    return queries.assessments() if isinstance(record, Assessment) else queries.requests()


def found(world: World, record: Any, who: str = "other_head") -> Any:
    """A fresh read of a request or breach as one of the cast."""
    with acting_as(Actor.person(getattr(world, who))):
        return rows_of(record).get(pk=record.pk)


def do(world: World, who: str, service: Any, record: Any, *args: Any, at: datetime | None = None, **facts: Any) -> Any:
    """Call a service as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return service(rows_of(record).get(pk=record.pk), *args, by=actor, at=at or timezone.now(), **facts)
