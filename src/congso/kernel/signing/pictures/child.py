"""The child process that reads a picture from outside: started by path under the guard, like the reader of files."""

import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from congso.kernel.files.reading.answering import Say, serve
from congso.kernel.files.reading.limits import Limits
from congso.kernel.signing.pictures.drawing import Shape, drawn_anew


def draw(arguments: dict[str, Any], _limits: Limits, _say: Say) -> list[int]:
    """The picture drawn anew into a file; its width and height."""
    made, size = drawn_anew(Path(arguments["path"]).read_bytes(), Shape(arguments["shape"]))
    Path(arguments["into"]).write_bytes(made)
    return list(size)


if __name__ == "__main__":
    serve({"draw": draw})
