"""The law of outgoing documents, pure: symbols, series, authority lines, header lines, statuses.

399-QĐ/TW, 05-HD/VPTW (36-HD/VPTW where it was not seen), 30/2020/NĐ-CP; handbook office 1.3 to 1.7.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congso.lib.workdays import Calendar, working_days_between

PARTY, STATE, YOUTH = "PARTY", "STATE", "YOUTH"
OWN, ON_BEHALF, DEPUTY, BY_ORDER, BY_MANDATE, ACTING = "", "on_behalf", "deputy", "by_order", "by_mandate", "acting"
_COLLECTIVE_KINDS = frozenset({"committee", "commune_committee", "front", "mass_organization"})


def symbol_tail(profile: str, abbreviation: str, agency: str, joint: str = "", *, is_letter: bool = False) -> str:
    """What follows the number: Party `KH/TU` after a hyphen, state and Front `KH-MTTQ-BTT` after a slash.

    Bodies that issue together stand behind the lead body, joined by hyphens (office 1.3, 1.4.4). A state letter prints
    no type (30/2020 annex I).
    """
    agencies = "-".join(part for part in (agency.strip(), *joint.replace(",", " ").split()) if part)
    if profile == STATE:
        return agencies if is_letter else "-".join(part for part in (abbreviation, agencies) if part)
    return "/".join(part for part in (abbreviation, agencies) if part)


def printed_number(value: int) -> str:
    """Numbers below ten with a zero (05-HD/VPTW; office 1.3)."""
    return f"{value:02d}"


def printed_symbol(profile: str, value: int, tail: str) -> str:
    """`16-KH/TU`; `15/BC-MTTQ-BTT`."""
    return f"{printed_number(value)}{'/' if profile == STATE else '-'}{tail}"


def series_of(abbreviation: str, doc_type: str) -> str:
    """The series a type is numbered in: its abbreviation, so that quyết định and quy định share QĐ (office 1.2)."""
    return f"out:{abbreviation or doc_type}"[:40]


def is_collective(kind: str) -> bool:
    """Whether the body decides together: a committee, the Front's; an agency or an office has a single head."""
    return kind in _COLLECTIVE_KINDS


def authority_problem(kind: str, authority: str, profile: str) -> str:
    """Why this authority cannot stand for such an issuer, in Vietnamese; empty when it can (office 1.6, rule 5)."""
    if authority == DEPUTY and is_collective(kind):
        return "Cơ quan lãnh đạo tập thể không ký K/T; cấp phó ký T/M với chức vụ của mình (05-HD/VPTW)."
    if authority in {OWN, ACTING} and is_collective(kind) and profile == PARTY:
        return "Văn bản của cấp ủy phải ghi T/M (thay mặt) hoặc T/L (thừa lệnh) (05-HD/VPTW)."
    if authority == ON_BEHALF and not is_collective(kind):
        return "Cơ quan làm việc theo chế độ thủ trưởng không ký T/M; hãy ký trực tiếp, K/T hoặc T/L."
    if authority == BY_MANDATE and profile == PARTY:
        return "Thể thức văn bản của Đảng không có TUQ; hãy dùng T/L (05-HD/VPTW)."
    return ""


def needs_over(authority: str) -> bool:
    """T/M, K/T, T/L, TUQ say over whom: BAN THƯỜNG VỤ, CHÁNH VĂN PHÒNG."""
    return authority in {ON_BEHALF, DEPUTY, BY_ORDER, BY_MANDATE}


def needs_grant(authority: str) -> bool:
    """Signing by order or by mandate rests on a dated decision (office 1.5, 2.5); the others on the post."""
    return authority in {BY_ORDER, BY_MANDATE}


def own_name(name: str, superior: str) -> str:
    """The issuer without its superior's name, which stands above it: “Văn phòng” under “Tỉnh ủy Lào Cai”."""
    if superior and name.lower().endswith(superior.lower()) and len(name) > len(superior):
        return name[: -len(superior)].strip()
    return name


def superior_line(name: str, superior: str) -> str:
    """The left column's first line: of a committee its Party body (ĐẢNG BỘ TỈNH …), of others the superior."""
    for head, body in (("Tỉnh ủy ", "Đảng bộ tỉnh "), ("Thành ủy ", "Đảng bộ thành phố ")):
        if name.startswith(head):
            return body + name.removeprefix(head)
    if name.startswith("Đảng ủy "):
        return superior_line(superior, "") or superior
    return superior


_PLACE_HEADS = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc", "Tỉnh ủy", "Thành ủy", "Đảng ủy", "Văn phòng",
    "tỉnh", "thành phố", "xã", "phường",
)  # fmt: skip


def place_of(name: str, superior: str = "") -> str:
    """Địa danh from the body's name: “Tỉnh ủy Lào Cai” → “Lào Cai”, an agency's from its superior's."""
    rest = superior if superior and name.lower().endswith(superior.lower()) else name
    for _round in range(3):
        for head in _PLACE_HEADS:
            if rest.lower().startswith(head.lower() + " "):
                rest = rest[len(head) + 1 :].strip()
    return rest[:80]


def lines_of(text: str) -> tuple[str, ...]:
    """Typed lines without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def undecided(outcomes: Iterable[str]) -> int:
    """How many points nobody has answered yet."""
    return sum(not outcome for outcome in outcomes)


@dataclass(frozen=True)
class ReminderStep:
    """A step of reminding; each is told once."""

    key: str
    words: str


def reminder_step(due_on: date, today: date, calendar: Calendar) -> ReminderStep | None:
    """Where an asking stands: two working days before its last day, that day, every second working day after it."""
    if today > due_on:
        nth = working_days_between(due_on, today, calendar) // 2
        return ReminderStep(f"late-{nth}", f"đã quá hạn {due_on:%d/%m/%Y}")
    if today == due_on:
        return ReminderStep("due", "hạn cuối là hôm nay")
    left = working_days_between(today, due_on, calendar)
    return ReminderStep("before", f"còn {left} ngày làm việc, đến {due_on:%d/%m/%Y}") if left <= 2 else None


def status_moves(current: str, new: str) -> bool:
    """Whether a recipient's status moves forward; 15 and 16 always stand (office 3.4)."""
    if new in {"15", "16"}:
        return True
    return not current or (current not in {"15", "02", "06"} and new > current)
