"""The search room: the catalogue, wishes, reading copies page by page, marked copies, the log."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import WishForm
from congso.apps.dossiers.models import ArchivedFile, Card, Dossier, Entry, Mode, ReadingLog, ReadingRequest
from congso.apps.dossiers.services import certifying, copying
from congso.apps.dossiers.services import reading as services
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.configuration import folder, limits
from congso.kernel.files.reading.preview import draw_page, nearest_width
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.spool import work_folder
from congso.kernel.signing.models import Credential
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import ask, fill, found_or_404, who, with_note, with_reason
from congso.kernel.web.detail import Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Align, Column, Empty, Kind, RecordList, list_response
from congso.kernel.web.lists import Card as CardPlace
from congso.kernel.workflow.services import Refused, possible_transitions

WIDTH = 1200
ACTS = {
    "grant": with_note(services.grant_reading),
    "refuse": with_reason(services.refuse_reading),
    "withdraw": with_note(services.withdraw_reading),
    "end": with_note(services.end_reading),
    "lend": with_note(services.lend_paper),
    "extend": with_note(services.extend_loan),
    "take_back": with_note(services.take_paper_back),
}
ROOM = RecordList(
    key="phong-doc",
    title=gettext_lazy("Phòng đọc: tra cứu hồ sơ lưu trữ"),
    columns=(
        Column("code", gettext_lazy("Mã hồ sơ"), width=20, card=CardPlace.TOP),
        Column("title", gettext_lazy("Tiêu đề hồ sơ"), kind=Kind.LINK, width=60, card=CardPlace.TITLE),
        Column("organization", gettext_lazy("Cơ quan"), "organization.name", width=30, card=CardPlace.LINE),
        Column("years", gettext_lazy("Thời gian tài liệu"), sort="first_year", width=12),
        Column("mode", gettext_lazy("Chế độ sử dụng"), "get_mode_display", width=14),
        Column("documents", gettext_lazy("Văn bản"), kind=Kind.NUMBER, width=8, align=Align.END),
        Column("pages", gettext_lazy("Số trang"), kind=Kind.NUMBER, width=8, align=Align.END),
    ),
    filters=(
        TextFilter("q", gettext_lazy("Từ trong tiêu đề, từ khóa, mã"), narrow=queries.narrowed),
        ChoiceFilter("mode", gettext_lazy("Chế độ sử dụng"), choices=Mode.choices),
    ),
    default_sort="-years",
    empty=Empty(
        gettext_lazy("Chưa có hồ sơ nào trong lưu trữ"), gettext_lazy("Hồ sơ lưu trữ đã nhận sẽ tra cứu được ở đây.")
    ),
    row_url=lambda card: reverse("dossiers:wish", args=[card.pk]),
)


@login_required
@require_GET
def room(request: OfficeRequest) -> HttpResponseBase:
    """The catalogue of what may be known."""
    return list_response(request, ROOM, queries.cards(), template="dossiers/room.html")


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def wish(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One card, and asking for its dossier."""
    card = queries.card_of(pk)
    form = WishForm(request.POST or None, initial={"way": "read"})
    return fill(
        request,
        form,
        title=_("Yêu cầu khai thác hồ sơ"),
        act=_("Gửi yêu cầu"),
        icon="send",
        card=card,
        do=lambda filled: services.ask_reading(card, **filled.cleaned_data, **who(request)),
        done=lambda made: reverse("dossiers:reading", args=[made.pk]),
        back_url=reverse("dossiers:room"),
        template="dossiers/wish.html",
    )


@login_required
@require_GET
@found_or_404
def reading(request: OfficeRequest, pk: int) -> HttpResponse:
    """One wish; granted, its documents open here."""
    found = queries.readings().get(pk=pk)
    card = Card.objects.filter(pk=found.wanted_id).first()
    facts = (
        Fact(_("Hồ sơ"), f"{card.code} – {card.title}" if card else ""),
        Fact(_("Hình thức khai thác"), found.get_way_display()),
        Fact(_("Mục đích"), found.purpose, is_wide=True),
        Fact(_("Người yêu cầu"), found.asker_label),
        Fact(_("Chế độ sử dụng"), found.get_mode_display()),
        Fact(_("Người cho phép"), found.granted_label),
        Fact(_("Được đọc đến"), found.until, "moment"),
        Fact(_("Ngày mượn"), found.lent_on, "date"),
        Fact(_("Hạn trả"), found.return_by, "due"),
        Fact(_("Ngày trả"), found.returned_on, "date"),
    )
    acts = acts_of(request, found, url_name="dossiers:reading_act", asks=ACTS, primary="grant")
    keys = {one.key for one in possible_transitions(found, held=request.principals)}
    context = detail_context(
        request, found, facts=facts, acts=acts, rows=_documents(found), way=found.way,
        certified=list(found.certified.order_by("id")) if found.way == ReadingRequest.Way.CERTIFIED else [],
        to_certify=len(certifying.files_to_certify(found)) if "certify" in keys else 0,
        seals=_seals(found) if "certify" in keys else [],
    )  # fmt: skip
    return render(request, "dossiers/reading.html", context)


def _seals(wish: ReadingRequest) -> list[Credential]:
    """The certificates of the archive's body in the person's hands."""
    return list(credentials_of(active=True).filter(organization_id=wish.owner_id))


def _documents(found: ReadingRequest) -> list[tuple[Entry, list[ArchivedFile]]]:
    """The documents a granted reading opens, within its days."""
    if found.state != "granted" or found.way == ReadingRequest.Way.PAPER:
        return []
    entries = list(Entry.objects.filter(dossier_id=found.wanted_id).order_by("position", "id"))
    files = queries.files_of(entries)
    return [(one, files.get(one.pk, [])) for one in entries]


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a wish."""
    return ask(request, queries.readings().get(pk=pk), key, ACTS)


@login_required
@require_GET
@found_or_404
def read(request: OfficeRequest, pk: int) -> HttpResponse:
    """A file page by page: a reading copy, not to be downloaded. The look is kept."""
    file, dossier = _file(pk)
    services.note_look(dossier, ReadingLog.Act.READ, entry=file.entry, file=file, **who(request))
    pages = [reverse("dossiers:page", args=[pk, number, WIDTH]) for number in range(1, min(file.pages, 300) + 1)]
    context = {
        "file": file,
        "pages": pages,
        "back_url": _back(request, dossier),
        "may_copy": _may_copy(request, dossier),
        "words": _problem(file),
    }
    return render(request, "dossiers/read.html", context)


@login_required
@require_GET
@found_or_404
def page(request: OfficeRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    """One page as a picture, never kept by the browser."""
    file, dossier = _file(pk)
    if file.media_type != "application/pdf" or not 1 <= number <= file.pages or _problem(file):
        raise Http404
    wide = nearest_width(width)
    kept = folder("pictures") / file.sha256[:2] / f"{file.sha256}-{number}-{wide}.webp"
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            with work_folder(uuid4()) as work, services.kept_file(file) as path:
                made = work / "page.webp"
                draw_page(path, number, width=wide, into=made, limits=limits(), work=work)
                made.replace(kept)
        except FileRefused as refused:
            return HttpResponse(refused.message_vi, status=422, content_type="text/plain; charset=utf-8")
    services.note_look(dossier, ReadingLog.Act.READ, entry=file.entry, file=file, page=number, **who(request))
    response = FileResponse(kept.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_GET
@found_or_404
def copy(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A copy with BẢN SAO in the upper right corner, for who may have one. The download is kept."""
    file, dossier = _file(pk)
    if not _may_copy(request, dossier):
        raise Http404
    try:
        made = copying.marked_copy(file, dossier, **who(request))
    except (Refused, FileRefused) as refused:
        words = getattr(refused, "message_vi", "") or str(refused)
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    services.note_look(dossier, ReadingLog.Act.DOWNLOAD, entry=file.entry, file=file, **who(request))
    response = HttpResponse(made, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="ban-sao-{file.pk}.pdf"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
@found_or_404
def log(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who read what of a dossier: for its archive; others see their own looks."""
    dossier = queries.dossier_of(pk)
    rows = ReadingLog.objects.filter(dossier_id=pk).order_by("-at", "-id")[:500]
    return render(request, "dossiers/log.html", {"record": dossier, "rows": list(rows)})


def _file(pk: int) -> tuple[ArchivedFile, Dossier]:
    """A file the person may read now, and its dossier by what the file tells of it. Raises DoesNotExist."""
    file = ArchivedFile.objects.select_related("entry").get(pk=pk)
    card = Card.objects.filter(pk=file.entry.dossier_id).first()
    dossier = Dossier.objects.filter(pk=file.entry.dossier_id).first()
    if dossier is None and card is not None:
        dossier = Dossier(pk=file.entry.dossier_id, owner_id=card.organization_id)
    if dossier is None:
        raise Dossier.DoesNotExist
    return file, dossier


def _problem(file: ArchivedFile) -> str:
    try:
        services.check_kept(file)
    except Refused as refused:
        return str(refused)
    return ""


def _may_copy(request: OfficeRequest, dossier: Dossier) -> bool:
    """The archive, or who was granted a copy whose days are not over."""
    if any(one.pk == dossier.owner_id for one in queries.archives_kept(request.principals)):
        return True
    ways = (ReadingRequest.Way.COPY, ReadingRequest.Way.CERTIFIED)
    mine = ReadingRequest.objects.filter(wanted_id=dossier.pk, asker_id=request.actor.person_id, state="granted")
    return mine.filter(way__in=ways, until__gt=timezone.now()).exists()


def _back(request: OfficeRequest, dossier: Dossier) -> str:
    mine: Any = ReadingRequest.objects.filter(wanted_id=dossier.pk, asker_id=request.actor.person_id, state="granted")
    wish_pk = mine.values_list("pk", flat=True).first()
    if wish_pk:
        return reverse("dossiers:reading", args=[wish_pk])
    return reverse("dossiers:detail", args=[dossier.pk])
