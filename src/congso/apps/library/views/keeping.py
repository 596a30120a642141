"""Keeping the catalogue: works, their files and copies, collections."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.library import queries, services
from congso.apps.library.flow import FLOW
from congso.apps.library.forms import BookForm, CardForm, CollectionForm, CopiesForm
from congso.apps.library.models import Book, Collection, Work
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.web.asking import Question, ask, fill, found_or_404, posted, press, who, with_note, with_reason
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.workflow.services import possible_transitions

WORKS = RecordList(
    key="bien-muc",
    title=_("Biên mục tài liệu"),
    official_title=_("Danh mục tài liệu thư viện"),
    columns=(
        Column("title", _("Nhan đề"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("number", _("Ký hiệu xếp giá"), sort="number", card=Card.TOP, width=16),
        Column("isbn", "ISBN", value="card.isbn", width=16),
        Column("publisher", _("Nhà xuất bản"), value="card.publisher", width=28),
        Column("year", _("Năm"), value="card.year", sort="card__year", width=8),
        Column("collection", _("Bộ sưu tập"), value="collection.name", width=24),
        Column("opened_on", _("Ngày biên mục"), kind=Kind.DATE, sort="opened_on", width=14),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=16, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm tài liệu"), fields=("title", "number", "card__isbn", "card__publisher")),
        ChoiceFilter("state", _("Trạng thái"), lookup="state",
                     choices=tuple((state.key, state.label) for state in FLOW.states)),
    ),
    default_sort="-opened_on",
    empty=Empty(_("Chưa có tài liệu nào"), _("Biên mục tài liệu mới, hoặc nhập biểu ghi MARC21, CSV."), "library:new",
                _("Biên mục tài liệu")),
)  # fmt: skip
_QUESTIONS: dict[str, Question] = {
    "publish": with_note(lambda work, note, **by: services.move_work(work, "publish", note=note, **by)),
    "withdraw": with_reason(lambda work, note, **by: services.move_work(work, "withdraw", note=note, **by)),
    "restore": with_note(lambda work, note, **by: services.move_work(work, "restore", note=note, **by)),
}


def libraries_of(request: OfficeRequest) -> list[Organization]:
    """The libraries the person keeps. Raises Http404 for who keeps none."""
    found = list(queries.keeping_for(request.principals, timezone.localdate()).order_by("name_key"))
    if not found:
        raise Http404
    return found


@login_required
@require_GET
def works(request: OfficeRequest) -> HttpResponseBase:
    """Every work one keeps."""
    libraries = libraries_of(request)
    rows = queries.works().filter(owner__in=libraries).defer("card__words", "card__summary")
    return list_response(request, WORKS, rows, template="library/works.html", office=libraries[0].name)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Catalogue a work."""
    kept = _collections(request)
    if not kept:
        messages.info(request, _t("Hãy lập bộ sưu tập trước khi biên mục."))
        return redirect("library:new-collection")
    form = CardForm(posted(request), collections=kept)
    return fill(
        request, form, title=_t("Biên mục tài liệu mới"), act=_t("Lưu vào mục lục"), template="library/card_form.html",
        do=lambda f: services.catalogue_work(f.facts, collection=f.cleaned_data["collection"], **who(request)),
        done=lambda work: reverse("library:card", args=[work.pk]), back_url=reverse("library:works"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Change a card."""
    work = _kept_work(request, pk, "edit")
    request.shown_record = pk
    kept = [one for one in _collections(request) if one.library_id == work.owner_id]
    form = CardForm(posted(request), collections=kept, initial=CardForm.initial_of(queries.card_of(pk)))
    back = reverse("library:card", args=[pk])
    return fill(
        request, form, title=_t("Sửa biên mục"), act=_t("Lưu"), template="library/card_form.html", record=work,
        do=lambda f: services.edit_work(work, f.facts, collection=f.cleaned_data["collection"], **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """Open to readers, take out, bring back."""
    return ask(request, queries.work_of(pk), key, _QUESTIONS)


@login_required
@require_POST
@found_or_404
def add_book(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A file of the work."""
    work, form = _kept_work(request, pk, "edit"), BookForm(request.POST, request.FILES)
    back = reverse("library:card", args=[pk])
    if not form.is_valid():
        messages.error(request, _t("Hãy chọn tệp."))
        return redirect(back)
    said = form.cleaned_data
    return press(
        request, lambda: services.add_book(work, said["file"], may_be_taken=said["may_be_taken"], **who(request)),
        _t("Đã nhận tệp; hệ thống đang mở sách. Tải lại trang sau ít phút."), back,
    )  # fmt: skip


@login_required
@require_POST
@found_or_404
def remove_book(request: OfficeRequest, pk: int, book_id: int) -> HttpResponseBase:
    """A file readers no longer have."""
    work = _kept_work(request, pk, "edit")
    book = get_object_or_404(Book, pk=book_id, card_id=pk)
    back = reverse("library:card", args=[pk])
    return press(request, lambda: services.remove_book(work, book, **who(request)), _t("Đã gỡ tệp sách."), back)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def add_copies(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Copies of the work into the library's book."""
    work = _kept_work(request, pk, "edit")
    form = CopiesForm(posted(request), initial={"acquired_on": timezone.localdate()})
    back = reverse("library:card", args=[pk])
    return fill(
        request, form, title=_t("Vào sổ bản giấy"), act=_t("Vào sổ"), record=work,
        do=lambda f: services.add_copies(work, f.came, **who(request)), done=lambda _made: f"{back}#ban-giay",
        back_url=back,
    )  # fmt: skip


@login_required
@require_GET
def collections(request: OfficeRequest) -> HttpResponse:
    """The collections of one's libraries."""
    return render(request, "library/collections.html", {"collections": _collections(request)})


@login_required
@require_http_methods(["GET", "POST"])
def new_collection(request: OfficeRequest) -> HttpResponseBase:
    """Found a collection."""
    form = CollectionForm(posted(request), libraries=libraries_of(request), bodies=_bodies())
    back = reverse("library:collections")
    return fill(
        request, form, title=_t("Lập bộ sưu tập"), act=_t("Lập bộ sưu tập"),
        do=lambda f: services.found_collection(f.facts, library=f.cleaned_data["library"], **who(request)),
        done=lambda _made: back, back_url=back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def collection(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Change a collection and its readers."""
    libraries = libraries_of(request)
    found = get_object_or_404(Collection.objects.select_related("library"), pk=pk, library__in=libraries)
    names = ("library", "name", "readers", "listed", "description", "position")
    initial = {name: getattr(found, "library_id" if name == "library" else name) for name in names}
    form = CollectionForm(posted(request), libraries=[found.library], bodies=_bodies(), initial=initial)
    back = reverse("library:collections")
    return fill(
        request, form, title=found.name, act=_t("Lưu"), back_url=back, done=lambda _made: back,
        do=lambda f: services.change_collection(found, f.facts, **who(request)),
    )  # fmt: skip


def _collections(request: OfficeRequest) -> list[Collection]:
    keys = [one.pk for one in libraries_of(request)]
    return list(queries.kept_collections(Organization.objects.filter(pk__in=keys)))


def _bodies() -> list[Organization]:
    return list(organizations_on(timezone.localdate()).exclude(kind__in=("unit", "province", "district", "commune")))


def _kept_work(request: OfficeRequest, pk: int, key: str) -> Work:
    """A work one keeps, where the act is possible. Raises Work.DoesNotExist."""
    work = queries.work_of(pk)
    if key not in {one.key for one in possible_transitions(work, held=request.principals)}:
        raise Work.DoesNotExist
    return work
