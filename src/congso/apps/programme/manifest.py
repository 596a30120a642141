from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.programme.flow import FLOW
from congso.apps.programme.home import BLOCKS
from congso.apps.programme.models import RECORD_TYPE, Programme
from congso.apps.programme.queries import drafts_anything, items_on
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.agenda import Appointment, Window
from congso.kernel.web.navigation import Group, MenuItem


def _drafts(request: OfficeRequest) -> bool:
    return drafts_anything(request.principals)


def _search_text(programme: Programme) -> str:
    return "\n".join([programme.note, *(item.content for item in programme.items.all())])


def _appointments(window: Window) -> list[Appointment]:
    """Items with a session's day stand in the calendar of their body's office, whole days."""
    return [
        Appointment(
            key=f"programme-{item.pk}",
            title=item.content,
            first_day=item.session_on,
            url_name="programme:detail",
            record_id=item.programme_id,
            organizations=(item.programme.organization_id,),
            words=f"{item.programme.get_body_display()} · {item.preparer.short_name or item.preparer.name}"
            if item.preparer
            else str(item.programme.get_body_display()),
        )
        for item in items_on(window.first_day, window.last_day)[: window.most]
        if item.session_on is not None
    ]


MANIFEST = Manifest(
    label="programme",
    record_types=(
        RecordType(
            RECORD_TYPE, pgettext_lazy("record", "Chương trình công tác"), Programme, "programme:detail", "list-check"
        ),
    ),
    flows=(FLOW,),
    url_prefix="chuong-trinh",
    menu=(
        MenuItem(
            "programme", _("Chương trình công tác"), "list-check", "programme:list", Group.DIRECTION, order=80
        ),
        MenuItem(
            "programme-results", _("Kết quả chương trình"), "chart-bar", "programme:results", Group.DIRECTION, order=85,
            visible=_drafts,
        ),
    ),
    home=BLOCKS,
    search_texts={RECORD_TYPE: _search_text},
    agenda=(_appointments,),
)  # fmt: skip
