"""REST for code lists: everyone signed in reads; a list's keepers draft and publish, by the same services."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import code_list, code_lists
from congso.kernel.catalogues.comparing import differences
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import (
    catalogues,
    draft_of,
    items_of,
    last_published,
    version_on,
    versions_of,
)
from congso.kernel.catalogues.services import (
    CatalogueRefused,
    ItemFacts,
    drop_draft,
    publish_draft,
    put_item,
    remove_item,
    start_draft,
)

router = Router()


class CatalogueOut(Schema):
    """A list: `is_fixed` when the program stands on it and nobody changes it."""

    code: str
    name: str
    description: str
    is_fixed: bool
    is_open: bool
    keeper: str | None
    version: int | None


class ItemOut(Schema):
    """One code as a version has it."""

    code: str
    name: str
    parent: str
    order: int
    attributes: dict[str, Any]
    valid_from: date | None
    valid_to: date | None
    replaced_by: str


class VersionOut(Schema):
    """A version and the document that published it."""

    number: int
    state: str
    valid_from: date | None
    valid_to: date | None
    source: str


class DifferenceOut(Schema):
    """One code that differs from the version before."""

    change: str
    code: str
    name: str
    details: list[str]


class ItemIn(Schema):
    """What a code says, written into the draft."""

    name: str = Field(max_length=300)
    parent: str = Field("", max_length=60)
    order: int = Field(0, ge=0, le=1_000_000)
    attributes: dict[str, str] = Field(default_factory=dict, max_length=20)
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = Field("", max_length=60)


class PublishIn(Schema):
    """From which day, by which document."""

    valid_from: date
    source: str = Field(max_length=300)


class ProblemOut(Schema):
    """Why not."""

    code: str
    message: str


class DayFilter(Schema):
    """As of which day (today when left out)."""

    day: date | None = None


_REFUSED = {422: ProblemOut}


@router.get("/", response=list[CatalogueOut])
def list_catalogues(request: OfficeRequest) -> list[dict[str, Any]]:
    """All lists: those the office changes, then those the program stands on."""
    own = [
        {
            "code": one.code, "name": one.name, "description": one.description, "is_fixed": False,
            "is_open": one.is_open, "keeper": one.keeper.code if one.keeper else None, "version": one.last_number,
        }
        for one in catalogues()
    ]  # fmt: skip
    fixed = [
        {
            "code": one.code, "name": str(one.name), "description": str(one.reason), "is_fixed": True,
            "is_open": False, "keeper": None, "version": None,
        }
        for one in code_lists()
    ]  # fmt: skip
    return own + fixed


@router.get("/{code}/items", response=list[ItemOut])
def list_items(request: OfficeRequest, code: str, asked: Query[DayFilter]) -> list[dict[str, Any]]:
    """The codes of the day, closed ones too, in the list's order."""
    fixed = code_list(code)
    if fixed is not None:
        return [_fixed(place, *row) for place, row in enumerate(fixed.rows, 1)]
    found = get_object_or_404(Catalogue, code=code)
    return [_item(one) for one in items_of(version_on(found, asked.day or timezone.localdate()))]


@router.get("/{code}/versions", response=list[VersionOut])
def list_versions(request: OfficeRequest, code: str) -> list[Version]:
    """The list's versions, newest first; its draft for its keepers."""
    return list(versions_of(get_object_or_404(Catalogue, code=code)))


@router.get("/{code}/versions/{number}/differences", response=list[DifferenceOut])
def list_differences(request: OfficeRequest, code: str, number: int) -> list[Any]:
    """What a version changed against the one published before it."""
    versions = Version.objects.filter(catalogue__code=code)
    found = get_object_or_404(versions.exclude(state=Version.State.DROPPED), number=number)
    before = versions.filter(state=Version.State.PUBLISHED, number__lt=number).order_by("-number").first()
    return differences(items_of(before), items_of(found))


@router.post("/{code}/draft", response={201: VersionOut, **_REFUSED})
def begin_draft(request: OfficeRequest, code: str) -> Status[Any]:
    """Begin a draft, or name the one there is."""
    found = get_object_or_404(Catalogue, code=code)
    return _done(lambda: start_draft(found, by=request.actor.id, at=timezone.now()), 201)


@router.put("/{code}/draft/items/{item_code}", response={200: ItemOut, **_REFUSED})
def write_item(request: OfficeRequest, code: str, item_code: str, data: ItemIn) -> Status[Any]:
    """Add a code to the draft, or change what it says; with `valid_to` it is closed."""
    facts = ItemFacts(
        code=item_code, name=data.name, parent_code=data.parent, place=data.order, attributes=data.attributes,
        valid_from=data.valid_from, valid_to=data.valid_to, replaced_by=data.replaced_by,
    )  # fmt: skip
    draft = _draft(code)
    return _done(lambda: _item(put_item(draft, facts, by=request.actor.id, at=timezone.now())), 200)


@router.delete("/{code}/draft/items/{item_code}", response={204: None, **_REFUSED})
def delete_item(request: OfficeRequest, code: str, item_code: str) -> Status[Any]:
    """Take a code that was never published out of the draft."""
    draft = _draft(code)
    return _done(lambda: remove_item(draft, item_code, by=request.actor.id, at=timezone.now()), 204)


@router.post("/{code}/draft/publish", response={200: VersionOut, **_REFUSED})
def publish(request: OfficeRequest, code: str, data: PublishIn) -> Status[Any]:
    """From the day on the draft is the list."""
    draft = _draft(code)

    def carry_out() -> Version | None:
        publish_draft(draft, on=data.valid_from, source=data.source, by=request.actor.id, at=timezone.now())
        return last_published(draft.catalogue)

    return _done(carry_out, 200)


@router.delete("/{code}/draft", response={204: None, **_REFUSED})
def give_up_draft(request: OfficeRequest, code: str) -> Status[Any]:
    """Give the draft up; the list stays as it is."""
    draft = _draft(code)
    return _done(lambda: drop_draft(draft, by=request.actor.id, at=timezone.now()), 204)


def _draft(code: str) -> Version:
    """The draft of the list; for who does not keep it there is none."""
    found = draft_of(get_object_or_404(Catalogue, code=code))
    if found is None:
        raise Version.DoesNotExist
    return found


def _done(carry_out: Any, status: int) -> Status[Any]:
    try:
        return Status(status, carry_out())
    except CatalogueRefused as refused:
        return Status(422, {"code": "refused", "message": str(refused)})


def _item(item: Item) -> dict[str, Any]:
    facts = item.facts()
    return {"parent": facts.pop("parent_code"), "order": facts.pop("place"), **facts}


def _fixed(place: int, code: str, name: str) -> dict[str, Any]:
    return {
        "code": code, "name": name, "parent": "", "order": place, "attributes": {}, "valid_from": None,
        "valid_to": None, "replaced_by": "",
    }  # fmt: skip
