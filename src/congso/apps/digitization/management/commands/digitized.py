import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from congso.apps.digitization.services.importing import LineRefused, Taken, import_batch, import_row, rows_of
from congso.kernel.access.services import acting_as
from congso.kernel.accounts.terminal import actor_named
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.services import NotYours

_EVERY = 50


class Command(BaseCommand):
    help = (
        "Nhập tài liệu đã số hóa trước đây: digitized THƯ-MỤC DANH-SÁCH.csv|xlsx --as TÀI-KHOẢN --org MÃ-CƠ-QUAN"
        " [--unit MÃ]. Cột: tệp, tên loại, số ký hiệu, ngày, cơ quan, trích yếu, người ký, mã hồ sơ, tiêu đề hồ sơ."
        " Dừng lúc nào cũng được, chạy lại thì làm tiếp."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="THƯ-MỤC")
        parser.add_argument("list", type=Path, metavar="DANH-SÁCH")
        parser.add_argument("--as", dest="username", required=True, metavar="TÀI-KHOẢN")
        parser.add_argument("--org", required=True, metavar="MÃ-CƠ-QUAN", help="cơ quan có lưu trữ, bên số hóa")
        parser.add_argument("--unit", metavar="MÃ", help="đơn vị có tài liệu; mặc định là cơ quan ấy")
        parser.add_argument("--report", type=Path, help="ghi các dòng bị từ chối; mặc định DANH-SÁCH.refused.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, listed = options["folder"], options["list"]
        if not folder.is_dir() or not listed.is_file():
            raise CommandError("Không thấy thư mục hoặc danh sách.")
        actor = actor_named(options["username"])
        taken = Taken()
        try:
            with acting_as(actor):
                owner, unit = self._of(options["org"]), self._of(options["unit"] or options["org"])
                batch = import_batch(owner, unit, name=f"Nhập {listed.stem}"[:300], by=actor, at=timezone.now())
            for number, row in rows_of(listed):
                self._one(number, row, taken, lambda row=row: import_row(batch, row, folder, by=actor))
        except (NotYours, LineRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        report = options["report"] or listed.with_name(f"{listed.stem}.refused.csv")
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("dòng", "tệp", "lý do"), *taken.refused])
        self.stdout.write(
            f"Đã đọc {taken.read} dòng: {taken.imported} tài liệu đã nhập, {taken.already} đã có từ trước,"
            f" {len(taken.refused)} bị từ chối (lý do: {report})."
        )

    def _one(self, number: int, row: dict[str, str], taken: Taken, do: Any) -> None:
        taken.read += 1
        try:
            if do():
                taken.imported += 1
            else:
                taken.already += 1
        except LineRefused as refusal:
            taken.refused.append((number, row.get("file", ""), str(refusal)))
        if taken.read % _EVERY == 0:
            self.stderr.write(f"{taken.read} dòng: {taken.imported} đã nhập, {len(taken.refused)} từ chối")

    def _of(self, code: str) -> Organization:
        found = Organization.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"Không có cơ quan mang mã “{code}”.")
        return found
