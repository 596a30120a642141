"""REST for dossiers and the search room: the same services and permissions, refusals as problem answers."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate
from pydantic import Field

from congso.apps.dossiers import queries
from congso.apps.dossiers.models import Card, Dossier
from congso.apps.dossiers.services import closing, filing, handing_over
from congso.apps.dossiers.services import dossiers as services
from congso.apps.dossiers.services import reading as readings
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import possible_transitions

router = Router()


class DossierOut(Schema):
    """Một hồ sơ."""

    id: int
    number: str
    title: str
    state: str
    year: int
    retention: str
    mode: str
    owner_id: int
    unit_id: int | None
    holder_label: str
    due_on: date | None
    total_documents: int | None
    total_pages: int | None
    review_after: date | None


class DossierEntryOut(Schema):
    """Một dòng mục lục văn bản; văn bản người gọi không được xem không có ở đây."""

    id: int
    position: int
    kind: str
    record_id: int | None
    type_key: str
    number: str
    issued_on: date | None
    is_undated: bool
    issuer: str
    subject: str
    pages: int | None


class DossierDetailOut(DossierOut):
    """Một hồ sơ với mục lục văn bản, chỗ còn thiếu và việc làm được."""

    code: str
    documents: list[DossierEntryOut]
    unseen: int
    gaps: list[str]
    acts: list[str]


class DossierListIn(Schema):
    """Lọc danh sách hồ sơ."""

    state: str = ""
    unit: int | None = None
    year: int | None = None


class DossierIn(Schema):
    """Hồ sơ mở ngoài danh mục, hoặc theo một dòng danh mục đã ban hành."""

    unit: int
    symbol: str = Field(max_length=80)
    title: str = Field(max_length=1000)
    retention: str = Field(max_length=20)
    mode: str = Field("01", max_length=2)
    keywords: str = Field("", max_length=100)
    description: str = Field("", max_length=2000)


class FileIn(Schema):
    """Các văn bản, công việc đưa vào hồ sơ."""

    records: list[int] = Field(max_length=500)


class FiledOut(Schema):
    """Bao nhiêu văn bản được đưa vào, bao nhiêu đã có."""

    added: int
    known: int


class DossierNoteIn(Schema):
    """Lý do hoặc ý kiến."""

    note: str = Field("", max_length=2000)


class ArchiveCardOut(Schema):
    """Một hồ sơ trong mục lục phòng đọc."""

    dossier_id: int
    code: str
    title: str
    years: str
    mode: str
    retention_label: str
    documents: int
    pages: int
    is_destroyed: bool


class ArchiveWishIn(Schema):
    """Yêu cầu khai thác."""

    way: str = Field(pattern="^(read|copy|certified|paper)$")
    purpose: str = Field(max_length=1000)


class ArchiveWishOut(Schema):
    """Một yêu cầu khai thác."""

    id: int
    number: str
    title: str
    state: str
    way: str
    until: datetime | None


@router.get("/", response=list[DossierOut])
@paginate(LimitOffsetPagination)
def list_dossiers(request: OfficeRequest, narrowed: Query[DossierListIn]) -> Any:
    """Hồ sơ người gọi được xem, mới nhất trước."""
    chosen = {"state": narrowed.state, "unit_id": narrowed.unit, "year": narrowed.year}
    return queries.dossiers().filter(**{name: told for name, told in chosen.items() if told}).order_by("-pk")


@router.post("/", response={201: DossierDetailOut})
def open_dossier(request: OfficeRequest, new: DossierIn) -> Any:
    """Mở hồ sơ."""
    unit = Organization.objects.get(pk=new.unit)
    facts = new.dict(exclude={"unit"})
    made = services.open_dossier(unit, services.Description(**facts), **_who(request))
    return Status(201, _detail(request, made.pk))


@router.get("/cards", response=list[ArchiveCardOut])
@paginate(LimitOffsetPagination)
def list_cards(request: OfficeRequest, q: str = "") -> Any:
    """Tra cứu mục lục phòng đọc."""
    return queries.cards(q[:200].replace("\x00", "")).order_by("-first_year", "-pk")


@router.post("/cards/{int:pk}/readings", response={201: ArchiveWishOut})
def ask_reading(request: OfficeRequest, pk: int, wish: ArchiveWishIn) -> Any:
    """Yêu cầu khai thác một hồ sơ lưu trữ."""
    card: Card = queries.card_of(pk)
    return Status(201, readings.ask_reading(card, **wish.dict(), **_who(request)))


@router.get("/{int:pk}", response=DossierDetailOut)
def get_dossier(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Một hồ sơ."""
    return _detail(request, pk)


@router.post("/{int:pk}/documents", response=FiledOut)
def file_documents(request: OfficeRequest, pk: int, given: FileIn) -> filing.Filed:
    """Đưa văn bản, công việc vào hồ sơ."""
    records = list(Record.objects.filter(pk__in=given.records).select_related("owner"))
    return filing.file_records(queries.dossier_of(pk), records, **_who(request))


@router.post("/{int:pk}/close", response=DossierDetailOut)
def close_dossier(request: OfficeRequest, pk: int, facts: DossierNoteIn) -> dict[str, Any]:
    """Kết thúc hồ sơ; từ chối và kể ra chỗ còn thiếu khi chưa đủ."""
    closing.close_dossier(queries.dossier_of(pk), note=facts.note, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/reopen", response=DossierDetailOut)
def reopen_dossier(request: OfficeRequest, pk: int, facts: DossierNoteIn) -> dict[str, Any]:
    """Lưu trữ mở lại hồ sơ đã kết thúc, có lý do."""
    closing.reopen_dossier(queries.dossier_of(pk), note=facts.note, **_who(request))
    return _detail(request, pk)


def _who(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _detail(request: OfficeRequest, pk: int) -> dict[str, Any]:
    found: Dossier = queries.dossier_of(pk)
    entries = list(queries.entries_of(found))
    is_open = found.state in ("opened", "filling", "finishing")
    shown = {name: getattr(found, name) for name in DossierOut.model_fields}
    return shown | {
        "code": handing_over.code_of(found),
        "documents": entries,
        "unseen": queries.documents_in(found) - len(entries),
        "gaps": [f"{gap.position}: {gap.words}" for gap in queries.gaps_in(found, entries)] if is_open else [],
        "acts": [one.key for one in possible_transitions(found, held=request.principals)],
    }
