"""Which organizations a paper means by the names it uses, as of a day.

`Names.on(day, near=...)` reads the chart once, in two queries; `resolve` then only compares. A name may be full,
short, an abbreviation or a symbol, relative to the issuer (“Ban Tổ chức” in a paper of the Tỉnh ủy), a
place (“xã Bát Xát” is its Party committee), a plural (“các đảng ủy xã, phường”), or a name of earlier days: then
the reason tells what became of it. What stays unclear is answered with no organization and the reason.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Self

from congso.kernel.directory.aliases import aliases, bag_of, is_plural, key_of, readings
from congso.kernel.directory.chart import Chart
from congso.kernel.directory.models import Organization, OrganizationKind, OrganizationVersion, Succession
from congso.kernel.directory.near_misses import nearest_keys

_LONGEST = 300  # characters of a name; more is a sentence
_MOST_PARTS = 12
_REMEMBERED = 4096  # names answered before; a file of another system may bring any number
_COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.COMMUNE_COMMITTEE)


@dataclass(frozen=True)
class Resolved:
    """What a name means. `group` is the label of a plural; `reason` tells what a reader should know, in Vietnamese.

    Without organizations the name is unresolved and `reason` says why. With some, a reason is a remark: an old
    name and what became of it, or a spelling that was forgiven.
    """

    organizations: tuple[Organization, ...] = ()
    group: str = ""
    reason: str = ""


@dataclass
class Names:
    """The names in use on a day, as read by one organization."""

    chart: Chart
    near: Organization | None = None
    _known: dict[str, Resolved] = field(default_factory=dict, repr=False)

    @classmethod
    def on(cls, day: date, *, near: Organization | None = None) -> Self:
        """Read the chart of the day in two queries."""
        versions = OrganizationVersion.objects.select_related("organization").order_by("id")
        return cls(Chart(day, tuple(versions), tuple(Succession.objects.order_by("id"))), near)

    def beside(self, near: Organization | None) -> Self:
        """The same chart read by another organization, without asking the database again."""
        return replace(self, near=near, _known={})

    def resolve(self, written: str) -> Resolved:
        """The organizations a name means. Never raises; unclear names come back empty with the reason."""
        if written not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[written] = self._resolve(written)
        return self._known[written]

    def _resolve(self, written: str) -> Resolved:
        if not key_of(written[: _LONGEST + 1]):
            return Resolved(reason="Không có tên cơ quan.")
        if len(written) > _LONGEST:
            return Resolved(reason=f"Dài hơn {_LONGEST} ký tự, không phải tên một cơ quan.")
        keys = tuple(dict.fromkeys(readings(written)))
        ways: tuple[Callable[[str, Sequence[str]], Resolved | None], ...] = (
            self._by_name,
            self._as_group,
            self._by_earlier_name,
            self._without_remark,
            self._as_list,
            self._forgiving_slips,
        )
        for way in ways:
            found = way(written, keys)
            if found is not None:
                return found
        return Resolved(reason=f"Không có “{written.strip()}” trong danh mục tổ chức ngày {_day(self.chart.day)}.")

    def _by_name(self, written: str, keys: Sequence[str]) -> Resolved | None:
        unclear: list[Organization] = []
        for key in keys:
            for shorter in _without_heads(key):
                candidates = self.chart.called(shorter) if shorter else self._committees_near
                chosen = self._choose(written, candidates)
                if len(chosen) == 1:
                    return self._acting_for(chosen[0], written)
                unclear = unclear or list(chosen)
        if not unclear or any(is_plural(key) for key in keys):
            return None
        return Resolved(reason=_unclear(written, unclear))

    def _choose(self, written: str, candidates: Sequence[Organization]) -> Sequence[Organization]:
        """The candidate nearest to the reader; among equals the one whose accents were written."""
        if len(candidates) < 2:
            return candidates
        accented = self.chart.with_accents_of(written, candidates)
        if len(accented) == 1:
            return accented
        return self.chart.nearest(accented, self.near)

    @cached_property
    def _committees_near(self) -> Sequence[Organization]:
        """“Ban Thường vụ” without a name: the reader's own committee."""
        chain = self.chart.chain(self.near)
        return tuple(each for each in chain if each.kind in _COMMITTEES)[:1]

    def _acting_for(self, found: Organization, written: str) -> Resolved:
        """A place acts through its Party committee."""
        committee = self.chart.committee_of(found)
        if committee is None:
            return Resolved((found,))
        return Resolved((committee,), reason=f"“{written.strip()}” là địa bàn; hiểu là {committee.name}.")

    def _as_group(self, written: str, keys: Sequence[str]) -> Resolved | None:
        for key in keys:
            for shorter in _without_heads(key):
                bag = bag_of(shorter)
                for group in aliases().groups if is_plural(key) else ():
                    members = self.chart.members(group) if bag in group.bags else ()
                    if members:
                        return Resolved(members, group=group.label)
                if bag in aliases().vague:
                    return Resolved(reason=f"“{written.strip()}” là cách gọi chung, văn bản không nêu đích danh.")
        return None

    def _by_earlier_name(self, written: str, keys: Sequence[str]) -> Resolved | None:
        for key in keys:
            for shorter in filter(None, _without_heads(key)):
                found = self._carried_on(written, shorter) or self._ended(written, shorter)
                if found is not None:
                    return found
        for key in keys:
            found = self._with_ended_tail(written, key)
            if found is not None:
                return found
        return None

    def _carried_on(self, written: str, key: str) -> Resolved | None:
        """Merged before the directory begins, told by the aliases."""
        heir, happened = aliases().carried_on.get(key, ("", ""))
        if not heir:
            stripped = self.chart.without_province(key)
            heir, happened = aliases().carried_on.get(stripped, ("", ""))
        found = self._choose(heir, self.chart.called(key_of(heir))) if heir else ()
        if len(found) != 1:
            return None
        return Resolved((found[0],), reason=f"“{written.strip()}” nay là {found[0].name} ({happened}).")

    def _ended(self, written: str, key: str) -> Resolved | None:
        """An organization that bore the name on another day, and what became of it."""
        earlier = self._choose(written, self.chart.once_called(key))
        if not earlier:
            return None
        heirs = {tuple(heir.pk for heir in self.chart.heirs(each)): each for each in earlier}
        if len(heirs) > 1:
            return Resolved(reason=_unclear(written, earlier))
        return self._heirs_of(earlier[0], written)

    def _heirs_of(self, earlier: Organization, written: str) -> Resolved:
        heirs = self.chart.heirs(earlier)
        story = self.chart.story(earlier, written, heirs)
        actors = tuple(dict.fromkeys(self.chart.committee_of(heir) or heir for heir in heirs))
        return Resolved(actors, reason=story)

    def _with_ended_tail(self, written: str, key: str) -> Resolved | None:
        """“UBND xã Bản Qua”: the body of a place or committee that has ended, carried on by its heir's."""
        words = key.split()
        for start in range(1, len(words) - 1):
            tail = " ".join(words[start:])
            ended = self._choose(written, self.chart.once_called(tail))
            if len(ended) != 1 or self.chart.called(tail):
                continue
            heirs = self.chart.heirs(ended[0])
            story = self.chart.story(ended[0], ended[0].name, heirs)
            if len(heirs) != 1:
                return Resolved(reason=story)
            now = self._by_name(written, [" ".join([*words[:start], key_of(heirs[0].name)])])
            return replace(now, reason=story) if now and now.organizations else Resolved(reason=story)
        return None

    def _without_remark(self, written: str, _keys: Sequence[str]) -> Resolved | None:
        """“Sở Tài chính (để phối hợp)”: what stands in brackets is no part of the name."""
        before, bracket, rest = written.partition("(")
        after = rest.partition(")")[2]
        if not bracket or not key_of(before):
            return None
        found = self.resolve(f"{before.strip()} {after.strip()}".strip())
        return found if found.organizations or found.group else None

    def _as_list(self, written: str, _keys: Sequence[str]) -> Resolved | None:
        """Several names in one line, each of which is known."""
        for separators in (";", ";,", ";,&"):
            parts = _split(written, separators)
            if not 1 < len(parts) <= _MOST_PARTS:
                continue
            found = [self._by_name(part, keys) or self._as_group(part, keys) for part, keys in _keyed(parts)]
            if all(each is not None and each.organizations for each in found):
                return _together([each for each in found if each is not None])
        return None

    def _forgiving_slips(self, written: str, keys: Sequence[str]) -> Resolved | None:
        near_keys = nearest_keys(keys[0], self.chart.keys)
        found = {each.pk: each for key in near_keys for each in self._choose(written, self.chart.called(key))}
        if len(found) == 1:
            (only,) = found.values()
            read = self._acting_for(only, written).organizations
            return Resolved(read, reason=f"Đọc “{written.strip()}” là {read[0].name}.")
        if found:
            return Resolved(reason=_unclear(written, list(found.values())))
        return None


def _without_heads(key: str) -> Iterable[str]:
    """The key, then what is left after “Thường trực”, “Bí thư”, “Chánh”, one after another."""
    yield key
    words = tuple(key.split())
    while True:
        head = next((head for head in aliases().heads if words[: len(head)] == head), None)
        if head is None:
            return
        words = words[len(head) :]
        yield " ".join(words)


def _split(written: str, separators: str) -> list[str]:
    text = written.replace(" và ", " & ") if "&" in separators else written
    for separator in separators:
        text = text.replace(separator, "\n")
    return [part.strip() for part in text.split("\n") if part.strip()]


def _keyed(parts: Iterable[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    return ((part, tuple(dict.fromkeys(readings(part)))) for part in parts)


def _together(found: Sequence[Resolved]) -> Resolved:
    organizations = tuple(dict.fromkeys(each for one in found for each in one.organizations))
    reasons = dict.fromkeys(one.reason for one in found if one.reason)
    groups = dict.fromkeys(one.group for one in found if one.group)
    return Resolved(organizations, group="; ".join(groups), reason=" ".join(reasons))


def _unclear(written: str, candidates: Sequence[Organization]) -> str:
    names = "; ".join(each.name for each in candidates[:4]) + ("; …" if len(candidates) > 4 else "")
    return f"“{written.strip()}” có thể là: {names}."


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


class NamesOfAllDays:
    """Names on whatever day is asked, the chart read once: for papers of many years."""

    _KEPT = 8  # charts of different times held at once

    def __init__(self, versions: Sequence[OrganizationVersion], successions: Sequence[Succession]) -> None:
        self._versions, self._successions = versions, successions
        bounds = {version.valid_from for version in versions}
        bounds |= {version.valid_to for version in versions if version.valid_to}
        self._changes = sorted(bounds)
        self._names: dict[int, Names] = {}

    @classmethod
    def read(cls) -> Self:
        """Read everything in two queries."""
        versions = OrganizationVersion.objects.select_related("organization").order_by("id")
        return cls(tuple(versions), tuple(Succession.objects.order_by("id")))

    def on(self, day: date) -> Names:
        """The names of the day; days between two changes of the chart share them."""
        period = bisect_right(self._changes, day)
        if period not in self._names:
            if len(self._names) >= self._KEPT:
                del self._names[next(iter(self._names))]
            self._names[period] = Names(Chart(day, self._versions, self._successions))
        return self._names[period]
