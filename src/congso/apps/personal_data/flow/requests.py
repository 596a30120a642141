"""The life of a person's request about her own data (91/2025/QH15, article 4): received, acknowledged, answered."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS, REMINDERS
from congso.apps.personal_data.models import REQUEST, RequestKind, SubjectRequest
from congso.kernel.access import principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import assignments_of
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def _keepers(request: SubjectRequest) -> set[int]:
    """Administrators of the whole directory, and of the bodies at or above the subject's posts today."""
    found = {principals.role(principals.Role.ADMINISTRATOR)}
    for held in assignments_of(request.subject_id, timezone.localdate()):
        above: Organization | None = held.post.organization
        while above is not None:
            found.add(principals.administration(above.pk))
            above = above.parent
    return found


def _subject(request: SubjectRequest) -> Iterable[int]:
    return {principals.person(request.subject_id)}


def _is_no_directory_correction(request: SubjectRequest, at: datetime) -> bool:
    return not (request.kind == RequestKind.CORRECT and request.proposed)


def _is_directory_correction(request: SubjectRequest, at: datetime) -> bool:
    return not _is_no_directory_correction(request, at)


def _not_extended(request: SubjectRequest, at: datetime) -> bool:
    return request.extended_from is None


SUBJECT = Role("subject", _("Người yêu cầu"), _subject)
KEEPERS = Role("keepers", _("Quản trị danh bạ"), _keepers)

NOT_EXTENDED = Guard(_not_extended, _("Yêu cầu này đã được gia hạn một lần; pháp luật chỉ cho gia hạn một lần."))
ANSWERED_IN_WORDS = Guard(
    _is_no_directory_correction, _("Yêu cầu này sửa danh bạ: hãy “Chấp nhận sửa” để quản trị danh bạ sửa.")
)
CHANGES_DIRECTORY = Guard(_is_directory_correction, _("Yêu cầu này không nêu giá trị mới của danh bạ."))

_BOTH = (OFFICERS, HEADS)
_SEEN = (SUBJECT, *_BOTH, REMINDERS)
RUNNING = ("received", "in_progress", "correcting")

REQUESTS = Flow(
    record_type=REQUEST,
    initial="received",
    states=(
        State("received", _("Đã gửi"), _SEEN, Tone.WAITING, awaits=_BOTH),
        State("in_progress", _("Đang giải quyết"), _SEEN, Tone.WORKING, awaits=(OFFICERS,)),
        State("correcting", _("Chờ sửa danh bạ"), _SEEN, Tone.WORKING, awaits=(KEEPERS,)),
        State("fulfilled", _("Đã thực hiện"), (SUBJECT, *_BOTH), Tone.DONE, is_closed=True),
        State("refused", _("Từ chối"), (SUBJECT, *_BOTH), Tone.STOPPED, is_closed=True),
        State("withdrawn", _("Người yêu cầu rút"), (SUBJECT, *_BOTH), Tone.NEUTRAL, is_closed=True),
    ),
    transitions=(
        Transition(
            "acknowledge",
            _("Báo đã tiếp nhận"),
            ("received",),
            "in_progress",
            _BOTH,
            notifies=(SUBJECT,),
            icon="check",
        ),
        Transition(
            "accept_correction",
            _("Chấp nhận sửa"),
            ("in_progress",),
            "correcting",
            _BOTH,
            guards=(CHANGES_DIRECTORY,),
            notifies=(SUBJECT, KEEPERS),
            icon="checks",
        ),
        Transition(
            "correct",
            _("Sửa danh bạ"),
            ("correcting",),
            "fulfilled",
            (KEEPERS,),
            notifies=(SUBJECT, OFFICERS),
            icon="pencil",
        ),
        Transition(
            "fulfil",
            _("Trả lời: đã thực hiện"),
            ("in_progress",),
            "fulfilled",
            _BOTH,
            guards=(ANSWERED_IN_WORDS,),
            notifies=(SUBJECT,),
            icon="circle-check",
        ),
        Transition(
            "extend",
            _("Gia hạn"),
            ("in_progress", "correcting"),
            "",
            _BOTH,
            needs_reason=True,
            guards=(NOT_EXTENDED,),
            notifies=(SUBJECT,),
            icon="calendar",
        ),
        Transition(
            "refuse",
            _("Từ chối"),
            ("received", "in_progress", "correcting"),
            "refused",
            _BOTH,
            needs_reason=True,
            notifies=(SUBJECT,),
            icon="ban",
        ),
        Transition(
            "withdraw",
            _("Rút yêu cầu"),
            ("received", "in_progress"),
            "withdrawn",
            (SUBJECT,),
            notifies=_BOTH,
            icon="arrow-back-up",
        ),
    ),
)
