"""What leaders and the office do: present, write the direction (bút phê), take back, conclude."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.documents import rules
from congso.apps.documents.flow import CHIEFS, LEADERS
from congso.apps.documents.models import Direction, Handling, IncomingDocument
from congso.apps.documents.queries import leaders_for
from congso.apps.documents.services.registry import tell_how_it_goes
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import assignments_of, people_in, title_of
from congso.kernel.notify.rules import Kind as NoticeKind
from congso.kernel.notify.services import notify
from congso.kernel.workflow.services import NotYours, Refused, WrongState, act
from congso.lib.edxml.packets import Status

_TOLD = {
    Handling.Kind.LEAD: "Giao chủ trì xử lý văn bản đến",
    Handling.Kind.SUPPORT: "Giao phối hợp xử lý văn bản đến",
    Handling.Kind.INFORM: "Chuyển để biết văn bản đến",
}


@dataclass(frozen=True)
class Target:
    """To whom a document goes: a unit or a person, never both."""

    unit: Organization | None = None
    person: Person | None = None

    def __post_init__(self) -> None:
        if (self.unit is None) == (self.person is None):
            raise ValueError("a target is a unit or a person")

    def label(self, day: date) -> str:
        """The name it bears on the day; a room inside an organization by its short name."""
        if self.unit:
            return self.unit.short_name if self.unit.kind == "unit" else self.unit.name
        return title_of(self.person.pk, day) if self.person else ""

    def is_of(self, line: Handling) -> bool:
        """Whether the handling is this target's."""
        return (line.unit_id, line.person_id) == (
            self.unit.pk if self.unit else None,
            self.person.pk if self.person else None,
        )


@dataclass(frozen=True)
class Order:
    """What a direction says: who leads, who supports, who only needs to know, what to do and until when."""

    text: str = ""
    lead: Target | None = None
    support: tuple[Target, ...] = ()
    inform: tuple[Target, ...] = ()
    due_on: date | None = None

    def __iter__(self) -> Iterator[tuple[Handling.Kind, Target]]:
        if self.lead:
            yield Handling.Kind.LEAD, self.lead
        yield from ((Handling.Kind.SUPPORT, target) for target in self.support)
        yield from ((Handling.Kind.INFORM, target) for target in self.inform)


def present_document(
    document: IncomingDocument, *, by: Actor, at: datetime, to: Person | None = None, proposal: str = ""
) -> None:
    """Lay the document before a leader of the office or of the committee served; none named means all."""
    if to and not leaders_for(document.owner, timezone.localdate(at)).filter(pk=to.pk).exists():
        raise Refused(f"{to} không phải là lãnh đạo chỉ đạo trong sổ của {document.owner.short_name}.")
    with act(document, "present", by=by, at=at, note=proposal) as move:
        document.presented_at, document.presented_to, document.proposal = at, to, proposal.strip()
        document.save(update_fields=["presented_at", "presented_to", "proposal"])
        if document.is_urgent:
            move.label = f"{document.get_urgency_display()}: trình lãnh đạo"


def direct_document(document: IncomingDocument, *, order: Order, by: Actor, at: datetime) -> Direction:
    """Write the direction. The first needs exactly one lead; later ones add units, a deadline, another lead.

    Units and persons named see the document from now on. Naming another lead ends the handling of the former.
    """
    document.refresh_from_db(fields=["state"])
    document.forget_handlings()
    former = document.lead
    _check(document, order, former, at)
    changes_lead = order.lead is not None and former is not None and not order.lead.is_of(former)
    key = "direct" if former is None else "replace_lead" if changes_lead else "add_direction"
    with act(document, key, by=by, at=at, note=order.text) as move:
        if changes_lead and former:
            end_line(former, Handling.Ending.REPLACED, at)
        direction = Direction.objects.create(
            document=document,
            author_id=by.id,
            author_label=_signed(document, by, timezone.localdate(at)),
            text=order.text.strip(),
            due_on=order.due_on,
            at=at,
        )
        add_lines(document, _new_lines(document, order, at), order=order, by=by, at=at, direction=direction)
        if order.lead:
            document.unit = _unit_of(order.lead, timezone.localdate(at))
        if order.due_on:
            document.due_on = order.due_on
            Handling.objects.filter(document=document, kind=Handling.Kind.LEAD, parent=None, ending="").update(
                due_on=order.due_on
            )
        document.save(update_fields=["unit", "due_on"])
        move.facts["targets"] = [f"{kind}: {target.label(timezone.localdate(at))}" for kind, target in order]
        document.forget_handlings()
        tell_how_it_goes(document, Status.ASSIGNED, at=at)
    return direction


def conclude_document(
    document: IncomingDocument, *, text: str, by: Actor, at: datetime, inform: tuple[Target, ...] = ()
) -> None:
    """Nothing is to be done but to know and keep it: the leader's words close it, units named may read it."""
    if not rules.is_result(text):
        raise Refused("Hãy ghi ý kiến khi kết thúc, lưu văn bản.")
    with act(document, "conclude", by=by, at=at, note=text):
        direction = Direction.objects.create(
            document=document,
            author_id=by.id,
            author_label=_signed(document, by, timezone.localdate(at)),
            text=text.strip(),
            at=at,
        )
        lines = [(Handling.Kind.INFORM, target) for target in inform]
        add_lines(document, lines, order=Order(text=text), by=by, at=at, direction=direction)
        tell_how_it_goes(document, Status.DONE, at=at)


def take_back(line: Handling, *, by: Actor, at: datetime, note: str = "") -> None:
    """Take a handling back unseen: only while its receiver has not opened it, only by those who gave it.

    Without its lead a document is as before the direction. Raises Refused when it has been opened.
    """
    document = line.document
    check_decider(line)
    with act(document, "take_back" if line.is_lead else "take_back_line", by=by, at=at, note=note) as move:
        unopened = Handling.objects.filter(pk=line.pk, ending="", first_opened_at__isnull=True)
        if not unopened.update(ending=Handling.Ending.WITHDRAWN, ended_at=at):
            raise Refused("Nơi nhận đã mở văn bản nên không thu hồi được; hãy bút phê bổ sung.")
        move.label = f"{move.label}: {line.target_label}"
        if line.is_lead:
            document.unit = document.due_on = None
            document.save(update_fields=["unit", "due_on"])
        document.forget_handlings()


def receivers_of(target: Target, day: date) -> list[int]:
    """The principals behind a target: a person alone; a unit's leaders; for an office also clerks and chiefs.

    A unit without a leader on the day is received by its staff, or nobody would see the document.
    """
    if target.person:
        return [principals.person(target.person.pk)]
    unit = target.unit
    if unit is None:
        return []
    has_leaders = people_in(unit, day, ["leaders"]).exists()
    found = [principals.office(unit.pk, Function.LEADERS if has_leaders else Function.STAFF)]
    registries = [unit.pk] if unit.is_office else list(unit.serving_offices.values_list("pk", flat=True))
    for office in registries:
        found += [principals.office(office, Function.CLERKS), principals.office(office, Function.CHIEFS)]
    return found


def add_lines(
    document: IncomingDocument,
    targets: list[tuple[Handling.Kind, Target]],
    *,
    order: Order,
    by: Actor,
    at: datetime,
    direction: Direction | None = None,
    parent: Handling | None = None,
) -> list[Handling]:
    """Write the lines of a direction or of passing on, and tell their receivers; inside an act."""
    day = timezone.localdate(at)
    label, prefix = _signed(document, by, day), f"{document.get_urgency_display()}: " if document.is_urgent else ""
    lines = []
    for kind, target in targets:
        line = Handling.objects.create(
            document=document,
            direction=direction,
            parent=parent,
            kind=kind,
            unit=target.unit,
            person=target.person,
            target_label=target.label(day),
            receivers=receivers_of(target, day),
            givers=sorted(_above(document, parent)),
            assigned_by_id=by.id,
            assigned_label=label,
            assigned_at=at,
            text=order.text.strip(),
            due_on=None if kind == Handling.Kind.INFORM else order.due_on,
        )
        words = f"{prefix}{_TOLD[kind]}"
        notify(document, principals=line.receivers, text=words, by=by, at=at, kind=NoticeKind.ASSIGNED)
        lines.append(line)
    document.forget_handlings()
    return lines


def end_line(line: Handling, how: Handling.Ending, at: datetime) -> None:
    """A handling ends without a result, and with it what was passed on from it."""
    ended = Handling.objects.filter(pk=line.pk, ending="")
    ended.update(ending=how, ended_at=at)
    for child in Handling.objects.filter(parent=line, ending=""):
        end_line(child, how, at)
    line.document.forget_handlings()


def _above(document: IncomingDocument, parent: Handling | None) -> set[int]:
    """Everybody above a new line: leaders and chiefs, and inside a unit those of the line it comes from."""
    leaders = {p for role in (LEADERS, CHIEFS) for p in role.principals(document)}
    return leaders | set(parent.receivers) | set(parent.givers) if parent else leaders


def givers_of(line: Handling) -> set[int]:
    """Who gave the handling: leaders and chiefs; inside a unit those who received the line above."""
    if line.parent:
        return set(line.parent.receivers)
    return {p for role in (LEADERS, CHIEFS) for p in role.principals(line.document)}


def check_decider(line: Handling) -> None:
    """Only who gave a handling decides on it."""
    if not current_principals() & givers_of(line):
        raise NotYours("Chỉ người đã giao việc này mới quyết định được.")


def _new_lines(document: IncomingDocument, order: Order, at: datetime) -> list[tuple[Handling.Kind, Target]]:
    """Who has the same part already keeps the line; who gets another part gets a new one."""
    added = []
    for kind, target in order:
        standing = [one for one in document.live_handlings if one.parent_id is None and target.is_of(one)]
        for line in standing:
            if line.kind != kind:
                end_line(line, Handling.Ending.REPLACED, at)
        if not any(line.kind == kind for line in standing):
            added.append((kind, target))
    return added


def _check(document: IncomingDocument, order: Order, former: Handling | None, at: datetime) -> None:
    if former is None and order.lead is None:
        raise Refused("Hãy chọn đúng một đơn vị hoặc người chủ trì.")
    if document.state == "return_asked" and (order.lead is None or (former and order.lead.is_of(former))):
        raise WrongState("Đơn vị chủ trì đang đề nghị trả lại; hãy trả lời đề nghị hoặc chọn đơn vị chủ trì khác.")
    if not any(order) and not order.text.strip() and not order.due_on:
        raise Refused("Hãy ghi ý kiến chỉ đạo hoặc chọn nơi nhận.")
    targets = [target for _kind, target in order]
    if len(set(targets)) != len(targets):
        raise Refused("Một đơn vị, một người chỉ nhận một vai trò: chủ trì, phối hợp hoặc để biết.")
    today = timezone.localdate(at)
    if order.due_on and order.due_on < today:
        raise Refused("Hạn xử lý không thể trước ngày hôm nay.")
    for target in targets:
        if target.person and not assignments_of(target.person.pk, today).exists():
            raise Refused(f"{target.person} hiện không giữ chức vụ nào nên không nhận văn bản được.")
        if target.unit and target.unit.valid_to and target.unit.valid_to <= today:
            raise Refused(f"{target.unit} không còn hoạt động.")


def _signed(document: IncomingDocument, by: Actor, day: date) -> str:
    """“Name, post” of whoever directs, by the post held in the office or the committee it serves."""
    bodies = [body for body in (document.owner, document.owner.serves) if body]
    held = assignments_of(by.id, day).filter(post__organization__in=bodies).select_related("person").first()
    return f"{held.person.full_name}, {held.post.name}" if held else title_of(by.id, day)


def _unit_of(target: Target, day: date) -> Organization | None:
    """The unit whose work it becomes: the lead itself, or where the leading person serves."""
    if target.unit:
        return target.unit
    held = assignments_of(target.person.pk, day).first() if target.person else None
    return held.post.organization if held else None
