"""The real worker process at the tests' own database, for faults of files rather than of processes."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from operate.places import ROOT
from operate.serving import worker_command
from operate.supervisor import Child, supervise
from tests.server import SERVER, app_url

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World

AtWork = Callable[[Path], AbstractContextManager[Child]]


@pytest.fixture(scope="module")
def at_work(committed: "World") -> AtWork:
    """`with at_work(folder) as worker:` one worker under the supervisor, its files in the folder."""
    from django.conf import settings

    @contextmanager
    def working(folder: Path) -> Iterator[Child]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "FILES_DIR", folder / "files")
            environment = os.environ | {
                "DATA_DIR": str(folder),
                "SECRET_DIR": str(SERVER.secrets),
                "DATABASE_URL": app_url(),
                "PYTHONPATH": str(ROOT / "src"),
                "OCR_JOBS": "1",
            }
            worker, stop = Child("worker", worker_command(), environment), threading.Event()
            supervising = threading.Thread(target=supervise, args=([worker], stop, lambda: None))
            supervising.start()
            try:
                yield worker
            finally:
                stop.set()
                supervising.join()

    return working
