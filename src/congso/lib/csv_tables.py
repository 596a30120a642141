"""Tables as spreadsheets exchange them: CSV read with any of the usual separators, and written harmless.

Our files begin with the mark by which spreadsheets know UTF-8, and set an apostrophe before what they would calculate.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
BEGINNING = "\ufeff"


class NotATable(ValueError):
    """The bytes are no table; the message says why, in Vietnamese."""


class _Echo:
    """Gives back each line the csv writer makes."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file, one by one."""
    writer = csv.writer(_Echo())
    yield BEGINNING
    yield str(writer.writerow(heads))
    for row in rows:
        yield str(writer.writerow(harmless(value) for value in row))


def harmless(value: Any) -> str:
    """A value as text no spreadsheet calculates; days as offices write them."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text


def clean_cell(text: str) -> str:
    """A cell without the mark `harmless` set and without spare spaces."""
    plain = text.strip()
    if plain.startswith("'") and plain[1:].startswith(_LIKE_A_FORMULA):
        plain = plain[1:]
    return " ".join(plain.split())


def csv_rows(content: bytes, *, most_bytes: int) -> list[list[str]]:
    """All rows of a small file. Raises NotATable."""
    if len(content) > most_bytes:
        raise NotATable(f"Tệp lớn hơn {most_bytes // 2**20} MB.")
    return list(rows_of(io.BytesIO(content)))


def rows_of(file: IO[bytes]) -> Iterator[list[str]]:
    """The rows of a file of any size, one by one; its separator is the one its first line uses. Raises NotATable."""
    start = file.tell()
    first = file.readline().decode("utf-8-sig", "replace")
    file.seek(start)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        for row in csv.reader(text, delimiter=max(",;\t", key=first.count)):
            if any("\0" in cell for cell in row):
                raise NotATable("Tệp không phải văn bản CSV.")
            yield row
    except UnicodeDecodeError:
        raise NotATable("Tệp không phải văn bản UTF-8; hãy lưu lại dạng “CSV UTF-8”.") from None
    except csv.Error:
        raise NotATable("Tệp không đúng dạng CSV.") from None
    finally:
        text.detach()


def read_day(text: str) -> date | None:
    """A day as spreadsheets hold it (05/02/2026, 2026-02-05), else None."""
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip().removesuffix(" 00:00:00"), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
