import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from congso.kernel.jobs.jobs import STALLED_AFTER_SECONDS


class Command(BaseCommand):
    help = "Chạy tiến trình xử lý việc nền cho đến khi được dừng"

    def handle(self, *args: Any, **options: Any) -> None:
        queue: Any = app  # a proxy the library does not type
        with queue.replace_connector(queue.connector.get_worker_connector()):
            asyncio.run(self._work(queue))

    async def _work(self, queue: Any) -> None:
        async with queue.open_async():
            await queue.run_worker_async(
                concurrency=2,
                update_heartbeat_interval=STALLED_AFTER_SECONDS / 3,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                fetch_job_polling_interval=2,
            )
