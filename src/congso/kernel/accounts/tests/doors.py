"""What a person at the door does, for tests: signs in step by step, reads codes off an app."""

import re
from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.journal.models import Entry

SIGN_IN = "/tai-khoan/login/"
SECOND_STEP = "/tai-khoan/buoc-hai/"
APP = "/tai-khoan/ung-dung/"
CODES = "/tai-khoan/ma-khoi-phuc/"
SECURITY = "/tai-khoan/bao-mat/"


def sign_in(client: Client, username: str, password: str = PASSWORD) -> Any:
    """The first step."""
    return client.post(SIGN_IN, {"login": username, "password": password})


def code_now(secret: str, *, later: timedelta = timedelta()) -> str:
    """What the authenticator app shows."""
    return str(format_hotp_value(hotp_value(secret, int((timezone.now() + later).timestamp()) // 30)))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as the page says; returns its secret."""
    page = client.get(APP).content.decode()
    secret = re.search(r'class="secret-key">([A-Z2-7]+)<', page)[1]
    answer = client.post(APP, {"code": code_now(secret)})
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == CODES
    return secret


def recovery_codes(client: Client) -> list[str]:
    """The codes the page shows, if it shows any."""
    return re.findall(r"<li><code>(\d{10})</code>", client.get(CODES).content.decode())


def journal(auditor: int, act: str) -> list[dict[str, Any]]:
    """What the journal holds of an act, the newest first, as the auditor reads it."""
    with acting_as(Actor.person(auditor)):
        return [
            {"actor": one.actor, **one.facts} for one in Entry.objects.filter(act=f"accounts.{act}").order_by("-id")
        ]
