"""The tail: authority, posts and names against what is expected, recipients (office 1.6 and its rules 5, 6)."""

import re
from collections.abc import Iterator

from congso.kernel.composing.contents import Authority, Signature
from congso.kernel.composing.findings import Finding
from congso.kernel.composing.forms import Component
from congso.kernel.composing.making.tail import authority_line
from congso.kernel.composing.paper import Para
from congso.kernel.composing.recognition import AUTHORITY, letters_of
from congso.kernel.composing.rules.finding import Case
from congso.lib.vietnamese import fold

_COLLECTIVE = re.compile(
    r"BANCHAPHANH|BANTHUONGVU|BANTHUONGTRUC|UYBANKIEMTRA|DANGUY|TINHUY|CHIUY|DOANCHUTICH|HOIDONG|UYBANMATTRAN"
)
TITLES = re.compile(r"^(?:(?:GS|PGS|TSKH|TS|ThS|Th\.S|BS|KS|CN|LS|NGND|NGƯT|GS\.TS|PGS\.TS)\.?\s*)+(?=\S)")
_AUTHORITY_SOURCE = "05-HD/VPTW (thẩm quyền ký)"


def check_tail(case: Case) -> Iterator[Finding]:
    """Signatures, then recipients."""
    yield from _authorities(case)
    yield from _signatures(case)
    yield from _recipients(case)


def _authorities(case: Case) -> Iterator[Finding]:
    prefixes = case.form.prefixes
    for one in case.paper.of(Component.AUTHORITY):
        found = AUTHORITY.match(one.line)
        if found is None:
            continue
        letters = letters_of(found["prefix"])
        meant = next((kind for kind, printed in prefixes.items() if letters_of(printed) == letters), None)
        written = found["prefix"] + found["mark"]
        if meant is None:
            yield case.error(
                "authority.unknown",
                f"“{written}” không dùng trong thể thức này.",
                f"Dùng một trong: {', '.join(prefixes.values())}.",
                at=one,
                source=_AUTHORITY_SOURCE,
            )
        elif written != prefixes[meant]:
            yield case.error(
                "authority.prefix",
                f"Quyền hạn ký ghi “{written}”, thể thức này ghi “{prefixes[meant]}”.",
                f"Ghi “{prefixes[meant]}”.",
                at=one,
                repair=True,
            )
        over = letters_of(one.line[found.end() :])
        if meant is Authority.DEPUTY and (
            _COLLECTIVE.match(over) or (case.expected.issuer_is_collective and not _is_post(over))
        ):
            yield case.error(
                "authority.deputy_of_collective",
                f"“{one.line}”: tập thể không ký thay (K/T); ký thay mặt (T/M).",
                "Ghi T/M tập thể, dòng dưới ghi chức vụ người ký.",
                at=one,
                source=_AUTHORITY_SOURCE,
            )
        elif meant is Authority.ON_BEHALF and (_is_post(over) or case.expected.issuer_is_collective is False):
            yield case.error(
                "authority.on_behalf_of_head",
                f"“{one.line}”: cơ quan có thủ trưởng không ký thay mặt (T/M).",
                "Thủ trưởng ký trực tiếp; cấp phó ký thay (K/T).",
                at=one,
                source=_AUTHORITY_SOURCE,
            )


def _is_post(letters: str) -> bool:
    return letters.startswith(
        ("CHANHVANPHONG", "TRUONGBAN", "BITHU", "CHUTICH", "CHUNHIEM", "GIAMDOC", "HIEUTRUONG", "TONGBIENTAP")
    )


def _signatures(case: Case) -> Iterator[Finding]:
    names = case.paper.of(Component.NAME)
    if not names:
        yield case.error(
            "signature.missing",
            "Không thấy phần ký: quyền hạn, chức vụ, họ tên người ký.",
            "Ghi quyền hạn, chức vụ, để chỗ ký rồi ghi họ tên ở cuối văn bản, bên phải.",
        )
        return
    for one in names:
        if TITLES.match(one.line):
            yield case.error(
                "name.title",
                f"Trước họ tên không ghi học hàm, học vị: “{one.line}”.",
                "Chỉ ghi họ và tên.",
                at=one,
                repair=True,
            )
    shouted = [one for one in names if one.line == one.line.upper()]
    if shouted:
        yield case.error(
            "name.upper",
            f"Họ tên người ký viết in hoa: “{shouted[0].line}”.",
            "Chỉ viết hoa chữ cái đầu mỗi từ.",
            at=shouted[0],
            repair=True,
        )
    written = {letters_of(TITLES.sub("", one.line)): one for one in names}
    for signature in case.expected.signatures:
        name = written.get(letters_of(signature.name))
        if name is None:
            yield case.error(
                "name.other",
                f"Người ký phải là “{signature.name}”, trong tệp ghi “{names[0].line}”.",
                "Sửa họ tên trong tệp hoặc đổi người ký khi trình.",
                at=names[0],
            )
        else:
            yield from _block(case, signature, name)


def _block(case: Case, signature: Signature, name: Para) -> Iterator[Finding]:
    """The authority and posts above a name."""
    above = [
        one for one in case.paper.of(Component.AUTHORITY, Component.POST)
        if one.number < name.number and (one.cell == name.cell or name.cell is None)
    ]  # fmt: skip
    authority = " ".join(one.line for one in above if one.component is Component.AUTHORITY)
    posts = " ".join(one.line for one in above if one.component is Component.POST)
    wanted = authority_line(signature, case.form) if signature.authority in (*case.form.prefixes, Authority.OWN) else ""
    at = above[0] if above else name
    if letters_of(_without_prefix(authority)) != letters_of(_without_prefix(wanted)) or _kind(authority) != _kind(
        wanted
    ):
        yield case.error(
            "authority.other",
            f"Quyền hạn ký phải là “{wanted or 'không ghi'}”, trong tệp ghi “{authority or 'không có'}”.",
            f"Ghi “{wanted}” phía trên chức vụ." if wanted else "Bỏ dòng quyền hạn ký.",
            at=at,
            repair=True,
        )
    if (
        signature.post
        and signature.authority is not Authority.ACTING
        and letters_of(posts) != letters_of(signature.post)
    ):
        yield case.error(
            "post.other",
            f"Chức vụ người ký phải là “{signature.post.upper()}”, trong tệp ghi “{posts or 'không có'}”.",
            f"Ghi “{signature.post.upper()}”.",
            at=at,
            repair=True,
        )


def _without_prefix(line: str) -> str:
    return AUTHORITY.sub("", line, count=1)


def _kind(line: str) -> str:
    found = AUTHORITY.match(line)
    return letters_of(found["prefix"]) if found else ""


def _recipients(case: Case) -> Iterator[Finding]:
    paper, expected = case.paper, case.expected
    lines = paper.of(Component.RECIPIENT)
    if paper.first(Component.RECIPIENTS_LABEL) is None:
        if expected.doc_type != "minutes":
            yield case.error(
                "recipients.missing", "Thiếu “Nơi nhận”.", "Ghi “Nơi nhận:” và danh sách ở cuối văn bản, bên trái."
            )
        return
    if not lines:
        yield case.error("recipients.empty", "“Nơi nhận” chưa có nơi nào.", "Ghi từng nơi nhận, dòng cuối “Lưu …”.")
        return
    kept = [one for one in lines if _is_kept(one)]
    if not kept:
        yield case.error("recipients.kept", "“Nơi nhận” thiếu dòng “Lưu …”.", "Thêm dòng cuối “- Lưu …”.", at=lines[-1])
    elif kept[-1] is not lines[-1]:
        yield case.error(
            "recipients.order",
            "Dòng “Lưu …” phải ở cuối “Nơi nhận”.",
            "Chuyển dòng “Lưu …” xuống cuối.",
            at=kept[-1],
            repair=True,
        )
    bare = [one for one in lines if not one.line.startswith(("-", "–")) and not one.is_listed]
    if bare:
        yield case.warning(
            "recipients.hyphen",
            "Mỗi nơi nhận bắt đầu bằng gạch đầu dòng.",
            "Thêm “- ” đầu dòng.",
            at=bare[0],
            repair=True,
        )
    if not lines[-1].line.endswith("."):
        yield case.warning(
            "recipients.end",
            "Dòng cuối “Nơi nhận” kết thúc bằng dấu chấm.",
            "Đặt dấu chấm cuối dòng “Lưu …”.",
            at=lines[-1],
            repair=True,
        )
    written = [letters_of(one.line) for one in lines]
    for name in expected.recipients:
        if not any(letters_of(name) in line for line in written) and not _is_kept_line(name):
            yield case.warning(
                "recipients.other",
                f"“Nơi nhận” trong tệp chưa có “{name}” đã chọn khi trình.",
                "Bổ sung vào “Nơi nhận” hoặc bỏ khỏi danh sách gửi.",
                at=lines[0],
                repair=True,
            )


def _is_kept(one: Para) -> bool:
    return _is_kept_line(one.line)


def _is_kept_line(line: str) -> bool:
    return fold(line).lower().lstrip("-– ").startswith("luu")
