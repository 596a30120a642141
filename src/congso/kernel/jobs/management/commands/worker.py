import asyncio
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from procrastinate.contrib.django import app

from congso.kernel.jobs.jobs import STALLED_AFTER_SECONDS


class Command(BaseCommand):
    help = "Chạy tiến trình xử lý việc nền cho đến khi được dừng"

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(work())


async def work(**options: Any) -> None:
    """Take jobs until stopped.

    The worker is an application of its own beside Django's: what a job queues in turn still goes through
    Django's connection, so it exists exactly when that job's transaction commits.
    """
    queue: Any = app  # a proxy the library does not type
    worker = queue.with_connector(queue.connector.get_worker_connector())
    async with worker.open_async():
        await worker.run_worker_async(
            concurrency=2,
            update_heartbeat_interval=STALLED_AFTER_SECONDS / 3,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            fetch_job_polling_interval=2,
            delete_jobs="successful",  # periodic work alone would add ten million lines a year
            task_middleware=[_with_fresh_connection],
            **options,
        )


def _with_fresh_connection(carry_out: Callable[[], Any], _context: object, _worker: object) -> Any:
    """As around a request: threads live long, and the connection of the last job may have died with the server."""
    close_old_connections()
    try:
        return carry_out()
    finally:
        close_old_connections()
