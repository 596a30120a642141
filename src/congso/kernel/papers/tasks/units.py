"""Names of units in the words of a plan: where one begins and ends, lists of them, who leads and who supports.

Names stay as written, with white space normalised; `directory` finds whom they mean.
"""

import re
from dataclasses import dataclass

from congso.lib.vietnamese import fold

_LONGEST = 2_000
_LONGEST_NAME = 220
_WORDS_OF_A_HALF = 6

# Words a unit's name begins with, folded and lower case; longer ones first where one begins another.
_HEADS = (
    "ban to chuc", "ban noi chinh", "ban tuyen giao", "ban dan van", "ban chi dao", "ban chi huy", "ban thuong vu",
    "ban chap hanh", "ban thuong truc", "ban xay dung dang", "ban quan ly", "ban can su", "ban kinh te", "ban bao ve",
    "ban giam hieu", "ban phap che", "ban dan toc", "ban thi dua", "ban chinh tri", "ban bien tap", "ban van hoa",
    "ban cong tac", "ban chinh sach", "van phong", "vptu", "vpdu", "uy ban", "ubkt", "ubnd", "ubmttq", "mttq",
    "mat tran", "hdnd", "hoi dong", "dang uy", "dang bo", "dang doan", "cap uy", "chi uy", "chi bo",
    "cong an", "bo chi huy", "bo tu lenh", "quan su", "bo doi bien phong", "bao va", "dai phat thanh",
    "trung tam", "doan tncs", "doan thanh nien", "tinh doan", "lien doan", "lien hiep", "thanh tra",
    "chi cuc", "kho bac", "toa an", "tinh uy", "huyen uy", "thanh uy", "ngan hang", "buu dien",
    "vnpt", "viettel", "mobifone", "to giup viec", "to cong tac", "to chuyen gia", "to de an", "tieu ban",
    "to bien tap",
    "thuong truc", "lanh dao", "thu truong", "nguoi dung dau", "chu tich", "chanh van phong", "giam doc", "truong ban",
    "dong chi", "bi thu", "bo phan", "tong cong ty", "cong ty", "tap doan", "doanh nghiep",
    "tat ca cac", "don vi", "co quan", "bao cao vien", "hiep hoi", "cong doan", "benh vien", "nha xuat ban",
    "tong bien tap", "can bo", "dang vien", "to chuc dang", "to chuc co so", "mot so ", "toan the ", "dai dien ",
    "ca nhan ",
)  # fmt: skip
_HEAD = re.compile("|".join(re.escape(head) for head in sorted(_HEADS, key=len, reverse=True)))
# Heads that other words share once their tones are gone (“Sở” and “số hóa”): read with tones, save what goes on.
_TONED_HEAD = re.compile(
    r"(?:sở|bộ|hội|viện|quỹ|trường|phòng|khối|cục|tổ|nhóm|mỗi|từng|báo)\s+"
    r"(?!cáo|máy|tiêu|quy|nghị|thảo|trợ|chức|hợp|chống|trào|ngừa|lượng|nhiệm|giải|năm|tháng|quý|nội|bước|chỉ|kỹ|dữ)"
    r"|các\s+(?!nhiệm|nội|chỉ|giải|mục|hoạt|văn|hệ|dự|đề|chương|kế|nguồn|vấn|vụ|lĩnh|ứng|phần|nền|dữ|tài|bước|biện|"
    r"quy|chính|kết|yêu|điều|công việc|thông|hình|phong|chuyên|nghị|hội nghị|cuộc|lớp|chế|khoản|tiêu|thủ tục|đợt|"
    r"báo cáo)"
)
# With a capital after them they are names: “Ban Dân chủ”, “Sở Nội vụ”, “Trạm Y tế”.
_CAPITAL_HEADS = frozenset(
    (
        *("Ban", "Bộ", "Sở", "Cục", "Phòng", "Hội", "Viện", "Quỹ", "Trường", "Khối", "Tổ", "Báo", "Đội", "Trạm"),
        *("Hạt", "Đồn", "Khoa", "Nhà", "Đài", "Thuế", "Chi", "Đoàn", "Trung", "Ngành", "Cụm", "Tòa", "Toà"),
    )
)
_ABBREVIATION = re.compile(r"[A-ZĐƯ][A-ZĐƯ&]{1,7}(?:-[A-ZĐƯ]{1,6})?\b")
_GROUP_HEADS = (
    "cac ",
    "nhung ",
    "mot so ",
    "tat ca ",
    "lanh dao ",
    "dong chi ",
    "thu truong ",
    "cap uy ",
    "tung ",
    "moi ",
)

# Verbs a duty begins with; lower case on purpose: “Ban Tổ chức”, “Ủy ban Kiểm tra” are names.
_VERBS = (
    "chủ trì", "chủ động", "phối hợp", "tham mưu", "có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ", "tổ chức",
    "xây dựng", "ban hành", "theo dõi", "đôn đốc", "kiểm tra", "hướng dẫn", "tiếp tục", "chỉ đạo", "lãnh đạo",
    "căn cứ", "rà soát", "thực hiện", "triển khai", "báo cáo", "tổng hợp", "đẩy mạnh", "tăng cường", "bố trí",
    "cân đối", "thẩm định", "phát huy", "tuyên truyền", "vận động", "giám sát", "quán triệt", "cụ thể hóa",
    "cụ thể hoá", "nghiên cứu", "đề xuất", "chuẩn bị", "hoàn thành", "khẩn trương", "nêu cao", "tập trung", "bảo đảm",
    "đảm bảo", "định kỳ", "thường xuyên", "kịp thời", "phân công", "giúp", "là cơ quan", "là đơn vị", "là đầu mối",
    "làm đầu mối", "đầu mối", "quản lý", "cung cấp", "cập nhật", "số hóa", "số hoá", "nâng cấp", "vận hành",
    "tiếp nhận", "sử dụng", "lập", "trình", "hoàn thiện", "sớm", "phổ biến", "lồng ghép", "tham gia", "gửi", "ký",
    "yêu cầu",    "đồng ý", "kết luận", "nhấn mạnh", "nhận thấy", "ghi nhận", "cho ý kiến",
    "khai thác", "sơ kết", "tổng kết", "khảo sát", "đánh giá", "duy trì", "đổi mới", "nâng cao", "phê duyệt",
    "xem xét", "quyết định", "bám sát", "trên cơ sở", "theo chức năng", "theo thẩm quyền", "theo nhiệm vụ", "đưa",
    "mở", "giao", "đề cao", "gương mẫu", "thành lập", "kiện toàn", "thống nhất", "tạo điều kiện", "dành",
    "hỗ trợ", "phát động", "biên soạn", "đăng tải", "thông tin", "thống kê", "đăng ký", "chấp hành", "tiến hành",
    "nghiêm túc", "cử", "điều phối", "kết nối", "tích hợp", "chuyển giao", "đào tạo", "bồi dưỡng", "tập huấn",
    "phụ trách", "hằng năm", "hàng năm", "hằng tháng", "hàng tháng", "hằng quý", "hàng quý", "cùng với",
    "thuộc phạm vi",
    "trực tiếp", "nắm", "tích cực", "chú trọng", "quan tâm", "ưu tiên", "xác định",
    "phân bổ", "quyết liệt",
    "động viên",
    "phải", "cần", "đồng thời", "lựa chọn", "ứng dụng", "thiết lập", "đầu tư", "mua sắm", "in ấn", "phát hành", "chọn",
    "tạo lập", "chuẩn hóa", "chuẩn hoá", "xử lý", "giải quyết", "thu thập", "phân tích", "công khai", "công bố",
    "sắp xếp", "thay mặt", "góp ý", "tuyển chọn", "sẵn sàng", "nhân rộng", "biểu dương", "khen thưởng", "đề nghị",
    "xây mới", "trang bị", "kiểm soát", "tham dự", "bàn giao", "điều chỉnh", "bổ sung", "sửa đổi",
)  # fmt: skip
_VERB = re.compile(r"(?<![\w])(?:" + "|".join(sorted(map(re.escape, _VERBS), key=len, reverse=True)) + r")(?!\w)")
_NOUN_BEFORE = re.compile(
    r"(?:cơ quan|đơn vị|bộ phận|ban|các|công tác|nhóm|tổ|,|và|cán bộ|được|kế hoạch|hệ thống|doanh nghiệp)\s*$"
)
_NOUN_VERBS = {
    "tổ chức",
    "tham mưu",
    "quản lý",
    "lãnh đạo",
    "phụ trách",
    "thông tin",
    "chủ trì",
    "sử dụng",
    "chỉ đạo",
    "giám sát",
}
_NOUN_AFTER = re.compile(
    r"\s*(?:chính trị|đảng|đoàn thể|hội|xã hội|tôn giáo|quần chúng|trực thuộc|cơ sở|liên quan|giúp việc|cấp)"
)

_SUPPORTING = r"(?:phối\s*hợp|tham\s+gia(?:\s+thực\s+hiện)?|cùng\s+thực\s+hiện|phối,\s*kết\s*hợp)"
_LEADING = r"chủ\s*trì(?:\s*(?:,\s*)?(?:tham\s+mưu|thực\s+hiện|soạn\s+thảo))?"
_LABELLED = re.compile(
    rf"(?:^|[\n;.,(\-–]|\s)\s*(?P<role>(?:(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+)?(?:{_LEADING}|"
    rf"{_SUPPORTING}|thực\s+hiện))\s*:\s*",
    re.I,
)
_LEADS_AFTER = re.compile(rf"^(?P<lead>.{{2,{_LONGEST_NAME}}}?)\s*\(?\s*\b{_LEADING}\b\s*\)?\s*[,;.:]*\s*", re.I | re.S)
_WITH = re.compile(
    rf"^\s*[(,;\-–]*\s*(?:{_SUPPORTING})\s*(?:thực\s+hiện\s*)?(?:với|cùng|chặt chẽ với)?\s*[:\-–]?\s*", re.I
)
_TRAILING_WITH = re.compile(rf"\s*[;,.(]?\s*\b(?:{_SUPPORTING})\s+(?:với|cùng)\b\s*", re.I)
_SUPPORTS_AFTER = re.compile(rf"\s*\(?\s*\b{_SUPPORTING}\b\s*\)?\s*[.;,]*\s*$", re.I)
_EXPLAINED = re.compile(
    r"\s*\((?:là |qua |cơ quan|đơn vị|bộ phận|thông qua|chủ trì|gọi tắt|sau đây)[^()]{0,150}\)\s*", re.I
)
# Unicode mixes capitals and small letters (à to ỹ holds Đ and Ủ), so the small ones are listed.
_SMALL = "a-z" + "".join(letter for letter in map(chr, range(ord("à"), ord("ỹ") + 1)) if letter.islower())
_GLUED = re.compile(rf"(?<=\b[Bb]an)(?=[^\W\d_g])(?![hđ]\b)|(?<=[{_SMALL}])(?=[A-ZĐỦÂÊ][{_SMALL}])|(?<=\bSở)(?=[A-ZĐ])")
_BULLET = re.compile(r"^\s*(?:[-–—+*•]|\d{1,2}[.)])\s*(?=\S)")
_WRAPPED_DASH = re.compile(r"[-–]\s*(?:xã hội|chính trị|nghề nghiệp|cơ yếu|thể thao|công nghệ)\b")  # of one name
_NOTHING = {"", "-", "–", "x", "//", "...", "…", "không", "0"}
_PARTY_HEAD = re.compile(r"(?:Ban|Ủy ban Kiểm tra|Uỷ ban Kiểm tra|UBKT|Văn phòng)\b")
_PARTY_TAIL = re.compile(r"\s(Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Đảng ủy|Đảng uỷ|Trung ương)$")
_OWNED = (
    *("văn phòng", "ban tổ chức", "ban thường vụ", "ủy ban kiểm tra", "uỷ ban kiểm tra", "ubkt", "ban nội chính"),
    *("ban chỉ đạo", "thường trực", "lãnh đạo", "đảng ủy", "đảng uỷ", "đảng bộ", "ủy ban", "uỷ ban", "dân vận"),
    *("ban xây dựng đảng", "chủ tịch", "ban chấp hành"),
)
_OWNERS = ("tinh uy", "thanh uy", "huyen uy", "dang uy", "ubnd", "hdnd", "mttq", "uy ban", "mat tran", "trung uong")


@dataclass(frozen=True)
class Roles:
    """Who leads and who supports."""

    lead: str = ""
    supporting: tuple[str, ...] = ()
    has_several_leads: bool = False


def clean_name(written: str) -> str:
    """One line, without the bullet before it and the punctuation around it."""
    line = _GLUED.sub(" ", " ".join(_BULLET.sub("", written).split())).strip(" ,;:.-–—+*•")
    if line.count("(") != line.count(")"):
        line = line.strip("()").strip() if line.startswith("(") or line.endswith(")") else line
    return line


def starts_with_unit(text: str) -> bool:
    """Whether the text begins with the name of a unit or of a group of them."""
    plain = fold(text[:40]).lower() + " "
    found = _HEAD.match(plain) or _TONED_HEAD.match(text[:40].lower() + " ")
    if found and (text[:1].isupper() or plain.startswith(_GROUP_HEADS)):
        return True
    words = text[:40].split()
    if len(words) > 1 and words[0] in _CAPITAL_HEADS and words[1][:1].isupper():
        return True
    return _ABBREVIATION.match(text) is not None and not _is_capital_title(text)


def _is_capital_title(text: str) -> bool:
    """“KINH PHÍ”: words in capitals, with tones, are a heading, not an abbreviation."""
    return text.isupper() and " " in text and not text.isascii()


def split_units(written: str) -> tuple[str, ...]:
    """The names in a list, one each; “các sở, ban, ngành” stays one name, a shared “Tỉnh ủy” goes to each."""
    names: list[str] = []
    for part in re.split(r"[;\n]", _rejoined(written[:_LONGEST])):
        names += _split_part(part)
    kept = [name for name in names if fold(name).lower() not in _NOTHING]
    return tuple(dict.fromkeys(kept))


def _rejoined(written: str) -> str:
    """Lines of a narrow cell put together again where a name was only wrapped."""
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    if not lines:
        return ""
    whole = lines[0]
    for line in lines[1:]:
        before = clean_name(re.split(r"[;,\n]", whole)[-1]).lower()
        is_wrapped = whole.endswith((",", " và", "-")) or _is_owner_of(line, before)
        is_bullet = _BULLET.match(line) and not _WRAPPED_DASH.match(line)
        is_new = is_bullet or (starts_with_unit(line) and not is_wrapped)
        whole += ("\n" if is_new else " ") + line
    return whole


def _is_owner_of(line: str, before: str) -> bool:
    """“Văn phòng” above “Tỉnh ủy”, “Đảng ủy” above “UBND tỉnh”: one name on two lines."""
    plain = fold(line).lower()
    return plain.startswith(_OWNERS[:2]) or (before.endswith(_OWNED) and plain.startswith(_OWNERS))


def _split_part(part: str) -> list[str]:
    pieces: list[str] = []
    for chunk in _outside_brackets(part, ","):
        cleaned = clean_name(chunk)
        if not cleaned:
            continue
        plain = fold(cleaned).lower()
        is_new = (
            not pieces
            or (cleaned[:1].isupper() and not _goes_on(pieces[-1], cleaned))
            or plain.startswith(_GROUP_HEADS)
        )
        if is_new:
            pieces.append(cleaned)
        else:
            pieces[-1] += ", " + cleaned
    names = [name for piece in pieces for name in _split_at_and(piece)]
    return _with_shared_tail(names)


def _goes_on(before: str, chunk: str) -> bool:
    """“Sở Văn hóa, Thể thao và Du lịch”: a part of the name before, not a unit of its own."""
    own = re.split(r"\s+và\s+(?=các\b|[A-ZĐ])", chunk)[0]
    return (
        not starts_with_unit(chunk)
        and starts_with_unit(before)
        and "(" not in own
        and len(own.split()) <= _WORDS_OF_A_HALF
    )


def _outside_brackets(text: str, separator: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == separator and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _split_at_and(piece: str) -> list[str]:
    """“A và B” are two when B is a unit by itself: not “Tuyên giáo và Dân vận”, not “cơ quan và đơn vị”."""
    parts = re.split(r"\s+(?:và|cùng)\s+(?=\S)", piece)
    names = [parts[0]]
    for part in parts[1:]:
        is_unit = starts_with_unit(part) and (part[:1].isupper() or fold(part).lower().startswith(_GROUP_HEADS))
        if is_unit and not _is_half_a_name(names[-1]) and not part.startswith(("Công nghệ", "Môi trường")):
            names.append(part)
        else:
            names[-1] += " và " + part
    return [name for name in map(clean_name, names) if name]


def _is_half_a_name(name: str) -> bool:
    """“Báo và Đài Phát thanh, Truyền hình” is one unit."""
    return fold(name).lower() in ("bao", "ban", "so", "hoi", "doan")


def _with_shared_tail(names: list[str]) -> list[str]:
    """“Ban Tổ chức, Ban Nội chính và UBKT Tỉnh ủy”: all three are of Tỉnh ủy."""
    tail = _PARTY_TAIL.search(names[-1]) if len(names) > 1 else None
    if tail is None or not _PARTY_HEAD.match(names[-1]):
        return names
    shared: list[str] = []
    for name in names[:-1]:
        lacks = _PARTY_HEAD.match(name) and not re.search(
            r"[Tt]ỉnh|[ủu]y$|[ỷ]$|Trung ương|xã|phường|UBND|MTTQ|Chỉ đạo",
            name.removeprefix("Ủy ban").removeprefix("Uỷ ban"),
        )
        shared.append(name + tail.group(0) if lacks else name)
    return [*shared, names[-1]]


def read_roles(written: str) -> Roles:
    """Lead and supporters of a cell that may hold both: “VPTU chủ trì; phối hợp: các cơ quan Đảng”."""
    text = written[:_LONGEST].strip()
    if labelled := _read_labels(text):
        return labelled
    if found := _LEADS_AFTER.match(text):
        rest = _WITH.sub("", text[found.end() :])
        rest = _SUPPORTS_AFTER.sub("", rest)
        return _roles(found.group("lead"), rest)
    if found := _TRAILING_WITH.search(text):
        return _roles(text[: found.start()], text[found.end() :])
    return _roles(text, "")


def _read_labels(text: str) -> Roles | None:
    """“Chủ trì: …; Phối hợp: …”"""
    marks = list(_LABELLED.finditer(text))
    if not marks:
        return None
    before = text[: marks[0].start()]
    led = _LEADS_AFTER.match(before)
    lead, supporting = led.group("lead") if led else before, ""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = text[mark.end() : following.start() if following else len(text)]
        if re.search(_SUPPORTING, mark.group("role"), re.I):
            supporting += ";" + value
        else:
            lead += ";" + value if lead.strip() else value
    return _roles(lead, supporting)


def _roles(lead: str, supporting: str) -> Roles:
    names = split_units(lead)
    written = clean_name("; ".join(part.strip() for part in _rejoined(lead).split("\n")).replace(";;", ";"))
    has_several = len(names) > 1
    return Roles(written if has_several else (names[0] if names else ""), split_units(supporting), has_several)


def name_and_duty(text: str) -> tuple[str, str] | None:
    """The unit a sentence begins with and what it has to do, None when it begins with no unit.

    “Văn phòng Tỉnh ủy: theo dõi …”, “Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với … rà soát …”.
    """
    head = text[: 2 * _LONGEST_NAME]
    if not starts_with_unit(head):
        return None
    colon = head.find(":")
    verb = _first_verb(head)
    if 0 < colon <= _LONGEST_NAME and (verb is None or colon < verb):
        return _checked(head[:colon], text[colon + 1 :].strip())
    if verb is not None and verb <= _LONGEST_NAME:
        return _checked(head[:verb], text[verb:].strip())
    return None


def unit_name(written: str) -> str:
    """The name without what only explains it: “Văn phòng Tỉnh ủy (cơ quan thường trực)”."""
    return clean_name(_EXPLAINED.sub(" ", clean_name(written)))


def _checked(name: str, duty: str) -> tuple[str, str] | None:
    name = unit_name(name)
    return (name, duty) if name and duty and "." not in name.replace("TP.", "") else None


def _first_verb(text: str) -> int | None:
    for found in _VERB.finditer(text):
        word = found.group(0)
        if found.start() == 0:
            continue
        if word == "giúp" and text[found.end() :].startswith(" việc"):
            continue
        if (
            word in _NOUN_VERBS
            and (_NOUN_BEFORE.search(text[: found.start()]) or word == "tổ chức")
            and (
                _NOUN_AFTER.match(text[found.end() :])
                or re.search(r"(?:cơ quan|đơn vị|bộ phận)\s*$", text[: found.start()])
            )
        ):
            continue
        return found.start()
    return None
