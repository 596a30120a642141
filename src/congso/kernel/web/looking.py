"""Every look at a record that only an emergency opening shows is kept and journaled, whatever address shows it."""

from collections.abc import Callable

from django.http import HttpResponse

from congso.kernel.access.openings import holds_opening, note_use
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Attachment
from congso.kernel.records.types import record_types

_API = "api"


class KeepLooks:
    """After an answer that shows a record: who holds an opening has looked. Costs others nothing."""

    def __init__(self, get_response: Callable[[OfficeRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 and holds_opening(request.principals):
            record = _record_shown(request)
            if record is not None:
                note_use(record, path=request.path_info)
        return response


def _record_shown(request: OfficeRequest) -> int | None:
    """The record an address names: of a system that keeps records (page or REST), of a file, of “ai xem được”."""
    match = request.resolver_match
    pk = next((value for value in match.kwargs.values() if isinstance(value, int)), None) if match else None
    if match is None or pk is None:
        return None
    if match.app_name == "files":
        return Attachment.objects.filter(pk=pk).values_list("record_id", flat=True).first()
    systems = {str(one.url_name).partition(":")[0] for one in record_types()}
    parts = request.path_info.split("/")
    system = parts[3] if parts[1] == _API and len(parts) > 3 else match.app_name
    return pk if system in systems or match.view_name == "web:seen_by" else None
