"""One API over all systems: a token, or the session with CSRF; Vietnamese refusals as problem answers."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.security import HttpBearer, SessionAuth

from congso.kernel.accounts.models import ApiToken
from congso.kernel.accounts.tokens import TokenRefused, check_reach
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState


class Problem(Schema):
    """What a refused act answers: a sentence for people and a code for programs."""

    code: str
    message: str


class OfficeToken(HttpBearer):
    """A personal token (“Mã truy cập”) in the header: for its systems, to read or to act. Needs no form's token.

    `EnterOffice` has checked it and opened the transaction for its person; here is its reach.
    """

    openapi_description = "Mã truy cập cá nhân; phạm vi: từng hệ thống, chỉ đọc hoặc được làm việc."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        held: ApiToken | None = getattr(request, "token", None)
        if held is not None:
            check_reach(held, path=request.path_info, method=request.method or "")
        return held


class OfficeSession(SessionAuth):
    """The portal's own session; a request without one is answered 401."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        return request.user if request.user.is_authenticated else None


api = NinjaAPI(
    title="Cổng Số",
    version="1",
    auth=[OfficeToken(), OfficeSession()],
    docs_url=None,
    openapi_url="/openapi.json",
    description="Các nghiệp vụ của Cổng Số cho phần mềm khác.",
)

_STATUS: dict[type[Refused], tuple[int, str]] = {
    NotYours: (403, "not_yours"),
    WrongState: (409, "wrong_state"),
    ReasonMissing: (422, "reason_missing"),
    Refused: (422, "refused"),
}


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    status, code = next(_STATUS[kind] for kind in type(refusal).__mro__ if kind in _STATUS)
    return api.create_response(request, {"code": code, "message": str(refusal)}, status=status)


@api.exception_handler(TokenRefused)
def _out_of_reach(request: HttpRequest, refusal: TokenRefused) -> HttpResponse:
    return api.create_response(request, {"code": refusal.code, "message": str(refusal)}, status=refusal.status)


@api.exception_handler(ObjectDoesNotExist)
def _not_found(request: HttpRequest, missing: ObjectDoesNotExist) -> HttpResponse:
    problem = {"code": "not_found", "message": "Không có hồ sơ này, hoặc bạn không được xem."}
    return api.create_response(request, problem, status=404)


def mount_routers() -> None:
    """Add every installed system's router; done once, when addresses are first read."""
    for config in apps.get_app_configs():
        if config.name.startswith("congso.") and config.label != "api" and find_spec(f"{config.name}.api"):
            api.add_router(f"/{config.label}", import_module(f"{config.name}.api").router, tags=[config.label])


mount_routers()
