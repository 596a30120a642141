import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.signing.authorities.responding import services
from congso.kernel.signing.demo import ADDRESS, prepare_authorities
from congso.kernel.signing.trust import check_file


class Command(BaseCommand):
    help = "Chữ ký số: check TỆP kiểm tra một tệp PDF; serve chạy cơ quan chứng thực thử nghiệm (để trình diễn)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "serve"])
        parser.add_argument("file", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "serve":
            self._serve()
            return
        if not options["file"] or not Path(options["file"]).is_file():
            raise CommandError("Hãy nêu đường dẫn một tệp PDF.")
        with acting_as(Actor.system(System.REMINDERS)):
            report = check_file(Path(options["file"]), at=timezone.now())
        self.stdout.write(f"{report.shown.label}")
        for said in report.said:
            self.stdout.write(f"  {said.what} {said.then}")
        for one in report.people:
            who = one.signer.name if one.signer else "?"
            self.stdout.write(f"{who}: {one.shown.label}, {one.level}, {one.signed_at}")
            for said in one.said:
                self.stdout.write(f"  - {said.what} {said.then}")

    def _serve(self) -> None:
        port = int(ADDRESS.rpartition(":")[2])
        self.stdout.write(f"TIMESTAMP_URL={ADDRESS}/tsa ({os.getpid()}); Ctrl+C để dừng")
        services(prepare_authorities(), port=port).serve_forever()
