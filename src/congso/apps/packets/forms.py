"""What is asked before an act: the reason, or the status to report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.exchange.models import Packet
from congso.kernel.exchange.rules import next_statuses
from congso.lib.edxml.packets import Status

WORDS = {
    Status.REGISTERED: _("03 Đã tiếp nhận"),
    Status.ASSIGNED: _("04 Phân công"),
    Status.IN_WORK: _("05 Đang xử lý"),
    Status.DONE: _("06 Hoàn thành"),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(forms.Form):
    """The next status, and words for the sender."""

    status = forms.ChoiceField(label=_("Trạng thái báo cho nơi gửi"))
    description = forms.CharField(
        label=_("Ghi chú"), max_length=1000, required=False, help_text=_("Nơi gửi đọc được, ví dụ số đến.")
    )

    def __init__(self, *args: Any, packet: Packet, **more: Any) -> None:
        super().__init__(*args, **more)
        found = [one for one in next_statuses(packet.answer) if one in WORDS]
        self.fields["status"].choices = [(one.value, WORDS[one]) for one in found]  # type: ignore[attr-defined]
