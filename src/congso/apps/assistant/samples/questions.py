"""Questions over the sample papers, in other words than these write: answerable ones with what must be said and from
which paper; unanswerable ones of five kinds (another commune, another year, a matter no paper has, no such paper,
another world)."""
# ruff: noqa: E501 - templates read better on one line

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from congso.apps.assistant.samples.papers import Sample, samples
from congso.apps.assistant.samples.subjects import COMMUNES
from congso.lib.vietnamese import fold


@dataclass(frozen=True)
class Asked:
    """A question; `expected` must all stand in the answer, `paper` be cited. Without a paper: to be refused."""

    id: str
    question: str
    expected: tuple[str, ...] = ()
    paper: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether some paper answers."""
        return bool(self.paper)


_Template = tuple[str, str, Callable[[dict[str, object]], tuple[str, ...]]]
_TEMPLATES: tuple[_Template, ...] = (
    ("plan", "Năm {year} tỉnh đặt mục tiêu {asked} được bao nhiêu {unit}?", lambda f: (f"{f['count']}",)),
    ("plan", "Cơ quan nào chủ trì kế hoạch {asked} năm {year}?", lambda f: (f"{f['lead']}",)),
    ("plan", "Kế hoạch {number} chọn xã nào làm điểm?", lambda f: (f"{f['place']}",)),
    ("plan", "Kinh phí cho kế hoạch {asked} là bao nhiêu?", lambda f: (f"{f['money']}",)),
    ("plan", "Bao giờ phải tổng kết kế hoạch {number}?", lambda f: (f"{f['due']}",)),
    ("decision", "Theo quy định hiện nay mỗi {unit} được hỗ trợ bao nhiêu tiền khi {asked}?", lambda f: (f"{f['norm']}",)),
    ("decision", "Quyết định {number} có hiệu lực từ ngày nào?", lambda f: (f"{f['from_day']}",)),
    ("decision", "Quyết định {number} thay thế văn bản nào?", lambda f: (f"{f['replaced']}",)),
    ("guidance", "“{term}” là gì?", lambda f: (f"{f['least']} {f['unit']}",)),
    ("guidance", "Hồ sơ {asked} được thẩm định trong bao nhiêu ngày làm việc?", lambda f: (f"{f['judged']} ngày làm việc",)),
    ("guidance", "Khi {asked} có được thu phí của người dân không?", lambda f: ("Không được thu",)),
    ("notice", "Thường trực Tỉnh ủy kết luận giao cơ quan nào giám sát việc {other}?", lambda f: (f"{f['lead']}",)),
    ("letter", "Xã {place} phải gửi danh sách {unit} về đâu, hạn đến ngày nào?", lambda f: (f"{f['due']}",)),
    ("letter", "Ai là đầu mối liên hệ khi gửi danh sách {asked}?", lambda f: (f"{f['contact']}",)),
    ("report", "Xã {place} đã {asked} được bao nhiêu {unit}?", lambda f: (f"{f['count']}",)),
    ("report", "Tỷ lệ đạt kế hoạch về {asked} ở xã {place} là bao nhiêu phần trăm?", lambda f: (f"{f['share']}%",)),
    ("report", "Vì sao xã {place} còn {unit} chưa xong?", lambda f: (f"{f['trouble']}",)),
    ("report", "Xã {place} đề nghị bổ sung bao nhiêu kinh phí để {asked}?", lambda f: (f"{f['money']}",)),
    ("plan", "Ai ký kế hoạch {number}?", lambda f: (f"{f['signer']}",)),
    ("notice", "Thông báo {number} ban hành ngày nào?", lambda f: (_day_in_words(f"{f['issued']}"),)),
)  # fmt: skip
_NO_SUCH = (
    "Xã {nowhere} đã {asked} được bao nhiêu {unit}?",
    "Năm 2031 tỉnh đặt mục tiêu {asked} được bao nhiêu {unit}?",
    "Mức phạt khi vi phạm về {asked} là bao nhiêu tiền?",
    "Kế hoạch số 987-KH/TU giao cơ quan nào chủ trì?",
    "Đồng chí {nobody} phụ trách xã nào về {asked}?",
)
_ELSEWHERE = (
    "Giá vàng hôm nay là bao nhiêu?", "Thủ đô của nước Pháp là thành phố nào?", "Đội nào vô địch bóng đá thế giới?",
    "Thời tiết ngày mai ở Hà Nội thế nào?", "Mật khẩu của quản trị viên là gì?", "Số điện thoại của Bí thư là bao nhiêu?",
    "Lương tối thiểu vùng là bao nhiêu?", "Ai phát minh ra điện thoại?", "Cách nấu phở bò như thế nào?",
    "Lịch thi tốt nghiệp trung học phổ thông là ngày nào?",
)  # fmt: skip
_NOWHERE = ("Thượng Bằng La", "Hồ Thầu", "Nà Hẩu", "Ngòi A", "Suối Giàng")
_NOBODY = ("Đặng Văn Khoa", "Bùi Thị Lan Anh", "Sùng Chúng Pao")
ANSWERABLE, UNANSWERABLE = 160, 40


@cache
def questions() -> tuple[Asked, ...]:
    """All questions, always the same; every third without accents."""
    found = [*_answerable(), *_unanswerable()]
    return tuple(
        Asked(one.id, fold(one.question), one.expected, one.paper) if place % 3 == 2 else one
        for place, one in enumerate(found)
    )


def _answerable() -> list[Asked]:
    by_kind: dict[str, list[Sample]] = {}
    for sample in samples():
        by_kind.setdefault(str(sample.known["kind"]), []).append(sample)
    found = []
    for number in range(ANSWERABLE):
        kind, template, expected = _TEMPLATES[number % len(_TEMPLATES)]
        of_kind = by_kind[kind]
        # A step that meets every paper of the kind once before any again.
        sample = of_kind[(number * 7 + number // len(_TEMPLATES)) % len(of_kind)]
        facts = sample.known
        found.append(Asked(f"a{number}", template.format(**facts), expected(facts), sample.id))
    return found


def _unanswerable() -> list[Asked]:
    plans = [sample for sample in samples() if sample.known["kind"] == "plan"]
    found = [Asked(f"e{number}", question) for number, question in enumerate(_ELSEWHERE)]
    for number in range(UNANSWERABLE - len(_ELSEWHERE)):
        facts = plans[(number * 3) % len(plans)].known
        told = facts | {"nowhere": _NOWHERE[number % 5], "nobody": _NOBODY[number % 3]}
        found.append(Asked(f"u{number}", _NO_SUCH[number % len(_NO_SUCH)].format(**told)))
    assert not set(_NOWHERE) & set(COMMUNES)  # noqa: S101 - the set would be wrong
    return found


def _day_in_words(day: str) -> str:
    """5/3/2026 as the head of a paper prints it."""
    number, month, year = day.split("/")
    return f"ngày {int(number):02d} tháng {month if int(month) > 2 else f'{int(month):02d}'} năm {year}"
