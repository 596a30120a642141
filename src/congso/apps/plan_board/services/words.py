"""Outlooks and their reasons in words, the same on pages and papers."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.plan_board.models import Direction, Item
from congso.apps.plan_board.rules import Judgement, Outlook, TaskStanding, Why

OUTLOOKS: dict[Outlook, Promise] = {
    Outlook.LATE: gettext_lazy("Chậm"),
    Outlook.AT_RISK: gettext_lazy("Có nguy cơ"),
    Outlook.UNMEASURED: gettext_lazy("Chưa có số đo"),
    Outlook.ON_COURSE: gettext_lazy("Đúng tiến độ"),
    Outlook.REACHED: gettext_lazy("Đã đạt"),
    Outlook.NONE: gettext_lazy("Không đo"),
}
TONES = {
    Outlook.LATE: "bad",
    Outlook.AT_RISK: "warn",
    Outlook.UNMEASURED: "calm",
    Outlook.ON_COURSE: "act",
    Outlook.REACHED: "good",
    Outlook.NONE: "calm",
}
STANDINGS: dict[TaskStanding, Promise] = {
    TaskStanding.DONE: gettext_lazy("Hoàn thành"),
    TaskStanding.DONE_LATE: gettext_lazy("Hoàn thành quá hạn"),
    TaskStanding.OVERDUE: gettext_lazy("Quá hạn"),
    TaskStanding.RUNNING: gettext_lazy("Trong hạn"),
    TaskStanding.RESTING: gettext_lazy("Tạm dừng"),
    TaskStanding.CANCELLED: gettext_lazy("Đã hủy"),
}


_REASONS: dict[Why, Promise] = {
    Why.NO_FIGURE: gettext_lazy("Chưa có số đo; mốc tới %(due)s cần %(limit)s %(wanted)s."),
    Why.MISSED: gettext_lazy("Mốc %(due)s cần %(limit)s %(wanted)s, đến %(day)s mới là %(value)s."),
    Why.REACHED_LAST: gettext_lazy("Số đo %(value)s ngày %(day)s đã đạt mức cuối cùng (%(limit)s %(wanted)s)."),
    Why.REACHED_NEXT: gettext_lazy("Số đo %(value)s ngày %(day)s đã đạt mức của mốc tới %(due)s."),
    Why.STALE: gettext_lazy(
        "Số đo gần nhất là của ngày %(day)s (%(value)s), đã cũ; mốc tới %(due)s cần %(limit)s %(wanted)s."
    ),
    Why.ON_LINE: gettext_lazy("Số đo %(value)s ngày %(day)s theo kịp đường tiến độ (%(expected)s) tới mốc %(due)s."),
    Why.BELOW_LINE: gettext_lazy(
        "Số đo %(value)s ngày %(day)s chưa theo kịp đường tiến độ (%(expected)s) tới mốc %(due)s (%(wanted)s)."
    ),
}


def outlook_words(outlook: Outlook) -> Promise:
    """What pages call it."""
    return OUTLOOKS[outlook]


def shown(value: Decimal) -> str:
    """A value as people write it: 62,4; 1.200."""
    whole, _point, part = f"{value:,.3f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def reason_of(judgement: Judgement, item: Item) -> str:
    """Why the target stands so, in one sentence with its numbers."""
    figure, milestone, unit = judgement.figure, judgement.milestone, item.figure_unit
    told = {
        "value": f"{shown(figure.value)} {unit}".strip() if figure else "",
        "day": f"{figure.day:%d/%m/%Y}" if figure else "",
        "wanted": f"{shown(milestone.value)} {unit}".strip() if milestone else "",
        "due": f"{milestone.day:%d/%m/%Y}" if milestone else "",
        "expected": f"{shown(judgement.expected)} {unit}".strip() if judgement.expected is not None else "",
        "limit": _("không quá") if item.direction == Direction.AT_MOST else _("ít nhất"),
    }
    if judgement.why is Why.NO_FIGURE and judgement.outlook is Outlook.LATE:
        return _("Mốc %(due)s đã qua (cần %(limit)s %(wanted)s) mà chưa có số đo.") % told
    sentence = _REASONS.get(judgement.why)
    return str(sentence) % told if sentence else ""
