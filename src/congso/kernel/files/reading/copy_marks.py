"""Copies of archived papers, marked as what they are; the kept file stays as it is.

05/2025/TT-BNV: a plain copy bears “BẢN SAO” in the upper right corner; a print of a digital paper ends with the words
“TÀI LIỆU LƯU TRỮ CHUYỂN ĐỔI”, the archive's code and name.
"""

from collections.abc import Sequence
from pathlib import Path

from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.limits import Limits


def mark_copy(pdf: Path, *, corner: Sequence[str], foot: Sequence[str], into: Path, limits: Limits, work: Path) -> None:
    """Write a copy with `corner` on each page and `foot` on the last. May raise Refused."""
    arguments = {"path": str(pdf), "into": str(into), "corner": list(corner), "foot": list(foot)}
    run_task("mark_copy", arguments, limits=limits, work=work, on_progress=silent)
