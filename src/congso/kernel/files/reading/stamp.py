"""The ĐẾN stamp on the first page of a copy; the original is kept as it came.

30/2020/NĐ-CP, Annex IV: a rectangle of 30 × 50 mm with the receiving body's name, "ĐẾN", "Số:", "Ngày:",
"Chuyển:", on free paper under the number and symbol, else under the subject of a letter, else under the date.
The hour is added, as Party offices do for urgent papers (handbook office 2.1: number, date, time).
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.limits import Limits


@dataclass(frozen=True)
class ArrivalStamp:
    """What the stamp says; `arrived_at` in the office's own time zone."""

    organization: str
    number: str
    arrived_at: datetime
    transferred_to: str = ""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and value, from top to bottom."""
        return (
            ("Số:", self.number),
            ("Ngày:", f"{self.arrived_at:%d/%m/%Y}"),
            ("Giờ:", f"{self.arrived_at:%H:%M}"),
            ("Chuyển:", self.transferred_to),
        )


def put_stamp(pdf: Path, stamp: ArrivalStamp, *, into: Path, limits: Limits, work: Path) -> None:
    """Write a copy of the PDF with the stamp on the freest place of its first page. May raise Refused."""
    arguments = {
        "path": str(pdf),
        "into": str(into),
        "organization": stamp.organization,
        "lines": [list(line) for line in stamp.lines],
    }
    run_task("put_stamp", arguments, limits=limits, work=work, on_progress=silent)
