from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from congso.kernel.manifest.starting import DEMO_ACCOUNTS


class Command(BaseCommand):
    help = "Nạp công việc mẫu qua chính các nghiệp vụ của hệ thống; --accounts in các tài khoản trình diễn"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self._print_accounts()
            return
        for config in apps.get_app_configs():
            if config.name.startswith("congso.") and find_spec(f"{config.name}.demo"):
                made = import_module(f"{config.name}.demo").load()
                self.stdout.write(f"{config.label}: {made} bản ghi mẫu.")

    def _print_accounts(self) -> None:
        kept = settings.DEMO_PASSWORD_FILE
        if not kept.exists():
            return
        self.stdout.write(f"Mật khẩu chung của các tài khoản trình diễn: {kept.read_text().strip()}")
        for username, what in DEMO_ACCOUNTS:
            self.stdout.write(f"  {username:<20} {what}")
