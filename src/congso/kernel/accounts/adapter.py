"""allauth's account hooks: the office's words, and lines in the journal."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.federation import level_of
from congso.kernel.accounts.journaling import note_here
from congso.kernel.accounts.models import User
from congso.kernel.accounts.sessions import begin_session, keep_level
from congso.kernel.accounts.watching import Before, note_failure, note_sign_in


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office, never by self-registration."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động. Hãy báo quản trị của cơ quan."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi đăng nhập lại."),
        "rate_limited": _("Gửi quá nhanh. Hãy đợi ít phút rồi làm lại."),
        "enter_current_password": _("Mật khẩu hiện nay chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong name or password. Only names that exist are written down: people type passwords there too."""
        known = User.objects.filter(username=credentials.get("username", "")).values_list("username", flat=True)
        person_id = request.user.person_id if request.user.is_authenticated else None
        note_here(request, "sign_in_failed", person_id=person_id, username=known.first() or "", step="password")
        if person_id is None:
            note_failure(credentials.get("username", ""), at=timezone.now())

    def login(self, request: HttpRequest, user: Any) -> None:
        """All steps are done: the session becomes the person's, with a new key."""
        super().login(request, user)
        begin_session(request)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        steps = [one.get("type") or one["method"] for one in get_authentication_records(request, user)]
        level = level_of(request, user)
        keep_level(request, level)
        told = {"steps": steps, **({"level": level} if level else {})}
        note_here(request, "signed_in", person_id=user.person_id, **told)
        _tell_of_before(request, note_sign_in(request, response, user, at=timezone.now()))
        return response

    def set_password(self, user: Any, password: str) -> None:
        """Only the hash changes: the application's role may not write an account's other columns."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago need not prove again who she is."""
        records = get_authentication_records(self.request, self.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(self, request: HttpRequest, level: int, *more: Any, **named: Any) -> None:
        """allauth's own remarks are English and say what the page shows; our views speak for themselves."""


def _tell_of_before(request: HttpRequest, before: Before) -> None:
    """When she was last here and what was tried since: who was not here last knows that somebody else was."""
    if before.signed_in_at is None and not before.failures:
        return
    when = f"{timezone.localtime(before.signed_in_at):%H:%M %d/%m/%Y}" if before.signed_in_at else _now("chưa có")
    words = _now("Lần đăng nhập trước: %(when)s, %(device)s.") % {"when": when, "device": before.device or "—"}
    if before.failures:
        words += " " + _now("Từ đó có %(count)s lần đăng nhập sai.") % {"count": before.failures}
        messages.warning(request, words)
    else:
        messages.info(request, words)
