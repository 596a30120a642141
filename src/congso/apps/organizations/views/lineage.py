"""The small picture of who followed whom, laid out on the server and drawn as SVG by the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congso.kernel.directory.models import Organization
from congso.kernel.directory.tree import Lineage, Step

BOX, LINE, GAP, ARM = 214, 40, 10, 34
MOST = 8
_LETTERS = 29


@dataclass(frozen=True)
class Box:
    """One organization in the picture; without an address: the count of those not drawn."""

    x: int
    y: int
    text: str
    organization: Organization | None
    day: date | None

    @property
    def middle(self) -> int:
        """Where its line arrives."""
        return self.y + LINE // 2


@dataclass(frozen=True)
class Picture:
    """Predecessors left, the organization itself a point at half the height, successors right; pixels."""

    height: int
    before: list[Box]
    after: list[Box]
    box: int = BOX
    line: int = LINE

    @property
    def middle(self) -> int:
        """The height at which the organization itself stands."""
        return self.height // 2

    @property
    def centre(self) -> int:
        """How far from the left the organization stands."""
        return BOX + ARM if self.before else GAP

    @property
    def width(self) -> int:
        """As wide as the sides that have somebody."""
        return self.centre + (ARM + BOX if self.after else GAP)


def drawn(lineage: Lineage) -> Picture | None:
    """The picture, or None when nobody came before or after."""
    if not lineage.before and not lineage.after:
        return None
    rows = max(_rows(lineage.before), _rows(lineage.after), 1)
    height = rows * (LINE + GAP) + GAP
    right = (BOX + ARM if lineage.before else GAP) + ARM
    return Picture(height, _boxes(lineage.before, 0, height), _boxes(lineage.after, right, height))


def _rows(steps: Sequence[Step]) -> int:
    return min(sum(len(step.others) for step in steps), MOST + 1)


def _boxes(steps: Sequence[Step], x: int, height: int) -> list[Box]:
    named = [(other, step.day) for step in steps for other in step.others]
    shown, rest = named[:MOST], len(named) - MOST
    top = (height - _rows(steps) * (LINE + GAP) + GAP) // 2
    boxes = [
        Box(x, top + place * (LINE + GAP), _short(other.name), other, day) for place, (other, day) in enumerate(shown)
    ]
    if rest > 0:
        boxes.append(Box(x, top + MOST * (LINE + GAP), f"và {rest} tổ chức khác", None, None))
    return boxes


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"
