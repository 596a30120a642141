"""The catalogue's feeds by name: its root, the newest works, collections, one collection, search."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from congso.apps.library import queries
from congso.apps.library.models import Card, Collection
from congso.apps.library.services.feeds import (
    ACQUISITION,
    NAVIGATION,
    Addresses,
    Feed,
    Link,
    Shelf,
    acquisition_feed,
    navigation_feed,
)
from congso.kernel.workflow.services import Refused

PAGE = 50
MOST_PAGES = 200
TITLE = "Thư viện điện tử"


class NoShelf(Refused):
    """There is no such feed for the asker."""


def feed(name: str, addresses: Addresses, *, words: str, page: int, at: datetime) -> tuple[bytes, str]:
    """The feed of that name and its kind. Raises NoShelf."""
    match name.split("/"):
        case [""]:
            return _root(addresses, at), NAVIGATION
        case ["moi"]:
            return _works(Asked(addresses, name, page, at), "Tài liệu mới"), ACQUISITION
        case ["bo-suu-tap"]:
            return _collections(addresses, at), NAVIGATION
        case ["bo-suu-tap", number] if number.isascii() and number.isdigit() and len(number) < 10:
            found = Collection.objects.filter(pk=int(number)).first()
            if found is not None:
                return _works(Asked(addresses, name, page, at), found.name, by={"bst": number}), ACQUISITION
        case ["tim"]:
            return _works(Asked(addresses, name, page, at), f"Tìm: {words}", words), ACQUISITION
    raise NoShelf("Không có danh mục này.")


def _root(addresses: Addresses, at: datetime) -> bytes:
    told = Feed("root", TITLE, at, addresses.root, NAVIGATION, addresses)
    shelves = (
        Shelf("moi", "Tài liệu mới", "Tài liệu mới đưa ra phục vụ.", f"{addresses.root}moi/",
              rel="http://opds-spec.org/sort/new"),
        Shelf("bo-suu-tap", "Bộ sưu tập", "Tài liệu theo bộ sưu tập.", f"{addresses.root}bo-suu-tap/", NAVIGATION),
    )  # fmt: skip
    return navigation_feed(told, shelves)


def _collections(addresses: Addresses, at: datetime) -> bytes:
    here = f"{addresses.root}bo-suu-tap/"
    told = Feed("bo-suu-tap", "Bộ sưu tập", at, here, NAVIGATION, addresses)
    shelves = (
        Shelf(f"bo-suu-tap/{one.pk}", one.name, one.description or one.name, f"{here}{one.pk}/")
        for one in queries.collections()[:500]
    )
    return navigation_feed(told, shelves)


@dataclass(frozen=True)
class Asked:
    """Which page of which feed."""

    addresses: Addresses
    name: str
    page: int
    at: datetime


def _works(asked: Asked, title: str, words: str = "", by: dict[str, str] | None = None) -> bytes:
    addresses, name, page = asked.addresses, asked.name, asked.page
    found = queries.narrowed(queries.new_cards(), words, by or {})
    first = (page - 1) * PAGE
    rows: list[Card] = list(found[first : first + PAGE + 1])
    address = _paged(f"{addresses.root}{name}/", words)
    links = [Link("first", address(1), ACQUISITION)]
    if page > 1:
        links.append(Link("previous", address(page - 1), ACQUISITION))
    if len(rows) > PAGE and page < MOST_PAGES:
        links.append(Link("next", address(page + 1), ACQUISITION))
    updated = max((one.changed_at for one in rows), default=asked.at)
    told = Feed(f"{name}/{page}", title, updated, address(page), ACQUISITION, addresses, links)
    return acquisition_feed(told, rows[:PAGE])


def _paged(base: str, words: str) -> Callable[[int], str]:
    def address(page: int) -> str:
        asked = {"q": words} if words else {}
        told = urlencode(asked | ({"trang": str(page)} if page > 1 else {}))
        return f"{base}?{told}" if told else base

    return address
