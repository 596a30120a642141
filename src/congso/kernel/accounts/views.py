"""The person's own page of sign-in: where she is signed in, and ending it elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel.accounts.journaling import note_here
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.accounts.sessions import end_sessions, sessions_of


@login_required
@require_GET
def sessions(request: OfficeRequest) -> HttpResponse:
    """Where the person is signed in now."""
    found = sessions_of(account_of(request), current=request.session.session_key)
    return render(request, "account/sessions.html", {"sessions": found})


@login_required
@require_POST
def end_session(request: OfficeRequest) -> HttpResponse:
    """Sign out elsewhere: of the session named, or of all the others."""
    named = request.POST.get("session", "")
    only = int(named) if named.isdigit() else None
    ended = end_sessions(account_of(request), only=only, keep=request.session.session_key)
    if ended:
        note_here(request, "sessions_ended", person_id=request.actor.person_id, count=ended)
        messages.success(request, _("Đã đăng xuất khỏi %(count)s phiên khác.") % {"count": ended})
    return redirect("usersessions_list")
