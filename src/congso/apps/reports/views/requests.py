"""What the screens need of a request."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from congso.apps.reports.flow import receiving_offices
from congso.apps.reports.models import Form, Report
from congso.apps.reports.queries import designing_for, form_of_code, latest_version, organizations_where, report_of
from congso.apps.reports.rules import Schema
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.periods import Period


def report_or_404(pk: int) -> Report:
    """A report the person sees; not there and not hers look alike."""
    try:
        return report_of(pk)
    except Report.DoesNotExist:
        raise Http404 from None


def designed_or_404(request: OfficeRequest, code: str) -> Form:
    """A form the person designs."""
    form = form_or_404(code)
    if not designing_for(request.principals).filter(pk=form.owner_id).exists():
        raise Http404
    return form


def form_or_404(code: str) -> Form:
    """A form that exists."""
    try:
        return form_of_code(code)
    except Form.DoesNotExist:
        raise Http404 from None


@dataclass(frozen=True)
class Gathering:
    """A form as it is now, a period of its rhythm, and below whom the person adds it up."""

    form: Form
    schema: Schema
    period: Period
    root: Organization


def gathering_or_404(request: OfficeRequest, code: str, period: str) -> Gathering:
    """For those to whom the form's reports come: its owner's people, or a unit in between."""
    form = form_or_404(code)
    version, root = latest_version(form), root_for(request, form)
    try:
        parsed = Period.parse(period)
    except ValueError:
        raise Http404 from None
    if version is None or root is None or parsed.frequency is not form.rhythm:
        raise Http404
    return Gathering(form, Schema.parse(version.schema), parsed, root)


def root_for(request: OfficeRequest, form: Form) -> Organization | None:
    """Below whom the person adds the form up; None for who receives none of its reports."""
    own = organizations_where(request.principals, tuple(Function))
    if own & {one.pk for one in receiving_offices(form.owner)}:
        return form.scope
    between = form.units.filter(Q(reports_to__in=own) | Q(reports_to__serving_offices__in=own), until__isnull=True)
    listed = between.exclude(reports_to=form.owner_id).select_related("reports_to").first()
    return listed.reports_to if listed else None


def schema_of(report: Report) -> Schema:
    """The schema a report is filled by."""
    return Schema.parse(report.version_of_form.schema)
