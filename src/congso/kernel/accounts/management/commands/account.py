import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import Feed, FeedRow, User
from congso.kernel.accounts.provisioning import FeedRefused, Summary, carry_out, compare, stage
from congso.kernel.accounts.services import (
    AccountRefused,
    close_account,
    forget_factors,
    renew_password,
    reopen_account,
)


class Command(BaseCommand):
    help = (
        "Tài khoản của một người: ./congso account close|reopen|new-password|forget-factors TÊN --by QUẢN_TRỊ; "
        "của mọi người theo nguồn nhân sự: ./congso account provision TỆP.csv --by QUẢN_TRỊ [--dry-run] [--confirm]"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["close", "reopen", "new-password", "forget-factors", "provision"])
        parser.add_argument("username", metavar="TÊN hoặc TỆP")
        parser.add_argument("--by", required=True, help="tên đăng nhập của quản trị viên chịu trách nhiệm")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đối chiếu, không ghi gì")
        parser.add_argument("--confirm", action="store_true", help="vẫn thực hiện dù đóng nhiều tài khoản")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "provision":
            self._provision(Path(options["username"]), options)
            return
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

    def _provision(self, path: Path, options: dict[str, Any]) -> None:
        """Compare the list, tell the differences, and carry them out unless asked only to look."""
        by, at = self._account(options["by"]).person_id, timezone.now()
        try:
            with acting_as(Actor.person(by)), path.open("rb") as file:
                feed = stage(file, name=path.name, on=timezone.localdate(at), by=by, at=at)
                summary = compare(feed)
                self._tell(feed, summary)
            if not options["dry_run"]:
                done = carry_out(feed, by=by, at=at, confirmed=options["confirm"])
                self.stdout.write(f"Đã thực hiện {done} dòng. Mật khẩu đầu trao tận tay: account new-password.")
        except OSError as problem:
            raise CommandError(f"Không đọc được {path}: {problem.strerror}.") from None
        except FeedRefused as refused:
            raise CommandError(str(refused)) from None

    def _tell(self, feed: Feed, summary: Summary) -> None:
        self.stdout.write(f"{feed.name}: {summary.read} dòng, {summary.problems} dòng không nhận.")
        for words, count in summary.told:
            self.stdout.write(f"  {words}: {count}")
        for row in FeedRow.objects.filter(feed=feed, line__gt=0).exclude(problem="").order_by("line").iterator(1000):
            self.stdout.write(f"  Dòng {row.line} ({row.code} {row.full_name}): {row.problem}")

    def _account(self, username: str) -> User:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Không có tài khoản {username}.")
        return found
