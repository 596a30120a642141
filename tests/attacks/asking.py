"""Asking any route as anybody, with the least form it accepts."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.internal.flows import login
from django.db import transaction
from django.test import Client

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from tests.routes import Route, body_of, way_of

REFUSED = {401, 403, 404, 405}
SIGN_IN = "/tai-khoan/login/"


def signed_in(who: str | None, **more: Any) -> Client:
    """A client of one of the cast, or of nobody; an error of the portal is an answer, not an exception."""
    client = Client(raise_request_exception=False, **more)
    if who:
        with acting_as(Actor.system(System.SIGN_IN)):
            client.force_login(User.objects.get(username=who))
        session = client.session  # just proved who she is, so that changes of factors are not asked to prove it again
        proved = {"method": "password", "at": time.time(), "username": who, "reauthenticated": True}
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [proved]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
        with acting_as(Actor.system(System.SIGN_IN)):
            session.save()
    return client


def ask(client: Client, route: Route, address: str, method: str) -> Any:
    """The answer to one request; an act of the API with its least valid form."""
    way = way_of(route)
    if not route.is_api:
        return client.post(address, way.form) if way and method == "POST" else client.generic(method, address)
    body = body_of(route)
    if way and way.form:
        body = {**body, **way.form}
    if "multipart/form-data" in route.operation.get("requestBody", {}).get("content", {}):
        return client.post(address, body)
    return client.generic(method, address, "" if body is None else json.dumps(body), content_type="application/json")


def is_refused(answer: Any) -> bool:
    """Whether the answer is no, or sends to the sign-in."""
    return answer.status_code in REFUSED or (answer.status_code == 302 and SIGN_IN in answer["Location"])


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that ends as if it had not been: what an owner's request did is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
