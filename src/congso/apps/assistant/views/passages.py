"""A cited passage in its place: the page as a picture, its text with the words marked, the way to the record."""

import re
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congso.apps.assistant.models import Citation
from congso.apps.assistant.queries import talking
from congso.apps.assistant.queries.reading import stored_text
from congso.apps.assistant.views.showing import ShownCitation
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.queries import files_of
from congso.kernel.web.asking import found_or_404
from congso.lib.vietnamese import nfc

_AROUND = 1500  # characters shown before and after the passage
_WIDTH = 1000


class Place(NamedTuple):
    """The text around a passage; `words` empty when the stored text no longer has it."""

    before: str
    words: str
    after: str


@login_required
@require_GET
@found_or_404
def citation(request: OfficeRequest, pk: int) -> HttpResponse:
    """The passage as it stands in the stored text today."""
    found = talking.citation(pk)
    request.shown_record = found.record_id
    text = stored_text(found.record, file=found.attachment_id, page=found.page)
    context = {
        "shown": ShownCitation(1, found),
        "citation": found,
        "place": place_of(found.quote, text),
        "page_url": _picture(found),
        "conversation": found.statement.turn.conversation,
        "turn": found.statement.turn,
    }
    return render(request, "assistant/citation.html", context)


def place_of(quote: str, stored: str) -> Place:
    """Where the words stand, whatever white space is between them there."""
    text = nfc(stored)
    wanted = re.compile(r"\s+".join(re.escape(word) for word in nfc(quote).split()), re.IGNORECASE)
    found = wanted.search(text)
    if found is None:
        return Place(text[: 2 * _AROUND], "", "")
    return Place(
        text[max(0, found.start() - _AROUND) : found.start()],
        found.group(0),
        text[found.end() : found.end() + _AROUND],
    )


def _picture(found: Citation) -> str:
    """The address of the page's picture: of the copy people look at, where the file has pages."""
    if found.attachment_id is None or found.page is None:
        return ""
    for file in files_of(found.record):
        if file.file.pk == found.attachment_id and found.page <= file.pages:
            return reverse("files:page", args=[file.shown.pk, found.page, _WIDTH])
    return ""
