"""Papers for the applicant: the receipt with the promised day, the letter of apology."""

import io

import qrcode
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from qrcode.image.svg import SvgPathImage

from congso.apps.procedures.flow import desk_principals
from congso.apps.procedures.models import Case
from congso.apps.procedures.queries import case_of
from congso.apps.procedures.services import word_of
from congso.kernel.access.principals import person
from congso.kernel.accounts.requests import OfficeRequest


@never_cache
@login_required
@require_GET
def receipt(request: OfficeRequest, pk: int) -> HttpResponse:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả; its word is for the applicant, so only she and the desk print it."""
    case = _printed(request, pk)
    context = {
        "case": case, "content": case.publication.content, "papers": [one for one in case.papers.all() if one.is_given],
        "word": word_of(case), "look_up": f"{settings.SITE_URL}{reverse('procedures:look-up')}",
    }  # fmt: skip
    return render(request, "procedures/receipt.html", context)


@never_cache
@login_required
@require_GET
def apology(request: OfficeRequest, pk: int) -> HttpResponse:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả: the latest one."""
    case = _printed(request, pk)
    letter = case.apologies.order_by("-at", "-id").first()
    if letter is None:
        raise Http404
    return render(request, "procedures/apology.html", {"case": case, "letter": letter})


@never_cache
@login_required
@require_GET
def square(request: OfficeRequest, pk: int) -> HttpResponse:
    """The address that looks the case up, as a square code. It carries the code alone: the word is typed."""
    case = _printed(request, pk)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, image_factory=SvgPathImage)
    code.add_data(f"{settings.SITE_URL}{reverse('procedures:look-up')}?ma={case.number}")
    code.make(fit=True)
    held = io.BytesIO()
    code.make_image().save(held)
    return HttpResponse(held.getvalue(), content_type="image/svg+xml")


def _printed(request: OfficeRequest, pk: int) -> Case:
    """A case that was taken in, for its applicant and the desk that took it in; to others there is no such paper."""
    try:
        case = case_of(pk)
    except Case.DoesNotExist:
        raise Http404 from None
    allowed = desk_principals(case.owner) | ({person(case.applicant_id)} if case.applicant_id else set())
    if case.received_at is None or not request.principals & allowed:
        raise Http404
    request.shown_record = pk
    return case
