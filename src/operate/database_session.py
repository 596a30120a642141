"""A conversation with the database through psql, for what must happen inside one session."""

import subprocess
from types import TracebackType
from typing import Self

from operate.cluster import installed_programs
from operate.migrating import libpq_environment
from operate.places import OperateError

END = "congso-end-of-answer"


class DatabaseSession:
    """One psql process; `ask` sends a statement and returns the lines it answers. Ends at the first error."""

    def __init__(self, url: str) -> None:
        program = str(installed_programs() / "bin" / "psql")
        self._process = subprocess.Popen(
            [program, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=libpq_environment(url),
        )

    def ask(self, statement: str) -> list[str]:
        """The rows of the answer, columns joined by `|`."""
        if self._process.stdin is None or self._process.stdout is None:
            raise OperateError("the database session is closed")
        try:
            self._process.stdin.write(f"{statement};\n\\echo {END}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._complain()
        lines: list[str] = []
        for line in self._process.stdout:
            if line.rstrip("\n") == END:
                return lines
            lines.append(line.rstrip("\n"))
        self._complain()
        return []

    def _complain(self) -> None:
        complaint = self._process.stderr.read() if self._process.stderr else ""
        raise OperateError(f"the database refused: {complaint.strip()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
