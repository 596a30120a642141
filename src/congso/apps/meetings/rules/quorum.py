"""When enough are there, and by when one must be called."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Quorum:
    """At least `part` of `whole` of the members must be there; `source` is the text that says so. 0 of 1: nobody must.

    302-QĐ/TW (model regulation of commune committees): executive and standing committee sit with at least two thirds
    of all their members. Whoever is absent stays in the number.
    """

    part: int
    whole: int
    source: str = ""
    is_verified: bool = False

    def is_reached(self, present: int, members: int) -> bool:
        """Compared as whole numbers, never rounded; without members nothing is reached that asks for any."""
        return self.part == 0 or (members > 0 and self.whole * present >= self.part * members)


def needed(quorum: Quorum, members: int) -> int:
    """The least number that is enough."""
    return -(-quorum.part * members // quorum.whole)


def quorum_words(quorum: Quorum, present: int, members: int) -> str:
    """Why it is, or is not, enough."""
    if quorum.part == 0:
        return f"Có mặt {present}/{members}; không quy định số người tối thiểu."
    enough = "đủ" if quorum.is_reached(present, members) else "chưa đủ"
    return (
        f"Có mặt {present}/{members} thành viên, cần ít nhất {needed(quorum, members)}"
        f" ({quorum.part}/{quorum.whole}): {enough} điều kiện họp."
    )


def notice_day(day: date, days_before: int) -> date:
    """The last day on which members may be called and sent their papers."""
    return day - timedelta(days=days_before)
