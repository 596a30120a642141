"""The menu: systems announce their entries once at start-up, each person sees the ones meant for her."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from congso.kernel.access.principals import Function, Kind, Role, describe, role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words


class Group(StrEnum):
    """The headings of the menu, in this order."""

    WORK = "Công việc"
    DOCUMENTS = "Văn bản"
    DIRECTION = "Chỉ đạo, điều hành"
    ORGANIZATION = "Tổ chức"
    SYSTEM = "Hệ thống"


def everyone(request: OfficeRequest) -> bool:
    """Visible to whoever is signed in."""
    return True


def no_count(request: OfficeRequest) -> int:
    """An entry without a figure."""
    return 0


def holds(request: OfficeRequest, *functions: Function) -> bool:
    """Whether the person does one of these things in some organization today."""
    held = (describe(principal) for principal in request.principals)
    return any(kind is Kind.OFFICE and function in functions for kind, _, function in held)


def holds_role(request: OfficeRequest, *roles: Role) -> bool:
    """Whether one of these roles is granted to the person today."""
    return any(role(name) in request.principals for name in roles)


@dataclass(frozen=True)
class MenuItem:
    """One entry. `phone` is its place in a phone's bottom bar (1 to 4); 0: behind “Thêm” only."""

    key: str
    label: Words
    icon: str
    url_name: str
    group: Group = Group.WORK
    order: int = 50
    phone: int = 0
    count: Callable[[OfficeRequest], int] = no_count
    visible: Callable[[OfficeRequest], bool] = everyone


@dataclass(frozen=True)
class QuickAct:
    """Something a role starts often, offered on the home page."""

    label: Words
    icon: str
    url_name: str
    visible: Callable[[OfficeRequest], bool] = everyone


@dataclass(frozen=True)
class PublicPlace:
    """Something everybody may open without signing in, offered on the front page."""

    label: Words
    words: Words
    icon: str
    url_name: str


@dataclass(frozen=True)
class ShownItem:
    """A menu entry as this request shows it."""

    item: MenuItem
    url: str
    count: int
    is_current: bool


_items: dict[str, MenuItem] = {}
_quick_acts: list[QuickAct] = []
_public_places: list[PublicPlace] = []


def register_menu(items: Iterable[MenuItem]) -> None:
    """Announce menu entries; done once at start-up by the manifests."""
    for item in items:
        _items[item.key] = item


def register_quick_acts(acts: Iterable[QuickAct]) -> None:
    """Announce what the home page offers; done once at start-up by the manifests."""
    _quick_acts.extend(act for act in acts if act not in _quick_acts)


def register_public_places(places: Iterable[PublicPlace]) -> None:
    """Announce what the front page offers to everybody; done once at start-up by the manifests."""
    _public_places.extend(place for place in places if place not in _public_places)


def public_places() -> list[tuple[PublicPlace, str]]:
    """What the front page offers to everybody, with addresses."""
    return [(place, reverse(place.url_name)) for place in _public_places]


def menu_for(request: OfficeRequest) -> list[ShownItem]:
    """The entries the person sees, in the order of the menu. At most one is current: the longest match."""
    seen = entries_for(request)
    matches = [url for _, url in seen if _is_within(request.path, url)]
    current = max(matches, key=len, default=None)
    return [ShownItem(item, url, item.count(request), url == current) for item, url in seen]


def entries_for(request: OfficeRequest) -> list[tuple[MenuItem, str]]:
    """The entries the person sees, with addresses, in the order of the menu; figures are not asked for."""
    groups = list(Group)
    items = sorted(_items.values(), key=lambda item: (groups.index(item.group), item.order, str(item.label)))
    return [(item, reverse(item.url_name)) for item in items if item.visible(request)]


def quick_acts_for(request: OfficeRequest) -> list[tuple[QuickAct, str]]:
    """What the home page offers this person, with addresses."""
    return [(act, reverse(act.url_name)) for act in _quick_acts if act.visible(request)]


def _is_within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
