"""Homes: what each kind of person needs at a glance, contributed by the systems, by what her posts do today."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from congso.kernel.access.principals import Function, Kind, Role, describe, role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, OrganizationKind
from congso.kernel.records.models import Record
from congso.kernel.records.types import Words
from congso.kernel.web.dashboard import Bars, Tile


class Hat(StrEnum):
    """What a person is to her home; who holds several posts may wear several."""

    LEADER = "leader"
    CLERK = "clerk"
    COMMUNE = "commune"
    SPECIALIST = "specialist"
    ADMINISTRATOR = "administrator"


HATS = {
    Hat.LEADER: "Lãnh đạo",
    Hat.CLERK: "Văn thư",
    Hat.COMMUNE: "Xã, phường",
    Hat.SPECIALIST: "Chuyên viên",
    Hat.ADMINISTRATOR: "Quản trị",
}


@dataclass(frozen=True)
class Day:
    """One column of a strip: its word, its figure, where it leads; `height` in hundredths of the tallest."""

    label: str
    value: int
    url: str = ""
    height: int = 0

    @property
    def top(self) -> int:
        """Where the column begins, from above."""
        return 100 - self.height


@dataclass(frozen=True)
class Strip:
    """Figures day after day as small columns, each with its number."""

    title: Words
    days: Sequence[Day]


def strip(title: Words, days: Iterable[Day]) -> Strip:
    """Columns drawn to one scale: the tallest fills the height."""
    given = list(days)
    tallest = max((day.value for day in given), default=0) or 1
    return Strip(title, [Day(day.label, day.value, day.url, round(100 * day.value / tallest)) for day in given])


@dataclass(frozen=True)
class Content:
    """What a block shows today; every part may be missing. `url` opens all of it."""

    tiles: Sequence[Tile] = ()
    strip: Strip | None = None
    bars: Bars | None = None
    records: Sequence[Record] = ()
    empty: Words = ""
    url: str = ""
    url_label: Words = ""


@dataclass(frozen=True)
class HomeBlock:
    """A system's part of the homes of these hats. `content` asks few, bounded questions; None: nothing to show."""

    key: str
    title: Words
    icon: str
    hats: frozenset[Hat]
    content: Callable[[OfficeRequest, date], Content | None]
    order: int = 50


@dataclass(frozen=True)
class ShownBlock:
    """A block with what it shows to this person."""

    block: HomeBlock
    content: Content


_blocks: dict[str, HomeBlock] = {}


def register_home(blocks: Iterable[HomeBlock]) -> None:
    """Announce blocks of homes; done once at start-up by the manifests."""
    for block in blocks:
        _blocks[block.key] = block


def hats_of(request: OfficeRequest) -> list[Hat]:
    """The hats the person wears today, by the principals she holds. One query."""
    offices: dict[int, set[int]] = {}
    administers = role(Role.ADMINISTRATOR) in request.principals
    for principal in request.principals:
        kind, pk, function = describe(principal)
        if kind is Kind.OFFICE:
            offices.setdefault(pk, set()).add(function)
        administers = administers or kind is Kind.ADMINISTRATION
    functions = {function for held in offices.values() for function in held}
    worn = set()
    if functions & {Function.LEADERS, Function.CHIEFS}:
        worn.add(Hat.LEADER)
    if Function.CLERKS in functions:
        worn.add(Hat.CLERK)
    if functions and not worn:
        worn.add(Hat.SPECIALIST)
    commune = Q(kind=OrganizationKind.COMMUNE_COMMITTEE) | Q(serves__kind=OrganizationKind.COMMUNE_COMMITTEE)
    if offices and Organization.objects.filter(commune, pk__in=offices).exists():
        worn.add(Hat.COMMUNE)
    if administers:
        worn.add(Hat.ADMINISTRATOR)
    return [hat for hat in Hat if hat in worn]


def blocks_for(request: OfficeRequest, hats: Iterable[Hat], today: date) -> list[ShownBlock]:
    """What the systems show to somebody with these hats, each block once."""
    worn = frozenset(hats)
    wanted = sorted((block for block in _blocks.values() if block.hats & worn), key=lambda block: block.order)
    shown = [(block, block.content(request, today)) for block in wanted]
    return [ShownBlock(block, content) for block, content in shown if content is not None]
