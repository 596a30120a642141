"""A report goes on as a document: one press makes the draft that is checked, signed, numbered and issued."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from congso.apps.outgoing.services import HandedPaper, take_paper, takes_papers_of
from congso.apps.reports.models import Form, Paper, Report
from congso.apps.reports.rules import Schema
from congso.apps.reports.services.papers import gathered_body, paper_title, report_body
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Level, Passage
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.periods import Period
from congso.kernel.records.models import Record

TYPE = "report"


def may_hand_over(issuer: Organization, by: Actor, day: date) -> bool:
    """Whether the person drafts documents of this body."""
    return by.person_id is not None and takes_papers_of(issuer, by.person_id, day)


def hand_over_report(report: Report, *, by: Actor, at: datetime) -> Record:
    """One unit's report becomes its draft, linked to the report. Raises NotYours, Refused."""
    return take_paper(
        HandedPaper(
            issuer=report.organization,
            doc_type=TYPE,
            title=paper_title(report.form, report.period),
            body=report_body(report),
            recipients=(report.owner.name, "Lưu Văn phòng."),
        ),
        source=report,
        by=by,
        at=at,
    )


def hand_over_gathered(
    form: Form, schema: Schema, period: Period, *, root: Organization, chart_day: date, by: Actor, at: datetime
) -> Record:
    """The period as it is added up now becomes the form owner's draft, its sources at the end.

    Raises NotYours, Refused. The draft keeps the figures of this moment, the page goes on living; which period it was
    made of is kept.
    """
    body, annex = gathered_body(form, schema, period, root=root, chart_day=chart_day)
    handed = HandedPaper(
        issuer=form.owner,
        doc_type=TYPE,
        title=paper_title(form, period),
        body=(*body, Passage(annex.title.upper(), Level.HEADING), *annex.body),
        recipients=("Lưu Văn phòng.",),
    )
    with transaction.atomic():
        document = take_paper(handed, by=by, at=at)
        Paper.objects.create(
            form=form, first_day=period.start, chart_day=chart_day, document=document, by_id=by.id,
            by_label=title_of(by.id, timezone.localdate(at)), at=at,
        )  # fmt: skip
    return document
