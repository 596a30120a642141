"""Over three hundred papers: each subject in a plan, a decision and the older one it replaces, a guidance, a notice, a
letter and six communes' reports; and monthly digests that touch many subjects."""
# ruff: noqa: E501 - templates read better on one line

from dataclasses import dataclass
from functools import cache

from congso.apps.assistant.samples.subjects import BODIES, COMMUNES, SIGNERS, TROUBLES, Subject, subjects

REPORTS = 6  # communes that report on each subject
_HEAD = """ĐẢNG BỘ TỈNH LÀO CAI
{issuer_upper}
*
Số {number}
ĐẢNG CỘNG SẢN VIỆT NAM
Lào Cai, ngày {day:02d} tháng {month} năm {year}
"""
_SHARED = """Thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ I, nhiệm kỳ 2025 - 2030, cấp ủy các cấp
đã quan tâm lãnh đạo, chỉ đạo; nhận thức của cán bộ, đảng viên và nhân dân được nâng lên. Công tác kiểm tra, giám sát được duy trì;
việc sơ kết, tổng kết được thực hiện đúng quy định."""
_TAIL = """Nơi nhận:
- Thường trực Tỉnh ủy (báo cáo),
- Các cơ quan, đơn vị liên quan,
- Lưu Văn phòng.
{authority}
{signer}
"""
_PLAN = """I. Mục tiêu
Đến hết năm {year}, toàn tỉnh {name} đạt {count} {unit}; xã {place} được chọn làm điểm.
Bố trí kinh phí thực hiện {money} triệu đồng, trong đó ngân sách tỉnh {part} triệu đồng.
II. Tổ chức thực hiện
1. {lead} chủ trì, phối hợp với {support} tham mưu triển khai {name}.
2. {support} theo dõi việc {other}; định kỳ trước ngày {report_day} hằng quý gửi kết quả về {lead}.
3. Tổ chức tổng kết trước ngày {due}."""
_DECISION = """Điều 1. Phân bổ {money} triệu đồng để {name} tại {places} xã, phường.
Điều 2. Định mức hỗ trợ {norm} nghìn đồng cho mỗi {unit}; không hỗ trợ trùng với chương trình khác.
Điều 3. Giao {lead} kiểm tra việc sử dụng kinh phí, báo cáo trước ngày {due}.
Điều 4. Quyết định này có hiệu lực từ ngày {from_day}, thay thế Quyết định số {replaced}."""
_OLDER = """Điều 1. Phân bổ {money} triệu đồng để {name}.
Điều 2. Định mức hỗ trợ {norm} nghìn đồng cho mỗi {unit}.
Điều 3. {lead} chịu trách nhiệm thi hành Quyết định này."""
_GUIDANCE = """1. Giải thích từ ngữ
“{term_upper}” là mô hình do cấp ủy xã công nhận, có ít nhất {least} {unit} và có người phụ trách.
2. Trình tự
a) Xã lập danh sách, niêm yết công khai {posted} ngày;
b) {lead} thẩm định trong {judged} ngày làm việc kể từ ngày nhận đủ hồ sơ;
c) Hồ sơ không hợp lệ thì trả lại, nêu rõ lý do.
3. Không được thu bất kỳ khoản phí nào của người dân khi {name}."""
_NOTICE = """Sau khi nghe báo cáo về {name}, Thường trực Tỉnh ủy kết luận như sau:
1. Đồng ý mở rộng tại xã {place}; mức phấn đấu {count} {unit}.
2. Giao {lead} giám sát việc {other}, báo cáo Thường trực Tỉnh ủy trước ngày {due}."""
_LETTER = """Kính gửi: Đảng ủy các xã, phường
Để kịp tổng hợp số liệu về {name}, đề nghị Đảng ủy xã {place} gửi danh sách {count} {unit} về {lead} trước ngày {due}.
Đầu mối liên hệ: đồng chí {contact}, chuyên viên {lead}."""
_REPORT = """I. Kết quả
Tính đến nay, xã {place} đã {name} được {count} {unit}, bằng {share}% kế hoạch năm.
Việc {other} đã làm ở {villages} thôn.
II. Hạn chế
Còn {left} {unit} chưa xong, do {trouble}.
III. Đề nghị
Đề nghị {lead} bổ sung {money} triệu đồng trong quý tới."""


@dataclass(frozen=True)
class Sample:
    """One line of a migration file, with the facts questions are made from."""

    id: str
    number_symbol: str
    issued_date: str
    issuing_agency: str
    doc_type: str
    title: str
    signer: str
    text: str
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def known(self) -> dict[str, object]:
        """The facts by name."""
        return dict(self.facts)

    def line(self) -> dict[str, str]:
        """As `congso import documents` takes it."""
        return {
            "id": self.id,
            "number_symbol": self.number_symbol,
            "issued_date": self.issued_date,
            "issuing_agency": self.issuing_agency,
            "doc_type": self.doc_type,
            "title": self.title,
            "signer": self.signer,
            "text": self.text,
        }


@cache
def samples() -> tuple[Sample, ...]:
    """All papers, always the same."""
    made: list[Sample] = []
    for place, subject in enumerate(subjects()):
        made += _of_subject(place, subject)
    return (*made, *(_digest(number) for number in range(12)))


def _facts(place: int, subject: Subject, kind: int) -> dict[str, object]:
    """Figures that differ from paper to paper and never by chance are the same."""
    mixed = place * 17 + kind * 7
    return {
        "name": subject.name, "asked": subject.asked, "unit": subject.unit, "other": subject.other,
        "term": subject.term, "term_upper": subject.term[:1].upper() + subject.term[1:],
        "place": COMMUNES[(place * 3 + kind) % len(COMMUNES)], "year": 2026 if kind % 2 else 2025,
        "count": 120 + place * 31 + kind * 9, "money": 1200 + place * 140 + kind * 35,
        "part": 700 + place * 90 + kind * 20, "norm": 150 + place * 15 + kind * 5, "places": 9 + place + kind,
        "share": 35 + (place * 5 + kind * 11) % 60, "left": 4 + (place + kind * 3) % 17, "villages": 2 + mixed % 9,
        "least": 5 + place % 11, "posted": 3 + place % 9, "judged": 5 + (place * 3) % 11,
        "lead": BODIES[(place + kind) % len(BODIES)], "support": BODIES[(place + kind + 3) % len(BODIES)],
        "due": f"{1 + mixed % 28}/{4 + (place + kind) % 8}/2026", "report_day": 5 + place % 20,
        "from_day": f"{1 + (mixed + 5) % 28}/{1 + (place + kind) % 12}/2026",
        "signer": SIGNERS[mixed % len(SIGNERS)], "contact": SIGNERS[(mixed + 2) % len(SIGNERS)],
        "trouble": TROUBLES[mixed % len(TROUBLES)],
    }  # fmt: skip


_KINDS = (
    ("plan", "Kế hoạch", "KH", "TU", "Tỉnh ủy Lào Cai", "Kế hoạch {name} năm {year}", _PLAN),
    ("older", "Quyết định", "QĐ", "TU", "Tỉnh ủy Lào Cai", "Quyết định về hỗ trợ {name} giai đoạn trước", _OLDER),
    ("decision", "Quyết định", "QĐ", "TU", "Tỉnh ủy Lào Cai", "Quyết định về hỗ trợ {name}", _DECISION),
    ("guidance", "Hướng dẫn", "HD", "VPTU", "Văn phòng Tỉnh ủy", "Hướng dẫn {name}", _GUIDANCE),
    ("notice", "Thông báo", "TB", "VPTU", "Văn phòng Tỉnh ủy", "Thông báo kết luận về {name}", _NOTICE),
    ("letter", "Công văn", "CV", "VPTU", "Văn phòng Tỉnh ủy", "Về việc gửi danh sách phục vụ {name}", _LETTER),
)


def _of_subject(place: int, subject: Subject) -> list[Sample]:
    made = [_paper(place, subject, kind) for kind in range(len(_KINDS))]
    return made + [_report(place, subject, number) for number in range(REPORTS)]


def _paper(place: int, subject: Subject, kind: int) -> Sample:
    key, name, short, body, issuer, title, text = _KINDS[kind]
    facts = _facts(place, subject, kind)
    number = f"{place * 6 + kind + 11}-{short}/{body}"
    facts |= {"kind": key, "number": number, "replaced": f"{place * 6 + 12}-QĐ/TU"}
    day, month = 1 + (place * 5 + kind * 3) % 28, 1 + (place + kind) % 9
    year = 2024 if key == "older" else 2025
    return _sample(f"{key}-{place}", name, issuer, title, text, facts, (day, month, year))


def _report(place: int, subject: Subject, number: int) -> Sample:
    facts = _facts(place, subject, 10 + number * 4)
    commune = COMMUNES[(place + number * 4) % len(COMMUNES)]
    facts |= {"kind": "report", "place": commune, "number": f"{place * 6 + number + 21}-BC/ĐU"}
    title = "Báo cáo kết quả {name} tại xã {place}"
    day = (2 + (place + number * 5) % 26, 2 + (place + number) % 8, 2026)
    return _sample(f"report-{place}-{number}", "Báo cáo", f"Đảng ủy xã {commune}", title, _REPORT, facts, day)


def _sample(  # noqa: PLR0917 - the columns of one paper, in their order
    key: str, name: str, issuer: str, title: str, text: str, facts: dict[str, object], day: tuple[int, int, int]
) -> Sample:
    head = _HEAD.format(
        issuer_upper=issuer.upper(), number=facts["number"], day=day[0], month=f"{day[1]:02d}" if day[1] < 3 else day[1],
        year=day[2],
    )  # fmt: skip
    written = title.format(**facts)
    body = f"{head}{name.upper()}\n{written}\n-----\n{_SHARED}\n{text.format(**facts)}\n{_SHARED}\n"
    tail = _TAIL.format(authority="T/M BAN THƯỜNG VỤ", signer=facts["signer"])
    issued = f"{day[2]}-{day[1]:02d}-{day[0]:02d}"
    told = tuple((facts | {"issued": f"{day[0]}/{day[1]}/{day[2]}"}).items())
    return Sample(key, str(facts["number"]), issued, issuer, name, written, str(facts["signer"]), body + tail, told)


def _digest(number: int) -> Sample:
    """A month's digest: a sentence on each of eight subjects, without figures."""
    told = [subjects()[(number * 7 + step * 3) % len(subjects())] for step in range(8)]
    lines = "\n".join(f"- Về {one.name}: các địa phương tiếp tục {one.other}, tiến độ còn khác nhau." for one in told)
    facts: dict[str, object] = {"kind": "digest", "number": f"{number + 301}-BC/VPTU", "signer": SIGNERS[number % 7]}
    title = f"Báo cáo tổng hợp công tác tháng {number + 1}"
    return _sample(
        f"digest-{number}", "Báo cáo", "Văn phòng Tỉnh ủy", title.replace("{", ""), lines.replace("{", ""), facts,
        (28, 1 + number % 10, 2025),
    )  # fmt: skip
