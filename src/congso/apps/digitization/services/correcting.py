"""Words put right on the picture of the page, and pages read through: where accuracy comes from."""

import math
from datetime import datetime

from django.utils import timezone

from congso.apps.digitization.models import Correction, DigitalCopy, Page, PageState, PageWords
from congso.apps.digitization.queries import words_of
from congso.apps.digitization.rules import letters_wrong_in_words, text_of
from congso.apps.digitization.services.moving import moving, person_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.services import Refused
from congso.lib.vietnamese import nfc

LONGEST = 200
Sides = tuple[float, float, float, float]


def correct_word(page: Page, box: Sides, text: str, *, was: str = "", by: Actor, at: datetime) -> Correction:
    """What stands at this place of the page; an empty text: nothing. Raises Refused for a place that is none."""
    words = " ".join(nfc(text).split())
    if len(words) > LONGEST or any(ord(letter) < 32 for letter in words):
        raise Refused(f"Một chỗ sửa dài nhất {LONGEST} chữ cái.")
    left, top, right, bottom = box
    if not all(math.isfinite(side) for side in box) or not (0 <= left < right <= page.width + 1):
        raise Refused("Vị trí sửa không nằm trên trang.")
    if not 0 <= top < bottom <= page.height + 1:
        raise Refused("Vị trí sửa không nằm trên trang.")
    person = person_of(by)
    with moving(_copy_of(page), "correct", by=by, at=at) as move:
        made = Correction.objects.create(
            page=page, left=left, top=top, right=right, bottom=bottom, was=nfc(was)[:LONGEST], text=words,
            by_id=person, by_label=title_of(person, timezone.localdate(at)), at=at,
        )  # fmt: skip
        move.label = f"Sửa chữ trang {page.copy_page}: “{was[:40]}” → “{words[:40]}”"[:200]
    return made


def finish_page(page: Page, *, by: Actor, at: datetime) -> tuple[int, int]:
    """The whole page was read against its picture: letters that were wrong, of how many. Counted for accuracy."""
    with moving(_copy_of(page), "correct", by=by, at=at) as move:
        held = PageWords.objects.filter(page=page).first()
        read, right = (held.words if held else []), words_of([page])[page.pk]
        letters = len(" ".join(text_of(right).split()))
        wrong = min(letters_wrong_in_words(read, right), max(1, letters) * 2)
        Page.objects.filter(pk=page.pk).update(
            proofread_by=person_of(by), proofread_at=at, letters=letters, wrong_letters=min(wrong, letters * 2)
        )
        move.label = f"Soát xong trang {page.copy_page}: {wrong}/{letters} chữ cái sai"
    return wrong, letters


def _copy_of(page: Page) -> DigitalCopy:
    if page.copy is None or page.state != PageState.READ:
        raise Refused("Trang này không nằm trong tài liệu nào.")
    return page.copy
