"""A yearly list: shown, drafted, read from Excel, issued, printed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import CatalogueForm, IssueForm, LineForm, SheetForm
from congso.apps.dossiers.models import Catalogue, Line
from congso.apps.dossiers.services import catalogues as services
from congso.apps.dossiers.services import sheets
from congso.apps.dossiers.services.dossiers import open_from_line
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import Question, ask, fill, found_or_404, press, who, with_note, with_reason
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.kernel.web.excel import workbook_response
from congso.kernel.workflow.services import possible_transitions
from congso.lib.languages import in_vietnamese

QUESTIONS = {
    "submit": with_note(services.submit_catalogue),
    "send_back": with_reason(services.send_catalogue_back),
    "issue": Question(
        lambda data, _record: IssueForm(data, initial={"issued_on": timezone.localdate()}),
        lambda record, form, **by: services.issue_catalogue(record, **form.cleaned_data, **by),
    ),
    "revise": with_reason(services.revise_catalogue),
    "withdraw": with_reason(services.withdraw_catalogue),
}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Begin the year's list of a unit."""
    today = timezone.localdate()
    units = queries.unit_choices(request.principals, today)
    form = CatalogueForm(request.POST or None, units, initial={"year": today.year + (today.month == 12)})

    def make(filled: Any) -> Catalogue:
        unit = next(one for one in units if str(one.pk) == filled.cleaned_data["unit"])
        return services.draft_catalogue(unit, year=filled.cleaned_data["year"], **who(request))

    return fill(
        request,
        form,
        title=_("Lập danh mục hồ sơ"),
        act=_("Lập danh mục"),
        do=make,
        done=lambda made: reverse("dossiers:catalogue", args=[made.pk]),
        back_url=reverse("dossiers:catalogues"),
    )


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One list with its lines and what may be done."""
    found = queries.catalogue_of(pk)
    may_edit = any(one.key == "edit" for one in possible_transitions(found, held=request.principals))
    acts = [
        one
        for one in acts_of(request, found, url_name="dossiers:catalogue_act", asks=QUESTIONS, primary="issue")
        if one.key != "edit"
    ]
    if may_edit:
        acts.insert(0, Act("line", _("Thêm hồ sơ"), reverse("dossiers:line_new", args=[pk]), "plus", is_link=True))
    opened = {one.line_id: one for one in queries.dossiers().filter(line__catalogue=found)}
    lines = [
        (line, opened.get(line.pk), queries.period_name(line.retention, found.opened_on)) for line in found.lines.all()
    ]
    facts = (
        Fact(_("Đơn vị"), found.unit.name if found.unit else ""),
        Fact(_("Năm"), found.year),
        Fact(_("Quyết định ban hành"), found.number),
        Fact(_("Ngày ban hành"), found.issued_on, "date"),
    )
    context = detail_context(
        request,
        found,
        facts=facts,
        acts=acts,
        lines=lines,
        may_edit=may_edit,
        sheet=SheetForm(),
        may_open=found.state == "issued"
        and found.unit_id in {one.pk for one in queries.unit_choices(request.principals, timezone.localdate())},
    )
    return render(request, "dossiers/catalogue.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a list."""
    return ask(request, queries.catalogue_of(pk), key, QUESTIONS)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def line_new(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Add a line; one after another."""
    found = queries.catalogue_of(pk)
    last = found.lines.last()
    initial = {"heading": last.heading, "retention": ""} if last else {}
    return fill(
        request,
        LineForm(request.POST or None, initial=initial),
        title=_("Thêm hồ sơ vào danh mục"),
        act=_("Thêm"),
        do=lambda form: services.add_lines(found, [services.NewLine(**form.cleaned_data)], **who(request)),
        done=lambda _n: reverse("dossiers:catalogue", args=[pk]),
        back_url=reverse("dossiers:catalogue", args=[pk]),
        icon="plus",
    )


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def line(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Correct a line."""
    found = _line(pk)
    names = ("heading", "symbol", "title", "schedule", "retention", "note")
    initial = {name: getattr(found, name) for name in names}
    if found.holder:
        initial["holder"] = f"#{found.holder_id} {found.holder.full_name}"
    back = reverse("dossiers:catalogue", args=[found.catalogue_id])
    return fill(
        request,
        LineForm(request.POST or None, initial=initial),
        title=_("Sửa hồ sơ trong danh mục"),
        act=_("Lưu"),
        do=lambda form: services.change_line(found, services.NewLine(**form.cleaned_data), **who(request)),
        done=lambda _n: back,
        back_url=back,
    )


@login_required
@require_POST
@found_or_404
def line_remove(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take a line out."""
    found = _line(pk)
    back = reverse("dossiers:catalogue", args=[found.catalogue_id])
    return press(request, lambda: services.remove_line(found, **who(request)), _("Đã bỏ khỏi danh mục."), back)


@login_required
@require_POST
@found_or_404
def line_open(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Open the dossier a line foresees."""
    found = _line(pk)
    made: list[int] = []
    back = reverse("dossiers:catalogue", args=[found.catalogue_id])
    answer = press(request, lambda: made.append(open_from_line(found, **who(request)).pk), _("Đã mở hồ sơ."), back)
    return redirect("dossiers:detail", made[0]) if made else answer


@login_required
@require_POST
@found_or_404
def copy(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take last year's lines over."""
    found = queries.catalogue_of(pk)
    back = reverse("dossiers:catalogue", args=[pk])
    return press(
        request, lambda: services.copy_last_year(found, **who(request)), _("Đã chép danh mục năm trước."), back
    )


@login_required
@require_POST
@found_or_404
def read_sheet(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Lines from an Excel file: all or none."""
    found = queries.catalogue_of(pk)
    back = reverse("dossiers:catalogue", args=[pk])
    form = SheetForm(request.POST, request.FILES)
    file = form.cleaned_data["file"] if form.is_valid() else None
    return press(
        request, lambda: sheets.import_lines(found, file, **who(request)), _("Đã nhập danh mục từ Excel."), back
    )


@login_required
@require_GET
@found_or_404
def sheet(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The list as an Excel file, which `read_sheet` reads again."""
    found = queries.catalogue_of(pk)
    with in_vietnamese():
        return workbook_response(sheets.catalogue_workbook(found), f"danh-muc-ho-so-{found.year}")


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """The official table."""
    found = queries.catalogue_of(pk)
    rows = [(line, queries.period_name(line.retention, found.opened_on)) for line in found.lines.all()]
    return render(request, "dossiers/paper_catalogue.html", {"record": found, "rows": rows})


def _line(pk: int) -> Line:
    return Line.objects.select_related("catalogue__owner", "catalogue__unit", "holder").get(pk=pk)
