"""REST stands on the same services: signed in, refused in Vietnamese, described by OpenAPI."""

import sys

import pytest
from django.test import Client
from ninja import Schema

from congso.kernel.api.service import api
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

RECORDS = ("/api/v1/documents/999999", "/api/v1/directives/tasks/999999")


def routes() -> list[tuple[str, str]]:
    return [(path, method) for path, acts in api.get_openapi_schema()["paths"].items() for method in acts]


def test_every_act_is_described_with_words_for_people() -> None:
    assert len(routes()) > 20
    described = api.get_openapi_schema()["paths"]
    for path, method in routes():
        act = described[path][method]
        assert act["tags"], path
        assert act.get("summary"), path


def test_no_two_forms_share_a_name() -> None:
    """The description knows a form by its class's name alone: of two, one act would be described by the other's."""
    modules = [module for module in list(sys.modules.values()) if module.__name__.startswith("congso.")]
    told: dict[str, set[str]] = {}
    for module in modules:
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Schema) and kind.__module__.startswith("congso."):
                told.setdefault(kind.__name__, set()).add(str(sorted(kind.model_fields)))
    assert len(told) > 20
    assert [name for name, shapes in told.items() if len(shapes) > 1] == []


def test_without_a_session_nothing_answers(client: Client) -> None:
    for path, method in routes():
        address = path.replace("{pk}", "1")
        if "{" not in address:
            assert client.generic(method.upper(), address).status_code in {401, 403}, address


@pytest.mark.parametrize("address", RECORDS)
def test_what_is_not_there_and_what_is_not_yours_look_alike(world: World, signed_in, address: str) -> None:
    answer = signed_in("stranger").get(address)
    assert answer.status_code == 404
    assert answer.json()["message"]


def test_an_act_needs_the_forms_token(world: World) -> None:
    from congso.kernel.accounts.models import User

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="clerk"))
    path = next(path for path, method in routes() if method == "post" and "{" not in path)
    assert client.post(path, {}, content_type="application/json").status_code == 403
