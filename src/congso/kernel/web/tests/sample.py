"""A kind of record and its pages for the tests of the shell alone: a slip that is written, sent and done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType, register_type
from congso.kernel.web.dashboard import BoardColumn, Line, Part, Tile, bars
from congso.kernel.web.detail import Fact, FileLine, PageImage, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.forms import DateField, PickMany, ReasonForm
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response
from congso.kernel.workflow.flow import Flow, Role, State, Tone, Transition, register_flow
from congso.kernel.workflow.services import act, start

MAKER = Role("maker", "Người lập", lambda record: [principals.person(record.created_by_id)])
UNIT = Role("unit", "Lãnh đạo đơn vị", lambda record: [principals.office(record.unit_id, Function.LEADERS)])

SLIP = Flow(
    "slip",
    "draft",
    states=(
        State("draft", "Dự thảo", (MAKER,), awaits=(MAKER,)),
        State("sent", "Đang xử lý", (MAKER, UNIT), Tone.WORKING, awaits=(UNIT,)),
        State("returned", "Trả lại", (MAKER,), Tone.WARNING, awaits=(MAKER,)),
        State("done", "Hoàn thành", (MAKER, UNIT), Tone.DONE, is_closed=True),
    ),
    transitions=(
        Transition("send", "Chuyển đơn vị", ("draft", "returned"), "sent", (MAKER,), notifies=(UNIT,), icon="send"),
        Transition("finish", "Xác nhận hoàn thành", ("sent",), "done", (UNIT,), icon="circle-check", may_wait=True),
        Transition("return", "Trả lại", ("sent",), "returned", (UNIT,), needs_reason=True, icon="arrow-back-up"),
    ),
)
register_flow(SLIP)
register_type(
    RecordType(
        "slip", "Phiếu giao việc", Record, "sample:detail", "clipboard-list",
        kept_offline=lambda record: "lưu hành nội bộ" not in record.title,
    )
)  # fmt: skip

STATES = [(state.key, state.label) for state in SLIP.states]
SLIPS = RecordList(
    key="phieu-giao-viec",
    title="Phiếu giao việc",
    official_title="Sổ theo dõi phiếu giao việc",
    columns=(
        Column("number", "Số, ký hiệu", sort="number", card=Card.TOP, width=16),
        Column("opened", "Ngày giao", "opened_on", Kind.DATE, sort="opened_on", width=12, card=Card.NONE),
        Column("title", "Nội dung công việc", kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("unit", "Đơn vị chủ trì", "unit.short_name", card=Card.LINE, width=26),
        Column("due", "Hạn", "due_on", Kind.DUE, sort="due_on", width=14),
        Column("state", "Tình trạng", kind=Kind.STATE, width=16),
    ),
    filters=(
        TextFilter("q", "Tìm trong sổ"),
        ChoiceFilter("state", "Tình trạng", choices=STATES),
        DateFilter("opened", "Ngày giao", lookup="opened_on"),
    ),
    scopes=(
        Scope("all", "Tất cả", lambda found, request: found),
        Scope("late", "Quá hạn", lambda found, request: found.filter(due_on__lt=timezone.localdate())),
    ),
    default_sort="due",
    empty=Empty("Chưa có phiếu nào", "Lập phiếu đầu tiên từ một văn bản.", "sample:form", "Lập phiếu"),
    page_size=20,
)


class SlipForm(forms.Form):
    """Fields of every kind the shell draws."""

    title = forms.CharField(label="Nội dung công việc", max_length=300, help_text="Ghi ngắn gọn, rõ việc, rõ kết quả.")
    number = forms.CharField(label="Số, ký hiệu", max_length=40, required=False)
    due = DateField(label="Hạn hoàn thành")
    urgency = forms.ChoiceField(label="Mức độ khẩn", choices=[("0", "Thường"), ("1", "Khẩn"), ("2", "Hỏa tốc")])
    units = forms.MultipleChoiceField(
        label="Đơn vị phối hợp",
        widget=PickMany,
        choices=[
            (str(n), name)
            for n, name in enumerate(
                [
                    "Văn phòng Tỉnh ủy",
                    "Ban Tổ chức Tỉnh ủy",
                    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
                    "Ủy ban Kiểm tra Tỉnh ủy",
                    "Đảng ủy phường Sa Pa",
                    "Đảng ủy xã Mù Cang Chải",
                    "Ủy ban Mặt trận Tổ quốc tỉnh",
                ]
            )
        ],
    )
    remind = forms.BooleanField(label="Nhắc trước hạn 3 ngày làm việc", required=False)
    text = forms.CharField(label="Yêu cầu cụ thể", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def listed(request: HttpRequest) -> HttpResponseBase:
    return list_response(
        request, SLIPS, Record.objects.filter(type="slip").select_related("unit"), office="Văn phòng Tỉnh ủy"
    )


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Record.objects.select_related("owner", "unit"), pk=pk)
    pages = [PageImage(n, f"/static/web/icon.svg?{n}", 64, 64) for n in (1, 2, 3)]
    facts = [
        Fact("Đơn vị chủ trì", record.unit.name),
        Fact("Ngày giao", record.opened_on, "date"),
        Fact("Hạn", record.due_on, "due"),
        Fact("Yêu cầu", "Báo cáo bằng văn bản, kèm số liệu.", is_wide=True),
    ]
    acts = acts_of(request, record, url_name="sample:act", primary="finish")
    return render(
        request,
        "web/detail.html",
        detail_context(
            request,
            record,
            facts=facts,
            acts=acts,
            files=[FileLine("Phiếu giao việc.pdf", "/", 348_000, pages=pages)],
            comment_url=request.path,
        ),
    )


def do(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "GET" or not (form.is_valid() or key != "return"):
        title = SLIP.transition(key).label
        return render(request, "web/confirm.html", {"title": title, "form": form, "record": record})
    with act(record, key, by=request.actor, at=timezone.now(), note=form.data.get("note", "")):
        pass
    return redirect("sample:detail", pk)


def form(request: HttpRequest) -> HttpResponse:
    context = {"title": "Lập phiếu giao việc", "form": SlipForm(request.POST or None), "submit_label": "Lập phiếu"}
    return render(request, "web/form.html", context)


def board(request: HttpRequest) -> HttpResponse:
    records = list(Record.objects.filter(type="slip").select_related("owner", "unit").order_by("due_on")[:60])
    columns = []
    for state in SLIP.states:
        held = [record for record in records if record.state == state.key]
        columns.append(BoardColumn(state.key, state.label, held[:10], len(held), f"/mau/?state={state.key}"))
    return render(request, "web/board.html", {"title": "Bảng công việc", "board": columns})


def figures(request: HttpRequest) -> HttpResponse:
    tiles = [
        Tile("Đang xử lý", 42, "/mau/"),
        Tile("Quá hạn", 5, "/mau/?scope=late", "bad"),
        Tile("Sắp đến hạn", 8, "/mau/", "warn"),
        Tile("Hoàn thành", 1204, "/mau/", "good"),
    ]
    parts = [Part("done", "Hoàn thành", "good"), Part("on", "Trong hạn", "act"), Part("late", "Quá hạn", "bad")]
    lines = [
        Line("Văn phòng Tỉnh ủy", {"done": 12, "on": 20, "late": 2}, {"late": "/mau/?scope=late"}),
        Line("Ban Tổ chức Tỉnh ủy", {"done": 7, "on": 3, "late": 0}, {}),
        Line("Đảng ủy xã Mù Cang Chải", {"done": 1, "on": 9, "late": 3}, {"late": "/mau/?scope=late", "": "/mau/"}),
    ]
    table = bars("Nhiệm vụ theo đơn vị", "Đơn vị", parts, lines)
    return render(request, "web_tests/figures.html", {"tiles": tiles, "bars": table})


def upload(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        files = request.FILES.getlist("files")
        refused = [file.name for file in files if not file.name.endswith(".pdf")]
        if refused:
            return JsonResponse({"message": "Tệp không phải PDF."}, status=422)
        ready = [{"name": file.name, "state": "ready", "message": "", "url": "/mau/"} for file in files]
        return JsonResponse({"uploads": ready})
    return render(request, "web_tests/upload.html", {"upload_url": request.path, "upload_fields": {"purpose": "mau"}})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("for the error page")


sample = [
    path("", listed, name="list"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/<str:key>/", do, name="act"),
    path("lap/", form, name="form"),
    path("bang/", board, name="board"),
    path("so-lieu/", figures, name="figures"),
    path("tep/", upload, name="upload"),
    path("hong/", broken, name="broken"),
]
urlpatterns = [path("mau/", include((sample, "sample"))), path("", include("config.urls"))]
handler404 = "congso.kernel.web.views.not_found"
handler500 = "congso.kernel.web.views.server_error"

TITLES = (
    "Tham mưu Kế hoạch chuyển đổi số trong các cơ quan đảng, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
    "Rà soát, số hóa hồ sơ, tài liệu không mật của cơ quan giai đoạn 2020–2025",
    "Báo cáo tình hình sử dụng chữ ký số của cán bộ có thẩm quyền",
    "Chuẩn bị họp Ban Chỉ đạo tháng 12",
    "Đôn đốc các xã, phường hoàn thành cập nhật cơ sở dữ liệu đảng viên",
)


@contextmanager
def as_person(person_id: int) -> Iterator[Actor]:
    """Act as a person of the test world."""
    actor = Actor.person(person_id)
    with acting_as(actor):
        yield actor


def make_slip(
    maker_id: int,
    owner_id: int,
    unit_id: int,
    *,
    title: str = TITLES[0],
    due_on: date | None = None,
    at: datetime | None = None,
    number: str = "",
    send: bool = True,
) -> Record:
    """A slip made by a person and, unless told otherwise, sent to a unit."""
    moment = at or timezone.now()
    record = Record(
        type="slip",
        number=number,
        title=title,
        owner_id=owner_id,
        unit_id=unit_id,
        opened_on=timezone.localdate(moment),
        due_on=due_on,
    )
    with as_person(maker_id) as actor:
        with start(record, by=actor, at=moment, label="Lập phiếu"):
            pass
        if send:
            with act(record, "send", by=actor, at=moment, note="Đề nghị đơn vị triển khai ngay."):
                pass
    return record


def make_many(maker_id: int, owner_id: int, unit_id: int, count: int) -> list[Record]:
    """Slips with deadlines before, on and after today."""
    today = timezone.localdate()
    return [
        make_slip(
            maker_id,
            owner_id,
            unit_id,
            title=TITLES[place % len(TITLES)],
            number=f"{place + 1:02}-PGV/VPTU",
            due_on=None if place % 7 == 6 else today + timedelta(days=place * 2 - 5),
        )
        for place in range(count)
    ]
