"""What one sentence of a paper tells somebody to do: who, with whom, by when.

A sentence counts when it names a doer; intentions without one, legal bases and assessments do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from congso.kernel.papers.tasks.schedules import Schedule, read_schedule
from congso.kernel.papers.tasks.units import clean_name, name_and_duty, read_roles, split_units, starts_with_unit
from congso.lib.vietnamese import fold

_LONGEST = 6_000
_ASSIGN = re.compile(
    r"(?:Giao|Phân công|Yêu cầu|Đề nghị|Ủy quyền|Uỷ quyền|Giao cho|Chỉ đạo|Cho phép|Đồng ý giao|"
    r"Thống nhất giao)\s+(?:cho\s+)?(?=\S)",
    re.I,
)
_ASSIGN_INSIDE = re.compile(
    r"(?<=[.;:,])\s*(?:đồng thời\s+|và\s+)?(?=(?:giao|phân công|yêu cầu|đề nghị)\s+(?:cho\s+)?[A-ZĐỦ]|(?:giao|"
    r"yêu cầu|đề nghị)\s+các\s)",
    re.I,
)
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2}[.;)])\s+(?=[A-ZĐÂÊÔƠƯÁÀẢÃẠẮẰẤẦÉÈẾỀÍÓÒỐỒỚỜÚỨỪÝỦỔỆỰ])|(?<=\d[.;])\s+(?=[A-ZĐÂÊÔƠƯỦ]\w)"
)
_ADVERBIAL = re.compile(
    r"(?:Căn cứ|Trên cơ sở|Theo|Định kỳ|Hằng|Hàng|Trong|Trước|Chậm nhất|Sau khi|Để|Từ|Đối với|Khi|Ngay sau)\b"
)
_LONGEST_ADVERBIAL = 260
_EXPLICIT = re.compile(
    r"\b(?:chủ\s*trì|có trách nhiệm|chịu trách nhiệm|tham mưu|phối hợp|làm đầu mối|là đầu mối|là cơ quan|"
    r"phụ trách|theo dõi|đôn đốc)\b"
)
_SUPERIORS = re.compile(
    r"(?:ban thuong vu|ban chap hanh|thuong truc|bo chinh tri|ban bi thu|hoi nghi|hoi dong nhan dan|chu tich|"
    r"dong chi bi thu|trung uong|chinh phu|thu tuong|uy ban nhan dan tinh$|ubnd tinh$|dang uy$|huyen uy$|tinh uy$)"
)
_OPINION = re.compile(
    r"(?:thống nhất|đánh giá|ghi nhận|biểu dương|nhận thấy|cho ý kiến|đồng ý|kết luận|ban hành|xác định|nhấn mạnh|"
    r"cơ bản|đã|khẳng định|quyết nghị|xây dựng kế hoạch|yêu cầu|giao|đề nghị|hoan nghênh|tán thành|lưu ý|"
    r"xem xét)\b"
)
_NO_TASK = re.compile(
    r"(?:trong )?qua trinh (?:to chuc )?(?:trien khai )?(?:thuc hien|to chuc|trien khai)[^.]{0,60}(?:neu co|"
    r"co van de|gap|phat sinh|can thiet)|^(?:ke hoach|nghi quyet|thong bao|ket luan|chuong trinh|chi thi|"
    r"quyet dinh) nay (?:duoc |co hieu luc|thay the|pho bien|thuc hien)|chiu trach nhiem thi hanh (?:quyet dinh|"
    r"nghi quyet|ke hoach) nay|^tren day la|^noi nhan|^kinh gui|^nhu tren"
)
_BASIS = re.compile(r"^(?:căn cứ|thực hiện|xét|theo đề nghị)\b[^:]{0,400}(?:;|,|ban hành|như sau:?)$", re.I)
_PAST = re.compile(r"(?:^|\s)(?:đã|vừa|từng)\s")
_WITH = re.compile(r"\bphối\s*hợp\s+(?:chặt chẽ\s+|thực hiện\s+)?(?:(?:với|cùng)\s+)?", re.I)
_LONGEST_LIST = 500
_DEADLINE = re.compile(
    r"\b(?P<cue>(?:hoàn thành |báo cáo |xong |kết thúc )?(?:chậm nhất(?: là)?|muộn nhất|trước|xong trước|trong|"
    r"đến hết|hết|hoàn thành(?: trong| vào| trước)?|vào|từ|thời (?:gian|hạn)[^.:;]{0,20}:?)\s*:?\s*)"
    r"(?P<when>(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d\d)?\s*,?\s*)?(?:ngày\s+|các\s+|đầu\s+|cuối\s+|giữa\s+)?(?:\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*20\d\d)?|"
    r"\d{1,2}\s+tháng\s+\d{1,2}(?:\s*(?:,\s*)?năm\s+20\d\d)?|(?:tháng|quý|T)\s*(?:\d{1,2}|"
    r"[IV]{1,3})\b(?:\s*(?:[/.\-]|,?\s*năm)\s*20\d\d)?"
    r"|(?:0?[69]) tháng (?:đầu|cuối) năm(?: 20\d\d)?|(?:(?:cuối |đầu )?năm\s+)?20[2-4]\d|"
    r"giai đoạn 20\d\d\s*[-–]\s*20\d\d|ngày\s+\d{1,2}(?=\s+h[ằà]ng))"
    r"(?:\s*(?:-|–|đến|đến hết|đến ngày|và)\s*(?:ngày |tháng |quý |hết |"
    r"năm )*(?:\d{1,2}\s*[/.\-]\s*)?(?:\d{1,2}\s*[/.\-]\s*20\d\d|20[2-4]\d|[IV]{1,3}(?:\s*(?:[/.\-]|"
    r"năm)\s*20\d\d)))?(?:\s+h[ằà]ng\s+(?:tháng|quý|năm))?)",
    re.I,
)  # fmt: skip
_RELATIVE = re.compile(
    r"(?:trong|sau)\s+(?:vòng\s+|thời hạn\s+)?\d{1,3}\s+ngày[^.;]{0,30}?kể từ ngày\s+(?:ký|ban hành)", re.I
)
_RECURRING = re.compile(
    r"(?:định kỳ\s*\(?\s*)?(?:h[ằà]ng\s+(?:tháng|quý|năm)|mỗi\s+(?:tháng|quý|năm)|0?[36] tháng(?:/lần| một lần|"
    r"(?:,| và) (?:h[ằà]ng |1 |một )?năm)?)(?:\s*(?:,|và)\s*(?:h[ằà]ng\s+)?(?:6 tháng|quý|năm))*|"
    r"định kỳ\s*\(?\s*(?:tháng|quý|0?6 tháng|năm)(?:\s*,\s*(?:quý|0?6 tháng|năm))*",
    re.I,
)
_OF_A_PAPER = re.compile(r"^\s*(?:của|về|ban hành)\b")
_PAUSE = re.compile(r"[,;]\s+|(?<=năm|quý)\s+|(?<=tháng)\s+(?!\d)|(?<=\d)\s+(?=[A-ZĐ]|các)")
_OWN_VERB = re.compile(r"(?:Lãnh đạo|Chỉ đạo|Phân công)\b")
_SUBJECT = re.compile(r"(?:Về|Đối với)\s[^:.;]{3,200}:\s*")
_IN_BRACKETS = re.compile(r"\(([^()]{4,240})\)\s*[.;]?\s*$")
_DO_LED = re.compile(r"\b(?:do|giao)\s+(?P<lead>[^,;.()]{3,150}?)\s+chủ\s*trì\b", re.I)
_LED_BY = re.compile(r"chủ\s*trì|thực\s*hiện|phối\s*hợp|tham\s*mưu", re.I)


@dataclass(frozen=True)
class Duty:
    """A sentence read: the unit, those it works with, when, and the words themselves."""

    text: str
    lead: str
    supporting: tuple[str, ...]
    schedule: Schedule
    is_explicit: bool = True


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; a new order (“; giao …”) begins a sentence of its own."""
    for sentence in _SENTENCE_END.split(text[:_LONGEST]):
        for part in _ASSIGN_INSIDE.split(sentence):
            if part.strip():
                yield part.strip()


def read_duty(sentence: str, *, issued_on: date | None = None, unit: str = "") -> Duty | None:
    """The duty in a sentence; `unit` is the one the headings name, for sentences that name none."""
    text = _SUBJECT.sub("", " ".join(sentence.split()), count=1) if sentence.startswith(("Về", "Đối với")) else sentence
    text = " ".join(text.split())
    plain = fold(text[:300]).lower()
    if len(text) < 12 or _NO_TASK.search(plain) or _BASIS.match(text):
        return None
    if unit and _OWN_VERB.match(text):
        return _duty(text, unit, text, issued_on, explicit=True)
    found = _assigned(text) or _named(text) or _after_adverbial(text) or _in_brackets(text)
    if found is None:
        return _duty(text, unit, text, issued_on, explicit=False) if unit else None
    name, duty, is_order = found
    superior = _SUPERIORS.match(fold(name).lower())
    if superior and not is_order and _OPINION.match(duty):
        return _of_superior(duty, issued_on)
    if _PAST.search(" " + duty[:30]) and not is_order:
        return None
    return _duty(text, name, duty, issued_on, explicit=is_order or bool(_EXPLICIT.search(duty[:160])))


def _of_superior(duty: str, issued_on: date | None) -> Duty | None:
    """“Ban Thường vụ yêu cầu Đảng ủy UBND tỉnh …”: the order within the opinion."""
    order = re.search(r"\b(?:yêu cầu|giao|đề nghị)\s+", duty)
    return read_duty(duty[order.start() :], issued_on=issued_on) if order else None


def _assigned(text: str) -> tuple[str, str, bool] | None:
    order = _ASSIGN.match(text)
    if order is None:
        return None
    found = name_and_duty(text[order.end() :])
    return (found[0], found[1], True) if found else None


def _named(text: str) -> tuple[str, str, bool] | None:
    found = name_and_duty(text)
    return (found[0], found[1], False) if found else None


def _after_adverbial(text: str) -> tuple[str, str, bool] | None:
    """“Căn cứ Kế hoạch này, các cấp ủy xây dựng …”, “Định kỳ hằng quý, Văn phòng Tỉnh ủy tổng hợp …”."""
    if not _ADVERBIAL.match(text):
        return None
    for comma in _PAUSE.finditer(text[:_LONGEST_ADVERBIAL]):
        rest = text[comma.end() :]
        if order := _assigned(rest):
            return order
        if (starts_with_unit(rest) or rest.startswith("các ")) and (found := name_and_duty(rest)):
            return found[0], found[1], False
    return None


def _in_brackets(text: str) -> tuple[str, str, bool] | None:
    """“… (Văn phòng Tỉnh ủy chủ trì, hoàn thành trong quý IV/2025)”, “do Ban Tổ chức chủ trì”."""
    if (bracket := _IN_BRACKETS.search(text)) and _LED_BY.search(bracket.group(1)):
        found = name_and_duty(bracket.group(1).strip())
        roles = read_roles(bracket.group(1))
        lead = found[0] if found else roles.lead
        return (lead, text, True) if starts_with_unit(lead) else None
    if (led := _DO_LED.search(text)) and starts_with_unit(led.group("lead")):
        return clean_name(led.group("lead")), text, True
    return None


def _duty(text: str, name: str, duty: str, issued_on: date | None, *, explicit: bool) -> Duty:
    schedule = find_schedule(text, issued_on=issued_on)
    return Duty(text, name, find_supporting(duty), schedule, explicit)


def find_supporting(duty: str) -> tuple[str, ...]:
    """Those named after “phối hợp với”, up to the verb that says what is to be done."""
    found = _WITH.search(duty)
    if found is None or "phối hợp với" in duty[: found.start()].lower():
        return ()
    rest = duty[found.end() : found.end() + _LONGEST_LIST]
    if not (starts_with_unit(rest) or rest[:4].lower() == "các "):
        return ()
    read = name_and_duty(rest)
    names = read[0] if read else re.split(r"[.;:(]", rest)[0]
    return split_units(names)


def find_schedule(text: str, *, issued_on: date | None = None) -> Schedule:
    """The deadline or the rhythm a sentence names; dates of the papers it cites are none."""
    if relative := _RELATIVE.search(text):
        return read_schedule(relative.group(0), issued_on=issued_on)
    deadlines = [
        found
        for found in _DEADLINE.finditer(text)
        if not _OF_A_PAPER.match(text[found.end() :]) and not _is_cited(text, found)
    ]
    rhythm = _RECURRING.search(text)
    if not deadlines:
        return read_schedule(rhythm.group(0).strip(" ("), issued_on=issued_on) if rhythm else Schedule()
    best = next(
        (
            each
            for each in deadlines
            if re.search(r"trước|chậm nhất|muộn nhất|hoàn thành|hết|xong", each.group("cue"), re.I)
        ),
        deadlines[0],
    )
    schedule = read_schedule(best.group(0), issued_on=issued_on)
    if schedule.recurrence is None and rhythm and not schedule.due:
        return Schedule(schedule.start, schedule.due, read_schedule(rhythm.group(0)).recurrence, schedule.text)
    return schedule


def _is_cited(text: str, found: re.Match[str]) -> bool:
    """“Nghị quyết số 57-NQ/TW, ngày 22/12/2024”: the date of a paper, not of a duty."""
    before = text[max(0, found.start() - 60) : found.start()]
    return re.search(r"(?:số\s+\d\S*|/TU|/TW|/UBND|/CP)\s*,?\s*$", before) is not None
