"""Personal data of exchange: which clerk vouched for a sender's certificate. Packets are signed by systems."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import NotPersonal, work_trace

_SYSTEM = "the certificate of an agency's system, nobody's own"
PERSONAL_DATA = (
    work_trace("exchange.PeerCertificate", "confirmed_by", _("Văn thư xác nhận chứng thư của nơi gửi")),
    NotPersonal("exchange.PeerCertificate", "fingerprint", _SYSTEM),
    NotPersonal("exchange.Packet", "signer", _SYSTEM),
    NotPersonal("exchange.Packet", "signer_fingerprint", _SYSTEM),
)
