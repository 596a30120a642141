"""The fields of a copy, looked at by one person or two; where two differ, a third look settles it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from congso.apps.digitization.models import Check, DigitalCopy, Need, Page, ScanBatch
from congso.apps.digitization.queries import copy_of
from congso.apps.digitization.rules import FIELDS, differences
from congso.apps.digitization.services.moving import moving, person_of
from congso.kernel.access.services import Actor
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.directory.queries import title_of
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused, WrongState

Values = Mapping[str, Any]
AT_ONCE = 200  # copies confirmed at one press


def check_copy(copy: DigitalCopy, values: Values, *, by: Actor, at: datetime) -> str:
    """Say what the fields are. Returns the state it came to: `checked`, `second` or `disputed`.

    The first of two people sees what the machine proposes, the second must not be the first. Raises Refused.
    """
    clean = cleaned(values, at)
    fresh = copy_of(copy.pk)
    if fresh.state == "unchecked":
        key, nth = ("confirm", 1) if fresh.need == Need.ONE else ("key_first", 1)
    elif fresh.state == "second":
        first = Check.objects.filter(copy=fresh, nth=1).order_by("-round").first()
        if first is not None and first.by_id == by.person_id:
            raise Refused("Bạn đã kiểm tra lần một; lần hai phải là người khác.")
        key, nth = ("key_second" if first and not differences(first.values, clean) else "dispute"), 2
    else:
        raise WrongState("Tài liệu này không còn chờ kiểm tra; hãy tải lại trang.")
    with moving(fresh, key, by=by, at=at) as move:
        _keep(move.record, nth, clean, by=by, at=at)
        if key in {"confirm", "key_second"}:
            _write(move.record, clean)
    copy.state = fresh.state
    return fresh.state


def confirm_sure_copies(batch: ScanBatch, *, by: Actor, at: datetime) -> int:
    """Confirm what the machine proposes for copies it is sure of and that are in no sample; how many.

    Those that lack a field are left to a person. Raises Refused when nothing could be confirmed.
    """
    rows = DigitalCopy.objects.filter(batch=batch, state="unchecked", need=Need.ONE, proposals__isnull=False)
    done = 0
    for copy in rows.order_by("pk")[:AT_ONCE]:
        values = {name: getattr(copy, name) for name in FIELDS}
        try:
            clean = cleaned(values, at)
        except Refused:
            continue
        check_copy(copy, clean, by=by, at=at)
        done += 1
    if not done:
        raise Refused("Không có tài liệu nào đủ trường để xác nhận; hãy kiểm tra từng tài liệu.")
    return done


def settle_copy(copy: DigitalCopy, values: Values, *, by: Actor, at: datetime) -> None:
    """Say what is right where two people differ. Raises Refused."""
    clean = cleaned(values, at)
    with moving(copy, "settle", by=by, at=at) as move:
        _keep(move.record, 3, clean, by=by, at=at)
        _write(move.record, clean)


def uncheck_copy(copy: DigitalCopy, *, note: str, by: Actor, at: datetime) -> None:
    """Look at it again from the beginning."""
    with moving(copy, "uncheck", by=by, at=at, note=note):
        pass


def drop_copy(copy: DigitalCopy, *, note: str, by: Actor, at: datetime) -> None:
    """Scanned badly, or cut wrongly: its pages are put aside, the paper is scanned again."""
    with moving(copy, "drop", by=by, at=at, note=note):
        Page.objects.filter(copy=copy.pk).update(
            state="dropped", why=f"Bỏ cùng tài liệu: {note.strip()}"[:500], copy=None, copy_page=None
        )


def cleaned(values: Values, at: datetime) -> dict[str, Any]:
    """The fields as they are kept, plain values. Raises Refused for what cannot be."""
    today = timezone.localdate(at)
    found = {name: " ".join(str(values.get(name) or "").split()) for name in FIELDS}
    is_undated = bool(values.get("is_undated"))
    day = values.get("issued_on")
    if isinstance(day, str):
        day = date.fromisoformat(day) if day else None
    if not found["title"]:
        raise Refused("Hãy ghi trích yếu, nội dung tài liệu.")
    if not found["type_key"] or type_on(found["type_key"], today) is None:
        raise Refused("Hãy chọn tên loại trong danh mục.")
    if day is None and not is_undated:
        raise Refused("Hãy ghi ngày tài liệu, hoặc đánh dấu “không ghi ngày”.")
    if day is not None and day > today:
        raise Refused("Ngày tài liệu ở tương lai.")
    return found | {"is_undated": is_undated, "issued_on": "" if is_undated or day is None else day.isoformat()}


def _keep(copy: DigitalCopy, nth: int, values: Values, *, by: Actor, at: datetime) -> None:
    held = Check.objects.filter(copy=copy).order_by("-round", "-nth").first()
    turn = 1 if held is None else held.round + (1 if nth == 1 else 0)
    Check.objects.create(
        copy=copy, nth=nth, round=turn, values=dict(values), by_id=person_of(by),
        by_label=title_of(person_of(by), timezone.localdate(at)), at=at,
    )  # fmt: skip


def _write(copy: DigitalCopy, values: Values) -> None:
    day = values["issued_on"]
    save(
        copy, type_key=values["type_key"], number=values["number"][:80], title=values["title"][:1000],
        issuer=values["issuer"][:300], signer=values["signer"][:200], is_undated=values["is_undated"],
        issued_on=date.fromisoformat(day) if day else None,
    )  # fmt: skip
    index_record(copy, body="")
