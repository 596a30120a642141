"""What a packet says, in plain values. Moments are of the office's clock (+07:00)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum

OFFICE_ZONE = timezone(timedelta(hours=7))


class Kind(IntEnum):
    """BussinessDocType: what the packet does with the document (office 3.3)."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3


class Status(StrEnum):
    """What the receiver has done with the document (office 3.4)."""

    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    IN_WORK = "05"
    DONE = "06"
    TAKE_BACK_ASKED = "13"
    TAKE_BACK_AGREED = "15"
    TAKE_BACK_REFUSED = "16"


@dataclass(frozen=True)
class Organ:
    """A sender or addressee, by its electronic code (Quyết định 20/2020/QĐ-TTg)."""

    code: str
    name: str
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True)
class Answered:
    """The document an answer or a status is about (ResponseFor)."""

    organ: str
    symbol: str
    issued_on: date | None
    document_id: str


@dataclass(frozen=True)
class Staff:
    """Whom to call about the packet."""

    department: str = ""
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True)
class Hop:
    """A system the packet went through, and when by that system's clock."""

    organ: str
    at: datetime


@dataclass(frozen=True)
class Replacement:
    """A replaced document and the organizations that must replace it."""

    document_id: str
    organs: tuple[str, ...]


@dataclass(frozen=True)
class Business:
    """What is to be done with the document, why, and about which earlier one."""

    kind: Kind = Kind.NEW
    reason: str = ""
    document_id: str = ""
    is_content_changed: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    staff: Staff | None = None
    has_paper: bool = False


@dataclass(frozen=True)
class Attachment:
    """An enclosed file, decoded; `id` binds it to its line in the manifest."""

    id: str
    name: str
    content: bytes
    content_type: str = "application/octet-stream"
    description: str = ""


@dataclass(frozen=True)
class DocumentPacket:
    """A document on its way, or the recall, update or replacement of one."""

    sender: Organ
    receivers: tuple[Organ, ...]
    number: str
    notation: str
    issued_on: date
    type_name: str
    subject: str
    signer: str
    document_id: str
    hops: tuple[Hop, ...]
    place: str = ""
    type_code: int = 0
    type_detail: int = 0
    content: str = ""
    competence: str = ""
    position: str = ""
    due_on: date | None = None
    to_places: tuple[str, ...] = ()
    urgency: int = 0
    sphere: str = ""
    drafter: str = ""
    copies: int | None = None
    pages: int | None = None
    appendixes: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    steering: int = 0
    business: Business = field(default_factory=Business)
    attachments: tuple[Attachment, ...] = ()

    @property
    def concerns(self) -> tuple[str, ...]:
        """The DocumentIds this packet is about: its own when new, the earlier ones otherwise."""
        if self.business.kind == Kind.REPLACE:
            return tuple(one.document_id for one in self.business.replacements)
        return (self.document_id,) if self.business.kind == Kind.NEW else (self.business.document_id,)


@dataclass(frozen=True)
class StatusPacket:
    """What a receiver tells the sender of a document."""

    sender: Organ
    about: Answered
    status: Status
    at: datetime
    description: str = ""
    staff: Staff | None = None


Packet = DocumentPacket | StatusPacket


def document_id(organ: str, issued_on: date, number: str, notation: str) -> str:
    """`{OrganId},{yyyy/MM/dd},{CodeNumber}/{CodeNotation}` (office 3.2, 1.14)."""
    return f"{organ},{issued_on:%Y/%m/%d},{number}/{notation}"
