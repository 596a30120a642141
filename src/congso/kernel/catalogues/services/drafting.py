"""A draft from its beginning to its publication, and the list's own settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import Max
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from congso.kernel.catalogues.comparing import problems
from congso.kernel.catalogues.internal.snapshot import forget_token
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import draft_of, items_of, last_published
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry

CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,58}[A-Za-z0-9])?")
SHOWN = 5


class CatalogueRefused(Exception):
    """The act on a code list is not possible; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class ItemFacts:
    """One code as somebody writes it into a draft."""

    code: str
    name: str
    parent_code: str = ""
    place: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""

    def problem(self) -> str:
        """What is wrong with it by itself, or nothing."""
        if not CODE.fullmatch(self.code):
            return f"Mã “{self.code}” chỉ gồm chữ không dấu, số, dấu chấm, gạch, dài nhất 60 ký tự."
        if not self.name.strip():
            return f"Mã {self.code} thiếu tên."
        if len(self.name) > 300 or any(len(value) > 500 for value in self.attributes.values()):
            return f"Mã {self.code}: nội dung quá dài."
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            return f"Mã {self.code}: ngày đóng phải sau ngày bắt đầu."
        return ""


@transaction.atomic
def start_draft(catalogue: Catalogue, *, by: int, at: datetime) -> Version:
    """A draft that begins as a copy of the version published last; the one being worked on if there is one."""
    require_keeper(catalogue)
    standing = draft_of(catalogue)
    if standing is not None:
        return standing
    number = Version.objects.filter(catalogue=catalogue).aggregate(last=Max("number"))["last"] or 0
    draft = Version.objects.create(catalogue=catalogue, number=number + 1, made_by_id=by, made_at=at)
    Item.objects.bulk_create(
        (Item(version=draft, **one.facts()) for one in items_of(last_published(catalogue))), batch_size=1000
    )
    _tell("draft_started", catalogue, by, at, {"version": draft.number})
    return draft


@transaction.atomic
def put_item(draft: Version, facts: ItemFacts, *, by: int, at: datetime) -> Item:
    """Add the code to the draft or change what it says. The journal line comes with the publication."""
    _require_draft(draft)
    problem = facts.problem() or against_choices(facts, draft.catalogue)
    if problem:
        raise CatalogueRefused(problem)
    columns = {name: value for name, value in vars(facts).items() if name != "code"}
    columns["attributes"] = {key: value for key, value in facts.attributes.items() if value}
    item, _made = Item.objects.update_or_create(version=draft, code=facts.code, defaults=columns)
    return item


def against_choices(facts: ItemFacts, catalogue: Catalogue) -> str:
    """What of its attributes the list does not know or allow, or nothing."""
    known = {one["key"]: one for one in catalogue.attributes}
    for key, value in facts.attributes.items():
        if key not in known:
            return f"Danh mục không có thuộc tính “{key}”."
        allowed = known[key].get("choices")
        if value and allowed and value not in allowed:
            words = ", ".join(f"{code} ({name})" for code, name in allowed.items())
            return f"Mã {facts.code}: “{known[key]['name']}” phải là một trong: {words}."
    return ""


@transaction.atomic
def close_item(draft: Version, code: str, *, on: date, by: int, at: datetime, replaced_by: str = "") -> None:
    """From the day on the code is offered no more; what bears it keeps its meaning."""
    _require_draft(draft)
    if replaced_by and not Item.objects.filter(version=draft, code=replaced_by).exclude(code=code).exists():
        raise CatalogueRefused(f"Không có mã {replaced_by} để thay.")
    if not Item.objects.filter(version=draft, code=code).update(valid_to=on, replaced_by=replaced_by):
        raise CatalogueRefused(f"Không có mã {code} trong bản thảo.")


@transaction.atomic
def remove_item(draft: Version, code: str, *, by: int, at: datetime) -> None:
    """Take out a code that was never published; one that was is closed instead."""
    _require_draft(draft)
    before = last_published(draft.catalogue)
    if before is not None and Item.objects.filter(version=before, code=code).exists():
        raise CatalogueRefused(f"Mã {code} đã ban hành, không xóa được; hãy đóng mã.")
    if not Item.objects.filter(version=draft, code=code).delete()[0]:
        raise CatalogueRefused(f"Không có mã {code} trong bản thảo.")


@transaction.atomic
def publish_draft(draft: Version, *, on: date, source: str, by: int, at: datetime) -> None:
    """From the day on (not before today) the draft is the list, by the document named. Cannot be undone."""
    _require_draft(draft)
    before = last_published(draft.catalogue)
    found = list(problems(items_of(before), items_of(draft), today=timezone.localdate(at)))
    if not source.strip():
        found.insert(0, "Hãy ghi văn bản ban hành: số, ngày, cơ quan.")
    if on < timezone.localdate(at):
        found.insert(0, "Ngày hiệu lực không được trước hôm nay: hồ sơ cũ giữ nghĩa cũ.")
    elif before is not None and before.valid_from is not None and on < before.valid_from:
        found.insert(0, f"Phiên bản {before.number} có hiệu lực từ {before.valid_from:%d/%m/%Y}; hãy chọn từ ngày đó.")
    if found:
        more = [f"… và {len(found) - SHOWN} lỗi nữa."] if len(found) > SHOWN else []
        raise CatalogueRefused(" ".join([*found[:SHOWN], *more]))
    _call("SELECT congso.publish_catalogue(%s, %s, %s, %s)", [draft.pk, on, source.strip(), at])
    forget_token()
    facts = {"version": draft.number, "valid_from": on.isoformat(), "source": source.strip()}
    _tell("published", draft.catalogue, by, at, facts)


@transaction.atomic
def drop_draft(draft: Version, *, by: int, at: datetime) -> None:
    """Give the draft up; the list stays as it is."""
    _require_draft(draft)
    _call("SELECT congso.drop_catalogue_draft(%s)", [draft.pk])
    _tell("draft_dropped", draft.catalogue, by, at, {"version": draft.number})


@transaction.atomic
def change_settings(
    catalogue: Catalogue, *, is_open: bool, licence: str, keeper: Organization | None, by: int, at: datetime
) -> None:
    """An administrator decides who keeps the list and whether it is open data."""
    if not licence.strip():
        raise CatalogueRefused("Hãy ghi điều kiện sử dụng lại.")
    changed = Catalogue.objects.filter(pk=catalogue.pk).update(is_open=is_open, licence=licence.strip(), keeper=keeper)
    if not changed:
        raise CatalogueRefused("Chỉ quản trị viên được đổi thiết đặt của danh mục.")
    facts = {"open": is_open, "licence": licence.strip(), "keeper": keeper.code if keeper else ""}
    _tell("settings_changed", catalogue, by, at, facts)


def keeps(catalogue: Catalogue) -> bool:
    """Whether who acts in this transaction keeps the list."""
    return bool(_call("SELECT congso.keeps_catalogue(%s)", [catalogue.pk]))


def require_keeper(catalogue: Catalogue) -> None:
    """Raises CatalogueRefused for everybody but the list's keepers; the database refuses them too."""
    if not keeps(catalogue):
        raise CatalogueRefused("Bạn không giữ danh mục này.")


def _require_draft(draft: Version) -> None:
    require_keeper(draft.catalogue)
    if not Version.objects.filter(pk=draft.pk, state=Version.State.DRAFT).exists():
        raise CatalogueRefused("Bản thảo này đã ban hành hoặc đã bỏ; hãy mở bản thảo mới.")


def _call(statement: str, arguments: list[Any]) -> Any:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.fetchone()[0]
    except Error as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise CatalogueRefused("Bạn không giữ danh mục này.") from None
        raise


def _tell(act: str, catalogue: Catalogue, by: int, at: datetime, facts: dict[str, Any]) -> None:
    write_entry(
        act=f"catalogues.{act}",
        actor=f"person:{by}",
        actor_label=title_of(by, timezone.localdate(at)),
        at=at,
        facts={"catalogue": catalogue.code, **facts},
    )
