"""A form with more in it than was asked for changes no more than was asked (mass assignment).

Every form and every API body is looked through for names of columns nobody writes by a form; then real acts are done
twice, once with all of these added, and must leave the same rows.
"""

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.db import connection
from ninja import Schema

import congso
from congso.kernel.access.services import Actor, acting_as
from tests.attacks.asking import signed_in, taken_back
from tests.office import Office

# Columns that services compute, the database guards, or only an act of its own changes.
GUARDED = {
    "id", "pk", "state", "audience", "handlers", "awaited", "owner", "owner_id", "created_by", "created_by_id",
    "created_at", "version", "closed_at", "are_files_closed", "arrival_number", "arrival_year", "registered_at",
    "record_ptr", "record_ptr_id", "record_id", "author", "author_id", "reporter_id", "receivers", "givers",
    "is_active", "is_released", "granted_by", "role", "uploaded_by_id", "sha256", "hash", "completed_at",
    "completed_on", "progress", "assigned_by_id", "person_id", "user_id", "continues_id", "principals", "token",
    "decided_by_id", "type", "is_staff", "is_superuser",
}  # fmt: skip
# Where such a name is asked for on purpose: the act looks at it and decides.
ASKED = {
    ("TaskIn", "owner"): "in whose name a task is assigned; who may is checked",
    ("AssignForm", "owner"): "in whose name tasks are assigned; who may is checked",
    ("ConfirmForm", "completed_on"): "the day on which the assigner finds the task was done",
    ("Asked", "record_id"): "narrows the journal", ("Asked", "person_id"): "narrows the journal",
    ("ProposalIn", "role"): "the role proposed; a second person agrees", ("ProposeForm", "role"): "as by the API",
    ("TokenForm", "token"): "the name written on a signing device",
    ("ListIn", "state"): "narrows a list", ("TaskFilter", "state"): "narrows a list",
    ("CaseFilter", "state"): "narrows a list", ("OutgoingListIn", "state"): "narrows a list",
    ("DossierListIn", "state"): "narrows a list", ("MeetingListIn", "state"): "narrows a list",
    ("ProcedureForm", "owner"): "in whose name a procedure is drafted; who may is checked",
    ("PaperForm", "owner"): "in whose name a Party document is drafted; who may is checked",
    ("PlanForm", "owner"): "whose plan it is; who may is checked",
    ("NewFormForm", "owner"): "who collects the reports; who may is checked",
    ("StarterForm", "owner"): "who collects the reports; who may is checked",
    ("IndicatorForm", "owner"): "who answers for the definition; who may is checked",
    ("BoardForm", "owner"): "whose dashboard it is; who may is checked",
    ("BatchForm", "owner"): "who digitizes; who may is checked",
    ("MarkForm", "version"): "which version of a paper is marked; one's own note on what one reads",
    ("Question", "type"): "narrows a search", ("Question", "owner"): "narrows a search",
}  # fmt: skip


def asked_fields() -> Iterator[tuple[str, str]]:
    """Class and field of every form and every schema that takes something in."""
    for module in walk_packages(congso.__path__, "congso."):
        if ".tests" not in module.name and ".migrations" not in module.name and ".management" not in module.name:
            import_module(module.name)
    for kind in _below(forms.BaseForm):
        if kind.__module__.startswith("congso."):
            yield from ((kind.__name__, name) for name in getattr(kind, "base_fields", {}))
    for kind in _below(Schema):
        if kind.__module__.startswith("congso.") and not kind.__name__.endswith(("Out", "Answer", "Found")):
            yield from ((kind.__name__, name) for name in kind.model_fields)


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


ANSWERS = {"Facet", "Problem", "ProposalOut", "UnitOfPaper", "HandedOut", "TaskOut", "TaskDetailOut"}


def test_no_form_asks_for_what_nobody_writes() -> None:
    asked = {one for one in asked_fields() if one[0] not in ANSWERS}
    assert len(asked) > 100
    assert {one for one in asked if one[1] in GUARDED} <= ASKED.keys()


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """What the acts could have changed, but for moments and keys of new rows."""
    told = {}
    with connection.cursor() as cursor:
        for table, left_out in TABLES.items():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
                " AND data_type NOT LIKE 'timestamp%%'",
                [table],
            )
            names = sorted({name for (name,) in cursor.fetchall()} - left_out)
            cursor.execute(f"SELECT {', '.join(names)} FROM {table}")
            told[table] = sorted(cursor.fetchall(), key=repr)
    return told


TABLES: dict[str, set[str]] = {
    "records_record": {"id"}, "documents_incomingdocument": {"record_ptr_id"}, "directives_task": {"record_ptr_id"},
    "documents_handling": {"id", "direction_id"}, "directives_support": {"id", "task_id"},
    "records_comment": {"id"}, "directory_post": {"id"}, "directory_person": {"id"}, "directory_assignment": {"id"},
}  # fmt: skip
_ENTRY = {
    "number": "16-KH/TU", "title": "Kế hoạch", "issuer_name": "Tỉnh ủy Mẫu", "doc_type": "plan", "copies": 1,
    "is_another": True, "channel": "paper", "urgency": 0,
}  # fmt: skip
Act = Callable[[Office], tuple[str, str, dict[str, Any], bool]]
ACTS: dict[str, Act] = {
    "register by the API": lambda o: ("clerk", f"/api/v1/documents/{o.waiting.pk}/register", _ENTRY, True),
    "comment": lambda o: ("clerk", f"/van-ban-den/{o.document.pk}/y-kien/", {"text": "Đã xem."}, False),
    "report by the API": lambda o: (
        "agency_leader", f"/api/v1/directives/tasks/{o.task.pk}/reports", {"text": "Đã làm.", "percent": 30}, True),
    "assign by the API": lambda o: ("chief", "/api/v1/directives/tasks", {
        "owner": "T.VPTU", "lead": "T.BTC", "content": "Việc mới", "source_symbol": "01-KH/TU"}, True),
    "conclude a part by the API": lambda o: (
        "head", f"/api/v1/documents/{o.document.pk}/complete", {"result": "Đã tham mưu."}, True),
    "open a post": lambda o: ("administrator", f"/to-chuc/{o.world.organizations['BTC']}/chuc-vu-moi/", {
        "name": "Phó Trưởng ban", "functions": ["leaders"], "on": "01/12/2026", "rank": 20}, False),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_more_in_a_form_changes_no_more(office: Office, act: str) -> None:
    who, address, form, is_api = ACTS[act](office)
    before = _done(office, who, address, {}, is_api=is_api)
    plain = _done(office, who, address, form, is_api=is_api)
    extra = dict.fromkeys(GUARDED - form.keys(), 1) | {"state": "completed", "audience": [1], "handlers": [1]}
    assert plain[0] < 400, plain
    assert plain[1] != before[1], "the act must do something, or this proves nothing"
    assert _done(office, who, address, extra | form, is_api=is_api) == plain


def _done(office: Office, who: str, address: str, form: dict[str, Any], *, is_api: bool) -> tuple[int, Any]:
    with taken_back():
        client = signed_in(who)
        if is_api:
            answer = client.post(address, json.dumps(form), content_type="application/json")
        else:
            answer = client.post(address, form)
        with acting_as(Actor.person(office.world.reader)):
            return answer.status_code, rows()
