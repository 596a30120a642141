"""The menu: systems announce their entries once at start-up, each person sees the ones meant for her."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.urls import reverse
from django.utils import timezone

from congso.kernel.access.principals import Function, Kind, Role, describe, role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words

Found = TypeVar("Found")


class Group(StrEnum):
    """The headings of the menu, in this order. One that has no entry for the person is not shown.

    The first holds what is everybody's own and stands open always; the others are folded and opened by hand.
    """

    WORK = "Công việc"
    DOCUMENTS = "Văn bản"
    ARCHIVE = "Hồ sơ, lưu trữ"
    DIRECTION = "Chỉ đạo, điều hành"
    REPORTS = "Báo cáo, số liệu"
    SERVICES = "Phục vụ người dân"
    LIBRARY = "Thư viện, học tập"
    ORGANIZATION = "Tổ chức, danh mục"
    SYSTEM = "Hệ thống"

    @property
    def key(self) -> str:
        """Its name in the cookie that remembers which groups a person opened."""
        return self.name.lower()


OPEN_AT_FIRST = frozenset({Group.WORK, Group.DOCUMENTS, Group.DIRECTION})


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


def once(request: OfficeRequest, ask: Callable[[frozenset[int], date], list[Found]]) -> list[Found]:
    """What the function tells of the person's principals today: asked once a request, however many places want it."""
    kept: dict[object, list[Found]] = request.__dict__.setdefault("asked_once", {})
    if ask not in kept:
        kept[ask] = ask(request.principals, timezone.localdate())
    return kept[ask]


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


@dataclass(frozen=True)
class ShownGroup:
    """One heading with its entries. `waiting` is the sum of their figures: folded, it must not hide that work waits."""

    group: Group
    items: list[ShownItem]
    is_open: bool

    @property
    def is_folded(self) -> bool:
        """Whether it has a heading to fold it by; the first one has none."""
        return self.group is not Group.WORK

    @property
    def waiting(self) -> int:
        """What waits behind all its entries."""
        return sum(shown.count for shown in self.items)


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


def grouped(menu: list[ShownItem], remembered: str | None) -> list[ShownGroup]:
    """The menu under its headings. Open are that of this page and those the person opened by hand (“documents.system”);
    until she folds or opens any, those everybody needs.
    """
    chosen = OPEN_AT_FIRST if remembered is None else {one for one in Group if one.key in remembered.split(".")}
    groups = []
    for group in Group:
        items = [shown for shown in menu if shown.item.group is group]
        is_open = group is Group.WORK or group in chosen or any(shown.is_current for shown in items)
        if items:
            groups.append(ShownGroup(group, items, is_open))
    return groups


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
