"""Comparing a personnel list with the directory. Nothing is overwritten: differences are reported, people choose.

The list has the columns of the exported one. A person is known by her personnel code, or by her name among those who
already hold a post in the same organization; a name alone, found elsewhere, is a doubt to settle, not a match.
"""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from congso.kernel.directory.models import Assignment, Organization, Person, Post, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services.building import DirectoryRefused
from congso.kernel.directory.services.staffing import appoint_person, end_assignment, enter_person
from congso.kernel.journal.services import write_entry
from congso.lib.vietnamese import canonical_tones

MOST_BYTES, MOST_ROWS = 2 * 1024 * 1024, 20_000
_HEADS = {
    "Mã nhân sự": "code", "Họ và tên": "full_name", "Mã tổ chức": "organization", "Chức vụ": "post",
    "Thư điện tử": "email", "Điện thoại": "phone",
}  # fmt: skip
_NEEDED = ("full_name", "organization", "post")
_LENGTHS = {"code": 40, "full_name": 120, "organization": 40, "post": 200, "email": 254, "phone": 20}


class Change(StrEnum):
    """What a line of the list would change."""

    ENTER = "Người mới"
    APPOINT = "Thêm chức vụ"
    CONTACT = "Đổi liên hệ"
    MISSING = "Không còn trong tệp"
    DOUBT = "Cần xem lại"


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    line: int
    code: str
    full_name: str
    organization: str
    post: str
    email: str
    phone: str


@dataclass(frozen=True)
class Difference:
    """One difference between the list and the directory; a doubt cannot be chosen."""

    change: Change
    words: str
    line: int = 0
    row: Row | None = None
    person_id: int | None = None
    post_id: int | None = None
    assignment_id: int | None = None

    @property
    def key(self) -> str:
        """The same difference has the same key when the list is compared again."""
        told = f"{self.change}|{self.words}|{self.person_id}|{self.post_id}|{self.assignment_id}"
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def read_list(content: bytes) -> list[Row]:
    """The list's rows. Raises DirectoryRefused when it is no such list."""
    if len(content) > MOST_BYTES:
        raise DirectoryRefused("Tệp lớn hơn 2 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DirectoryRefused("Tệp không phải văn bản UTF-8; hãy lưu lại dạng “CSV UTF-8”.") from None
    if "\0" in text:
        raise DirectoryRefused("Tệp không phải văn bản CSV.")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(_rows(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error:
        raise DirectoryRefused("Tệp không đúng dạng CSV.") from None


def compare_people(rows: Sequence[Row], *, on: date) -> list[Difference]:
    """Every difference between the list and the directory of the day. Five queries however long the list."""
    known = _Known(rows, on)
    found: list[Difference] = []
    met: set[int] = set()
    for row in rows:
        found.extend(known.differences(row, met))
    for assignment in known.held:
        if assignment.pk not in met:
            words = f"{assignment.person} không còn ở “{assignment.post}”, {assignment.post.organization.short_name}"
            found.append(Difference(Change.MISSING, words, assignment_id=assignment.pk))
    return found


@transaction.atomic
def take_over(rows: Sequence[Row], *, chosen: frozenset[str], on: date, by: int, at: datetime) -> list[Difference]:
    """Carry out the chosen differences as they still stand; returns what was done. All of them or none."""
    done = []
    made: dict[tuple[str, str], Person] = {}
    for difference in compare_people(rows, on=on):
        if difference.key in chosen and difference.change != Change.DOUBT:
            _carry_out(difference, made, on, by, at)
            done.append(difference)
    return done


def _carry_out(difference: Difference, made: dict[tuple[str, str], Person], on: date, by: int, at: datetime) -> None:
    match difference:
        case Difference(assignment_id=int(pk)):
            held = Assignment.objects.select_related("post__organization", "person").get(pk=pk)
            end_assignment(held, on=on, by=by, at=at)
        case Difference(change=Change.CONTACT, row=Row() as row, person_id=int(pk)):
            _change_contact(row, pk, by, at)
        case Difference(row=Row() as row, post_id=int(post_id)):
            person = _person_for(row, difference.person_id, made, by, at)
            post = Post.objects.select_related("organization").get(pk=post_id)
            appoint_person(person, post=post, on=on, by=by, at=at)


def _change_contact(row: Row, person_id: int, by: int, at: datetime) -> None:
    if not Person.objects.filter(pk=person_id).update(email=row.email, phone=row.phone):
        raise DirectoryRefused(f"Bạn không quản trị {row.full_name}.")
    write_entry(
        act="directory.contact_changed",
        actor=f"person:{by}",
        actor_label=title_of(by, at.date()),
        at=at,
        facts={"person": person_id, "email": row.email, "phone": row.phone},
    )


def _person_for(row: Row, person_id: int | None, made: dict[tuple[str, str], Person], by: int, at: datetime) -> Person:
    """The known person, or the new one: entered once, however many of the list's lines name her."""
    if person_id is not None:
        return Person.objects.get(pk=person_id)
    identity = (row.code, row.full_name)
    if identity not in made:
        facts = {"full_name": row.full_name, "email": row.email, "phone": row.phone, "code": row.code}
        made[identity] = enter_person(**facts, by=by, at=at)
    return made[identity]


class _Known:
    """What the directory holds of the organizations and people a list names, read at once."""

    def __init__(self, rows: Sequence[Row], on: date) -> None:
        codes = {row.organization for row in rows}
        self.organizations = {one.code: one for one in Organization.objects.filter(valid_on(on), code__in=codes)}
        ids = [one.pk for one in self.organizations.values()]
        self.posts = {
            (post.organization_id, _same(post.name)): post
            for post in Post.objects.filter(valid_on(on), organization__in=ids).order_by("-rank", "-id")
        }
        held = Assignment.objects.filter(valid_on(on), valid_on(on, "post__"), post__organization__in=ids)
        self.held = list(held.select_related("person", "post__organization").order_by("person__name_key", "id"))
        self.by_code = {one.code: one for one in Person.objects.filter(code__in={row.code for row in rows} - {""})}
        self.by_name: dict[str, set[int]] = defaultdict(set)
        names = {row.full_name for row in rows}
        for person in Person.objects.filter(full_name__in=names):
            self.by_name[_same(person.full_name)].add(person.pk)

    def differences(self, row: Row, met: set[int]) -> Iterator[Difference]:
        """What the row says that the directory does not."""
        organization = self.organizations.get(row.organization)
        if organization is None:
            yield self._doubt(row, f"không có tổ chức mang mã {row.organization} vào ngày này")
            return
        post = self.posts.get((organization.pk, _same(row.post)))
        if post is None:
            yield self._doubt(row, f"{organization.short_name} không có chức vụ “{row.post}”")
            return
        here = [one for one in self.held if one.post.organization_id == organization.pk]
        person = self._person(row, here)
        if person is None and len(self.by_name[_same(row.full_name)]) and not row.code:
            yield self._doubt(row, "danh bạ có người cùng tên ở nơi khác; hãy ghi mã nhân sự hoặc điều chuyển")
            return
        yield from self._against(row, post, person, here, met)

    def _person(self, row: Row, here: Sequence[Assignment]) -> Person | None:
        if row.code:
            return self.by_code.get(row.code)
        same = {one.person_id: one.person for one in here if _same(one.person.full_name) == _same(row.full_name)}
        return next(iter(same.values())) if len(same) == 1 else None

    def _against(
        self, row: Row, post: Post, person: Person | None, here: Sequence[Assignment], met: set[int]
    ) -> Iterator[Difference]:
        where = f"“{post}”, {self.organizations[row.organization].short_name}"
        if person is None:
            yield Difference(Change.ENTER, f"{row.full_name}: {where}", row.line, row, None, post.pk)
            return
        if _same(person.full_name) != _same(row.full_name):
            yield self._doubt(row, f"mã nhân sự {row.code} trong danh bạ là {person.full_name}")
            return
        held = next((one for one in here if one.person_id == person.pk and one.post_id == post.pk), None)
        if held is not None:
            met.add(held.pk)
        else:
            yield Difference(Change.APPOINT, f"{person}: {where}", row.line, row, person.pk, post.pk)
        told = [
            f"{label}: {old or 'trống'} → {new}"
            for label, old, new in (("thư", person.email, row.email), ("điện thoại", person.phone, row.phone))
            if new and new != old
        ]
        if told:
            merged = Row(**{**row.__dict__, "email": row.email or person.email, "phone": row.phone or person.phone})
            yield Difference(Change.CONTACT, f"{person}: {'; '.join(told)}", row.line, merged, person.pk)

    @staticmethod
    def _doubt(row: Row, why: str) -> Difference:
        return Difference(Change.DOUBT, f"{row.full_name}: {why}", row.line, row)


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    heads = {_HEADS[head.strip()]: head for head in reader.fieldnames or () if head and head.strip() in _HEADS}
    if any(needed not in heads for needed in _NEEDED):
        raise DirectoryRefused("Dòng đầu cần có các cột: Họ và tên, Mã tổ chức, Chức vụ.")
    for line, cells in enumerate(reader, 2):
        if line > MOST_ROWS:
            raise DirectoryRefused(f"Mỗi lần nhiều nhất {MOST_ROWS} dòng.")
        values = {name: _cell(cells, heads.get(name, "")) for name in _LENGTHS}
        if not any(values.values()):
            continue
        _check(line, values)
        yield Row(line=line, **values)


def _cell(cells: dict[str, str], head: str) -> str:
    """A cell without the mark our export sets before what looks like a formula."""
    return " ".join((cells.get(head) or "").lstrip("'").split())


def _check(line: int, values: dict[str, str]) -> None:
    for name, most in _LENGTHS.items():
        if len(values[name]) > most:
            raise DirectoryRefused(f"Dòng {line}: ô quá dài.")
    if any(not values[needed] for needed in _NEEDED):
        raise DirectoryRefused(f"Dòng {line}: thiếu họ và tên, mã tổ chức hoặc chức vụ.")
    if values["email"]:
        try:
            validate_email(values["email"])
        except ValidationError:
            raise DirectoryRefused(f"Dòng {line}: thư điện tử không đúng.") from None


def _same(name: str) -> str:
    """Names are compared whatever their case, spacing or placing of tone marks."""
    return " ".join(canonical_tones(name).casefold().split())
