"""Reading the list into the database, row by row."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from django.db import transaction

from congso.kernel.access.principals import Role, role
from congso.kernel.access.services import current_principals
from congso.kernel.accounts.models import Feed, FeedRow
from congso.lib.csv_tables import NotATable, clean_cell, rows_of

BATCH = 1000
MOST_ROWS = 500_000
_HEADS = {
    "mã nhân sự": "code", "mã nhân sự cũ": "former_code", "họ và tên": "full_name", "tên đăng nhập": "username",
    "mã tổ chức": "organization", "chức vụ": "post_name", "thư điện tử": "email", "điện thoại": "phone",
}  # fmt: skip
_LONGEST = {
    "code": 40, "former_code": 40, "full_name": 120, "username": 60, "organization": 40, "post_name": 200,
    "email": 254, "phone": 20,
}  # fmt: skip
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class FeedRefused(Exception):
    """The list cannot be taken; the message says why, in Vietnamese."""


@transaction.atomic
def stage(file: IO[bytes], *, name: str, on: date, by: int, at: datetime) -> Feed:
    """Read the list into the database; each row that is wrong by itself carries its problem. Raises FeedRefused."""
    require_administrator()
    digest = _digest(file)
    feed = Feed.objects.create(name=name[:200], digest=digest, day=on, made_by_id=by, made_at=at)
    count = 0
    try:
        for rows in _batched(_rows(file)):
            for row in rows:
                row.feed_id = feed.pk
            FeedRow.objects.bulk_create(rows)
            count += len(rows)
    except NotATable as problem:
        raise FeedRefused(str(problem)) from None
    if not count:
        raise FeedRefused("Tệp không có dòng nào.")
    Feed.objects.filter(pk=feed.pk).update(rows_read=count)
    feed.rows_read = count
    return feed


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while part := file.read(2**20):
        found.update(part)
    file.seek(0)
    return found.hexdigest()


def require_administrator() -> None:
    """A whole list of people is for who administers the whole directory; the database refuses others too."""
    if role(Role.ADMINISTRATOR) not in current_principals():
        raise FeedRefused("Chỉ quản trị viên chung được cấp tài khoản theo nguồn nhân sự.")


def _rows(file: IO[bytes]) -> Iterator[FeedRow]:
    rows = rows_of(file)
    heads = [_HEADS.get(clean_cell(head).casefold(), "") for head in next(rows, [])]
    if not {"code", "full_name"} <= set(heads):
        raise FeedRefused("Dòng đầu cần có ít nhất các cột: Mã nhân sự, Họ và tên.")
    for line, row in enumerate(rows, 2):
        if line > MOST_ROWS:
            raise FeedRefused(f"Mỗi lần nhiều nhất {MOST_ROWS} dòng.")
        cells = {key: clean_cell(cell) for key, cell in zip(heads, row, strict=False) if key}
        if any(cells.values()):
            yield _row(line, cells)


def _row(line: int, cells: dict[str, str]) -> FeedRow:
    cells["username"] = cells.get("username", "").lower()
    problem = _problem(cells)
    return FeedRow(line=line, problem=problem, **{key: value[: _LONGEST[key]] for key, value in cells.items()})


def _problem(cells: dict[str, str]) -> str:
    """What is wrong with the row by itself, or nothing."""
    wrong = {
        "Ô quá dài.": any(len(cells.get(key, "")) > longest for key, longest in _LONGEST.items()),
        "Thiếu mã nhân sự.": not cells.get("code"),
        "Hãy ghi đủ họ và tên.": len(cells.get("full_name", "").split()) < 2,
        "Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch; từ 3 ký tự, bắt đầu bằng chữ.": bool(
            cells["username"] and not _USERNAME.fullmatch(cells["username"])
        ),
        "Thư điện tử không đúng.": bool(cells.get("email") and not _EMAIL.fullmatch(cells["email"])),
        "Mã tổ chức và chức vụ phải đi cùng nhau.": bool(cells.get("organization")) != bool(cells.get("post_name")),
    }
    return next((words for words, is_wrong in wrong.items() if is_wrong), "")


def _batched(rows: Iterator[FeedRow]) -> Iterator[list[FeedRow]]:
    batch: list[FeedRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
