"""Random acts by random people, through the real services: each moves a record or is refused in words."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from congso.apps.directives import queries as task_queries
from congso.apps.directives import services as tasks
from congso.apps.documents import queries as document_queries
from congso.apps.documents import services as documents
from congso.apps.documents.models import RECORD_TYPE as DOCUMENT
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.services import attach, store_file
from congso.kernel.records.models import Record
from congso.kernel.records.services import comment_on
from congso.kernel.workflow.services import Refused, possible_transitions
from tests.worlds.chart import RandomWorld, named
from tests.worlds.rule import Chart

WORD = "thegioi"  # stands in every title, so that one question finds all


def live(world: RandomWorld, chart: Chart, *, acts: int) -> int:
    """New records and what people do with them; returns how many acts were carried out."""
    done = 0
    for _ in range(acts):
        handled = _records(world)
        done += _open_record(world, chart) if len(handled) < 3 or world.random.random() < 0.1 else 0
        if handled:
            done += _go_on(world, chart, world.random.choice(handled))
    return done


def _records(world: RandomWorld) -> list[Record]:
    with acting_as(Actor.person(world.cast.reader)):
        return list(Record.objects.order_by("pk"))


def _open_record(world: RandomWorld, chart: Chart) -> int:
    """A document comes in where there is a clerk, or a task is assigned where somebody may."""
    random = world.random
    one = random.choice(world.organizations)
    if random.random() < 0.6:
        return _tried(world, _holding(world, chart, {office(one.pk, Function.CLERKS)}), lambda by: _receive(
            world, one, by
        ))  # fmt: skip
    wanted = {office(one.pk, function) for function in (Function.LEADERS, Function.CHIEFS, Function.TRACKERS)}
    return _tried(world, _holding(world, chart, wanted), lambda by: _assign(world, one, by))


def _receive(world: RandomWorld, one: Any, by: Actor) -> None:
    document = documents.receive_document(one, title=f"{WORD} văn bản", by=by, at=world.at)
    _attach(world, document, by, role="original")


def _assign(world: RandomWorld, one: Any, by: Actor) -> None:
    standing = world.standing()
    lead, *supporting = world.random.sample(standing, min(2, len(standing)))
    tasks.assign_task(
        tasks.NewTask(lead=lead, supporting=supporting, content=f"{WORD} nhiệm vụ", due_on=world.today),
        owner=one, source_symbol="01-KH/TC", by=by, at=world.at, assigned_on=world.today,
    )  # fmt: skip


def _go_on(world: RandomWorld, chart: Chart, record: Record) -> int:
    """Somebody who may act on the record does what she can; who only sees it says a word or adds a file."""
    random = world.random
    able = _holding(world, chart, set(record.handlers))
    if able and random.random() < 0.8:
        return _tried(world, able, lambda by: _act(world, record, by, chart.held(by.id)))
    seeing = _holding(world, chart, set(record.audience))
    said = _comment if record.are_files_closed else random.choice((_comment, _enclose))
    return _tried(world, seeing, lambda by: said(world, record, by))


def _act(world: RandomWorld, record: Record, by: Actor, held: frozenset[int]) -> None:
    is_document = record.type == DOCUMENT
    queries = document_queries.incoming_document if is_document else task_queries.task_of
    whole = queries(record.pk)
    able = [one.key for one in possible_transitions(whole, held=held, at=world.at)]
    known = [key for key in able if key in (_DOCUMENT if is_document else _TASK)]
    if known:
        (_DOCUMENT if is_document else _TASK)[world.random.choice(known)](world, whole, by)


def _comment(world: RandomWorld, record: Record, by: Actor) -> None:
    comment_on(record, by=by, at=world.at, text="Đã xem.")


def _enclose(world: RandomWorld, record: Record, by: Actor) -> None:
    _attach(world, record, by, role="enclosure")


def _attach(world: RandomWorld, record: Record, by: Actor, *, role: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "tep.txt")
        path.write_text(f"Nội dung thử {world.random.random()}", encoding="utf-8")  # bytes nobody else brought
        blob = store_file(path, media_type="text/plain", pages=0, by=by, at=world.at)
    made = attach(record, blob, name="tệp.txt", role=role, by=by, at=world.at)
    world.files[made.pk] = record.pk


def _holding(world: RandomWorld, chart: Chart, wanted: set[int]) -> list[int]:
    return [person for person in world.people if chart.held(person) & wanted]


def _tried(world: RandomWorld, able: Sequence[int], do: Callable[[Actor], None]) -> int:
    if not able:
        return 0
    by = Actor.person(world.random.choice(able))
    try:
        with transaction.atomic(), acting_as(by):
            do(by)
    except Refused:
        return 0
    return 1


def _entry(world: RandomWorld) -> documents.Entry:
    number = f"{world.random.randint(1, 99)}-CV/TC"
    return documents.Entry(number, f"{WORD} văn bản", "Nơi gửi thử", "official_letter", world.today)


def _order(world: RandomWorld) -> documents.Order:
    random, standing = world.random, world.standing()
    units = random.sample(standing, min(3, len(standing)))
    lead = documents.Target(unit=units[0])
    if random.random() < 0.3:
        lead = documents.Target(person=named(random.choice(world.people)))
    others = [documents.Target(unit=one) for one in units[1:]]
    return documents.Order("Giao xử lý.", lead=lead, support=tuple(others[:1]), inform=tuple(others[1:]))


def _line(do: Callable[..., Any]) -> Callable[[RandomWorld, Any, Actor], None]:
    def act(world: RandomWorld, document: Any, by: Actor) -> None:
        if document.live_handlings:
            line = world.random.choice(document.live_handlings)
            do(document_queries.handling(line.pk), by=by, at=world.at)

    return act


def _with(service: Callable[..., Any], **facts: Any) -> Callable[[RandomWorld, Any, Actor], None]:
    return lambda world, record, by: service(record, by=by, at=world.at, **facts)


def _inside(line: Any, *, by: Actor, at: Any) -> None:
    order = documents.Order("Chuyển.", inform=(documents.Target(person=named(by.id)),))
    documents.pass_on(line, order=order, by=by, at=at)


_WHY = "Lý do thử."
_DIRECT = lambda world, document, by: documents.direct_document(  # noqa: E731
    document, order=_order(world), by=by, at=world.at
)
_DOCUMENT: dict[str, Callable[[RandomWorld, Any, Actor], None]] = {
    "register": lambda world, document, by: documents.register_document(
        document, entry=_entry(world), by=by, at=world.at, is_another=True
    ),
    "present": _with(documents.present_document),
    "direct": _DIRECT,
    "add_direction": _DIRECT,
    "replace_lead": _DIRECT,
    "open": _with(documents.open_document),
    "conclude": _with(documents.conclude_document, text="Lưu."),
    "complete": _with(documents.complete_document, result="Đã xử lý xong."),
    "reopen": _with(documents.reopen_document, reason=_WHY),
    "recall": _with(documents.recall_document, reason=_WHY),
    "withdraw": _with(documents.withdraw_document, reason=_WHY),
    "return_to_sender": _with(documents.return_to_sender, reason=_WHY),
    "pass_on": _line(_inside),
    "ask_return": _line(lambda line, **who: documents.ask_return(line, reason=_WHY, **who)),
    "accept_return": _line(documents.accept_return),
    "refuse_return": _line(lambda line, **who: documents.refuse_return(line, reason=_WHY, **who)),
    "report_result": _line(lambda line, **who: documents.report_result(line, result="Đã làm xong.", **who)),
    "take_back": _line(documents.take_back),
    "take_back_line": _line(documents.take_back),
}
_TASK: dict[str, Callable[[RandomWorld, Any, Actor], None]] = {
    "accept": _with(tasks.accept_task),
    "return": _with(tasks.return_task, note=_WHY),
    "report": _with(tasks.report_progress, text="Đã làm một phần.", percent=40),
    "finish": _with(tasks.report_progress, text="Đã làm xong.", percent=100),
    "pass_on": lambda world, task, by: tasks.pass_task(
        task, person=named(world.random.choice(world.people)), by=by, at=world.at
    ),
    "confirm": _with(tasks.confirm_completion),
    "reject": _with(tasks.reject_completion, note=_WHY),
    "change_lead": lambda world, task, by: tasks.change_lead(
        task, lead=world.random.choice(world.standing()), by=by, at=world.at, note=_WHY
    ),
    "pause": _with(tasks.pause_task, note=_WHY),
    "resume": _with(tasks.resume_task),
    "cancel": _with(tasks.cancel_task, note=_WHY),
    "reopen": _with(tasks.reopen_task, note=_WHY),
}
