"""REST: the directory as of a day, read by other software. What changes the chart is done on the screens,
with a preview; codes are given here too.
"""

from datetime import date
from typing import IO, Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.organizations.queries import directory_rows
from congso.kernel.accounts.models import Feed, FeedRow
from congso.kernel.accounts.provisioning import FeedRefused, compare, stage, summary_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.finding import find_organizations, find_people
from congso.kernel.directory.models import (
    Assignment,
    CodeScheme,
    Organization,
    OrganizationCode,
    OrganizationVersion,
    valid_on,
)
from congso.kernel.directory.services import DirectoryRefused, addressing_problem
from congso.kernel.directory.services.coding import bearers_of, codes_of, give_code
from congso.kernel.directory.tree import Step, lineage_of, names_of
from congso.kernel.jobs.services import queue_job
from congso.kernel.personal.models import Place, Purpose
from congso.kernel.personal.services import note_disclosure

router = Router()


class NameOut(Schema):
    """A name and place in the chart with their days; `valid_to` is the first day they no longer hold."""

    name: str
    short_name: str
    symbol: str
    parent: str | None
    valid_from: date
    valid_to: date | None


class OrganizationOut(Schema):
    """An organization as it stood on the day asked for."""

    id: int
    code: str
    official_code: str
    kind: str
    name: str
    short_name: str
    symbol: str
    parent: str | None
    valid_from: date
    valid_to: date | None


class CodeOut(Schema):
    """A code under one of the systems (`national`, `party`, `tax` …), with its days."""

    scheme: str
    value: str
    valid_from: date
    valid_to: date | None
    source: str


class CodeIn(Schema):
    """A code to give: from the day on it takes the place of the one borne under the scheme."""

    scheme: str = Field(max_length=40)
    value: str = Field(max_length=60)
    valid_from: date
    source: str = Field("", max_length=300)


class RefusedOut(Schema):
    """Why not."""

    code: str
    message: str


class FeedOut(Schema):
    """A personnel list: what it would do or has done, in figures, and the rows that were not taken."""

    id: int
    state: str
    rows: int
    acts: dict[str, int]
    is_suspicious: bool
    problems: list[str]


class StepOut(Schema):
    """Who came before or after, from which day, by which decision."""

    effective_on: date
    decision: str
    organizations: list[str]


class OrganizationDetailOut(Schema):
    """All names an organization bore, who came before and after it, and why it cannot be written to today, if so."""

    id: int
    code: str
    official_code: str
    kind: str
    valid_from: date
    valid_to: date | None
    names: list[NameOut]
    codes: list[CodeOut]
    predecessors: list[StepOut]
    successors: list[StepOut]
    addressing_problem: str


class AssignmentOut(Schema):
    """Who holds which post on the day."""

    person_id: int
    full_name: str
    email: str
    phone: str
    organization: str
    post_id: int
    post: str
    functions: list[str]
    kind: str
    valid_from: date
    valid_to: date | None


class FoundOut(Schema):
    """What is found by the beginnings of words."""

    organizations: list[str]
    people: list[int]


class DayFilter(Schema):
    """As of which day (today when left out)."""

    day: date | None = None

    def on(self) -> date:
        """The day."""
        return self.day or timezone.localdate()


class AssignmentFilter(DayFilter):
    """Of one organization, by its code."""

    organization: str = Field("", max_length=40)


class FindFilter(Schema):
    """What is typed."""

    q: str = Field("", max_length=200)


@router.get("/organizations", response=list[OrganizationOut])
@paginate(LimitOffsetPagination)
def list_organizations(request: OfficeRequest, asked: Query[DayFilter]) -> Any:
    """The organizations of the day, in Vietnamese order of the names they bore then."""
    found: QuerySet[OrganizationVersion] = OrganizationVersion.objects.filter(valid_on(asked.on()))
    return _Rows(found.select_related("organization", "parent").order_by("name_key", "organization_id"), _organization)


@router.get("/organizations/{code}", response=OrganizationDetailOut)
def get_organization(request: OfficeRequest, code: str) -> dict[str, Any]:
    """One organization for its whole life, by its code, also after its end."""
    found = get_object_or_404(Organization, code=code)
    lineage = lineage_of(found)
    return {
        "id": found.pk, "code": found.code, "official_code": found.official_code, "kind": found.kind,
        "valid_from": found.valid_from, "valid_to": found.valid_to,
        "names": [_name(one) for one in names_of(found)], "codes": [_code(one) for one in codes_of(found)],
        "predecessors": [_step(one) for one in lineage.before], "successors": [_step(one) for one in lineage.after],
        "addressing_problem": addressing_problem(found, timezone.localdate()),
    }  # fmt: skip


@router.post("/organizations/{code}/codes", response={201: CodeOut, 422: RefusedOut})
def add_code(request: OfficeRequest, code: str, data: CodeIn) -> Status[Any]:
    """Give the organization a code, for who administers what stands above it."""
    found = get_object_or_404(Organization, code=code)
    scheme = get_object_or_404(CodeScheme, key=data.scheme)
    try:
        given = give_code(
            found, scheme=scheme, value=data.value, on=data.valid_from, source=data.source,
            by=request.actor.id, at=timezone.now(),
        )  # fmt: skip
    except DirectoryRefused as refused:
        return Status(422, {"code": "refused", "message": str(refused)})
    return Status(201, _code(given))


@router.post("/feeds", response={201: FeedOut, 422: RefusedOut})
def compare_feed(request: OfficeRequest, file: File[UploadedFile], asked: Query[DayFilter]) -> Status[Any]:
    """Stage and compare a whole personnel list (CSV); nothing is changed yet. For administrators of everything."""
    try:
        found = stage(
            cast("IO[bytes]", file.file),
            name=file.name or "feed",
            on=asked.on(),
            by=request.actor.id,
            at=timezone.now(),
        )
        compare(found)
    except FeedRefused as refused:
        return Status(422, {"code": "refused", "message": str(refused)})
    return Status(201, _feed(found))


@router.get("/feeds/{feed_id}", response=FeedOut)
def get_feed(request: OfficeRequest, feed_id: int) -> dict[str, Any]:
    """How far a list is, and what was not taken."""
    return _feed(get_object_or_404(Feed, pk=feed_id))


@router.post("/feeds/{feed_id}/carry-out", response={202: FeedOut, 422: RefusedOut})
def carry_out_feed(request: OfficeRequest, feed_id: int, *, confirmed: bool = False) -> Status[Any]:
    """Queue what the list says; `confirmed` for one that closes more accounts than a sound list does."""
    found = get_object_or_404(Feed, pk=feed_id, made_by_id=request.actor.person_id)
    if summary_of(found).is_suspicious and not confirmed:
        words = "Tệp đóng nhiều tài khoản hơn mức bình thường; hãy kiểm tra rồi xác nhận (confirmed=true)."
        return Status(422, {"code": "suspicious", "message": words})
    queue_job(
        "organizations.carry_out_feed", label=f"Nguồn nhân sự {found.name}", by=request.actor, at=timezone.now(),
        arguments={"feed_id": feed_id, "confirmed": confirmed},
    )  # fmt: skip
    return Status(202, _feed(found))


@router.get("/assignments", response=list[AssignmentOut])
@paginate(LimitOffsetPagination)
def list_assignments(request: OfficeRequest, asked: Query[AssignmentFilter]) -> Any:
    """The phone book of the day: who holds which post."""
    found = directory_rows(asked.on())
    office = Organization.objects.filter(code=asked.organization).first() if asked.organization else None
    if asked.organization:
        found = found.filter(post__organization=office)
    if office or not asked.organization:
        note_disclosure(
            organization_id=office.pk if office else None,
            as_of=asked.on(),
            place=Place.API,
            purpose=Purpose.DIRECTORY,
            at=timezone.now(),
        )
    return _Rows(found, _assignment)


@router.get("/find", response=FoundOut)
def find(request: OfficeRequest, asked: Query[FindFilter]) -> dict[str, Any]:
    """Organizations (codes) and people (ids) whose names have words that begin so, accents or not."""
    today = timezone.localdate()
    return {
        "organizations": list(
            dict.fromkeys(
                one.code for one in [*bearers_of(asked.q, day=today), *find_organizations(asked.q, day=today)]
            )
        ),
        "people": [one.pk for one in find_people(asked.q)],
    }


class _Rows:
    """A queryset whose shown slice is turned into answers, so a page costs its rows and a count."""

    def __init__(self, rows: QuerySet[Any], shape: Any) -> None:
        self.rows, self.shape = rows, shape

    def count(self) -> int:
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, place: slice) -> list[dict[str, Any]]:
        return [self.shape(row) for row in self.rows[place]]


def _name(version: OrganizationVersion) -> dict[str, Any]:
    return {
        "name": version.name, "short_name": version.short_name, "symbol": version.symbol,
        "parent": version.parent.code if version.parent else None,
        "valid_from": version.valid_from, "valid_to": version.valid_to,
    }  # fmt: skip


def _feed(found: Feed) -> dict[str, Any]:
    summary = summary_of(found)
    rows = FeedRow.objects.filter(feed=found, line__gt=0).exclude(problem="").order_by("line")
    return {
        "id": found.pk, "state": found.state, "rows": summary.read, "acts": summary.acts,
        "is_suspicious": summary.is_suspicious,
        "problems": [f"{row.line}: {row.problem}" for row in rows[:1000]],
    }  # fmt: skip


def _code(one: OrganizationCode) -> dict[str, Any]:
    return {
        "scheme": one.scheme.key, "value": one.value, "valid_from": one.valid_from, "valid_to": one.valid_to,
        "source": one.source,
    }  # fmt: skip


def _organization(version: OrganizationVersion) -> dict[str, Any]:
    one = version.organization
    facts = {"id": one.pk, "code": one.code, "official_code": one.official_code, "kind": one.kind}
    return _name(version) | facts | {"valid_from": one.valid_from, "valid_to": one.valid_to}


def _step(step: Step) -> dict[str, Any]:
    return {
        "effective_on": step.day,
        "decision": step.decision,
        "organizations": [one.code for one in step.others],
    }


def _assignment(held: Assignment) -> dict[str, Any]:
    person, post = held.person, held.post
    return {
        "person_id": person.pk, "full_name": person.full_name, "email": person.email, "phone": person.phone,
        "organization": post.organization.code, "post_id": post.pk, "post": post.name, "functions": post.functions,
        "kind": held.kind, "valid_from": held.valid_from, "valid_to": held.valid_to,
    }  # fmt: skip
