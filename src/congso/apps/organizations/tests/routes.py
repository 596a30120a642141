"""How the routes of the organization chart are filled (tests/routes.py): everybody reads, administrators change."""

from datetime import date
from io import BytesIO

from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import Feed
from congso.kernel.accounts.provisioning import compare, stage
from congso.kernel.directory.models import CodeScheme, OrganizationCode
from congso.kernel.directory.services.coding import give_code
from congso.kernel.directory.testing import World
from tests.ways import Way


def feed(world: World) -> Feed:
    """A list from the personnel system, compared by the administrator."""
    table = "Mã nhân sự,Họ và tên,Tên đăng nhập,Mã tổ chức,Chức vụ\nN3,Lò Thị Mới,lo.moi,T.TH,Chuyên viên\n"
    with acting_as(Actor.person(world.administrator)):
        by, on, now = world.administrator, timezone.localdate(), timezone.now()
        made = stage(BytesIO(table.encode()), name="ns.csv", on=on, by=by, at=now)
        compare(made)
        return made


def code(world: World) -> OrganizationCode:
    """A code an agency bears."""
    with acting_as(Actor.person(world.administrator)):
        scheme = CodeScheme.objects.order_by("place").filter(checksum=None).first() or CodeScheme.objects.first()
        return give_code(
            world.organization("BTC"), scheme=scheme, value=scheme.example, on=date(2026, 1, 5), source="QĐ 1",
            by=world.administrator, at=timezone.now(),
        )  # fmt: skip


_KEPT = {"owner": "administrator", "is_open": True}
WAYS = {
    "/to-chuc/{pk}": Way(lambda office: {"pk": office.world.organizations["BTC"]}, **_KEPT),
    "/to-chuc/nguoi/{pk}": Way(lambda office: {"pk": office.world.clerk}, **_KEPT),
    "/to-chuc/chuc-vu/{pk}": Way(lambda office: {"pk": office.post.pk}, **_KEPT),
    "/to-chuc/bo-nhiem/{pk}": Way(lambda office: {"pk": office.assignment.pk}, **_KEPT),
    "/to-chuc/nguoi-thay/{pk}": Way(lambda office: {"pk": office.delegation.pk}, **_KEPT),
    "/to-chuc/nguon-nhan-su/{pk}": Way(lambda office: {"pk": office.once(feed).pk}, owner="administrator"),
    "/to-chuc/ma/{pk}": Way(lambda office: {"pk": office.once(code).pk}, owner="administrator"),
    "/api/v1/organizations/organizations/{code}/codes": Way(
        lambda office: {"code": "T.VPTU"}, form={"scheme": "budget"}, **_KEPT
    ),
    "/api/v1/organizations/feeds/{feed_id}": Way(
        lambda office: {"feed_id": office.once(feed).pk}, owner="administrator"
    ),
    "/api/v1/organizations/organizations/{code}": Way(lambda office: {"code": "T.VPTU"}, **_KEPT),
}
