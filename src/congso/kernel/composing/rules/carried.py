"""What a file carries beside its words: tracked changes, comments, hidden text, names of people and machines."""

from collections.abc import Iterator

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.rules.finding import Case

_SOURCE = "Quy tắc của hệ thống: bản phát hành không mang dấu vết soạn thảo"
_PROPERTIES = {
    "creator": "tác giả", "lastModifiedBy": "người sửa cuối", "Manager": "người quản lý", "Company": "cơ quan",
    "keywords": "từ khóa", "description": "ghi chú", "category": "thể loại", "custom": "thuộc tính riêng",
}  # fmt: skip


def check_carried(case: Case) -> Iterator[Finding]:
    """Only of Word files."""
    carried = case.paper.carried
    if carried.tracked:
        yield case.final(
            "file.tracked",
            f"Còn {carried.tracked} chỗ sửa theo dõi (Track Changes) chưa chốt.",
            "Vào Review, chọn Accept hoặc Reject từng chỗ; hoặc chọn “Chấp nhận mọi thay đổi” khi sửa tự động.",
            source=_SOURCE,
        )
    if carried.comments:
        yield case.final(
            "file.comments",
            f"Còn {carried.comments} ý kiến (Comments) trong tệp.",
            "Xóa các ý kiến (Review → Delete All Comments); hoặc chọn “Chấp nhận mọi thay đổi” khi sửa tự động.",
            source=_SOURCE,
        )
    hidden = [one for one in case.paper.paragraphs if one.has_hidden]
    if hidden:
        yield case.error(
            "file.hidden",
            f"Có chữ ẩn ở {len(hidden)} đoạn; người nhận mở tệp sẽ đọc được.",
            "Bật hiện chữ ẩn (Font → bỏ Hidden), giữ hoặc xóa.",
            at=hidden[0],
            source=_SOURCE,
        )
    if carried.properties:
        kinds = ", ".join(_PROPERTIES.get(name, name) for name in sorted(carried.properties))
        yield case.warning(
            "file.properties",
            f"Tệp mang thông tin riêng: {kinds}.",
            "Xóa trong File → Info → Inspect Document.",
            repair=True,
            source=_SOURCE,
        )
    if carried.has_template:
        yield case.warning(
            "file.template",
            "Tệp trỏ tới mẫu nằm trên máy soạn thảo.",
            "Bỏ mẫu đính kèm (Developer → Document Template).",
            repair=True,
            source=_SOURCE,
        )
