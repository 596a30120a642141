"""Whatever other software sends to any act of the API: no 5xx, and every answer is as the OpenAPI describes it.

A few questions an act by two people in every run, many by more people with SCHEMA_EXAMPLES=100.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from ninja import Schema
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from config.wsgi import application
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts import tokens
from congso.kernel.accounts.models import User
from tests.office import Office
from tests.routes import api_routes, way_of

SHORT = 2
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES") or SHORT)
PEOPLE = ("clerk", "chief") if EXAMPLES == SHORT else ("clerk", "chief", "agency_leader", "stranger", "administrator")
IN_ADDRESSES = {"Asked", "DayFilter"}  # asked in the address, field by field: they have no name of their own
CHECKS = (
    schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
)  # fmt: skip

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3_600 if EXAMPLES > SHORT else 600)]


@pytest.fixture(scope="module")
def speaking(office: Office) -> Iterator[dict[str, dict[str, str]]]:
    """The header of each person's token; as many calls a minute as there are."""
    now = timezone.now()
    told = {}
    for who in PEOPLE:
        with acting_as(Actor.person(getattr(office.world, who))):
            user = User.objects.get(username=who)
            facts = {"name": "Thử", "systems": tokens.systems_with_api(), "may_act": True}
            _, secret = tokens.issue_token(user, **facts, expires_at=now + timedelta(days=1), at=now)
            told[who] = {"Authorization": f"Bearer {secret}"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "USES_A_MINUTE", 10**6)
        # What each question did is taken back, so its end must not end the connection.
        for moment in (request_started, request_finished):
            moment.disconnect(close_old_connections)
        yield told
        for moment in (request_started, request_finished):
            moment.connect(close_old_connections)


@pytest.fixture(scope="module")
def schema(office: Office) -> OpenApiSchema:
    """The description as other software reads it."""

    def from_here(environ: dict[str, Any], start: Any) -> Any:
        return application({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_here)


def test_no_two_forms_share_a_name() -> None:
    """The description keeps one form a name: of two, one would be told wrongly."""
    forms: dict[str, set[frozenset[str]]] = {}
    for module, kind in _forms():
        forms.setdefault(kind.__name__, set()).add(frozenset(kind.model_fields))
        assert module.startswith("congso.")
    assert {name for name, shapes in forms.items() if len(shapes) > 1} <= IN_ADDRESSES


@pytest.mark.parametrize("who", PEOPLE)
def test_every_answer_is_as_described(
    office: Office, speaking: dict[str, dict[str, str]], schema: OpenApiSchema, who: str
) -> None:
    broken: dict[str, str] = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        real = _real_places(office, operation)
        ask = _asking(operation.as_strategy(), real, speaking[who])
        try:
            ask()
        except (AssertionError, FailureGroup) as failure:
            broken[operation.label] = str(failure)[:1500]
    assert broken == {}, "\n".join(f"== {label}\n{why}" for label, why in broken.items())


def _forms() -> Iterator[tuple[str, type[Schema]]]:
    api_routes()  # loads every api.py
    kinds = list(Schema.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("congso."):
            yield kind.__module__, kind


def _real_places(office: Office, operation: Any) -> dict[str, Any]:
    """Every second question names an object that is there, or nothing would get beyond “not found”."""
    route = next((one for one in api_routes() if one.template == operation.path), None)
    way = way_of(route) if route and route.parameters else None
    return way.fill(office) if way else {}


def _asking(strategy: Any, real: dict[str, Any], headers: dict[str, str]) -> Any:
    turn = iter(range(10**9))

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES == SHORT, verbosity=Verbosity.quiet,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def ask(case: Any) -> None:
        if real and next(turn) % 2 == 0:
            case.path_parameters = real
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    return ask
