"""The organization chart as of a day, indexed by every key a name may be written with. No database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from congso.kernel.directory.aliases import Group, aliases, key_of, plain_words
from congso.kernel.directory.models import Organization, OrganizationKind, OrganizationVersion, Succession
from congso.lib.vietnamese import index_form

_PLACES = (OrganizationKind.PROVINCE, OrganizationKind.DISTRICT, OrganizationKind.COMMUNE)
_COMMITTEE_WORDS = "dang ui"  # “Đảng ủy” as a key
_PROVINCE_WORDS = "tinh ui"


class Chart:
    """Who was called what on the day, who stood under whom, and who carried on whose work."""

    def __init__(self, day: date, versions: Sequence[OrganizationVersion], successions: Sequence[Succession]) -> None:
        self.day = day
        self._organizations = {version.organization_id: version.organization for version in versions}
        self._current = {v.organization_id: v for v in versions if _lasts(v, day) and _lasts(v.organization, day)}
        self._heirs: dict[int, list[Succession]] = defaultdict(list)
        for succession in successions:
            self._heirs[succession.predecessor_id].append(succession)
        self._offices = {o.serves_id: o.pk for o in self._existing() if o.serves_id}
        self._province, self._places = self._find_places()
        self._place_of = {pk: self._find_place(pk) for pk in self._current}
        self._called: dict[str, dict[int, None]] = defaultdict(dict)
        for pk, version in self._current.items():
            for key in self._keys(pk, version):
                self._called[key][pk] = None
        self._add_other_names()
        self._once: dict[str, dict[int, None]] = defaultdict(dict)
        for version in versions:
            if version is not self._current.get(version.organization_id):
                for key in self._earlier_keys(version):
                    self._once[key][version.organization_id] = None
        self._groups: dict[str, tuple[Organization, ...]] = {}

    @property
    def keys(self) -> Iterable[str]:
        """Every key a name of the day may have."""
        return self._called

    def called(self, key: str) -> tuple[Organization, ...]:
        """The organizations the key may mean on the day."""
        return tuple(self._organizations[pk] for pk in self._called.get(key, ()))

    def once_called(self, key: str) -> tuple[Organization, ...]:
        """The organizations that bore the name on another day."""
        return tuple(self._organizations[pk] for pk in self._once.get(key, ()))

    def heirs(self, organization: Organization) -> tuple[Organization, ...]:
        """Who carries on its work on the day: itself while it lasts, else its successors' successors."""
        found: dict[int, None] = {}
        waiting, seen = [organization.pk], set()
        while waiting:
            pk = waiting.pop(0)
            if pk in self._current:
                found[pk] = None
            elif pk not in seen:
                seen.add(pk)
                waiting += [each.successor_id for each in self._heirs[pk] if each.effective_on <= self.day]
        return tuple(self._organizations[pk] for pk in found)

    def story(self, earlier: Organization, written: str, heirs: Sequence[Organization]) -> str:
        """What became of an organization, or that it did not exist yet, in one Vietnamese sentence."""
        if earlier.valid_from > self.day:
            return f"{earlier.name} có từ ngày {_day(earlier.valid_from)}, sau ngày {_day(self.day)}."
        if earlier.pk in self._current:
            now = self._current[earlier.pk]
            return f"“{written.strip()}” vào ngày {_day(self.day)} mang tên {now.name}."
        ended = f"{earlier.name} đã kết thúc hoạt động ngày {_day(earlier.valid_to or self.day)}"
        if not heirs:
            return f"{ended}; danh mục không có cơ quan kế thừa{self._where_it_was(earlier)}."
        return f"{ended}; nay là {'; '.join(self._current[heir.pk].name for heir in heirs)}."

    def _where_it_was(self, district: Organization) -> str:
        """The communes that now cover the place of a district or its committee."""
        bare = " ".join(key_of(district.name).split()[1:]).removeprefix("ui ")
        found: dict[int, str] = {}
        for each in self._organizations.values():
            parent = self._organizations.get(each.parent_id or 0)
            inside = parent and parent.kind == OrganizationKind.DISTRICT and key_of(parent.name).endswith(f" {bare}")
            found |= {heir.pk: heir.name for heir in self.heirs(each)} if inside else {}
        return f"; địa bàn nay thuộc {', '.join(found.values())}" if found else ""

    def committee_of(self, place: Organization) -> Organization | None:
        """The Party committee of a province or commune; None for what is no place or has none."""
        if place.kind not in _PLACES:
            return None
        key = key_of(self._name(place.pk))
        committee = f"{_COMMITTEE_WORDS} {key}" if place.kind != OrganizationKind.PROVINCE else _province_committee(key)
        found = [each for each in self.called(committee) if each.kind not in _PLACES]
        return found[0] if len(found) == 1 else None

    def with_accents_of(self, written: str, candidates: Sequence[Organization]) -> tuple[Organization, ...]:
        """Those candidates whose names share the most accented words with the text."""
        words = _accented(written)
        shared = [len(words & _accented(self._name(each.pk))) for each in candidates]
        return tuple(each for each, count in zip(candidates, shared, strict=True) if count == max(shared))

    def chain(self, near: Organization | None) -> list[Organization]:
        """The reader, whom it serves or stands under, up to the top; the province's committee for nobody."""
        found: dict[int, None] = {}
        pk = near.pk if near is not None else None
        while pk is not None and pk not in found and pk in self._organizations:
            found[pk] = None
            organization = self._organizations[pk]
            pk = organization.serves_id or organization.parent_id
        if self._province_committee is not None:
            found[self._province_committee] = None
        return [self._organizations[each] for each in found]

    def nearest(self, candidates: Sequence[Organization], near: Organization | None) -> tuple[Organization, ...]:
        """Those nearest to the reader: itself, below it, of its place, then the same one level higher."""
        chain = self.chain(near)
        ranked = [(self._rank(each, chain), each) for each in candidates]
        best = min(rank for rank, _ in ranked)
        return tuple(each for rank, each in ranked if rank == best)

    def members(self, group: Group) -> tuple[Organization, ...]:
        """The organizations of a plural that exist on the day, in the order of the aliases."""
        if group.label not in self._groups:
            found: dict[int, None] = {}
            for member in group.members:
                found |= dict.fromkeys(self._members(member))
            self._groups[group.label] = tuple(self._organizations[pk] for pk in found)
        return self._groups[group.label]

    def without_province(self, key: str) -> str:
        """The key without “tỉnh Lào Cai” at its end."""
        return key.removesuffix(f" {self._province}").removesuffix(" tinh")

    def _members(self, member: str) -> Iterator[int]:
        if member.startswith("kind:"):
            yield from (each.pk for each in self._existing() if each.kind == member.removeprefix("kind:"))
        elif member.endswith("*"):
            start = key_of(member) + " "
            yield from (pk for pk, version in self._current.items() if key_of(version.name).startswith(start))
        else:
            found = self.nearest(called, None) if (called := self.called(key_of(member))) else ()
            yield from (each.pk for each in found)

    def _existing(self) -> Iterator[Organization]:
        return (self._organizations[pk] for pk in self._current)

    def _name(self, pk: int) -> str:
        return self._current[pk].name if pk in self._current else self._organizations[pk].name

    def _find_places(self) -> tuple[str, dict[str, str]]:
        """The province's name, and each commune's name with the word it begins with (“xã”)."""
        committees = [key_of(v.name) for v in self._current.values() if v.organization.kind == "commune_committee"]
        communes = [key_of(v.name) for v in self._current.values() if v.organization.kind == "commune"]
        places = {key: key.split()[0] for key in communes if " " in key}
        places |= {key: key.split()[0] for key in (c.removeprefix(f"{_COMMITTEE_WORDS} ") for c in committees)}
        parents = [o.parent_id for o in self._existing() if o.kind == "commune_committee" and o.parent_id]
        self._province_committee = max(set(parents), key=parents.count) if parents else None
        province = key_of(self._name(self._province_committee)) if self._province_committee else ""
        return province.removeprefix(f"{_PROVINCE_WORDS} "), places

    def _find_place(self, pk: int) -> str:
        """The commune in whose name the organization's ends; its superior's; else the province."""
        seen = set()
        at: int | None = pk
        while at is not None and at not in seen and at in self._organizations:
            seen.add(at)
            words = key_of(self._name(at)).split()
            for start in range(len(words)):
                if (tail := " ".join(words[start:])) in self._places:
                    return tail
            if self._province and " ".join(words).endswith(self._province):
                return self._province
            at = self._organizations[at].parent_id
        return ""

    def _keys(self, pk: int, version: OrganizationVersion) -> Iterator[str]:
        """Every key of an organization: its names, without its place, without its superior, its symbol."""
        own = {key for name in (version.name, version.short_name) for key in self._place_keys(pk, key_of(name))}
        yield from own
        if version.symbol:
            yield " ".join(plain_words(version.symbol))
        parent = self._current.get(version.parent_id or 0)
        if parent is None:
            return
        of_parent = set(self._parent_keys(parent))
        relative = {
            key.removesuffix(f" {tail}")
            for key in own
            for tail in of_parent
            if key.endswith(f" {tail}") and not key.startswith((_COMMITTEE_WORDS, _PROVINCE_WORDS))
        }
        yield from relative
        yield from (f"{key} {tail}" for key in {*relative, key_of(version.short_name)} for tail in of_parent)

    def _parent_keys(self, parent: OrganizationVersion) -> Iterator[str]:
        for name in (parent.name, parent.short_name):
            yield from self._place_keys(parent.organization_id, key_of(name))
        if place := self._place_of.get(parent.organization_id):
            yield place

    def _place_keys(self, pk: int, key: str) -> Iterator[str]:
        """“UBND xã Bát Xát”, “UBND Bát Xát”, “UBND xã”, “UBND”; for the province with and without its name."""
        yield key
        place = self._place_of[pk]
        if place in self._places:
            word, bare = self._places[place], place.partition(" ")[2]
            base = key.removesuffix(f" {place}") if key.endswith(f" {place}") else ""
            if key == place and bare:
                yield bare
            if base:
                yield from (base, f"{base} {word}", f"{base} {bare}", f"{base} {place}")
        elif place and key.endswith((f" {place}", " tinh")):
            base = key.removesuffix(f" {place}").removesuffix(" tinh")
            yield from (base, f"{base} tinh", f"{base} {place}", f"{base} tinh {place}")
        elif place and key.startswith(("so ", "ban ", "truong ")):
            yield from (f"{key} tinh", f"{key} {place}", f"{key} tinh {place}")

    def _earlier_keys(self, version: OrganizationVersion) -> Iterator[str]:
        yield key_of(version.name)
        yield key_of(version.short_name.partition("(")[0])

    def _add_other_names(self) -> None:
        for spelling, name in aliases().other_names:
            candidates = self.called(key_of(name))
            found = self.nearest(candidates, None) if candidates else ()
            if len(found) == 1:
                for tail in ("", " tinh", f" {self._province}", f" tinh {self._province}"):
                    self._called[spelling + tail][found[0].pk] = None

    def _rank(self, candidate: Organization, chain: Sequence[Organization]) -> tuple[int, int]:
        place = self._place_of.get(candidate.pk)
        for level, reader in enumerate(chain):
            ranks = (
                candidate.pk == reader.pk,
                self._parent(candidate.pk) == reader.pk,
                self._parent(candidate.pk) == self._offices.get(reader.pk, -1),
                place in self._places and place == self._place_of.get(reader.pk),
            )
            if True in ranks:
                return level, ranks.index(True)
        return len(chain), int(place != self._province)

    def _parent(self, pk: int) -> int | None:
        return self._current[pk].parent_id if pk in self._current else self._organizations[pk].parent_id


def _accented(text: str) -> set[str]:
    return set(re.findall(r"\w+", index_form(text)))


def _province_committee(place: str) -> str:
    return f"{_PROVINCE_WORDS} {place.removeprefix('tinh ')}"


def _lasts(row: Organization | OrganizationVersion, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to > day)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
