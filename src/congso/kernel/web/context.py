"""What the frame around every page shows."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.accounts.sessions import idle_seconds
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import assignments_of
from congso.kernel.notify.queries import unread_count
from congso.kernel.web.navigation import ShownGroup, ShownItem, grouped, menu_for

THEMES = ("light", "dark")
BOTTOM_PLACES = 4
MENU_COOKIE = "menu"


class Shell:
    """The frame's facts, asked for only when a page shows them: a fragment costs no extra query."""

    def __init__(self, request: OfficeRequest) -> None:
        self._request = request

    @property
    def is_signed_in(self) -> bool:
        """Whether there is somebody to greet, and nothing she must do first."""
        return self._request.actor.person_id is not None and not self._request.is_factor_pending

    @property
    def theme(self) -> str:
        """Light or dark as chosen, or “system”."""
        chosen = self._request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else "system"

    @cached_property
    def menu(self) -> list[ShownItem]:
        """The menu of this person."""
        return menu_for(self._request)

    @cached_property
    def menu_groups(self) -> list[ShownGroup]:
        """The menu under its headings, open as this device remembers."""
        return grouped(self.menu, self._request.COOKIES.get(MENU_COOKIE))

    @property
    def bottom(self) -> list[ShownItem]:
        """The entries of a phone's bottom bar."""
        placed = [shown for shown in self.menu if shown.item.phone]
        return sorted(placed, key=lambda shown: shown.item.phone)[:BOTTOM_PLACES]

    @cached_property
    def person_name(self) -> str:
        """Who is signed in."""
        return Person.objects.get(pk=self._request.actor.id).full_name

    @property
    def person_id(self) -> int:
        """Whose drafts the browser may keep and show again."""
        return self._request.actor.id

    @property
    def idle_seconds(self) -> int:
        """After how many seconds without work the session ends."""
        return round(idle_seconds(self._request.principals))

    @cached_property
    def posts(self) -> list[str]:
        """The posts the person holds today, with their organizations."""
        held = assignments_of(self._request.actor.id, timezone.localdate())
        return [f"{one.post.name}, {one.post.organization.short_name or one.post.organization.name}" for one in held]

    @cached_property
    def unread(self) -> int:
        """Notices not read yet."""
        return unread_count(self._request.actor.id)

    @property
    def sign_in_url(self) -> str:
        """Where an expired session is sent."""
        return reverse("account_login")


def shell(request: OfficeRequest) -> dict[str, Any]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)} if hasattr(request, "actor") else {}
