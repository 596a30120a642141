"""Single pages put aside and taken back, before their documents are accepted."""

from datetime import datetime

from congso.apps.digitization.models import Page, PageState, PageWords
from congso.apps.digitization.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused

DROPPABLE = (PageState.READ, PageState.FAILED, PageState.SUSPECT, PageState.BLANK, PageState.SEPARATOR)
OPEN_COPIES = ("unchecked", "second", "disputed", "checked")
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
    """Undo: a page taken for blank or for a separator, or put aside, stands in the stack again, in the document of the
    page before it (else of the page after) where that is still open. Its words are read when the batch is read again.

    Raises Refused when it is none of these. One that bears a mark of secrecy stays out.
    """
    with moving(page.batch, "arrange", by=by, at=at) as move:
        changed = Page.objects.filter(pk=page.pk, state__in=RESTORABLE, copy__isnull=True).update(
            state=PageState.READ, why="", code="", engine=""
        )
        if not changed:
            raise Refused("Trang này không lấy lại được.")
        PageWords.objects.get_or_create(page_id=page.pk, defaults={"words": [], "engine": "", "at": at})
        _join(page)
        move.label = f"Lấy lại trang {page.number} của {page.scan.name}"[:200]


def _join(page: Page) -> None:
    """Put the page into the document it lies in; nowhere when its neighbours lie in none that is open."""
    lying = Page.objects.filter(batch=page.batch_id, copy__state__in=OPEN_COPIES).select_related("copy")
    before = lying.filter(place__lt=page.place).order_by("-place").first()
    found = before or lying.filter(place__gt=page.place).order_by("place").first()
    if found is None or found.copy is None or _is_parted(page, found):
        return
    at = (before.copy_page or 0) + 1 if before else 1
    later = Page.objects.filter(copy=found.copy, copy_page__gte=at).order_by("-copy_page")
    for one in later.only("pk", "copy_page"):  # from the end: no two may hold one place
        Page.objects.filter(pk=one.pk).update(copy_page=(one.copy_page or 0) + 1)
    Page.objects.filter(pk=page.pk).update(copy=found.copy, copy_page=at)
    save(found.copy, pages=found.copy.pages + 1)


def _is_parted(page: Page, other: Page) -> bool:
    """Whether a separator lies between the two."""
    first, last = sorted((page.place, other.place))
    between = Page.objects.filter(batch=page.batch_id, place__gt=first, place__lt=last)
    return between.filter(state=PageState.SEPARATOR).exists()
