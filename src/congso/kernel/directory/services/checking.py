"""What forbids a change of the organization chart, told as sentences before anything is done."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from congso.kernel.directory.models import (
    Assignment,
    LayoutProfile,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Post,
)

DISTRICTS_END = date(2025, 7, 1)  # Luật 72/2025/QH15
_NATIONAL_CODE = re.compile(r"[A-Z][0-9]{2}(\.[A-Z0-9]+)*")  # Quyết định 20/2020/QĐ-TTg
_ADMINISTRATIVE_CODE = re.compile(r"[0-9]{2,5}")  # Quyết định 19/2025/QĐ-TTg: tỉnh 2 chữ số, xã 5 chữ số
_OWN_CODE = re.compile(r"[A-Z0-9]+([._-][A-Z0-9]+)*")
_SHOWN = 3


@dataclass(frozen=True)
class NewOrganization:
    """An organization to be founded: what `found_organization` needs, besides the day."""

    code: str
    kind: str
    name: str
    short_name: str = ""
    symbol: str = ""
    parent: Organization | None = None
    serves: Organization | None = None
    layout_profile: str = LayoutProfile.PARTY
    official_code: str = ""
    is_office: bool = True


def day_words(day: date | None) -> str:
    """A day as sentences tell it."""
    return f"{day:%d/%m/%Y}" if day else ""


def against_standing(organization: Organization, on: date) -> Iterator[str]:
    """Why the organization cannot take something over on the day: it does not exist then, or ends later."""
    if on < organization.valid_from:
        yield f"{organization} chưa có vào ngày {day_words(on)} (thành lập ngày {day_words(organization.valid_from)})."
    if organization.valid_to is not None:
        yield f"{organization} kết thúc hoạt động từ ngày {day_words(organization.valid_to)}."


def against_ending(ended: Sequence[Organization], on: date) -> Iterator[str]:
    """Why these organizations cannot end on the day."""
    for one in ended:
        if one.valid_to is not None:
            yield f"{one} đã kết thúc hoạt động từ ngày {day_words(one.valid_to)}."
        elif on <= one.valid_from:
            yield f"{one} mới có từ ngày {day_words(one.valid_from)}, không thể kết thúc vào ngày {day_words(on)}."
    ids = [one.pk for one in ended]
    yield from _later(OrganizationVersion.objects.filter(organization__in=ids, valid_from__gte=on), "tên, cấp trên")
    later = Q(valid_from__gte=on)
    yield from _told(Post.objects.filter(later, organization__in=ids), "Chức vụ “{}” bắt đầu từ ngày {}")
    held = Assignment.objects.filter(later, post__organization__in=ids).select_related("person", "post")
    yield from _told(held, "Bổ nhiệm “{}” có hiệu lực từ ngày {}")
    coming = OrganizationVersion.objects.filter(parent__in=ids, valid_from__gt=on).exclude(organization__in=ids)
    yield from _told(coming, "“{}” trực thuộc từ ngày {}")


def against_new(new: NewOrganization, on: date, *, heirs_of: Iterable[int] = ()) -> Iterator[str]:
    """Why the organization cannot be founded. A closed code is given again only to who takes its holder over."""
    if not new.name.strip():
        yield "Hãy ghi tên tổ chức."
    if not _OWN_CODE.fullmatch(new.code) or len(new.code) > 40:
        yield "Mã gồm chữ in hoa không dấu và số, ngăn bằng dấu chấm, tối đa 40 ký tự, ví dụ LC.VPTU."
    holder = Organization.objects.filter(code=new.code).first()
    if holder is not None:
        state = f"đã đóng từ ngày {day_words(holder.valid_to)}" if holder.valid_to else "đang dùng"
        yield f"Mã {new.code} của “{holder}” ({state}) không được cấp lại."
    yield from _against_official_code(new.official_code, set(heirs_of))
    if new.kind == OrganizationKind.DISTRICT and on >= DISTRICTS_END:
        yield f"Từ ngày {day_words(DISTRICTS_END)} không còn cấp huyện."
    if new.parent is not None:
        yield from against_standing(new.parent, on)
    yield from against_place(new.kind, new.parent)


def against_place(kind: str, parent: Organization | None) -> Iterator[str]:
    """A commune's Party committee hangs directly under the provincial one (office.md 4.3)."""
    if kind == OrganizationKind.COMMUNE_COMMITTEE and (parent is None or parent.kind != OrganizationKind.COMMITTEE):
        yield "Đảng ủy xã, phường trực thuộc thẳng cấp ủy cấp tỉnh."


def against_move(organization: Organization, parent: Organization, on: date) -> Iterator[str]:
    """Why the organization cannot stand under that superior from the day on."""
    yield from against_standing(organization, on)
    yield from against_standing(parent, on)
    yield from against_place(organization.kind, parent)
    latest = OrganizationVersion.objects.filter(organization=organization).order_by("-valid_from").first()
    if latest is not None and latest.valid_from > on:
        yield f"{organization} đã có thay đổi ghi từ ngày {day_words(latest.valid_from)}; hãy chọn ngày sau đó."
    if latest is not None and latest.parent_id == parent.pk:
        yield f"{organization} đã trực thuộc {parent}."
    if would_circle(organization.pk, parent.pk, on):
        yield f"{parent} nằm dưới {organization}; không thể đặt cấp trên xuống dưới cấp dưới của mình."


def would_circle(organization: int, parent: int, on: date) -> bool:
    """Whether the organization would stand above itself on some day from then on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.chart_would_circle(%s, %s, %s, NULL)", [organization, parent, on])
        return bool(cursor.fetchone()[0])


def addressing_problem(organization: Organization, on: date) -> str:
    """Why no new paper may be addressed to the organization on the day, or nothing (office.md 4.3, rules 2 and 4)."""
    if organization.valid_to is not None and organization.valid_to <= on:
        return f"{organization} đã kết thúc hoạt động từ ngày {day_words(organization.valid_to)}."
    if organization.kind == OrganizationKind.DISTRICT and on >= DISTRICTS_END:
        return f"Từ ngày {day_words(DISTRICTS_END)} không còn cấp huyện."
    return ""


def _against_official_code(code: str, heirs_of: set[int]) -> Iterator[str]:
    if not code:
        return
    if len(code) > 35 or not (_NATIONAL_CODE.fullmatch(code) or _ADMINISTRATIVE_CODE.fullmatch(code)):
        yield "Mã định danh có dạng H38.01.02 (tối đa 35 ký tự) hoặc mã đơn vị hành chính gồm 2 đến 5 chữ số."
    taken = Organization.objects.filter(official_code=code).exclude(pk__in=heirs_of).first()
    if taken is not None:
        yield f"Mã định danh {code} của “{taken}” không được cấp cho tổ chức khác."


def _later(versions: object, what: str) -> Iterator[str]:
    for version in versions.select_related("organization")[:_SHOWN]:  # type: ignore[attr-defined]
        yield (
            f"{version.organization} đã có thay đổi {what} ghi từ ngày {day_words(version.valid_from)}; "
            "hãy chọn ngày sau đó."
        )


def _told(rows: object, words: str) -> Iterator[str]:
    for row in rows[:_SHOWN]:  # type: ignore[index]
        yield f"{words.format(row, day_words(row.valid_from))}; hãy chọn ngày sau đó hoặc đổi ngày đó trước."
