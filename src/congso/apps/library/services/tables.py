"""A list or table read into cards: columns found by their heads, or a bare list of ISBNs. No network: a number nobody
here knows gives a card with the number alone, and says so."""

from collections.abc import Iterator, Sequence

from congso.apps.library.rules.numbers import NoIsbn, isbn13
from congso.apps.library.services.cataloguing import CardFacts
from congso.apps.library.services.marc import Entry
from congso.lib.csv_tables import clean_cell
from congso.lib.vietnamese import fold

MOST_ROWS = 20_000
FIELDS = {
    "title": ("nhan de", "ten sach", "ten tai lieu", "title"),
    "subtitle": ("phu de", "subtitle"),
    "author": ("tac gia", "author", "nguoi viet"),
    "translator": ("nguoi dich", "dich gia", "translator"),
    "editor": ("chu bien", "bien tap", "editor"),
    "published_in": ("noi xuat ban", "noi xb"),
    "publisher": ("nha xuat ban", "nxb", "publisher"),
    "year": ("nam xuat ban", "nam xb", "nam", "year"),
    "language": ("ngon ngu", "language"),
    "isbn": ("isbn", "ma isbn", "so isbn"),
    "extent": ("so trang", "trang", "mo ta vat ly", "pages"),
    "series": ("tung thu", "bo sach", "series"),
    "classification": ("phan loai", "chi so phan loai", "ddc"),
    "call_number": ("ky hieu xep gia", "ky hieu", "call number"),
    "headings": ("de muc chu de", "chu de", "tu khoa", "subject"),
    "summary": ("tom tat", "noi dung", "summary"),
    "copy": ("so dang ky ca biet", "so dkcb", "dkcb", "ma vach", "barcode"),
}
_LANGUAGES = {"viet": "vie", "tieng viet": "vie", "vi": "vie", "anh": "eng", "tieng anh": "eng", "en": "eng",
              "phap": "fre", "tieng phap": "fre", "nga": "rus", "tieng nga": "rus", "trung": "chi"}  # fmt: skip


class NotAList(ValueError):
    """No column is known; the message says what to do, in Vietnamese."""


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by its head; of two that fit the first."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        words = " ".join(fold(cell).lower().replace("_", " ").split())
        for name, heads in FIELDS.items():
            if words in heads and name not in found:
                found[name] = place
    return found


def read_table(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Iterator[Entry]:
    """The rows as cards. `columns` as `columns_of` gives or a person says; a bare list of ISBNs needs none.

    Raises NotAList.
    """
    if len(rows) > MOST_ROWS:
        raise NotAList(f"Bảng có hơn {MOST_ROWS} dòng; hãy chia nhỏ.")
    if is_bare_list(rows):
        for place, row in enumerate(rows, 1):
            if any(cell.strip() for cell in row):
                yield _of_number(place, row[0])
        return
    if "title" not in columns and "isbn" not in columns:
        raise NotAList("Không nhận ra cột nhan đề hay ISBN; hãy đặt tên cột ở dòng đầu, ví dụ “Nhan đề”, “Tác giả”.")
    for place, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            yield _of_row(place, row, columns)


def is_bare_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether it is one column of ISBNs and nothing else."""
    cells = [row[0] for row in rows if row and row[0].strip()]
    if not cells or any(any(cell.strip() for cell in row[1:]) for row in rows):
        return False
    try:
        return bool(isbn13(cells[0]))
    except NoIsbn:
        return False


def _of_number(place: int, cell: str) -> Entry:
    try:
        number = isbn13(cell)
    except NoIsbn as wrong:
        return Entry(place, refusal=str(wrong))
    return Entry(place, CardFacts(title=f"ISBN {number} (chờ biên mục)", isbn=number), title=number)


def _of_row(place: int, row: Sequence[str], columns: dict[str, int]) -> Entry:
    told = {name: clean_cell(row[at]) if at < len(row) else "" for name, at in columns.items()}
    year, language = told.get("year", ""), told.get("language", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        return Entry(place, refusal=f"Năm xuất bản “{year[:20]}” không phải bốn chữ số.", title=told.get("title", ""))
    try:
        number = isbn13(told.get("isbn", ""))
    except NoIsbn as wrong:
        return Entry(place, refusal=str(wrong), title=told.get("title", "")[:200])
    title = told.get("title", "") or (f"ISBN {number} (chờ biên mục)" if number else "")
    if not title:
        return Entry(place, refusal="Dòng không có nhan đề và không có ISBN.")
    parts = [
        (name.strip(), part)
        for column, part in (("author", "aut"), ("editor", "edt"), ("translator", "trl"))
        for name in told.get(column, "").split(";")
        if name.strip()
    ]
    plain = {name: told.get(name, "") for name in (
        "subtitle", "published_in", "publisher", "extent", "series", "classification", "call_number", "summary",
    )}  # fmt: skip
    facts = CardFacts(
        title=title, isbn=number, year=int(year) if year else None,
        language=_LANGUAGES.get(fold(language).lower(), language.lower()) or "vie",
        contributions=tuple(parts),
        headings=tuple(one.strip() for one in told.get("headings", "").split(";") if one.strip()), **plain,
    )  # fmt: skip
    copies = tuple(one.strip() for one in told.get("copy", "").replace(",", ";").split(";") if one.strip())
    return Entry(place, facts, copies, title=title[:200])
