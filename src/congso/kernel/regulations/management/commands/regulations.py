from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from congso.kernel.regulations.queries import unverified


class Command(BaseCommand):
    help = "Tham số pháp luật chưa kiểm chứng: ./congso regulations check"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check"])

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = unverified(timezone.localdate())
        for item in waiting:
            self.stdout.write(f"[{item.trust}] {item.subject}: {item.value}")
            for detail in (item.source, item.note):
                if detail:
                    self.stdout.write(f"      {detail}")
        summary = "tham số hoặc ngày chưa được kiểm chứng, chờ quản trị viên xác nhận."
        self.stdout.write(f"{len(waiting)} {summary}")
