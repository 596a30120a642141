"""Why something was not signed, in words that tell the person how to go on."""

from enum import StrEnum


class Why(StrEnum):
    """A stable code beside the sentence, for tests, statistics and the API."""

    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    TOKEN_GONE = "token_gone"  # noqa: S105 - no secret
    KEY_MISSING = "key_missing"
    MODULE_MISSING = "module_missing"
    SERVICE_AWAY = "service_away"
    SERVICE_REFUSED = "service_refused"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    UNTRUSTED = "untrusted"
    STATUS_UNKNOWN = "status_unknown"
    NO_TIMESTAMP = "no_timestamp"
    DAMAGED = "damaged"
    NOT_ALLOWED = "not_allowed"
    PLACE_MISSING = "place_missing"
    PLACE_TAKEN = "place_taken"
    NO_FIELD = "no_field"


class SigningRefused(Exception):
    """Nothing was signed; `str()` is shown to the person as it is."""

    def __init__(self, code: Why, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code

    @property
    def is_of_the_key(self) -> bool:
        """Whether trying the next document with the same key is pointless."""
        return self.code in _OF_THE_KEY


_OF_THE_KEY = frozenset(
    {
        Why.WRONG_PIN, Why.PIN_LOCKED, Why.TOKEN_GONE, Why.KEY_MISSING, Why.MODULE_MISSING, Why.SERVICE_AWAY,
        Why.SERVICE_REFUSED, Why.EXPIRED, Why.NOT_YET_VALID, Why.REVOKED, Why.UNTRUSTED, Why.STATUS_UNKNOWN,
        Why.NO_TIMESTAMP,
    }
)  # fmt: skip


def wrong_pin() -> SigningRefused:
    return SigningRefused(
        Why.WRONG_PIN, "Mã PIN không đúng. Hãy nhập lại cẩn thận: sai nhiều lần liên tiếp thiết bị sẽ tự khóa."
    )


def pin_locked() -> SigningRefused:
    return SigningRefused(
        Why.PIN_LOCKED,
        "Thiết bị ký số đã bị khóa vì nhập sai mã PIN nhiều lần. Hãy đề nghị cơ quan quản lý chứng thư mở khóa"
        " (mẫu khôi phục thiết bị).",
    )


def token_gone() -> SigningRefused:
    return SigningRefused(
        Why.TOKEN_GONE,
        "Không thấy thiết bị ký số (token): thiết bị chưa cắm hoặc vừa bị rút ra. Hãy cắm lại rồi ký tiếp;"
        " những văn bản đã ký vẫn giữ nguyên, không phải ký lại.",
    )


def key_missing() -> SigningRefused:
    return SigningRefused(
        Why.KEY_MISSING, "Trong thiết bị không có khóa của chứng thư này. Hãy kiểm tra có cắm nhầm thiết bị không."
    )


def module_missing(name: str) -> SigningRefused:
    return SigningRefused(
        Why.MODULE_MISSING,
        f"Máy chủ chưa được cài đặt trình điều khiển “{name}” của thiết bị ký số. Hãy báo bộ phận công nghệ thông tin.",
    )


def service_away() -> SigningRefused:
    return SigningRefused(
        Why.SERVICE_AWAY, "Dịch vụ ký số từ xa chưa trả lời. Chưa có gì được ký ở bước này; hãy thử lại sau ít phút."
    )


def service_refused(words: str) -> SigningRefused:
    return SigningRefused(
        Why.SERVICE_REFUSED, f"Dịch vụ ký số từ xa từ chối: {words[:200]}. Hãy kiểm tra mã xác nhận rồi ký lại."
    )


def expired() -> SigningRefused:
    return SigningRefused(
        Why.EXPIRED, "Chứng thư số đã hết hạn nên không ký được. Hãy làm thủ tục gia hạn (mẫu gia hạn chứng thư)."
    )


def not_yet_valid() -> SigningRefused:
    return SigningRefused(
        Why.NOT_YET_VALID, "Chứng thư số chưa đến ngày có hiệu lực. Hãy kiểm tra giờ máy chủ hoặc chờ đến ngày đó."
    )


def revoked() -> SigningRefused:
    return SigningRefused(
        Why.REVOKED, "Chứng thư số đã bị thu hồi nên không ký được. Hãy liên hệ cơ quan quản lý chứng thư."
    )


def untrusted() -> SigningRefused:
    return SigningRefused(
        Why.UNTRUSTED,
        "Chứng thư số không do cơ quan chứng thực mà hệ thống tin cậy cấp. Quản trị viên xem mục Gốc tin cậy.",
    )


def status_unknown() -> SigningRefused:
    return SigningRefused(
        Why.STATUS_UNKNOWN,
        "Chưa kiểm tra được chứng thư có bị thu hồi hay không (máy chủ OCSP/CRL không trả lời) nên chưa ký."
        " Hãy thử lại sau ít phút.",
    )


def no_timestamp() -> SigningRefused:
    return SigningRefused(
        Why.NO_TIMESTAMP, "Máy chủ cấp dấu thời gian không trả lời nên chưa ký. Hãy thử lại sau ít phút."
    )


def damaged() -> SigningRefused:
    return SigningRefused(
        Why.DAMAGED, "Tệp PDF hỏng hoặc có cấu trúc lạ nên không ký được. Hãy xuất lại tệp từ bản gốc rồi ký."
    )


def not_allowed() -> SigningRefused:
    return SigningRefused(
        Why.NOT_ALLOWED,
        "Chữ ký đã có trên văn bản không cho phép việc này: sửa thêm sẽ làm chữ ký đó mất hiệu lực.",
    )


def place_missing(name: str) -> SigningRefused:
    return SigningRefused(
        Why.PLACE_MISSING,
        f"Văn bản đã được ký chứng nhận mà chưa dành sẵn chỗ ký “{name}”. Hãy chuẩn bị chỗ ký trước chữ ký đầu tiên.",
    )


def place_taken(name: str) -> SigningRefused:
    return SigningRefused(Why.PLACE_TAKEN, f"Chỗ ký “{name}” đã có chữ ký.")


def no_field(name: str) -> SigningRefused:
    return SigningRefused(Why.NO_FIELD, f"Văn bản không có ô “{name}” để điền.")
