from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from congso.kernel.access.migrating import GrowingExecutor

migrate.MigrationExecutor = GrowingExecutor  # type: ignore[attr-defined]  # the command takes no other way to be given one


class Command(migrate.Command):
    """One process for both: most of what either takes is the start of Django."""

    help = "Đưa cơ sở dữ liệu lên bản này: migrate rồi secure (chạy bằng vai chủ sở hữu)"

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            call_command("secure", verbosity=options["verbosity"], skip_checks=True)
