"""How much of a packet is read before it is refused."""

from dataclasses import dataclass

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds on one packet; `files` is what all attachments may weigh once decoded and unzipped."""

    packet: int = 300 * MB
    files: int = 200 * MB
    attachments: int = 200
    depth: int = 24
    elements: int = 20_000
    text: int = 64 * 1024
    header: int = 4 * MB
    receivers: int = 2_000


LIMITS = Limits()
