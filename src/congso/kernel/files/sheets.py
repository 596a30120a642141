"""Small tables people hand over, CSV or Excel, as rows of cells. Excel is opened in the guarded child."""

import tempfile
from pathlib import Path

from congso.kernel.files.configuration import limits
from congso.kernel.files.reading.isolation import Crashed, run_task, silent
from congso.kernel.files.reading.refusals import Refused
from congso.lib.csv_tables import NotATable, csv_rows

MOST_BYTES = 2 * 2**20
_ZIP = b"PK\x03\x04"


def table_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file or of a workbook's first sheet. Raises NotATable with a sentence for the person."""
    if not content.startswith(_ZIP):
        return csv_rows(content, most_bytes=MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise NotATable(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB.")
    with tempfile.TemporaryDirectory(prefix="congso-sheet-") as folder:
        path = Path(folder) / "table.xlsx"
        path.write_bytes(content)
        try:
            rows: list[list[str]] = run_task(
                "sheet_rows", {"path": str(path)}, limits=limits(), work=Path(folder), on_progress=silent
            )
        except (Refused, Crashed) as problem:
            told = problem.message_vi if isinstance(problem, Refused) else "Tệp không đọc được như một tệp Excel."
            raise NotATable(told) from None
    return rows
