"""Forms: designing, publishing, who reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.reports.models import Form, FormUnit, FormVersion
from congso.apps.reports.queries import draft_of, latest_version
from congso.apps.reports.queries.cells import code_of
from congso.apps.reports.rules import Schema, SchemaErrors
from congso.apps.reports.rules.schema import NumberCell
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.models import Indicator
from congso.kernel.indicators.services import define_indicator
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import Refused


class InvalidForm(Refused):
    """The form cannot be kept or published; `mistakes` say why, sentence by sentence."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes[:3]))
        self.mistakes = mistakes


@dataclass(frozen=True)
class NewForm:
    """What a form is, apart from its schema."""

    code: str
    title: str
    owner: Organization
    scope: Organization
    frequency: str
    closes_on: int
    due_working_days: int
    starts_on: date
    note: str = ""


def create_form(new: NewForm, *, schema: Mapping[str, Any] | None = None, by: Actor, at: datetime) -> Form:
    """A new form with an empty (or given) draft. Raises InvalidForm for a code that exists."""
    try:
        with transaction.atomic():
            form = Form.objects.create(**vars(new))
            FormVersion.objects.create(form=form, number=1, schema=dict(schema or {"sections": [], "rules": []}))
            _journal(form, "report_form.create", {"code": form.code}, by=by, at=at)
    except IntegrityError:
        raise InvalidForm([f"Mã mẫu “{new.code}” đã có."]) from None
    return form


def save_draft(form: Form, schema: Mapping[str, Any], *, seen: int, by: Actor, at: datetime) -> FormVersion:
    """Keep the draft as it is, mistakes included; `seen` is the revision it was made from.

    Raises InvalidForm when somebody else has changed the draft meanwhile.
    """
    with transaction.atomic():
        Form.objects.select_for_update().get(pk=form.pk)
        draft = draft_of(form)
        if draft is None:
            newest = latest_version(form)
            number = newest.number + 1 if newest else 1
            draft = FormVersion.objects.create(form=form, number=number, schema=dict(schema))
        else:
            if seen and draft.revision != seen:
                raise InvalidForm(["Người khác vừa sửa dự thảo này. Hãy tải lại trang để xem rồi sửa tiếp."])
            draft.schema, draft.revision = dict(schema), draft.revision + 1
            draft.save(update_fields=["schema", "revision"])
        _journal(form, "report_form.save", {"version": draft.number}, by=by, at=at)
    return draft


def publish_form(form: Form, *, by: Actor, at: datetime) -> FormVersion:
    """The draft becomes the version in use; cells without an indicator of the catalogue get one of the form's own.

    Raises InvalidForm for mistakes, for indicators that do not exist or have another rhythm, for a cell whose meaning
    (unit, decimals, way of adding up) would change under figures already collected.
    """
    with transaction.atomic():
        Form.objects.select_for_update().get(pk=form.pk)
        draft = draft_of(form)
        if draft is None:
            raise InvalidForm(["Không có dự thảo nào để ban hành."])
        try:
            schema = Schema.parse(draft.schema)
        except SchemaErrors as wrong:
            raise InvalidForm(wrong.mistakes) from None
        _define(form, schema, by=by, at=at)
        draft.published_at, draft.published_by_id = at, by.person_id
        draft.save(update_fields=["published_at", "published_by"])
        _journal(form, "report_form.publish", {"version": draft.number}, by=by, at=at)
    return draft


def set_units(form: Form, wanted: Mapping[int, int], *, day: date, by: Actor, at: datetime) -> None:
    """Who reports to whom from the day on: organization → receiver. Who is not listed stops; reports made stay."""
    circle = [one for one in wanted if _goes_round(one, wanted)]
    if circle:
        raise InvalidForm(["Có đơn vị báo cáo vòng quanh, không lên tới nơi ban hành mẫu."])
    with transaction.atomic():
        running = {one.organization_id: one for one in form.units.filter(until__isnull=True)}
        ended = [one.pk for pk, one in running.items() if wanted.get(pk) != one.reports_to_id]
        FormUnit.objects.filter(pk__in=ended).update(until=day)
        FormUnit.objects.bulk_create(
            FormUnit(form=form, organization_id=pk, reports_to_id=receiver, since=day)
            for pk, receiver in wanted.items()
            if pk not in running or running[pk].pk in ended
        )
        _journal(form, "report_form.units", {"units": len(wanted)}, by=by, at=at)


def stop_form(form: Form, *, day: date, by: Actor, at: datetime) -> None:
    """No further periods are opened from the day on."""
    with transaction.atomic():
        form.stopped_on = day
        form.save(update_fields=["stopped_on"])
        _journal(form, "report_form.stop", {"on": day.isoformat()}, by=by, at=at)


def _goes_round(one: int, wanted: Mapping[int, int]) -> bool:
    seen, here = set(), one
    while here in wanted:
        if here in seen:
            return True
        seen.add(here)
        here = wanted[here]
    return False


def _define(form: Form, schema: Schema, *, by: Actor, at: datetime) -> None:
    codes = {code_of(form, cell): cell for cell in schema.numbers.values()}
    known = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    mistakes = [mistake for code, cell in codes.items() for mistake in _against(form, cell, known.get(code))]
    if mistakes:
        raise InvalidForm(mistakes)
    for code, cell in codes.items():
        if code not in known:
            define_indicator(
                Indicator(
                    code=code, name=cell.title[:300], unit=cell.unit, decimals=cell.decimals, source=form.title,
                    frequency=form.frequency, roll_up=cell.roll_up, owner=form.owner,
                ),
                by=by, at=at,
            )  # fmt: skip


def _against(form: Form, cell: NumberCell, known: Indicator | None) -> Iterable[str]:
    if known is None:
        if cell.indicator:
            yield f"“{cell.title}”: danh mục không có chỉ tiêu mã {cell.indicator}."
        return
    if known.frequency != form.frequency:
        yield f"“{cell.title}”: chỉ tiêu {known.code} lấy số liệu theo kỳ khác với mẫu."
    if not known.is_observed:
        yield f"“{cell.title}”: chỉ tiêu {known.code} được tính từ chỉ tiêu khác, không nhập."
    if (cell.unit, cell.decimals) != (known.unit, known.decimals):
        unit = known.unit or "không ghi"
        yield (
            f"“{cell.title}”: số đã thu thập có đơn vị “{unit}”, {known.decimals} chữ số thập phân. "
            "Muốn đổi, hãy bỏ ô này và thêm ô mới."
        )
    if not cell.indicator and cell.roll_up != known.roll_up:
        yield f"“{cell.title}”: cách tổng hợp không đổi được khi đã ban hành. Hãy bỏ ô này và thêm ô mới."


def _journal(form: Form, act: str, facts: dict[str, object], *, by: Actor, at: datetime) -> None:
    write_entry(
        act=act,
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else "",
        at=at,
        organization_id=form.owner_id,
        facts={"form": form.code, **facts},
    )
