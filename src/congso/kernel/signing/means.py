"""What signing needs beside a key: whom to trust, who gives the time, and how lasting the signature shall be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from asn1crypto import x509
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

_SECONDS = 20


class Level(StrEnum):
    """Baseline levels of ETSI EN 319 142-1, from the least to the most lasting."""

    B_B = "B-B"  # the signature alone; its time is the signer's word
    B_T = "B-T"  # and a trusted timestamp
    B_LT = "B-LT"  # and what is needed to check it later: certificates, OCSP, CRL
    B_LTA = "B-LTA"  # and a timestamp over all that, renewable for ever


@dataclass(frozen=True)
class Means:
    """`anchors`: trusted roots. Without a `timestamper` only B-B can be made."""

    anchors: Sequence[x509.Certificate] = ()
    timestamper: TimeStamper | None = None
    level: Level = Level.B_LTA
    known: Sequence[x509.Certificate] = field(default=())  # intermediate certificates signers may leave out

    def validation(self) -> ValidationContext:
        """pyHanko's context for collecting revocation data; asks OCSP and CRL addresses of certificates."""
        return ValidationContext(
            trust_roots=list(self.anchors), other_certs=list(self.known), allow_fetching=True,
            revocation_mode="hard-fail",
        )  # fmt: skip


def timestamper_at(address: str) -> TimeStamper | None:
    """The timestamping authority at an address; none for an empty one."""
    return HTTPTimeStamper(address, timeout=_SECONDS) if address else None
