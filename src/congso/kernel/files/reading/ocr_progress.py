"""A plugin of ocrmypdf that prints progress as lines of JSON: [step, done, total]."""

import json
import sys
from types import TracebackType
from typing import Any, Self

from ocrmypdf import hookimpl


class PrintedProgress:
    """Stands in for the progress bar."""

    def __init__(self, *, total: float | None = None, desc: str | None = None, **_options: Any) -> None:
        self._total, self._step, self._done = total or 0, desc, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Nothing to clear."""

    def update(self, n: float = 1, *, completed: float | None = None) -> None:
        self._done = self._done + n if completed is None else completed
        # ocrmypdf keeps standard output for itself, even its descriptor.
        sys.stderr.write(json.dumps([self._step, self._done, self._total]) + "\n")
        sys.stderr.flush()


@hookimpl
def get_progressbar_class() -> type[PrintedProgress]:
    return PrintedProgress
