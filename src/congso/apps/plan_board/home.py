"""What plans show on homes: how many targets are late or at risk, what waits for the steering committee."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.plan_board.models import Matter, Plan
from congso.apps.plan_board.queries import board_of, plan_of
from congso.apps.plan_board.rules import Outlook
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock


def how_plans_stand(request: OfficeRequest, today: date) -> Content | None:
    """For leaders: the newest plan in force; nothing where none is seen."""
    newest = Plan.objects.filter(state="in_force").order_by("-starts_on", "-id").values_list("pk", flat=True).first()
    if newest is None:
        return None
    board = board_of(plan_of(newest), today)
    address = reverse("plan_board:detail", args=[newest])
    outlooks = [node.judgement.outlook for node in board.targets]
    late, risky = outlooks.count(Outlook.LATE), outlooks.count(Outlook.AT_RISK)
    asked = Matter.objects.filter(plan=newest, decision="").count()
    return Content(
        tiles=(
            Tile(_("Chỉ tiêu chậm"), late, f"{address}?tinh-hinh={Outlook.LATE}", "bad" if late else ""),
            Tile(_("Chỉ tiêu có nguy cơ"), risky, f"{address}?tinh-hinh={Outlook.AT_RISK}", "warn" if risky else ""),
            Tile(_("Kiến nghị chờ kết luận"), asked, f"{address}#kien-nghi", "warn" if asked else ""),
        ),
        url=address,
        url_label=str(board.plan)[:60],
    )


BLOCKS = (
    HomeBlock(
        "plan-board", gettext_lazy("Kế hoạch, chỉ tiêu"), "target-arrow", frozenset({Hat.LEADER}), how_plans_stand, 30
    ),
)
