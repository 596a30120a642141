"""What each document says of itself: proposed by the reading machine, checked by grammar and the directory."""

import logging
from datetime import date
from typing import Any

from django.utils import timezone

from congso.apps.digitization.models import DigitalCopy, Need, Page
from congso.apps.digitization.queries import copy_of
from congso.apps.digitization.rules import COUNTED, needs_two
from congso.apps.digitization.services.binding import Leaf, bound, leaves_of
from congso.kernel.access.services import acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import Names
from congso.kernel.files.configuration import limits
from congso.kernel.files.reading import confidences
from congso.kernel.files.reading.isolation import silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.reader import Reading
from congso.kernel.jobs.services import JobStopped, Progress
from congso.kernel.papers.proposals import FieldName, FieldReading, PaperFields
from congso.kernel.papers.services import check_against_directory, study_fields
from congso.kernel.papers.taking import Taken, in_percent, take_date, take_issuer, take_type
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.lib.vietnamese import nfc

STUDIED = 30  # pages looked at: header, abstract and signature of nearly every paper stand within them
COLUMNS = {
    FieldName.DOC_TYPE: "type_key",
    FieldName.NUMBER_SYMBOL: "number",
    FieldName.ISSUED_DATE: "issued_on",
    FieldName.ISSUING_AGENCY: "issuer",
    FieldName.TITLE: "title",
    FieldName.SIGNER: "signer",
}
_LONGEST = {"number": 80, "issuer": 300, "title": 1000, "signer": 200, "type_key": 40}
log = logging.getLogger(__name__)


def study_waiting(batch_id: int, progress: Progress) -> None:
    """Propose the fields of every copy of the batch that has none yet. Raises JobStopped."""
    with acting_as(progress.actor):
        rows = DigitalCopy.objects.filter(batch=batch_id, proposals__isnull=True, state="unchecked").order_by("pk")
        waiting = list(rows.values_list("pk", flat=True))
    for nth, pk in enumerate(waiting, 1):
        with acting_as(progress.actor):
            leaves = leaves_of(pk, limit=STUDIED)
        fields = _fields(leaves)
        with acting_as(progress.actor):
            _propose(copy_of(pk), fields)
        progress.step(nth, len(waiting), f"Đọc trường thông tin: {nth}/{len(waiting)}")


def _fields(leaves: list[Leaf]) -> PaperFields | None:
    """None when nothing can be read of it; a study that fails costs its proposals, not the document."""
    if not any(one.words for one in leaves):
        return None
    try:
        with bound(leaves, title="") as (pdf, work):
            confidences.keep(pdf, [[(str(word[0]), float(word[5])) for word in one.words] for one in leaves])
            return study_fields(pdf, Reading(FileKind.PDF), limits(), work, silent)
    except JobStopped:
        raise
    except Exception:
        log.exception("study of a scanned document failed")
        return None


def _propose(copy: DigitalCopy, fields: PaperFields | None) -> None:
    today = timezone.localdate()
    found = proposals_from(fields, near=copy.owner, today=today) if fields else {}
    sure = {name: float(one["confidence"]) for name, one in found.items()}
    doubts = {name: str(one["doubt"]) for name, one in found.items()}
    mean = _page_confidence(copy)
    threshold = float(copy.batch.threshold or 0)
    if needs_two(sure, doubts, mean, threshold=threshold):
        copy.need = Need.LOW
    values = {name: one["value"] for name, one in found.items() if one["value"]}
    day = values.pop("issued_on", "")
    known = {name: sure.get(name, 0.0) for name in COUNTED}
    save(
        copy, proposals=found, need=copy.need, confidence=round(sum(known.values()) / len(known), 3),
        issued_on=date.fromisoformat(day) if day else None, **values,
    )  # fmt: skip
    index_record(copy, body="")


def _page_confidence(copy: DigitalCopy) -> float | None:
    sure = [one for one in Page.objects.filter(copy=copy).values_list("confidence", flat=True) if one is not None]
    return sum(sure) / len(sure) if sure else None


def proposals_from(fields: PaperFields, *, near: Organization, today: date) -> dict[str, dict[str, Any]]:
    """By column: value, confidence, doubt, page and places in percent of the page; the issuer as the directory of the
    paper's day knows it."""
    try:
        day = date.fromisoformat(fields.value(FieldName.ISSUED_DATE))
    except ValueError:
        day = today
    checked = check_against_directory(fields, Names.on(min(day, today), near=near))
    found = {}
    for name, column in COLUMNS.items():
        reading = checked.fields.readings.get(name)
        if reading is not None:
            taken = _taken(name, reading, checked.fields, checked.issuer, today)
            found[column] = _plain(reading, taken, column, fields)
    return found


def _taken(
    name: FieldName, reading: FieldReading, fields: PaperFields, issuer: Organization | None, today: date
) -> Taken:
    value = " ".join(nfc(reading.value).split())
    if name is FieldName.ISSUED_DATE:
        return take_date(value, today)
    if name is FieldName.DOC_TYPE:
        return take_type(value, today)
    if name is FieldName.ISSUING_AGENCY:
        return take_issuer(value, fields.value(FieldName.PARENT_AGENCY), issuer)
    return Taken(value[:1].upper() + value[1:] if name is FieldName.TITLE else value)


def _plain(reading: FieldReading, taken: Taken, column: str, fields: PaperFields) -> dict[str, Any]:
    doubts = [part.strip() for part in (reading.doubt, taken.doubt) if part.strip()]
    places = [in_percent(place, fields.page_sizes) for place in reading.places[:24]]
    return {
        "value": taken.proposed[: _LONGEST.get(column, 100)], "written": nfc(reading.written)[:1000],
        "confidence": round(min(1.0, max(0.0, reading.confidence)), 3), "doubt": " ".join(dict.fromkeys(doubts))[:500],
        "page": int(places[0][0]) if places else 0, "places": places,
    }  # fmt: skip
