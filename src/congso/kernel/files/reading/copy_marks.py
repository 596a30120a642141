"""Copies of archived papers, marked as what they are; the kept file stays as it is.

05/2025/TT-BNV: a plain copy bears “BẢN SAO” in the upper right corner; a print of a digital paper ends with the words
“TÀI LIỆU LƯU TRỮ CHUYỂN ĐỔI”, the archive's code and name.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.limits import Limits


def mark_copy(
    pdf: Path, *, corner: Sequence[str], foot: Sequence[str], into: Path, limits: Limits, work: Path,
    is_flat: bool = False,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Write a copy with `corner` on each page and `foot` on the last; the first page's sides in points.

    `is_flat`: what was signed or filled in is drawn, for a copy that is to be signed itself. May raise Refused.
    """
    arguments: dict[str, Any] = {"path": str(pdf), "into": str(into), "corner": list(corner), "foot": list(foot)}
    arguments["is_flat"] = is_flat
    left, low, right, high = run_task("mark_copy", arguments, limits=limits, work=work, on_progress=silent)
    return float(left), float(low), float(right), float(high)
