"""Uploads of a test go to folders of its own, and become records of a sample kind."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World


@pytest.fixture
def send(world: "World", settings: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """See `uploading.sender`."""
    from congso.kernel.files import purposes
    from congso.kernel.files.tests.uploading import make_record, sender

    settings.FILES_DIR = tmp_path / "files"
    purposes.register_purpose("thử", make_record)
    yield sender(world)
    purposes._handlers.pop("thử")
