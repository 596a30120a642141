"""A copy of one's own data: asked for, made by a job from every declared place, kept for a day."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import DateField, Model
from django.template.loader import render_to_string
from django.utils import timezone

from congso.apps.personal_data.models import DataExport
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.jobs.services import queue_job
from congso.kernel.journal.services import write_entry
from congso.kernel.personal.declared import model_of, personal_data
from congso.kernel.personal.queries import disclosures_to, rows_of
from congso.lib.personal import CATEGORY_WORDS, PersonalData

EXPORT_JOB = "personal_data.export"
KEPT = timedelta(hours=24)
MOST_ROWS = 2_000
NOT_COPIED = "(bí mật, không xuất)"


@transaction.atomic
def ask_for_copy(*, by: Actor, at: datetime) -> DataExport:
    """Queue the copy for the acting person; she alone can take it, for a day."""
    export = DataExport.objects.create(person_id=by.id, asked_at=at, expires_at=at + KEPT)
    job = queue_job(
        EXPORT_JOB, label="Bản sao dữ liệu cá nhân của tôi", by=by, at=at, arguments={"export_id": export.pk}
    )
    export.job = job
    export.save(update_fields=["job"])
    _write("personal_data.copy_asked", by, at, {"export": export.pk})
    return export


def make_copy(export: DataExport, *, by: Actor, at: datetime) -> None:
    """Collect and store; doing it again makes it anew."""
    collected = collect(by.id, at=at)
    export.content, export.made_at = packed(collected), at
    export.rows = sum(len(place["rows"]) for place in collected["places"])
    export.save(update_fields=["content", "made_at", "rows"])


def note_taken(export: DataExport, *, by: Actor, at: datetime) -> None:
    """Write that the copy was taken."""
    _write("personal_data.copy_taken", by, at, {"export": export.pk})


def discard_old_copies(*, at: datetime) -> int:
    """Remove copies whose day is over; returns how many."""
    gone, _ = DataExport.objects.filter(expires_at__lt=at).delete()
    return gone


def collect(person_id: int, *, at: datetime) -> dict[str, Any]:
    """Everything declared about the acting person that she sees, place by place, and who looked at it.

    Each declared column is there, also when there is nothing in it. Secrets are named, not copied. Of a place with
    very many rows the newest `MOST_ROWS` are taken, and it says so.
    """
    places = [_place(one, person_id) for one in personal_data() if one.subject]
    seen = [
        {"day": one.day, "who": one.viewer_label, "where": one.get_place_display(), "why": one.get_purpose_display(),
         "times": one.times, "is_list": one.subject_id is None}
        for one in disclosures_to(person_id)[:MOST_ROWS]
    ]  # fmt: skip
    return {"person": title_of(person_id, timezone.localdate(at)), "made_at": at, "places": places, "seen_by": seen}


def packed(collected: dict[str, Any]) -> bytes:
    """The copy as a ZIP: JSON for software, a page for people."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        text = json.dumps(collected, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
        bundle.writestr("du-lieu-ca-nhan.json", text)
        bundle.writestr("du-lieu-ca-nhan.html", render_to_string("personal_data/copy.html", collected))
    return file.getvalue()


def _place(declared: PersonalData, person_id: int) -> dict[str, Any]:
    model = model_of(declared)
    asked = [one.name for one in declared.data if not one.is_secret]
    when = _moment_of(model)
    record = next((name for name in ("record_id", "task_id", "document_id") if hasattr(model, name)), None)
    columns = dict.fromkeys(["pk", *asked, *filter(None, (when, record))])
    rows = list(rows_of(declared, person_id).order_by("-pk").values(*columns)[: MOST_ROWS + 1])
    return {
        "place": declared.model,
        "activity": str(declared.activity),
        "purpose": str(declared.purpose),
        "columns": [
            {"name": one.name, "label": str(one.label), "category": str(CATEGORY_WORDS[one.category])}
            for one in declared.data
        ],
        "rows": [_row(declared, row, when, record) for row in rows[:MOST_ROWS]],
        "is_cut": len(rows) > MOST_ROWS,
    }


def _row(declared: PersonalData, row: dict[str, Any], when: str | None, record: str | None) -> dict[str, Any]:
    told = {one.name: NOT_COPIED if one.is_secret else row[one.name] for one in declared.data}
    return {
        "id": row["pk"],
        "when": row[when] if when else None,
        "record": row[record] if record else None,
        "data": told,
    }


def _moment_of(model: type[Model]) -> str | None:
    return next((field.name for field in model._meta.local_fields if isinstance(field, DateField)), None)


def _write(name: str, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
    day: date = timezone.localdate(at)
    write_entry(act=name, actor=str(by), actor_label=title_of(by.id, day), at=at, facts=facts)
