"""Foreign bytes are opened in the guarded child only: this hands them over and hears the answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.reading.isolation import run_task, silent

_CHILD = Path(__file__).with_name("child.py")
MADE = "made"


def ask(task: str, files: Mapping[str, bytes], **arguments: Any) -> tuple[Any, bytes]:
    """Run a task of `child.py` on the files; its answer, and the bytes of the file it made if any.

    Raises Refused as the child does, StorageFull without room for the scratch copies.
    """
    with spool.needs_room(), spool.work_folder(uuid4()) as work:
        paths = {}
        for name, content in files.items():
            paths[name] = str(work / name)
            Path(paths[name]).write_bytes(content)
        order = arguments | {"files": paths, "into": str(work / MADE)}
        answer = run_task(task, order, limits=limits(), work=work, on_progress=silent, child=_CHILD)
        made = work / MADE
        return answer, made.read_bytes() if made.exists() else b""
