from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate


class Command(migrate.Command):
    """One process for both: most of what either takes is the start of Django."""

    help = "Đưa cơ sở dữ liệu lên bản này: migrate rồi secure (chạy bằng vai chủ sở hữu)"

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            call_command("secure", verbosity=options["verbosity"], skip_checks=True)
