"""OPDS 1.2: the catalogue as Atom feeds that e-readers open (specs.opds.io/opds-1.2). Built here, served by pages to
visitors and by the API to who brings a personal token."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from congso.apps.library.models import Book, Card

NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
SEARCH = "application/opensearchdescription+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/terms/"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_TYPES = {Book.Kind.EPUB: "application/epub+zip", Book.Kind.PDF: "application/pdf"}
_COVER = "image/jpeg"


@dataclass(frozen=True)
class Link:
    """One link of a feed or an entry."""

    rel: str
    href: str
    type: str
    title: str = ""


@dataclass(frozen=True)
class Shelf:
    """A navigation entry: another feed."""

    id: str
    title: str
    summary: str
    href: str
    type: str = ACQUISITION
    rel: str = "subsection"


@dataclass(frozen=True)
class Addresses:
    """Where things are, for the feed's reader: absolute addresses with %d for a number."""

    host: str
    root: str
    search: str
    work: str
    cover: str
    file: str


@dataclass(frozen=True)
class Feed:
    """A feed's own facts."""

    id: str
    title: str
    updated: datetime
    self_href: str
    kind: str
    addresses: Addresses
    links: Sequence[Link] = field(default_factory=tuple)


def navigation_feed(feed: Feed, shelves: Iterable[Shelf]) -> bytes:
    """A feed of feeds."""
    root = _feed(feed)
    for shelf in shelves:
        entry = etree.SubElement(root, _atom("entry"))
        _put(entry, "title", shelf.title)
        _put(entry, "id", _id(feed, shelf.id))
        _put(entry, "updated", _moment(feed.updated))
        _put(entry, "content", shelf.summary, type="text")
        _link(entry, Link(shelf.rel, shelf.href, shelf.type))
    return _bytes(root)


def acquisition_feed(feed: Feed, cards: Iterable[Card]) -> bytes:
    """A feed of works. A work without a file that may be taken leads to its page alone."""
    root = _feed(feed)
    for card in cards:
        _card(root, feed, card)
    return _bytes(root)


def search_description(name: str, template: str) -> bytes:
    """How to search, for the feed's reader."""
    root = etree.Element(f"{{{_OPENSEARCH}}}OpenSearchDescription", nsmap={None: _OPENSEARCH})
    for tag, words in (("ShortName", name[:16]), ("Description", name), ("InputEncoding", "UTF-8")):
        etree.SubElement(root, f"{{{_OPENSEARCH}}}{tag}").text = words
    etree.SubElement(root, f"{{{_OPENSEARCH}}}Url", type=ACQUISITION, template=template)
    return _bytes(root)


def _card(root: etree._Element, feed: Feed, card: Card) -> None:
    entry = etree.SubElement(root, _atom("entry"))
    _put(entry, "title", f"{card.title}: {card.subtitle}" if card.subtitle else card.title)
    _put(entry, "id", _id(feed, f"work/{card.pk}"))
    _put(entry, "updated", _moment(card.changed_at))
    for one in card.contributions.all():
        person = etree.SubElement(entry, _atom("author" if one.part == "aut" else "contributor"))
        _put(person, "name", one.author.name)
    _dublin(entry, "language", card.language)
    _dublin(entry, "publisher", card.publisher)
    _dublin(entry, "issued", str(card.year or ""))
    _dublin(entry, "identifier", f"urn:isbn:{card.isbn}" if card.isbn else "")
    _dublin(entry, "extent", card.extent)
    if card.summary:
        _put(entry, "summary", card.summary, type="text")
    _link(entry, Link("alternate", feed.addresses.work % card.pk, "text/html"))
    books = [book for book in card.books.all() if book.may_be_taken and book.is_readable]
    if card.cover:
        for rel in ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"):
            _link(entry, Link(rel, feed.addresses.cover % card.pk, _COVER))
    for book in books:
        kind = Book.Kind(book.kind)
        _link(entry, Link("http://opds-spec.org/acquisition", feed.addresses.file % book.pk, _TYPES[kind], book.name))


def _feed(feed: Feed) -> etree._Element:
    root = etree.Element(_atom("feed"), nsmap={None: _ATOM, "dc": _DC, "opds": "http://opds-spec.org/2010/catalog"})
    _put(root, "id", _id(feed, feed.id))
    _put(root, "title", feed.title)
    _put(root, "updated", _moment(feed.updated))
    author = etree.SubElement(root, _atom("author"))
    _put(author, "name", "Thư viện điện tử, Cổng Số")
    _link(root, Link("self", feed.self_href, feed.kind))
    _link(root, Link("start", feed.addresses.root, NAVIGATION))
    _link(root, Link("search", feed.addresses.search, SEARCH))
    for link in feed.links:
        _link(root, link)
    return root


def _id(feed: Feed, name: str) -> str:
    return f"tag:{feed.addresses.host},2025:library/{name}"


def _atom(tag: str) -> str:
    return f"{{{_ATOM}}}{tag}"


def _put(parent: etree._Element, tag: str, words: str, **more: str) -> None:
    etree.SubElement(parent, _atom(tag), more).text = words


def _dublin(parent: etree._Element, tag: str, words: str) -> None:
    if words:
        etree.SubElement(parent, f"{{{_DC}}}{tag}").text = words


def _link(parent: etree._Element, link: Link) -> None:
    told = {"rel": link.rel, "href": link.href, "type": link.type}
    etree.SubElement(parent, _atom("link"), told | ({"title": link.title} if link.title else {}))


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
