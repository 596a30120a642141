import csv
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from congso.kernel.manifest import starting
from congso.kernel.manifest.office_setup import OfficeRefused, set_up_office
from congso.kernel.manifest.office_workbook import read_workbook, write_template


class Command(BaseCommand):
    help = "Khởi tạo một cơ quan từ tệp Excel (chạy bằng vai chủ sở hữu); --template ghi ra tệp mẫu để điền"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--template", type=Path, help="ghi tệp mẫu ra đây rồi dừng")
        parser.add_argument("--excel", type=Path, help="tệp đã điền")
        parser.add_argument("--organization", help="mã cơ quan của mình, ví dụ LC.VPTU")
        parser.add_argument("--admin", help="tên đăng nhập của người quản trị đầu tiên")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            write_template(options["template"])
            self.stdout.write(f"Đã ghi tệp mẫu {options['template']}.")
            return
        missing = [name for name in ("excel", "organization", "admin") if not options[name]]
        if missing:
            raise CommandError("Thiếu " + ", ".join(f"--{name}" for name in missing) + ".")
        self._set_up(options["excel"], options["organization"], options["admin"])

    def _set_up(self, excel: Path, organization: str, admin: str) -> None:
        workbook = read_workbook(excel, starting.province_codes())
        for line in workbook.left_aside:
            self.stdout.write(line)
        try:
            with transaction.atomic():  # no account stands whose password was never written down
                passwords = set_up_office(workbook, admin=admin, organization=organization, on=timezone.localdate())
                kept = self._keep(passwords)
        except OfficeRefused as refused:
            raise CommandError(f"Chưa khởi tạo gì cả:\n{refused}") from refused
        self.stdout.write(f"Đã khởi tạo: {len(passwords)} tài khoản, quản trị: {admin}.")
        self.stdout.write(f"Mật khẩu đầu tiên ở {kept}: giao tận tay từng người rồi xóa tệp.")

    def _keep(self, passwords: dict[str, str]) -> Path:
        path = Path(settings.DATA_DIR) / "secrets" / "first-passwords.csv"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("Tên đăng nhập", "Mật khẩu"), *passwords.items()])
        return path
