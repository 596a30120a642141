from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from congso.kernel.records.models import Record
from congso.kernel.records.types import record_types
from congso.kernel.search.learning import learn_meanings, progress
from congso.kernel.search.models import Entry
from congso.kernel.search.services import reindex_record, weigh_terms

_BATCH = 200
_LEARNT_AT_ONCE = 32


class Command(BaseCommand):
    help = (
        "Lập lại chỉ mục tìm kiếm: index rebuild [--since THỜI-ĐIỂM]. Đọc mọi hồ sơ nên chạy bằng vai chủ sở hữu. "
        "Dừng lúc nào cũng được; chạy lại với cùng --since thì làm tiếp phần còn lại. "
        "index learn: học nghĩa mọi đoạn đang chờ, nhanh hơn việc nền; index state: còn bao nhiêu đoạn chờ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild", "weigh", "learn", "state"])
        parser.add_argument(
            "--since",
            type=datetime.fromisoformat,
            help="chỉ lập lại những hồ sơ chưa lập từ thời điểm này (mặc định: bây giờ, tức là tất cả)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_OWNER:
            raise CommandError("Lệnh này đọc mọi hồ sơ: chạy với CONGSO_ROLE=owner và DATABASE_OWNER_URL.")
        if options["act"] in {"learn", "state"}:
            self._say_progress()
            if options["act"] == "learn":
                self._learn()
            return
        if options["act"] == "rebuild":
            self._rebuild(options["since"] or timezone.now())
        self.stdout.write(f"Đã cân {weigh_terms()} từ.")

    def _say_progress(self) -> None:
        found = progress()
        if not found.is_possible:
            self.stdout.write("Chỉ tìm theo từ: cơ sở dữ liệu không có pgvector, hoặc SEARCH_BY_MEANING=0.")
        self.stdout.write(f"Đã học nghĩa {found.known} đoạn, còn {found.waiting} đoạn.")

    def _learn(self) -> None:
        done = 0
        while True:
            with transaction.atomic():
                learnt = learn_meanings(_LEARNT_AT_ONCE)
            if not learnt:
                break
            done += learnt
            self.stdout.write(f"{done}")
        self._say_progress()

    def _rebuild(self, since: datetime) -> None:
        moment = since if timezone.is_aware(since) else timezone.make_aware(since)
        self.stdout.write(f"Lập chỉ mục; nếu dừng giữa chừng, chạy tiếp bằng --since {moment.isoformat()}")
        models = {each.key: each.model for each in record_types()}
        done_already = Entry.objects.filter(indexed_at__gte=moment).values("record_id")
        waiting = Record.objects.exclude(pk__in=done_already).order_by("pk")
        total, done, last = waiting.count(), 0, 0
        while batch := list(waiting.filter(Q(pk__gt=last))[:_BATCH]):
            with transaction.atomic():
                for record in batch:
                    model = models.get(record.type, Record)
                    reindex_record(model.objects.get(pk=record.pk) if model is not Record else record)
            last, done = batch[-1].pk, done + len(batch)
            self.stdout.write(f"{done}/{total}")
