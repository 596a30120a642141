"""The verdicts and reasons in plain Vietnamese: what it means and what to do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.kernel.signing.validation.verdicts import Reason, Verdict

Words = str | Promise


@dataclass(frozen=True)
class Said:
    """One reason: what was found, and what the person does now (empty: nothing)."""

    what: Words
    then: Words = ""


@dataclass(frozen=True)
class Shown:
    """How a verdict looks: heading, tone of the tag, icon."""

    label: Words
    tone: str
    icon: str


VERDICTS = {
    Verdict.VALID: Shown(_("Hợp lệ"), "good", "circle-check"),
    Verdict.UNTRUSTED: Shown(_("Nguyên vẹn nhưng chưa tin cậy"), "warn", "alert-triangle"),
    Verdict.UNKNOWN: Shown(_("Chưa kết luận được"), "warn", "alert-triangle"),
    Verdict.INVALID: Shown(_("Không hợp lệ"), "bad", "circle-x"),
    Verdict.UNSIGNED: Shown(_("Không có chữ ký số"), "warn", "file-text"),
}

_RETURN = _("Không vào sổ; trả lại nơi gửi kèm lý do và đề nghị gửi lại bản ký đúng.")
_SEND_LASTING = _("Đề nghị nơi gửi ký lại có kèm dữ liệu kiểm tra (mức B-LT), hoặc kiểm tra lại khi máy chủ có mạng.")
REASONS = {
    Reason.CONTENT_CHANGED: Said(_("Nội dung văn bản đã bị sửa sau khi ký."), _RETURN),
    Reason.SIGNATURE_BROKEN: Said(_("Chữ ký không khớp với chứng thư của người ký."), _RETURN),
    Reason.CHANGED_AFTER: Said(_("Sau khi ký có phần được thêm hoặc sửa mà người ký không cho phép."), _RETURN),
    Reason.FILLED_AFTER: Said(_("Ô trên văn bản bị điền hoặc điền lại sau khi ký mà không được phép."), _RETURN),
    Reason.PLACE_ADDED_AFTER: Said(_("Sau khi ký, có ô chữ ký mới được chèn lên mặt văn bản."), _RETURN),
    Reason.NOT_COVERED: Said(_("Chữ ký không bao trùm toàn bộ phần văn bản đang hiển thị."), _RETURN),
    Reason.MALFORMED: Said(_("Phần chữ ký trong tệp bị hỏng hoặc đã bị sửa."), _RETURN),
    Reason.UNKNOWN_FORMAT: Said(_("Chữ ký có định dạng lạ, không kiểm tra được nên không được công nhận."), _RETURN),
    Reason.REVOKED: Said(_("Chứng thư đã bị thu hồi trước thời điểm ký."), _RETURN),
    Reason.SIGNED_AFTER_END: Said(_("Thời điểm ký nằm ngoài thời hạn của chứng thư."), _RETURN),
    Reason.NOT_YET_VALID: Said(_("Ký khi chứng thư chưa có hiệu lực."), _RETURN),
    Reason.WRONG_USE: Said(_("Chứng thư này không được cấp để ký văn bản."), _RETURN),
    Reason.NO_REVOCATION_DATA: Said(
        _("Không có dữ liệu để biết chứng thư có bị thu hồi hay không tại thời điểm ký."), _SEND_LASTING
    ),
    Reason.EXPIRED: Said(
        _("Chứng thư đã hết hạn và không có dấu thời gian chứng minh văn bản được ký khi còn hạn."), _SEND_LASTING
    ),
    Reason.REVOKED_NO_TIME: Said(
        _("Chứng thư đã bị thu hồi; không có dấu thời gian chứng minh văn bản được ký trước đó."),
        _("Không dùng văn bản này làm căn cứ; hỏi lại nơi gửi."),
    ),
    Reason.CLOCK_AHEAD: Said(
        _("Giờ ký do máy người ký ghi muộn hơn giờ hiện tại: đồng hồ một trong hai máy sai."),
        _("Kiểm tra giờ máy chủ; nếu đúng, hỏi lại nơi gửi."),
    ),
    Reason.WEAK: Said(_("Chữ ký dùng thuật toán đã lỗi thời, có thể bị giả."), _SEND_LASTING),
    Reason.TIMESTAMP_DOUBTFUL: Said(_("Dấu thời gian kèm chữ ký không xác minh được."), _SEND_LASTING),
    Reason.NOT_DECIDED: Said(
        _("Tệp không cho biết đủ để kết luận (thiếu dữ liệu, hoặc tệp có mật khẩu)."), _SEND_LASTING
    ),
    Reason.SELF_SIGNED: Said(
        _("Chứng thư do chính người ký tự tạo, không cơ quan nào xác nhận người đó là ai."),
        _("Không coi là chữ ký của cơ quan, cá nhân ghi trên đó; yêu cầu ký bằng chứng thư được cấp."),
    ),
    Reason.UNKNOWN_AUTHORITY: Said(
        _("Cơ quan cấp chứng thư không có trong danh sách gốc tin cậy của hệ thống."),
        _("Nếu là cơ quan chứng thực hợp pháp, đề nghị quản trị viên thêm vào Gốc tin cậy rồi kiểm tra lại."),
    ),
    Reason.TEST_AUTHORITY: Said(_("Chứng thư THỬ NGHIỆM: KHÔNG CÓ GIÁ TRỊ PHÁP LÝ.")),
    Reason.CLAIMED_TIME: Said(_("Thời điểm ký do máy người ký tự ghi, không có dấu thời gian xác nhận.")),
    Reason.CLOCK_DIFFERS: Said(_("Giờ máy người ký lệch so với dấu thời gian; lấy theo dấu thời gian.")),
    Reason.FILLED_AS_ALLOWED: Said(_("Số, ngày được điền sau khi ký, đúng phạm vi người ký cho phép.")),
    Reason.SIGNED_LATER: Said(_("Sau đó có thêm chữ ký khác; nội dung không đổi.")),
    Reason.VALIDATION_DATA_ADDED: Said(_("Sau đó chỉ có thêm dữ liệu kiểm tra, dấu thời gian lưu trữ.")),
}
