"""What moves a batch: questions, presses, the archive's dossiers, the seal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.digitization import services
from congso.apps.digitization.forms import EngineForm, HandOverForm, ReceiveForm
from congso.apps.digitization.models import Folder, ScanBatch
from congso.apps.digitization.services.filing import file_folder
from congso.apps.digitization.views.shared import keys_of, seen_batch
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import Question, ask, found_or_404, press, pressed, who, with_note, with_reason
from congso.kernel.workflow.services import Refused


def _hand_over_form(data: Any, batch: ScanBatch) -> HandOverForm:
    return HandOverForm(data, initial={"sheets": batch.sheets_received})


QUESTIONS: dict[str, Question] = {
    "receive": Question(
        lambda data, batch: ReceiveForm(data, initial={"sheets": batch.sheets_planned or None}),
        lambda batch, form, **told: services.receive_originals(batch, **form.cleaned_data, **told),
    ),
    "process": pressed(services.start_processing),
    "pause": pressed(services.pause_processing),
    "bind": pressed(services.bind_more),
    "rescan": with_reason(services.rescan),
    "accept": with_note(services.accept_batch),
    "return_work": with_reason(services.return_work),
    "hand_over": Question(
        _hand_over_form, lambda batch, form, **told: services.hand_over_batch(batch, **form.cleaned_data, **told)
    ),
    "reread": Question(
        lambda data, _batch: EngineForm(data),
        lambda batch, form, **told: services.start_rereading(batch, **form.cleaned_data, **told),
    ),
    "cancel": with_reason(services.cancel_batch),
}


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a batch."""
    return ask(request, seen_batch(request, pk), key, QUESTIONS)


@login_required
@require_POST
@found_or_404
def file_away(request: OfficeRequest, pk: int, folder_id: int) -> HttpResponseBase:
    """Put what was made of a paper dossier into the archive's record of it."""
    batch = seen_batch(request, pk)
    folder = get_object_or_404(Folder, pk=folder_id, batch=batch)
    back = reverse("digitization:detail", args=[pk])
    done = _("Đã đưa các bản số hóa vào hồ sơ %(code)s.") % {"code": folder.code}
    return press(request, lambda: file_folder(folder, **who(request)), done, back)


@login_required
@require_POST
@found_or_404
def sign(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A lot of files for the body's seal; the next page asks for the PIN."""
    batch = seen_batch(request, pk)
    if "sign" not in keys_of(request, batch):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("digitization:detail", pk)
    typed = request.POST.get("credential", "")
    chosen = next((one for one in credentials_of(active=True) if str(one.pk) == typed), None)
    if chosen is None:
        messages.error(request, _("Hãy chọn chứng thư số của cơ quan."))
        return redirect("digitization:detail", pk)
    try:
        lot = services.sign_copies(batch, credential=chosen, **who(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("digitization:detail", pk)
    return redirect("signing:batch", lot.pk)
