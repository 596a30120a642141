from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.journal.queries import verify_journal


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: ./congso journal verify"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_journal()
        self.stdout.write(f"{verdict.sealed} dòng trong {len(verdict.heads)} chuỗi; {verdict.unsealed} dòng chưa niêm.")
        for organization_id, digest in sorted(verdict.heads.items()):
            self.stdout.write(f"  chuỗi {organization_id}: {digest}")
        for fault in verdict.faults:
            self.stderr.write(f"SAI: chuỗi {fault.organization_id}, dòng {fault.position}: {fault.what}")
        if verdict.faults:
            raise CommandError("Nhật ký không toàn vẹn.")
        self.stdout.write("Nhật ký toàn vẹn.")
