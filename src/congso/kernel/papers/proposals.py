"""What the reading machine hands over: proposals with their places, confidence and doubts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congso.lib.layout import Place
from congso.lib.recurrences import Recurrence


class FieldName(StrEnum):
    """The fields of a paper; the first nine are those the command line prints."""

    NUMBER_SYMBOL = "number_symbol"
    ISSUED_DATE = "issued_date"
    ISSUING_AGENCY = "issuing_agency"
    PARENT_AGENCY = "parent_agency"
    DOC_TYPE = "doc_type"
    TITLE = "title"
    SIGNER = "signer"
    URGENCY = "urgency"
    SECRECY = "secrecy"
    PLACE = "place"
    SIGNER_POST = "signer_post"
    AUTHORITY = "authority"
    RECIPIENTS = "recipients"
    ADDRESSEES = "addressees"
    CIRCULATION = "circulation"


class Form(StrEnum):
    """Whose form the paper follows (office 1.6, 1.7)."""

    PARTY = "party"
    STATE = "state"
    FRONT = "front"
    YOUTH = "youth"


@dataclass(frozen=True)
class FieldReading:
    """One field as read.

    `value` is what the register takes: the symbol as printed, an ISO date, the name of the type (“Kế hoạch”,
    “Công văn”), the degree of urgency or secrecy (“Khẩn”), recipients a line each, agencies and people in
    ordinary spelling but with the paper's own words: “Văn phòng” below “Tỉnh ủy Lào Cai” (the parent agency), not
    more. `written` is what stands on the paper. `confidence` from 0 to 1. `doubt` says in Vietnamese why a
    person should look; empty when nothing speaks against it.
    """

    name: FieldName
    value: str
    written: str
    confidence: float
    places: tuple[Place, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class PaperFields:
    """All fields that were found; what is missing was not found.

    `page_sizes` are the width and height of each page in points, so that places can be shown on a picture.
    """

    form: Form
    readings: Mapping[FieldName, FieldReading] = field(default_factory=dict)
    page_sizes: tuple[tuple[float, float], ...] = ()

    def value(self, name: FieldName) -> str:
        """The value of a field, empty when it was not found."""
        found = self.readings.get(name)
        return found.value if found else ""

    @property
    def confidence(self) -> float:
        """Of the whole, see `confidence_of`."""
        return confidence_of(self.readings)


_WEIGHED = (
    FieldName.NUMBER_SYMBOL,
    FieldName.ISSUED_DATE,
    FieldName.ISSUING_AGENCY,
    FieldName.DOC_TYPE,
    FieldName.TITLE,
    FieldName.SIGNER,
)


def confidence_of(readings: Mapping[FieldName, FieldReading]) -> float:
    """The mean over number, date, issuer, type, title and signer, a missing one counting 0."""
    return sum(readings[name].confidence for name in _WEIGHED if name in readings) / len(_WEIGHED)


@dataclass(frozen=True)
class TaskProposal:
    """One task as the paper gives it.

    `lead` and `supporting` are units as written, one name each; where the paper names several to lead, `lead` is
    its own list of them and the doubt says so (`tasks.units.split_units` tells them apart). `start` and `due` are
    ISO dates or a year (“2025”), empty when the paper names none. `clause` like “Phụ lục II.5” or “IV.2”; `chapter`
    the heading it stands under. `schedule_text` is the schedule as printed (“theo tiến độ của Trung ương”). `doubt`
    says in Vietnamese what a person should look at.
    """

    text: str
    clause: str
    lead: str = ""
    supporting: tuple[str, ...] = ()
    start: str = ""
    due: str = ""
    recurrence: Recurrence | None = None
    schedule_text: str = ""
    product: str = ""
    chapter: str = ""
    confidence: float = 1.0
    places: tuple[Place, ...] = ()
    doubt: str = ""
