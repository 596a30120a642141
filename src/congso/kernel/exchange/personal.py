"""Personal data of exchange: which clerk vouched for a sender's certificate."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import work_trace

PERSONAL_DATA = (work_trace("exchange.PeerCertificate", "confirmed_by", _("Văn thư xác nhận chứng thư của nơi gửi")),)
