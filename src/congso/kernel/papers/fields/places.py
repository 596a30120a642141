"""Names of communes, wards and districts that papers name: those the starter directory knows, past ones too."""

import json
from functools import cache
from importlib.resources import files

_KINDS = {"province", "district", "commune"}
_FIRST_WORDS = ("Tỉnh", "Huyện", "Thành phố", "Thị xã", "Thị trấn", "Xã", "Phường", "Quận", "Đặc khu")


@cache
def known_places() -> tuple[str, ...]:
    """Proper names of two syllables and more, without their kind: “Bát Xát”, “Y Tý”."""
    source = files("congso.kernel.directory") / "starter" / "organizations.json"
    listed = json.loads(source.read_text(encoding="utf-8"))["organizations"]
    bare = (_bare(row["name"]) for row in listed if row["kind"] in _KINDS)
    return tuple(dict.fromkeys(name for name in bare if " " in name))


def _bare(name: str) -> str:
    kind = next((first for first in _FIRST_WORDS if name.startswith(first + " ")), "")
    return name.removeprefix(kind).strip()
