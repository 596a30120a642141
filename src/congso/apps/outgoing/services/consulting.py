"""Opinions of units: asked at once or one after the other, answered point by point, each point answered back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.flow import ASKED_NOW
from congso.apps.outgoing.models import Opinion, OpinionPoint, OpinionRound, OutgoingDocument
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import assignments_of, people_in, title_of
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.workflow.services import NotYours, Refused, act
from congso.lib.vietnamese import nfc

State, Stance, Outcome = Opinion.State, Opinion.Stance, OpinionPoint.Outcome


@dataclass(frozen=True)
class Point:
    """One point as it is given: where in the draft, and what."""

    text: str
    clause: str = ""


def ask_opinions(
    document: OutgoingDocument, *, targets: Sequence[Organization | Person], due_on: date, is_serial: bool = False,
    question: str = "", by: Actor, at: datetime,
) -> OpinionRound:  # fmt: skip
    """Ask units or people about the newest version, all at once or in this order. They see the draft from now on.

    Raises Refused without a version, without anybody, for a day gone by or somebody named twice.
    """
    day = timezone.localdate(at)
    if not targets or len({(type(one), one.pk) for one in targets}) != len(targets):
        raise Refused("Hãy chọn các đơn vị, cá nhân xin ý kiến, mỗi nơi một lần.")
    if due_on < day:
        raise Refused("Hạn cho ý kiến không thể trước ngày hôm nay.")
    document.forget()
    version = document.last_version
    if version is None:
        raise Refused("Chưa có bản dự thảo nào để xin ý kiến.")
    with act(document, "ask_opinions", by=by, at=at, note=question) as move:
        asked = OpinionRound.objects.create(
            document=document, version=version, is_serial=is_serial, question=question.strip()[:3000], due_on=due_on,
            asked_by_id=by.id, asked_label=title_of(by.id, day), asked_at=at,
        )  # fmt: skip
        for position, target in enumerate(targets, 1):
            is_turn = not is_serial or position == 1
            Opinion.objects.create(
                document=document, round=asked, position=position, target_label=_label(target, day),
                unit=target if isinstance(target, Organization) else None,
                person=target if isinstance(target, Person) else None, receivers=_receivers(target, day),
                state=State.ASKED if is_turn else State.WAITING, asked_at=at if is_turn else None,
            )  # fmt: skip
        document.forget()
        how = "lần lượt" if is_serial else "đồng thời"
        move.label = f"Xin ý kiến {len(targets)} nơi ({how}), hạn {due_on:%d/%m/%Y}"
    return asked


def give_opinion(
    opinion: Opinion, *, stance: str, text: str = "", points: Sequence[Point] = (), by: Actor, at: datetime
) -> None:
    """Answer what one was asked, once. Whose turn comes next is told. Raises NotYours, Refused."""
    document = opinion.document
    if not current_principals() & set(opinion.receivers):
        raise NotYours("Ý kiến này được hỏi đơn vị, người khác.")
    said = [Point(nfc(one.text).strip(), one.clause.strip()[:120]) for one in points if one.text.strip()]
    if stance not in {Stance.AGREES, Stance.AGREES_WITH, Stance.DISAGREES}:
        raise Refused("Hãy chọn nhất trí, nhất trí có bổ sung, hoặc không nhất trí.")
    if stance != Stance.AGREES and not said and not text.strip():
        raise Refused("Hãy ghi nội dung ý kiến.")
    with act(document, "give_opinion", by=by, at=at) as move:
        label = title_of(by.id, timezone.localdate(at))
        if not said and stance != Stance.AGREES:
            said = [Point(nfc(text).strip())]
        for point in said:
            OpinionPoint.objects.create(document=document, opinion=opinion, clause=point.clause, text=point.text[:5000])
        answered = Opinion.objects.filter(pk=opinion.pk, state=State.ASKED).update(
            state=State.ANSWERED, stance=stance, text=nfc(text).strip()[:10_000], author_id=by.id, author_label=label,
            answered_at=at,
        )  # fmt: skip
        if not answered:
            raise Refused("Ý kiến này đã được trả lời hoặc chưa đến lượt.")
        move.label = f"{opinion.target_label}: {Stance(stance).label}"
        _next_turn(document, opinion, by=by, at=at)
        document.forget()


def close_opinions(document: OutgoingDocument, *, note: str = "", by: Actor, at: datetime) -> None:
    """End the asking, whoever has answered: who has not is noted as without an opinion."""
    with act(document, "close_opinions", by=by, at=at, note=note) as move:
        missed = document.opinions.filter(state__in=[State.WAITING, State.ASKED]).update(state=State.MISSED)
        document.rounds.filter(closed_at__isnull=True).update(closed_at=at)
        document.forget()
        answered = sum(one.state == State.ANSWERED for one in document.opinions_asked)
        move.label = f"Kết thúc lấy ý kiến: {answered} nơi trả lời, {missed} nơi không có ý kiến"


def decide_points(
    document: OutgoingDocument, decisions: Mapping[int, tuple[str, str]], *, by: Actor, at: datetime
) -> int:
    """Accept or decline points, by id: (outcome, reason). What is not wholly accepted needs a reason (office 2.2 c)."""
    with act(document, "decide_points", by=by, at=at) as move:
        done = 0
        for pk, (outcome, reason) in decisions.items():
            if outcome not in {Outcome.ACCEPTED, Outcome.PARTLY, Outcome.DECLINED}:
                raise Refused("Hãy chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu.")
            if outcome != Outcome.ACCEPTED and not reason.strip():
                raise Refused("Ý kiến không tiếp thu, hoặc tiếp thu một phần, phải ghi giải trình.")
            done += OpinionPoint.objects.filter(pk=pk, document=document).update(
                outcome=outcome, reason=nfc(reason).strip()[:3000], decided_by_id=by.id, decided_at=at
            )
        if not done:
            raise Refused("Chưa có ý kiến nào được giải trình.")
        move.label = f"Tiếp thu, giải trình {done} ý kiến"
    return done


def check_decided(document: OutgoingDocument) -> None:
    """Before a draft goes on every point has its answer. Raises Refused."""
    left = rules.undecided(document.points.values_list("outcome", flat=True))
    if left:
        raise Refused(f"Còn {left} ý kiến góp ý chưa được tiếp thu hoặc giải trình.")


def _next_turn(document: OutgoingDocument, opinion: Opinion, *, by: Actor, at: datetime) -> None:
    following = document.opinions.filter(round_id=opinion.round_id, state=State.WAITING).order_by("position").first()
    if following is None:
        return
    still = document.opinions.filter(round_id=opinion.round_id, state=State.ASKED).exists()
    if not still:
        Opinion.objects.filter(pk=following.pk).update(state=State.ASKED, asked_at=at)
        document.forget()
        told = ASKED_NOW.principals(document)
        notify(document, principals=list(told), text="Đến lượt cho ý kiến dự thảo", by=by, at=at, kind=Kind.ASSIGNED)


def _label(target: Organization | Person, day: date) -> str:
    if isinstance(target, Person):
        return title_of(target.pk, day)
    return target.short_name if target.kind == "unit" else target.name


def _receivers(target: Organization | Person, day: date) -> list[int]:
    """A person alone; a unit's leaders (its staff without one), for an office its chiefs too."""
    if isinstance(target, Person):
        if not assignments_of(target.pk, day).exists():
            raise Refused(f"{target} hiện không giữ chức vụ nào nên không cho ý kiến được.")
        return [principals.person(target.pk)]
    has_leaders = people_in(target, day, ["leaders"]).exists()
    found = [principals.office(target.pk, Function.LEADERS if has_leaders else Function.STAFF)]
    if target.is_office:
        found.append(principals.office(target.pk, Function.CHIEFS))
    return found
