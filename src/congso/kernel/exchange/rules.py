"""The rules of exchange: which status may follow which, how long to wait, what each state asks of whom."""

from datetime import timedelta

from congso.lib.edxml.packets import Status

MOST_TRIES = 12
"""About a day and a half of trying, by the pauses below; then a person must look."""
HELD_FOR = timedelta(hours=1)
"""How long a packet waits for the one it speaks of, which may be on its way (packets come out of order)."""
NO_ANSWER_AFTER = timedelta(hours=24)
"""After so long without “01 Đã đến” the sender is told (office 2.2: delivery is followed)."""
MOST_SKEW = timedelta(minutes=10)
"""Senders' clocks differ; a moment further ahead of ours is noted."""
LEASE = timedelta(minutes=5)
"""A packet being sent is not taken up by another process for so long."""

_FORWARD = [Status.ARRIVED, Status.REGISTERED, Status.ASSIGNED, Status.IN_WORK, Status.DONE]
_TAKING_BACK = {Status.TAKE_BACK_ASKED, Status.TAKE_BACK_AGREED, Status.TAKE_BACK_REFUSED}
ENDED = {Status.REFUSED, Status.DONE}


def may_follow(current: str, new: Status) -> bool:
    """Whether the status moves forward: 01 → 02, or 01 → 03 → 04 → 05 → 06; 04 and 05 may be left out (office 3.4).

    13, 15 and 16 speak of taking back and move nothing; after them a replacement's own 03 to 06 may follow. What comes
    late or twice does not move a state backwards.
    """
    if new in _TAKING_BACK or current in ENDED:
        return False
    if new == Status.REFUSED:
        return current in {"", Status.ARRIVED}
    if current in _TAKING_BACK:  # a replacement that was agreed to goes its own way from there
        return new != Status.ARRIVED
    return current == "" or _FORWARD.index(new) > _FORWARD.index(Status(current))


def next_statuses(current: str) -> list[Status]:
    """What a receiver may report next."""
    return [status for status in (*_FORWARD, Status.REFUSED) if may_follow(current, status)]


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: one minute, doubled each time, at most six hours."""
    return min(timedelta(minutes=2 ** min(max(tries, 1) - 1, 10)), timedelta(hours=6))


# Error codes of the national axis seen in practice (unverified): code → whether trying again may help, what to do.
AXIS_ERRORS: dict[str, tuple[bool, str, str]] = {
    "10": (False, "Trục báo tệp gói tin không hợp lệ.", "Sửa văn bản rồi gửi lại."),
    "15": (False, "Trục từ chối mã hệ thống hoặc khóa kết nối.", "Báo người quản trị kiểm tra khóa kết nối trục."),
    "18": (False, "Trục không biết mã nơi nhận.", "Kiểm tra mã định danh của nơi nhận."),
    "19": (False, "Mã nơi gửi chưa đăng ký trên trục.", "Báo người quản trị đăng ký mã của cơ quan với trục."),
    "20": (True, "Trục đang có lỗi.", "Hệ thống tự gửi lại."),
    "21": (True, "Trục chưa xử lý được tệp.", "Hệ thống tự gửi lại."),
    "22": (False, "Trục báo gói tin không đúng quy chuẩn.", "Báo người quản trị; gửi bằng kênh khác nếu gấp."),
    "23": (True, "Nơi nhận đang bị khóa trên trục.", "Hệ thống tự gửi lại; liên hệ nơi nhận nếu gấp."),
}
