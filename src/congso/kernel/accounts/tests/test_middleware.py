"""One request, one transaction, one person; an error answer leaves nothing behind."""

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.accounts.middleware import EnterOffice
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def request_of(who: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = User.objects.get(username=who)
    return request


def write_a_job(request: HttpRequest) -> None:
    Job.objects.create(task="x", label="x", person_id=request.actor.id, queued_at=timezone.now())


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (400, 0), (404, 0), (500, 0)])
def test_an_error_answer_rolls_everything_back(world: World, status: int, kept: int) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        write_a_job(request)
        return HttpResponse(status=status)

    EnterOffice(view)(request_of("clerk"))
    with acting_as(Actor.person(world.clerk)):
        assert Job.objects.count() == kept


def test_a_view_sees_as_its_person(world: World) -> None:
    seen: list[frozenset[int]] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.extend([request.principals, current_principals()])
        return HttpResponse()

    EnterOffice(view)(request_of("head"))
    assert seen[0] == seen[1] != frozenset()


def test_what_streams_after_the_transaction_sees_nothing(world: World) -> None:
    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(str(Person.objects.count()) for _ in range(1))

    response = EnterOffice(view)(request_of("clerk"))
    assert b"".join(response) == b"0"
