from datetime import timedelta
from typing import Any

from allauth.idp.oidc.models import Client
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, IntegrityError
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.federation import IdentityRefused, link_identity
from congso.kernel.accounts.journaling import note
from congso.kernel.accounts.models import User
from congso.kernel.accounts.provider import SCOPES, make_key, register_client, signing_keys

SOON = timedelta(hours=1)  # clients keep the key set for an hour


class Command(BaseCommand):
    help = "Đăng nhập một lần (OpenID Connect): khóa ký, hệ thống được hỏi, định danh liên kết"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("new-key", help="tạo khóa ký; khóa đầu dùng ngay, khóa sau dùng từ một giờ nữa")
        acts.add_parser("clients", help="các hệ thống được hỏi")
        client = acts.add_parser("add-client", help="cho một hệ thống hỏi ai đang đăng nhập")
        client.add_argument("client_id")
        client.add_argument("--name", required=True)
        client.add_argument("--redirect", action="append", required=True, help="địa chỉ nhận trả lời; lặp lại được")
        client.add_argument("--scope", action="append", choices=[*SCOPES], default=[])
        client.add_argument("--after-sign-out", default="")
        client.add_argument("--public", action="store_true", help="ứng dụng không giữ được bí mật (điện thoại, trang)")
        remove = acts.add_parser("remove-client")
        remove.add_argument("client_id")
        link = acts.add_parser("link", help="gắn định danh của nơi khác với tài khoản")
        link.add_argument("username")
        link.add_argument("--provider", required=True)
        link.add_argument("--subject", required=True)
        for responsible in (client, remove, link):
            responsible.add_argument("--by", required=True, help="tên đăng nhập của quản trị viên chịu trách nhiệm")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "new-key":
            self.stdout.write(f"Khóa mới: {make_key(at=timezone.now() + (SOON if signing_keys() else timedelta()))}")
            return
        by = _account(options["by"]) if "by" in options else None
        acts: dict[str, Any] = {
            "clients": self._clients,
            "add-client": self._add,
            "remove-client": self._remove,
            "link": self._link,
        }
        with acting_as(Actor.person(by.person_id) if by else Actor.person(0)):
            try:
                acts[options["act"]](options, by)
            except IntegrityError:
                raise CommandError("Đã có hệ thống mang mã này.") from None
            except Error:
                raise CommandError("Chỉ quản trị viên được làm việc này.") from None

    def _clients(self, options: dict[str, Any], by: User | None) -> None:
        for client in Client.objects.order_by("name"):
            self.stdout.write(f"{client.id}: {client.name}; {' '.join(client.get_redirect_uris())}")

    def _add(self, options: dict[str, Any], by: User) -> None:
        client, secret = register_client(
            client_id=options["client_id"],
            name=options["name"],
            redirect_uris=options["redirect"],
            scopes=sorted({"openid", *options["scope"]}),
            is_public=options["public"],
            after_sign_out=options["after_sign_out"],
        )
        note("client_added", person_id=by.person_id, at=timezone.now(), client=client.id, name=client.name)
        self.stdout.write(f"client_id: {client.id}")
        if secret:
            self.stdout.write(f"client_secret (chỉ hiện lần này): {secret}")

    def _remove(self, options: dict[str, Any], by: User) -> None:
        removed, _kinds = Client.objects.filter(pk=options["client_id"]).delete()
        if not removed:
            raise CommandError("Không có hệ thống này, hoặc bạn không phải quản trị viên.")
        note("client_removed", person_id=by.person_id, at=timezone.now(), client=options["client_id"])

    def _link(self, options: dict[str, Any], by: User) -> None:
        chosen = {"provider": options["provider"], "subject": options["subject"]}
        try:
            link_identity(_account(options["username"]), **chosen, by=by.person_id, at=timezone.now())
        except IdentityRefused as refused:
            raise CommandError(str(refused)) from None


def _account(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"Không có tài khoản {username}.")
    return found
