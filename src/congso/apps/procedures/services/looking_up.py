"""An applicant without an account looks her case up: code and word of the receipt, attempts counted."""

import json
from datetime import timedelta
from typing import Any

from django.db import connection

from congso.apps.procedures.services.secrets import look_up_key
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.counters import count_one_more

_DESK = Actor.system(System.SIGN_IN)
_WINDOW = timedelta(minutes=15)
MOST_FROM_ONE_PLACE = 30  # a whole office may sit behind one address
MOST_FOR_ONE_CODE = 10


class TooMany(Exception):
    """Too many attempts; the message says when to come back."""

    def __str__(self) -> str:
        return "Đã tra cứu quá nhiều lần. Hãy thử lại sau 15 phút, hoặc liên hệ nơi tiếp nhận."


def look_up(code: str, word: str, *, address: str) -> dict[str, Any] | None:
    """How the case stands, or None: a wrong code, a wrong word and no case look alike.

    Raises TooMany. Attempts are counted before anything is looked at, by address and by code.
    """
    with acting_as(_DESK):
        from_here = count_one_more(f"procedures.look-up|ip|{address}", within=_WINDOW)
        for_code = count_one_more(f"procedures.look-up|code|{''.join(code.upper().split())[:80]}", within=_WINDOW)
    if from_here > MOST_FROM_ONE_PLACE or for_code > MOST_FOR_ONE_CODE:
        raise TooMany
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.look_up_case(%s)::text", [look_up_key(code, word)])
        row = cursor.fetchone()
    return _plain(row[0]) if row and row[0] else None


def _plain(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found
