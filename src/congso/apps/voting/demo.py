"""The demo's ballots of the Standing Committee: a circulated paper still open, a named vote with its result, and a
secret election on paper, its sheets struck out, read as a scan and counted by two.

Made by the services, each act by the person who would do it; names on the list are invented.
"""

import io
from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from django.db import transaction
from django.utils import timezone

from congso.apps.voting import services
from congso.apps.voting.models import Ballot, VotingRule
from congso.apps.voting.queries import ballot_of, counter_of, sheets_of, tally_of_sheets
from congso.apps.voting.rules import Tally
from congso.apps.voting.services import Given, Listed, NewBallot
from congso.apps.voting.sheets import layout
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization, Person

_CLERK, _OWNER = "vanthu1.vptu", "LC.TU"
_SECRETARY, _DEPUTY = "bithu.tu", "pbttt.tu"
_VOTERS = (
    _SECRETARY, _DEPUTY, "pbt.tu", "pbt.ubnd", "lanhdao.btctu", "lanhdao.ubkttu", "lanhdao.btgdvtu",
)  # fmt: skip
_COUNTERS = ("theodoi1.vptu", "tp.th.vptu")
_DAYS = 5
_NAMES = ("Lê Thị Giả Danh", "Trần Văn Phác Thảo", "Phạm Thị Ví Von")
# Places struck out on each sheet; the fourth voter left all three, one more than is elected: not valid.
_STRUCK: tuple[Collection[int], ...] = ((2,), (2,), (1,), (), (0,), (2,), (1,))
_POINTS = 72 / 25.4


@transaction.atomic
def load() -> int:
    """Make the demo's ballots; returns how many, 0 when they are there."""
    with acting_as(_person(_CLERK)):
        if Ballot.objects.exists():
            return 0
    _paper_to_answer()
    _named_vote()
    _election()
    with acting_as(_person(_CLERK)):
        return Ballot.objects.count()


def _paper_to_answer() -> None:
    """Two have answered; it waits for the others."""
    last_day = timezone.localdate() + timedelta(days=_DAYS)
    made = _prepared(
        "Xin ý kiến dự thảo Kế hoạch số hóa tài liệu năm tới", way="circulation",
        question="Dự thảo lần 2, đã tiếp thu ý kiến của các cơ quan tham mưu.",
        closes_at=timezone.make_aware(datetime.combine(last_day, time(17))),
    )  # fmt: skip
    _do(_CLERK, services.open_ballot, made)
    _vote(made, _SECRETARY, "yes")
    _vote(made, "lanhdao.ubkttu", "other", "Đề nghị bổ sung kinh phí bóc tách hồ sơ khổ lớn.")


def _named_vote() -> None:
    made = _prepared("Thông qua Chương trình công tác quý tới", question="Dự thảo trình tại hội nghị.")
    _do(_CLERK, services.open_ballot, made)
    for voter in _VOTERS[:5]:
        _vote(made, voter, "yes")
    _vote(made, _VOTERS[5], "other", "Đưa nội dung kiểm tra chuyên đề lên tháng đầu quý.")
    _do(_CLERK, services.close_ballot, made)


def _election() -> None:
    """One of the committee counts what was scanned, the other by hand; both come to the same."""
    made = _prepared(
        "Bầu bổ sung Ủy viên Ủy ban Kiểm tra Tỉnh ủy", rule="bau-tai-hoi-nghi", subject="list", method="paper",
        is_personnel=True, seats=2, is_poll_recorded=True,
    )  # fmt: skip
    with acting_as(_person(_CLERK)):
        people = [Person.objects.get(pk=_person(name).id) for name in _COUNTERS]
    _do(_CLERK, services.set_counters, made, people, head=people[0])
    _do(_CLERK, services.set_options, made, [(name, "") for name in _NAMES])
    printed = _do(_CLERK, services.print_ballots, made, len(_STRUCK))
    _do(_CLERK, services.open_ballot, made)
    _do(_CLERK, services.close_ballot, made)
    tally = _scan(made, _struck_out(printed))
    for counter in _COUNTERS:
        _do(counter, services.enter_count, made, tally)
    _do(_COUNTERS[0], services.finish_ballot, made)


def _scan(ballot: Ballot, scanned: bytes) -> Tally:
    """Read by the machine as any scan is, for the first of the committee."""
    counter, now = _person(_COUNTERS[0]), timezone.now()
    with acting_as(counter), TemporaryDirectory() as folder:
        seen, path = ballot_of(ballot.pk), Path(folder) / "phieu.pdf"
        path.write_bytes(scanned)
        found = services.read_scan(seen, path, pages=len(_STRUCK))
        own = counter_of(seen, counter.id)
        if own is None:
            raise LookupError(_COUNTERS[0])
        services.keep_sheets(seen, own, 0, found, by=counter, at=now)  # 0: it came by no upload
        return tally_of_sheets(seen, sheets_of(seen, own), issued=len(_STRUCK))


def _struck_out(printed: bytes) -> bytes:
    """The sheets with strokes of a blue pen through the names."""
    rooms, out = layout.places(len(_NAMES)), io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as sheets:
        for page, struck in zip(sheets.pages, _STRUCK, strict=True):
            page.contents_add(_strokes(rooms, struck), prepend=True)
        sheets.save(out)
    return out.getvalue()


def _strokes(rooms: Sequence[layout.Place], struck: Collection[int]) -> bytes:
    lines = []
    for place in struck:
        left, middle = rooms[place].left + layout.NUMBER, layout.HEIGHT - rooms[place].top - rooms[place].height / 2
        ends = [value * _POINTS for value in (left - 1, middle - 0.4, left + 48, middle + 0.4)]
        lines.append("{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*ends))
    return f"q 0.1 0.15 0.55 RG 1.6 w {' '.join(lines)} Q".encode()


def _prepared(title: str, *, rule: str = "nghi-quyet-cap-uy", **facts: Any) -> Ballot:
    clerk, now = _person(_CLERK), timezone.now()
    with acting_as(clerk):
        told = {"subject": "question", "method": "named", "way": "room"} | facts
        new = NewBallot(title=title, voting_rule=VotingRule.objects.get(code=rule), **told)
        made = services.create_ballot(new, body=Organization.objects.get(code=_OWNER), by=clerk, at=now)
        listed = [Listed(Person.objects.get(pk=_person(name).id)) for name in _VOTERS]
        services.set_voters(made, listed, by=clerk, at=now)
    return made


def _do(name: str, service: Any, ballot: Ballot, *args: Any, **more: Any) -> Any:
    actor = _person(name)
    with acting_as(actor):
        return service(ballot_of(ballot.pk), *args, by=actor, at=timezone.now(), **more)


def _vote(ballot: Ballot, name: str, choice: str, words: str = "") -> None:
    _do(name, services.cast_answer, ballot, Given(choice, words=words))


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))
