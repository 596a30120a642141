"""Single pages put aside and taken back, before their documents are accepted."""

from datetime import datetime

from congso.apps.digitization.models import Page, PageState
from congso.apps.digitization.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import Refused

DROPPABLE = (PageState.READ, PageState.FAILED, PageState.SUSPECT, PageState.BLANK, PageState.SEPARATOR)
RESTORABLE = (PageState.BLANK, PageState.DROPPED, PageState.FAILED, PageState.SEPARATOR)


def drop_page(page: Page, *, note: str, by: Actor, at: datetime) -> None:
    """Put a page aside: it stays listed, in no document. Raises Refused without a reason, or when it lies in one."""
    if not note.strip():
        raise Refused("Hãy ghi lý do bỏ trang.")
    with moving(page.batch, "arrange", by=by, at=at, note=note) as move:
        changed = Page.objects.filter(pk=page.pk, state__in=DROPPABLE, copy__isnull=True).update(
            state=PageState.DROPPED, why=note.strip()[:500]
        )
        if not changed:
            raise Refused("Trang đang nằm trong một tài liệu; hãy bỏ tài liệu đó rồi quét lại.")
        move.label = f"Bỏ trang {page.number} của {page.scan.name}"[:200]


def restore_page(page: Page, *, by: Actor, at: datetime) -> None:
    """Undo: a page taken for blank, for a separator, or put aside is read as a page of the stack again.

    Raises Refused when it is none of these. One that bears a mark of secrecy stays out.
    """
    with moving(page.batch, "arrange", by=by, at=at) as move:
        changed = Page.objects.filter(pk=page.pk, state__in=RESTORABLE, copy__isnull=True).update(
            state=PageState.READ, why="", code=""
        )
        if not changed:
            raise Refused("Trang này không lấy lại được.")
        move.label = f"Lấy lại trang {page.number} của {page.scan.name}"[:200]
