import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from congso.kernel.jobs.jobs import STALLED_AFTER_SECONDS


class Command(BaseCommand):
    help = "Chạy tiến trình xử lý việc nền cho đến khi được dừng"

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        async with app.replace_connector(app.connector.get_worker_connector()).open_async() as worker:
            await worker.run_worker_async(
                concurrency=2,
                update_heartbeat_interval=STALLED_AFTER_SECONDS / 3,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                fetch_job_polling_interval=2,
            )
