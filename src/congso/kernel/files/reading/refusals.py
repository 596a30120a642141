"""Why a file cannot be taken, in words that tell the person how to go on."""

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

_OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES}


class Reason(StrEnum):
    """A stable code beside the sentence, for tests, statistics and the API."""

    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"
    TOO_HEAVY = "too_heavy"
    TOO_SLOW = "too_slow"
    INFECTED = "infected"


class Refused(Exception):
    """The file is not taken in; `message_vi` is shown to the person as it is."""

    def __init__(self, code: Reason, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi


def empty() -> Refused:
    return Refused(Reason.EMPTY, "Tệp rỗng (0 byte). Hãy kiểm tra tệp gốc rồi tải lên lại.")


def unsupported(found: str) -> Refused:
    return Refused(
        Reason.UNSUPPORTED,
        f"Không nhận loại tệp này ({found}). Hãy lưu lại thành PDF, DOCX, XLSX hoặc ảnh JPEG, PNG, TIFF rồi tải lên.",
    )


def archive() -> Refused:
    return Refused(Reason.ARCHIVE, "Đây là tệp nén. Hãy giải nén rồi tải lên từng tệp bên trong.")


def encrypted() -> Refused:
    return Refused(
        Reason.ENCRYPTED, "Tệp có mật khẩu nên không đọc được. Hãy mở tệp, gỡ mật khẩu, lưu lại rồi tải lên."
    )


def truncated(label: str) -> Refused:
    return Refused(
        Reason.TRUNCATED,
        f"Tệp {label} bị cắt cụt, thiếu phần cuối (thường do sao chép hoặc gửi dở dang). Hãy lấy lại bản gốc"
        " hoặc quét lại rồi tải lên.",
    )


def unopened(label: str) -> Refused:
    return Refused(
        Reason.DAMAGED,
        f"Không mở được tệp {label}: tệp hỏng hoặc có mật khẩu. Hãy mở bằng phần mềm đã tạo ra tệp, lưu lại"
        " thành PDF rồi tải lên.",
    )


def office_missing(label: str) -> Refused:
    return Refused(
        Reason.UNSUPPORTED,
        f"Máy chủ chưa cài LibreOffice nên chưa đọc được tệp {label}. Hãy lưu lại thành PDF, DOCX hoặc XLSX.",
    )


def damaged(label: str) -> Refused:
    return Refused(
        Reason.DAMAGED,
        f"Tệp {label} bị hỏng, không mở được. Hãy mở thử bằng phần mềm đã tạo ra tệp, lưu lại rồi tải lên.",
    )


def too_large(limit_bytes: int) -> Refused:
    return Refused(
        Reason.TOO_LARGE,
        f"Tệp lớn hơn mức cho phép ({limit_bytes // 2**20} MB). Hãy quét ở 200–300 dpi hoặc chia thành nhiều tệp.",
    )


def too_many_pages(pages: int, limit: int) -> Refused:
    return Refused(
        Reason.TOO_MANY_PAGES,
        f"Tệp có {_grouped(pages)} trang, nhiều hơn mức cho phép ({_grouped(limit)} trang). Hãy chia thành nhiều tệp.",
    )


def too_many_pixels(limit: int) -> Refused:
    return Refused(
        Reason.TOO_MANY_PIXELS,
        f"Ảnh hoặc trang có kích thước quá lớn (hơn {limit // 10**6} triệu điểm ảnh). Hãy quét lại ở 200–300 dpi.",
    )


def bomb() -> Refused:
    return Refused(
        Reason.BOMB,
        "Nội dung nén trong tệp lớn bất thường khi giải nén, có dấu hiệu tệp phá hoại. Hãy liên hệ nơi gửi để"
        " lấy lại tệp.",
    )


def too_heavy() -> Refused:
    return Refused(
        Reason.TOO_HEAVY,
        "Đọc tệp này cần quá nhiều bộ nhớ. Hãy in lại ra PDF hoặc chia thành nhiều tệp rồi tải lên.",
    )


def too_slow(seconds: float) -> Refused:
    return Refused(
        Reason.TOO_SLOW,
        f"Đọc tệp quá {round(seconds)} giây chưa xong nên đã dừng. Hãy thử lại; nếu vẫn vậy, hãy in lại ra PDF"
        " hoặc chia nhỏ tệp.",
    )


def infected() -> Refused:
    return Refused(
        Reason.INFECTED,
        "Phần mềm diệt vi-rút báo tệp có mã độc. Tệp không được lưu; hãy báo bộ phận công nghệ.",
    )


@contextmanager
def whatever_fails(label: str) -> Iterator[None]:
    """Refuse as damaged whatever a library raises while it reads foreign bytes; the trace goes to the log.

    Libraries fail on broken bytes in ways they do not list. A full disk or memory is no fault of the file.
    """
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
            raise
        traceback.print_exc()
        raise damaged(label) from error


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
