"""The child process that opens papers from outside: started by path under the guard, like the reader of files."""

import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from congso.kernel.files.reading.answering import Say, Task, serve
from congso.kernel.files.reading.limits import Limits


def places(arguments: dict[str, Any], limits: Limits, _say: Say) -> dict[str, Any]:
    """Where number, date, signatures and seals stand on a PDF."""
    from congso.kernel.composing.printed import places_of

    return places_of(Path(arguments["files"]["paper"]), limits)


def look(arguments: dict[str, Any], limits: Limits, _say: Say) -> bool:
    """Refuse a DOCX that is hostile or damaged."""
    from congso.kernel.composing.word.package import open_package

    open_package(Path(arguments["files"]["paper"]), limits)
    return True


TASKS: dict[str, Task] = {"places": places, "look": look}

if __name__ == "__main__":
    serve(TASKS)
