"""An EPUB opened: its list of files, the order of its chapters, its contents, what it says of itself.

Runs in the guarded child alone. Nothing is written to a name the book gives: entries are read one by one, each up to
its limit, and looked up by name among those there are.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.book_html import Places, Writer, attribute, name_of, parse, resolved
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused

_LABEL = FACTS[FileKind.EPUB].label
_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_MOST_LIST = 5 * 2**20
_MOST_PAGE = 10 * 2**20
_MOST_CONTENTS = 2_000
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(frozen=True)
class Item:
    """One file the book names."""

    name: str
    media_type: str
    properties: str


@dataclass(frozen=True)
class BookChapter:
    """One piece in reading order."""

    title: str
    html: str
    text: str


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: chapter counted from 1, the place in it, how deep it stands."""

    title: str
    chapter: int
    anchor: str
    depth: int


@dataclass
class Book:
    """A book as read. `pictures` are the names in the file of those shown, by key; `facts` what it says of itself."""

    chapters: list[BookChapter] = field(default_factory=list)
    contents: list[ContentsLine] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    cover: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def picture_key(name: str) -> str:
    """How a picture is called in addresses."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def entry(container: zipfile.ZipFile, name: str, most: int) -> bytes:
    """An entry's bytes. Raises Refused when it is not there or larger than said."""
    try:
        with container.open(name) as file:
            content = file.read(most + 1)
    except KeyError as error:
        raise refusals.damaged(_LABEL) from error
    if len(content) > most:
        raise refusals.too_heavy()
    return content


def open_book(path: Path, limits: Limits) -> Book:
    """Read the whole book. Raises Refused."""
    with zipfile.ZipFile(path) as container:
        names = set(container.namelist())
        _refuse_locked(container, names)
        package_name = _package_name(container)
        package = parse(entry(container, package_name, _MOST_LIST))
        items = {attribute(one, "id"): _item(one, package_name) for one in package.iter() if name_of(one) == "item"}
        spine = [
            items[attribute(one, "idref")]
            for one in package.iter()
            if name_of(one) == "itemref" and attribute(one, "idref") in items
        ]
        pages = list(dict.fromkeys(one.name for one in spine if one.media_type in _PAGES and one.name in names))
        if not pages:
            raise refusals.damaged(_LABEL)
        if len(pages) > limits.pages:
            raise refusals.too_many_pages(len(pages), limits.pages)
        book = Book(facts=_facts(package))
        chapters = {name: place for place, name in enumerate(pages, 1)}
        book.contents = _contents(container, package, items, names, chapters)
        _write(book, container, pages, _Pictures(book, items, names), chapters)
        cover = _cover(package, items)
        if cover and cover.media_type in _PICTURES and cover.name in names:
            book.cover = picture_key(cover.name)
            book.pictures[book.cover] = cover.name
        return book


class _Pictures:
    """Which pictures the chapters show."""

    def __init__(self, book: Book, items: dict[str, Item], names: set[str]) -> None:
        self.book = book
        self.known = {one.name for one in items.values() if one.media_type in _PICTURES} & names

    def __call__(self, name: str) -> str:
        if name not in self.known:
            return ""
        key = picture_key(name)
        self.book.pictures[key] = name
        return key


def _write(
    book: Book, container: zipfile.ZipFile, pages: list[str], pictures: _Pictures, chapters: dict[str, int]
) -> None:
    titles: dict[int, str] = {}
    for line in book.contents:
        titles.setdefault(line.chapter, line.title)
    for place, name in enumerate(pages, 1):
        written = Writer(name, Places(chapters, pictures)).write(parse(entry(container, name, _MOST_PAGE)))
        title = titles.get(place) or written.heading or f"Phần {place}"
        book.chapters.append(BookChapter(title[:300], written.html, written.text))
    if not book.contents:
        book.contents = [ContentsLine(one.title, place, "", 1) for place, one in enumerate(book.chapters, 1)]


def _refuse_locked(container: zipfile.ZipFile, names: set[str]) -> None:
    """Only fonts may be garbled; a book locked for one shop's readers cannot be read here."""
    name = "META-INF/encryption.xml"
    if name not in names:
        return
    ways = [attribute(one, "Algorithm") for one in parse(entry(container, name, _MOST_LIST)).iter()
            if name_of(one) == "encryptionmethod"]  # fmt: skip
    if any(not way.startswith(_FONTS) for way in ways):
        words = "Sách bị khóa bản quyền (DRM) nên không đọc được ở đây. Hãy xin nhà xuất bản bản không khóa."
        raise Refused(Reason.ENCRYPTED, words)


def _package_name(container: zipfile.ZipFile) -> str:
    tree = parse(entry(container, _CONTAINER, _MOST_LIST))
    found = next((attribute(one, "full-path") for one in tree.iter() if name_of(one) == "rootfile"), "")
    if not found:
        raise refusals.damaged(_LABEL)
    return resolved("", found)


def _item(element: Any, package_name: str) -> Item:
    name = resolved(package_name, urldefrag(attribute(element, "href"))[0])
    return Item(name, attribute(element, "media-type").lower(), attribute(element, "properties"))


def _facts(package: Any) -> dict[str, str]:
    """Title, author, language, publisher, date and ISBN as the book states them."""
    told: dict[str, str] = {}
    for one in package.iter():
        name, words = name_of(one), " ".join((one.text or "").split())[:300] if name_of(one) else ""
        if words and name in {"title", "creator", "language", "publisher", "date", "identifier", "subject"}:
            kept = "isbn" if name == "identifier" and "isbn" in f"{words} {attribute(one, 'scheme')}".lower() else name
            told.setdefault(kept, words)
    return told


def _cover(package: Any, items: dict[str, Item]) -> Item | None:
    named = next((one for one in items.values() if "cover-image" in one.properties.split()), None)
    if named:
        return named
    metas = (one for one in package.iter() if name_of(one) == "meta" and attribute(one, "name") == "cover")
    return next((items[attribute(one, "content")] for one in metas if attribute(one, "content") in items), None)


def _contents(
    container: zipfile.ZipFile, package: Any, items: dict[str, Item], names: set[str], chapters: dict[str, int]
) -> list[ContentsLine]:
    """The lines of the book's own contents: EPUB 3's navigation, else EPUB 2's NCX."""
    navigation = next((one for one in items.values() if "nav" in one.properties.split()), None)
    ncx = next((one for one in items.values() if one.media_type == "application/x-dtbncx+xml"), None)
    for item, read in ((navigation, _from_navigation), (ncx, _from_ncx)):
        if item and item.name in names:
            tree = parse(entry(container, item.name, _MOST_LIST))
            lines = [line for raw in read(tree) if (line := _line(raw, item.name, chapters))]
            if lines:
                return lines[:_MOST_CONTENTS]
    return []


Raw = tuple[str, str, int]


def _from_navigation(tree: Any) -> Iterator[Raw]:
    lists = [one for one in tree.iter() if name_of(one) == "nav" and attribute(one, "type") in {"toc", ""}]
    for one in lists[:1]:
        for link in one.iter():
            if name_of(link) == "a":
                depth = sum(name_of(above) == "ol" for above in link.iterancestors())
                yield " ".join("".join(link.itertext()).split()), attribute(link, "href"), depth


def _from_ncx(tree: Any) -> Iterator[Raw]:
    for point in tree.iter():
        if name_of(point) != "navpoint":
            continue
        depth = 1 + sum(name_of(above) == "navpoint" for above in point.iterancestors())
        label = next((" ".join("".join(one.itertext()).split()) for one in point if name_of(one) == "navlabel"), "")
        address = next((attribute(one, "src") for one in point if name_of(one) == "content"), "")
        yield label, address, depth


def _line(raw: Raw, base: str, chapters: dict[str, int]) -> ContentsLine | None:
    from congso.kernel.files.reading.book_html import anchor_of

    title, address, depth = raw
    name, fragment = urldefrag(address)
    chapter = chapters.get(resolved(base, name))
    return ContentsLine(title[:300], chapter, anchor_of(fragment), min(max(depth, 1), 6)) if chapter and title else None
