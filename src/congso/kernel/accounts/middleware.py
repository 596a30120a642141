from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from congso.kernel.access.services import NOBODY, Actor, enter
from congso.kernel.accounts.factors import has_second_factor, must_have_second_factor
from congso.kernel.accounts.journaling import DESK, note_here
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.accounts.sessions import is_left_alone, keep_session
from congso.kernel.accounts.tokens import TokenRefused, bearer_token

# Where somebody not yet known may be on the way to being known: the sign-in desk's own pages.
DESK_PATHS: Final = ("/tai-khoan/", "/identity/", "/.well-known/")
API_PATH: Final = "/api/"
# What one may do before the second factor that one must have is set up.
SET_UP_VIEWS: Final = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_logout",
        "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    }
)  # fmt: skip
Answer = Callable[[OfficeRequest], HttpResponse]


class EnterOffice:
    """Every request is one transaction, opened for the signed-in person, for the sign-in desk, or for nobody.

    On the API a token in the header speaks for its person, whatever session the browser has.
    An error answer (4xx, 5xx) rolls everything back: nothing stays half done. `request.actor` and
    `request.principals` are what views pass on.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        try:
            request.token = bearer_token(request) if request.path_info.startswith(API_PATH) else None
        except TokenRefused as refused:
            return JsonResponse({"code": refused.code, "message": str(refused)}, status=refused.status)
        if request.token is not None:
            request.user = request.token.user
        with transaction.atomic():
            request.actor = _actor(request)
            request.principals = enter(request.actor)
            request.is_factor_pending = False
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


def _actor(request: OfficeRequest) -> Actor:
    user = request.user
    if user.is_authenticated:
        return Actor.person(user.person_id)
    return DESK if request.path_info.startswith(DESK_PATHS) else NOBODY


class WatchSession:
    """A session nobody works in ends; one whose person's powers changed goes on under a new key."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        response = self._answer(request)
        return redirect_to_login(_page_of(request)) if _is_turned_away(request, response) else response

    def _answer(self, request: OfficeRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.token is not None:
            return self.get_response(request)
        now = timezone.now()
        if is_left_alone(request, request.principals, at=now):
            return _end(request)
        response = self.get_response(request)
        # A refused answer takes everything back: a key changed in it would lead to no session.
        is_kept = response.status_code < 400 and request.user.is_authenticated
        if is_kept and keep_session(request, request.principals, at=now):
            note_here(request, "session_rekeyed", person_id=request.actor.person_id)
        return response


def _end(request: OfficeRequest) -> HttpResponse:
    note_here(request, "session_expired", person_id=request.actor.person_id)
    logout(request)
    if request.path_info.startswith(API_PATH):
        return JsonResponse({"code": "session_expired", "message": "Phiên làm việc đã hết hạn."}, status=401)
    return redirect_to_login(_page_of(request))


def _page_of(request: OfficeRequest) -> str:
    """The page to come back to after signing in: the one asked for, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc == request.get_host() and url_has_allowed_host_and_scheme(came.path, allowed_hosts=None):
        return f"{came.path}?{came.query}" if came.query else came.path
    return reverse("web:home")


def _is_turned_away(request: OfficeRequest, response: HttpResponse) -> bool:
    """Whether a form was sent with a session that was over before and its view asks to sign in."""
    is_form = request.method == "POST" and not request.path_info.startswith((*DESK_PATHS, API_PATH))
    to_sign_in = f"{reverse('account_login')}?{REDIRECT_FIELD_NAME}="
    return is_form and response.headers.get("Location", "").startswith(to_sign_in)


class LeadToSecondFactor:
    """Who must have a second factor and has none can do nothing but set one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        user = request.user
        request.is_factor_pending = (
            user.is_authenticated and must_have_second_factor(request.principals) and not has_second_factor(user)
        )
        return self.get_response(request)

    def process_view(self, request: OfficeRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the view of any address: let through the set-up alone."""
        match = request.resolver_match
        if not request.is_factor_pending or (match and match.view_name in SET_UP_VIEWS):
            return None
        if request.path_info.startswith(API_PATH):
            words = "Vai trò của bạn phải có lớp xác thực thứ hai. Hãy thiết lập trên trang Tài khoản, bảo mật."
            return JsonResponse({"code": "second_factor_needed", "message": words}, status=403)
        return HttpResponseRedirect(reverse("mfa_index"))
