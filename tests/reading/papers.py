"""A specimen: what stands on an invented paper, how it is printed, and what a reader should find."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congso.kernel.papers.proposals import FieldName, Form


class Medium(StrEnum):
    """What file the specimen becomes."""

    PDF = "born-digital PDF"
    PRINTED_DOCX = "DOCX printed"
    DOCX = "DOCX without pages"
    SCAN_200 = "scan 200 dpi"
    SCAN_300 = "scan 300 dpi"


@dataclass(frozen=True)
class Signing:
    """One signature block: lines in capitals, then the name as printed."""

    lines: tuple[str, ...]
    name: str
    caption: tuple[str, ...] = ()
    """What a signing program prints between post and name."""


@dataclass(frozen=True)
class Look:
    """How it is printed and scanned; the defaults are a tidy office."""

    font: str = "Tinos"
    size: float = 14.0
    left_share: int = 45
    is_issuer_bold: bool = True
    is_post_bold: bool = True
    rule: str = "line"
    """Under the abstract: “line” drawn, or the characters printed."""
    has_annex: bool = False
    is_indented: bool = True
    is_tight: bool = False
    skew: float = 0.8
    noise: int = 24
    is_grey: bool = True
    has_seal: bool = False
    has_arrival_stamp: bool = False
    quality: int = 72


@dataclass(frozen=True)
class Specimen:
    """A paper. Lines are given as they are broken; `about` of typed papers is broken by the page."""

    name: str
    form: Form
    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    dated: str
    kind: tuple[str, ...]
    about: str
    signings: tuple[Signing, ...]
    recipients: tuple[str, ...]
    truth: Mapping[FieldName, str]
    addressed: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    decider: str = ""
    marks: tuple[str, ...] = ()
    top_marks: tuple[str, ...] = ()
    paragraphs: int = 4
    medium: Medium = Medium.PDF
    look: Look = field(default_factory=Look)

    @property
    def country(self) -> tuple[str, ...]:
        if self.form is Form.PARTY:
            return ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        if self.form is Form.YOUTH:
            return ("ĐOÀN TNCS HỒ CHÍ MINH",)
        return ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

    def as_(self, medium: Medium, **look: object) -> "Specimen":
        """The same paper in another file, looking otherwise."""
        return replace(self, medium=medium, look=replace(self.look, **look))
