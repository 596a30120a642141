"""What preflight says of a file."""

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from congso.kernel.composing.contents import Layout, Marks, PaperContent, Signature


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # must be mended before signing
    WARNING = "warning"  # a person should look
    NOTE = "note"  # good to know


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the rules want it.

    `code` is stable (`margins.left`). `message` says in Vietnamese what is wrong, `mending` how to mend it, `source`
    where the rule stands. `page` is known of PDFs only; `paragraph` counts the paragraphs of the file's body from 1
    (those of cells too), 0 when the finding is of the whole file. `excerpt`: the words it is about.
    """

    code: str
    severity: Severity
    message: str
    mending: str
    source: str
    can_be_repaired: bool = False
    paragraph: int = 0
    page: int = 0
    excerpt: str = ""

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class AmendedPaper:
    """A paper this one amends, supplements, replaces or abolishes; must be named exactly (office 1.5)."""

    symbol: str
    issued_on: date | None = None


@dataclass(frozen=True)
class Expected:
    """What the register knows of the paper; empty parts are not compared.

    `allowed_types`: keys of the types the body may issue on the day (`powers.allowed_types`), None when unknown.
    `is_final`: the file goes for signature or issue: draft marks, comments and tracked changes are then errors.
    `issuer_is_collective`: a committee, where nobody signs K/T.
    """

    layout: Layout
    issuer: str = ""
    parent: str = ""
    symbol: str = ""
    number: int | None = None
    issued_on: date | None = None
    place: str = ""
    doc_type: str = ""
    type_name: str = ""
    title: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
    amends: tuple[AmendedPaper, ...] = ()
    allowed_types: frozenset[str] | None = None
    issuer_is_collective: bool | None = None
    is_final: bool = True

    @classmethod
    def of(cls, content: PaperContent, **more: Any) -> "Expected":
        """What a paper made from the content must show; `more` overrides or adds (`amends`, `allowed_types`)."""
        known: dict[str, Any] = {
            name: getattr(content, name)
            for name in (
                "layout", "issuer", "parent", "symbol", "number", "issued_on", "place", "doc_type", "type_name",
                "title", "signatures", "recipients", "addressees", "marks",
            )
        }  # fmt: skip
        return cls(**known | {"is_final": content.marks.draft == 0} | more)
