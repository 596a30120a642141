import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.manifest import starting


class Command(BaseCommand):
    help = "Nạp danh mục tổ chức của tỉnh vào hệ thống trống (chạy bằng vai chủ sở hữu); --demo nạp thêm người hư cấu"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true")
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not starting.is_empty():
            return
        if not starting.is_empty():
            raise CommandError("Hệ thống đã có dữ liệu, không nạp lại.")
        self.stdout.write(f"Đã nạp {starting.load_province()} tổ chức.")
        if options["demo"]:
            password = secrets.token_urlsafe(9)
            kept = settings.DEMO_PASSWORD_FILE
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(password + "\n")
            self.stdout.write(f"Đã nạp {starting.load_people(password)} người hư cấu.")
