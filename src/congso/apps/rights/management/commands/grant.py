from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from congso.kernel.access.models import Grant, GrantRequest
from congso.kernel.access.principals import Role
from congso.kernel.accounts.models import User
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.queries import value

TERMINAL = "terminal:0"


class Command(BaseCommand):
    help = (
        "Vai trò, khi thiếu quản trị viên thứ hai (chạy bằng vai chủ sở hữu, ghi nhật ký): "
        "list; agree SỐ --operator HỌ_TÊN --reason LÝ_DO; give --to TÊN_ĐĂNG_NHẬP --operator … --reason …"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["list", "agree", "give"])
        parser.add_argument("request", nargs="?", type=int, help="số của đề nghị (agree)")
        parser.add_argument("--to", help="tên đăng nhập của người sẽ là quản trị viên toàn hệ thống (give)")
        parser.add_argument("--days", type=int, default=30, help="số ngày giữ vai trò (give)")
        parser.add_argument("--operator", default="", help="họ tên người vận hành, là người thứ hai")
        parser.add_argument("--reason", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            self._list()
            return
        if not settings.IS_OWNER:
            raise CommandError("Hãy chạy ./congso grant … tại máy chủ.")
        if len(options["operator"].split()) < 2 or not options["reason"].strip():
            raise CommandError("Ghi họ tên người vận hành (--operator) và lý do (--reason).")
        grant = self._agree(options) if options["act"] == "agree" else self._give(options)
        self.stdout.write(f"{grant.person} giữ vai trò “{grant.role_name}” từ {grant.valid_from:%d/%m/%Y}.")

    def _list(self) -> None:
        now = timezone.now()
        waiting = GrantRequest.objects.filter(state=GrantRequest.State.ASKED, expires_at__gt=now)
        for one in waiting.select_related("person", "asked_by").order_by("id"):
            self.stdout.write(f"{one.pk}: {one} ({one.reason}), đề nghị: {one.asked_by}")

    def _agree(self, options: dict[str, Any]) -> Grant:
        now, today = timezone.now(), timezone.localdate()
        asked = GrantRequest.objects.select_for_update().filter(pk=options["request"]).first()
        if asked is None or not asked.is_open(now) or asked.valid_to <= today:
            raise CommandError("Không có đề nghị này, hoặc không còn chờ trả lời.")
        grant = Grant.objects.create(
            role=asked.role, person=asked.person, organization=asked.organization, reason=asked.reason,
            decision=asked.decision, granted_by=asked.asked_by, operator=options["operator"],
            valid_from=max(asked.valid_from, today), valid_to=asked.valid_to,
        )  # fmt: skip
        asked.state, asked.answered_at, asked.grant = GrantRequest.State.AGREED, now, grant
        asked.answer = f"{options['operator']}, tại máy chủ: {options['reason']}"[:300]
        asked.save(update_fields=["state", "answered_at", "grant", "answer"])
        self._note("grant_agreed", grant, options, request=asked.pk)
        return grant

    def _give(self, options: dict[str, Any]) -> Grant:
        """The way back when no administrator is left: the terminal alone, for a short term."""
        user = User.objects.filter(username=options["to"], is_active=True).select_related("person").first()
        if user is None:
            raise CommandError("Không có tài khoản đang mở mang tên này (--to).")
        today, most = timezone.localdate(), int(value("access.role_days_most", on=timezone.localdate()))
        if not 1 <= options["days"] <= most:
            raise CommandError(f"Từ 1 đến {most} ngày (--days).")
        grant = Grant.objects.create(
            role=Role.ADMINISTRATOR.value, person=user.person, reason=options["reason"][:300], valid_from=today,
            operator=options["operator"], valid_to=today + timedelta(days=options["days"]),
        )  # fmt: skip
        self._note("grant_at_terminal", grant, options)
        return grant

    def _note(self, act: str, grant: Grant, options: dict[str, Any], **more: Any) -> None:
        write_entry(
            act=f"access.{act}", actor=TERMINAL, actor_label=f"{options['operator']}, tại máy chủ"[:300],
            at=timezone.now(), organization_id=grant.organization_id or 0,
            facts={"grant": grant.pk, "role": grant.role, "person": grant.person_id, "reason": options["reason"],
                   "to": grant.valid_to.isoformat() if grant.valid_to else None, **more},
        )  # fmt: skip
