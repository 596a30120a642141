"""The life of a work in the catalogue: catalogued, open to its readers, taken out with a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.library.models import RECORD_TYPE, Readers, Work
from congso.kernel.access.principals import Function, System, office, staff, system
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def librarian_principals(library: Organization) -> set[int]:
    """Who keeps a library: those who keep the archive of its body, or of the office that serves it."""
    offices = [library, *(() if library.is_office else library.serving_offices.all())]
    return {office(one.pk, Function.ARCHIVISTS) for one in offices}


def _readers(work: Work) -> Iterable[int]:
    collection = work.collection
    return collection.bodies if collection.readers == Readers.LISTED else {staff()}


LIBRARIANS = Role("librarians", _("Cán bộ thư viện"), lambda work: librarian_principals(work.owner))
READERS = Role("readers", _("Bạn đọc của bộ sưu tập"), _readers)
REMINDERS = Role("reminders", _("Nhắc hạn của hệ thống"), lambda work: {system(System.REMINDERS)})


def _is_with_nobody(work: Work, at: datetime) -> bool:
    return not work.card.loans.filter(ended_at__isnull=True).exists()


def _is_not_awaited(work: Work, at: datetime) -> bool:
    return not work.card.holds.filter(state__in=("waiting", "ready")).exists()


IS_WITH_NOBODY = Guard(_is_with_nobody, _("Còn bản sách đang cho mượn; hãy nhận trả trước khi rút tài liệu."))
IS_NOT_AWAITED = Guard(_is_not_awaited, _("Còn bạn đọc đang đặt chỗ; hãy hủy các đặt chỗ trước khi rút tài liệu."))

FLOW = Flow(
    RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", _("Đang biên mục"), (LIBRARIANS,), Tone.NEUTRAL),
        State("available", _("Phục vụ bạn đọc"), (LIBRARIANS, READERS, REMINDERS), Tone.DONE),
        State("withdrawn", _("Đã rút khỏi mục lục"), (LIBRARIANS, REMINDERS), Tone.STOPPED, is_closed=True,
              closes_files=True),
    ),
    transitions=(
        Transition("edit", _("Sửa biên mục"), ("draft", "available"), "", (LIBRARIANS,), icon="pencil"),
        Transition("publish", _("Đưa ra phục vụ"), ("draft",), "available", (LIBRARIANS,), icon="share"),
        Transition("withdraw", _("Rút khỏi mục lục"), ("draft", "available"), "withdrawn", (LIBRARIANS,),
                   needs_reason=True, guards=(IS_WITH_NOBODY, IS_NOT_AWAITED), icon="ban"),
        Transition("restore", _("Đưa lại để biên mục"), ("withdrawn",), "draft", (LIBRARIANS,), icon="history"),
    ),
)  # fmt: skip
