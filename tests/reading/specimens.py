"""The set of sixty: forty the rules were written beside, twenty written afterwards from fresh looks at papers."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from congso.kernel.papers.proposals import FieldName, Form
from tests.reading.papers import Look, Medium, Signing, Specimen

_HERE = Path(__file__).parent
_ORDER = (Medium.SCAN_200, Medium.PDF, Medium.SCAN_300, Medium.SCAN_200, Medium.PRINTED_DOCX, Medium.SCAN_300)
_FONTS = ("Tinos", "Tinos", "Tinos", "Tinos", "DejaVu Serif", "Tinos", "Arimo")


def known() -> tuple[Specimen, ...]:
    """The forty after whose habits the rules were written."""
    return _in_media(_HERE / "specimens.json")


def unseen() -> tuple[Specimen, ...]:
    """The twenty the rules had not seen."""
    return _in_media(_HERE / "unseen.json")


def _in_media(path: Path) -> tuple[Specimen, ...]:
    """Each in the medium that falls to it: a third born digital, a third each at 200 and 300 dpi, all a little
    different in skew, noise, compression and letters."""
    placed = []
    for at, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        specimen = _specimen(row)
        medium = Medium.DOCX if at % 13 == 10 else _ORDER[at % len(_ORDER)]
        look: dict[str, Any] = {
            "skew": (0.3, 0.8, 1.3)[at % 3],
            "noise": (16, 28, 40)[at % 3],
            "quality": (60, 72, 82)[(at + 1) % 3],
        }
        font = _FONTS[at % len(_FONTS)]
        if font != "Tinos" and specimen.look.font == "Tinos":
            look |= {"font": font, "size": 12.5}
        placed.append(specimen.as_(medium, **look))
    return tuple(placed)


def _specimen(row: Mapping[str, Any]) -> Specimen:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    signings = tuple(
        Signing(tuple(one["lines"]), one["name"], tuple(one.get("caption", ()))) for one in row["signings"]
    )
    found = {
        **row,
        **lists,
        "form": Form(row["form"]),
        "signings": signings,
        "truth": {FieldName(name): value for name, value in row["truth"].items()},
        "look": Look(**row.get("look", {})),
    }
    return Specimen(**{"superior": (), "recipients": (), "kind": (), **found})
