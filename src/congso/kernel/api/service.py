"""One API over all systems: a token, or the session with CSRF; Vietnamese refusals as problem answers."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer, SessionAuth
from psycopg.errors import NumericValueOutOfRange

from congso.kernel.accounts.models import ApiToken
from congso.kernel.accounts.tokens import TokenRefused, check_reach
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState
from congso.lib.nul import is_about_nul


class Problem(Schema):
    """What a refused act answers: a sentence for people, a code for programs, and what is wrong in a form."""

    code: str
    message: str
    wrong: list[str] = []


class OfficeApi(NinjaAPI):
    """Describes with every act that it may be refused, always in the same form."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """The description, with `Problem` as the answer of every 4xx."""
        schema = super().get_openapi_schema(**how)
        schema["components"]["schemas"]["Problem"] = Problem.json_schema()
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for acts in schema["paths"].values():
            for act in acts.values():
                act["responses"].setdefault("4XX", {"description": "Từ chối, kèm lý do", "content": content})
        return schema


class OfficeToken(HttpBearer):
    """A personal token (“Mã truy cập”) in the header: for its systems, to read or to act. Needs no form's token.

    `EnterOffice` has checked it and opened the transaction for its person; here is its reach.
    """

    openapi_description = "Mã truy cập cá nhân; phạm vi: từng hệ thống, chỉ đọc hoặc được làm việc."

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """Whichever header it came in (`bearer_token`), its reach is looked at."""
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        held: ApiToken | None = getattr(request, "token", None)
        if held is not None:
            check_reach(held, path=request.path_info, method=request.method or "")
        return held


class OfficeSession(SessionAuth):
    """The portal's own session; a request without one is answered 401."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        if getattr(request, "token", None) is not None:
            return None  # a token is never more than its reach
        return request.user if request.user.is_authenticated else None


api = OfficeApi(
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


@api.exception_handler(ValidationError)
def _wrong_form(request: HttpRequest, found: ValidationError) -> HttpResponse:
    wrong = [".".join(str(part) for part in one["loc"]) for one in found.errors]
    problem = {"code": "wrong_form", "message": "Dữ liệu gửi lên không đúng quy định của API.", "wrong": wrong}
    return api.create_response(request, problem, status=422)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    words = "Hãy đăng nhập hoặc gửi mã truy cập." if error.status_code == 401 else "Không đọc được dữ liệu gửi lên."
    code = "unauthenticated" if error.status_code == 401 else "wrong_form"
    return api.create_response(request, {"code": code, "message": words}, status=error.status_code)


@api.exception_handler(ValueError)
@api.exception_handler(DataError)
def _unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A NUL among the words, or a number beyond the database's (a page of 10²⁴ lines): it cannot even look for it.

    Everything else is a fault.
    """
    if isinstance(error.__cause__, NumericValueOutOfRange):
        problem = {"code": "wrong_form", "message": "Dữ liệu gửi lên có số vượt quá giới hạn."}
        return api.create_response(request, problem, status=422)
    if not is_about_nul(error):
        raise error
    problem = {"code": "wrong_form", "message": "Dữ liệu gửi lên có ký tự không hợp lệ (NUL)."}
    return api.create_response(request, problem, status=422)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _not_found(request: HttpRequest, missing: Exception) -> HttpResponse:
    problem = {"code": "not_found", "message": "Không có hồ sơ này, hoặc bạn không được xem."}
    return api.create_response(request, problem, status=404)


def mount_routers() -> None:
    """Add every installed system's router; done once, when addresses are first read."""
    for config in apps.get_app_configs():
        if config.name.startswith("congso.") and config.label != "api" and find_spec(f"{config.name}.api"):
            api.add_router(f"/{config.label}", import_module(f"{config.name}.api").router, tags=[config.label])


mount_routers()
