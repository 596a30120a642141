"""A paper as preflight sees it, whatever file it came in: paragraphs with how they look, pages, what the file carries.

Points and millimetres as in `forms`. None: unknown in this kind of file, so no rule speaks of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from congso.kernel.composing.forms import Align, Component


@dataclass
class Look:
    """How the letters and the shape of a paragraph are; True/False when four fifths agree, None when mixed."""

    size: float | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_underlined: bool | None = None
    is_known: bool = True
    align: Align | None = None
    first_line: float | None = None  # millimetres
    left: float | None = None  # millimetres
    line: float | None = None  # points when exact, lines when multiple
    line_rule: str | None = None  # exact, atLeast, auto
    gap: float | None = None  # points before and after together


@dataclass
class Para:
    """A paragraph of the body or of a cell. `number` from 1; `cell`: table, row, column from 0.

    `fonts`: how many letters stand in each. `handle`: the element in the file, for mending.
    """

    number: int
    text: str
    look: Look = field(default_factory=Look)
    cell: tuple[int, int, int] | None = None
    page: int = 0
    fonts: dict[str, int] = field(default_factory=dict)
    has_rule: bool = False
    is_listed: bool = False
    is_upper_by_look: bool = False
    has_colour: bool = False
    has_highlight: bool = False
    has_hidden: bool = False
    component: Component | None = None
    handle: Any = None

    @property
    def line(self) -> str:
        """The text with single blanks."""
        return " ".join(self.text.replace("\u00a0", " ").split())


@dataclass
class Sheet:
    """The page set-up of one section, in millimetres."""

    width: float
    height: float
    margins: dict[str, float]
    hides_first_number: bool | None = None
    number_place: str | None = None  # header, footer, none
    number_size: float | None = None
    number_is_centred: bool | None = None
    handle: Any = None

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


@dataclass
class Carried:
    """What the file carries beside the words."""

    tracked: int = 0
    comments: int = 0
    properties: dict[str, str] = field(default_factory=dict)
    has_template: bool = False


@dataclass
class Paper:
    """The whole. `is_word`: a DOCX, which can be mended."""

    paragraphs: list[Para]
    sheets: list[Sheet]
    carried: Carried = field(default_factory=Carried)
    is_word: bool = True
    pages: int = 0
    header_has_rule: bool = True

    def of(self, *components: Component) -> list[Para]:
        """The paragraphs that are one of these, in order."""
        return [one for one in self.paragraphs if one.component in components]

    def first(self, component: Component) -> Para | None:
        return next(iter(self.of(component)), None)

    def text_of(self, *components: Component) -> str:
        """Their lines as one."""
        return " ".join(one.line for one in self.of(*components) if one.line)

    def body(self) -> Iterator[Para]:
        """Everything between head and tail, tables too."""
        return (one for one in self.paragraphs if one.component in BODY_COMPONENTS)


BODY_COMPONENTS = frozenset(
    {
        Component.BASIS, Component.BODY, Component.ENACTING, Component.PART, Component.SECTION, Component.HEADING,
        Component.ARTICLE, Component.TABLE,
    }
)  # fmt: skip


def with_letters(paragraphs: Iterable[Para]) -> list[Para]:
    """Those that print something."""
    return [one for one in paragraphs if one.line]
