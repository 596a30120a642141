"""Who may come in: auditors. The database shows nobody else more than her own lines."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from congso.apps.security.queries import audits
from congso.kernel.accounts.requests import OfficeRequest

View = Callable[..., HttpResponseBase]


def auditors_only(view: View) -> View:
    """Signed in, and an auditor today."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not audits(request):
            raise PermissionDenied(_("Chỉ người soát xét nhật ký được xem trang này."))
        return view(request, *args, **kwargs)

    return login_required(guarded)
