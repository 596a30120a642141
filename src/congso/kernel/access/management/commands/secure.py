from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from congso.kernel.access.internal.securing import secure


class Command(BaseCommand):
    help = "Tạo lại chính sách truy cập của mọi bảng (chạy bằng vai chủ sở hữu, sau mỗi lần nâng cấp)"

    def handle(self, *args: Any, **options: Any) -> None:
        protected = secure(settings.APP_ROLE)
        self.stdout.write(f"Đã bảo vệ {protected} bảng.")
