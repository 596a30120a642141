"""The life of one ballot on one page.

Organizers: leaders, chiefs and clerks of the body and of the office that serves it. Voters and counters are the
people on the ballot's own lists, by name: who stands in for somebody's post does not vote for her. Voting itself is no
transition: it changes nothing of the record, and voters handle nothing of it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.voting.models import RECORD_TYPE, Ballot, BallotMethod
from congso.kernel.access.principals import Function, System, office, person, system
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition

_ORGANIZING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)


def organizing_offices(body: Organization) -> list[Organization]:
    """The body itself and the offices serving it."""
    return [body, *(() if body.is_office else body.serving_offices.all())]


def _organizers(ballot: Ballot) -> set[int]:
    return {office(one.pk, function) for one in organizing_offices(ballot.owner) for function in _ORGANIZING}


def _listed(ballot: Ballot, what: str) -> Iterable[tuple[int, bool]]:
    """Person and whether she has a vote; kept on the ballot, whose flow asks a dozen times in one act."""
    kept = ballot.__dict__.setdefault("_listed", {})
    if what not in kept:
        kept[what] = (
            [(one.person_id, one.may_vote) for one in ballot.voters.all()]
            if what == "voters"
            else [(one.person_id, True) for one in ballot.counters.all()]
        )
    found: list[tuple[int, bool]] = kept[what]
    return found


def forget_lists(ballot: Ballot) -> None:
    """The lists have changed: ask for them anew."""
    ballot.__dict__.pop("_listed", None)
    ballot.__dict__.get("_prefetched_objects_cache", {}).clear()


ORGANIZERS = Role("organizers", _("Văn phòng, lãnh đạo tổ chức biểu quyết"), _organizers)
VOTERS = Role(
    "voters",
    _("Người biểu quyết"),
    lambda ballot: {person(one) for one, may_vote in _listed(ballot, "voters") if may_vote},
)
LISTED = Role(
    "listed", _("Người trong danh sách"), lambda ballot: {person(one) for one, _may in _listed(ballot, "voters")}
)
COUNTERS = Role(
    "counters", _("Ban kiểm phiếu"), lambda ballot: {person(one) for one, _may in _listed(ballot, "counters")}
)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda ballot: {system(System.REMINDERS)})


def _is_secret(ballot: Ballot, at: datetime) -> bool:
    return ballot.method == BallotMethod.SECRET


def _is_counted_by_hand(ballot: Ballot, at: datetime) -> bool:
    return ballot.method in (BallotMethod.HANDS, BallotMethod.PAPER)


def _is_election_on_paper(ballot: Ballot, at: datetime) -> bool:
    return ballot.method == BallotMethod.PAPER and ballot.is_list


def _may_close(ballot: Ballot, at: datetime) -> bool:
    return ballot.method != BallotMethod.SECRET or ballot.state == "collecting"


SECRET = Guard(_is_secret, _("Chỉ dùng khi bỏ phiếu kín điện tử."))
ON_PAPER = Guard(_is_election_on_paper, _("Chỉ in phiếu khi bầu theo danh sách bằng phiếu giấy."))
BY_HAND = Guard(_is_counted_by_hand, _("Cuộc này không đếm bằng tay."))
COLLECTED = Guard(_may_close, _("Đang phát phiếu; hãy kết thúc phát phiếu và cho bỏ phiếu trước."))

_ALL = (ORGANIZERS, LISTED, COUNTERS)
_RUNNING = (*_ALL, REMINDERS)

FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="draft",
    states=(
        State("draft", pgettext_lazy("ballot", "Đang chuẩn bị"), (ORGANIZERS, COUNTERS), Tone.NEUTRAL,
              awaits=(ORGANIZERS,)),
        State("open", pgettext_lazy("ballot", "Đang biểu quyết"), _RUNNING, Tone.WORKING, awaits=(VOTERS,)),
        State("collecting", pgettext_lazy("ballot", "Đang bỏ phiếu kín"), _RUNNING, Tone.WORKING, awaits=(VOTERS,)),
        State("closed", pgettext_lazy("ballot", "Đang kiểm phiếu"), _RUNNING, Tone.WAITING, awaits=(COUNTERS,)),
        State("counted", pgettext_lazy("ballot", "Có kết quả"), _ALL, Tone.DONE, is_closed=True),
        State("cancelled", pgettext_lazy("ballot", "Đã hủy"), _ALL, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("change", _("Sửa"), ("draft",), "", (ORGANIZERS,), icon="edit"),
        Transition("print", _("In phiếu bầu"), ("draft", "open"), "", (ORGANIZERS,), guards=(ON_PAPER,),
                   icon="printer"),
        Transition("open", _("Mở biểu quyết"), ("draft",), "open", (ORGANIZERS,), notifies=(VOTERS, COUNTERS),
                   icon="player-play"),
        Transition("list", _("Thay đổi người biểu quyết"), ("open",), "", (ORGANIZERS,), needs_reason=True,
                   icon="users"),
        Transition("key", _("Tạo khóa mở hòm phiếu"), ("draft",), "", (COUNTERS,), guards=(SECRET,), icon="key"),
        Transition("collect", _("Kết thúc phát phiếu, cho bỏ phiếu"), ("open",), "collecting", (ORGANIZERS,),
                   guards=(SECRET,), notifies=(VOTERS,), icon="checkbox"),
        Transition("close", _("Kết thúc biểu quyết"), ("open", "collecting"), "closed", (ORGANIZERS, REMINDERS),
                   guards=(COLLECTED,), icon="lock"),
        Transition("count", _("Nhập số đếm được"), ("closed",), "", (COUNTERS,), guards=(BY_HAND,),
                   icon="clipboard-list"),
        Transition("unlock", _("Góp khóa mở hòm phiếu"), ("closed",), "", (COUNTERS,), guards=(SECRET,), icon="key"),
        Transition("finish", _("Xác định kết quả"), ("closed",), "counted", (ORGANIZERS, COUNTERS, REMINDERS),
                   notifies=(ORGANIZERS, VOTERS), icon="clipboard-check"),
        Transition("cancel", _("Hủy cuộc biểu quyết"), ("draft", "open", "collecting"), "cancelled", (ORGANIZERS,),
                   needs_reason=True, notifies=(VOTERS,), icon="ban"),
        Transition("again", _("Vòng mới"), ("counted",), "", (ORGANIZERS,), icon="repeat"),
    ),
)  # fmt: skip
