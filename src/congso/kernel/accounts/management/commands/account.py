import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.services import (
    AccountRefused,
    close_account,
    forget_factors,
    renew_password,
    reopen_account,
)


class Command(BaseCommand):
    help = "Tài khoản của một người: ./congso account close|reopen|new-password|forget-factors TÊN --by QUẢN_TRỊ"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["close", "reopen", "new-password", "forget-factors"])
        parser.add_argument("username")
        parser.add_argument("--by", required=True, help="tên đăng nhập của quản trị viên chịu trách nhiệm")

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = (self._account(options[name]) for name in ("username", "by"))
        act = options["act"]
        more: dict[str, Any] = {"by": by.person_id, "at": timezone.now()}
        try:
            with acting_as(Actor.person(by.person_id)):
                if act == "close":
                    close_account(user, **more)
                elif act == "reopen":
                    reopen_account(user, **more)
                elif act == "forget-factors":
                    self.stdout.write(f"Đã bỏ {forget_factors(user, **more)} lớp xác thực của {user.username}.")
                else:
                    password = secrets.token_urlsafe(15)
                    renew_password(user, password=password, **more)
                    self.stdout.write(f"Mật khẩu mới của {user.username}, trao tận tay: {password}")
        except AccountRefused as refused:
            raise CommandError(str(refused)) from None

    def _account(self, username: str) -> User:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Không có tài khoản {username}.")
        return found
