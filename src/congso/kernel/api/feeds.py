"""Calendars other software reads with a personal token: who may, and the file as it is sent."""

from django.http import HttpResponse

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.accounts.tokens import check_reach

CHALLENGE = 'Basic realm="Cong So", charset="UTF-8"'
CALENDAR = "text/calendar; charset=utf-8"


def turned_away(request: OfficeRequest) -> HttpResponse | None:
    """The answer to who is nobody, asked for a password: calendars send one only then. None: go on.

    Raises TokenRefused where the token does not reach.
    """
    if request.token is not None:
        check_reach(request.token, path=request.path_info, method=request.method or "GET")
        return None
    if not request.user.is_authenticated:
        return HttpResponse(status=401, headers={"WWW-Authenticate": CHALLENGE})
    return None


def calendar_answer(told: str, name: str) -> HttpResponse:
    """An iCalendar file, kept by nobody on the way."""
    answer = HttpResponse(told, content_type=CALENDAR)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
