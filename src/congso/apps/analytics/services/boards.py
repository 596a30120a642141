"""Dashboards and their questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congso.apps.analytics.models import ChartKind, Dashboard, Group, MeasureKind, Question, Source, Standing, Window
from congso.apps.analytics.queries import keeps, offices_of
from congso.kernel.access.principals import Function, Role, office, role
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.models import Indicator
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import Refused
from congso.lib.ordering import step

MOST_QUESTIONS = 24
_READING = (Function.STAFF, Function.LEADERS, Function.CHIEFS, Function.TRACKERS)
NOT_YOURS = "Chỉ người lập bảng và lãnh đạo cơ quan của bảng sửa được."


@dataclass(frozen=True)
class BoardFacts:
    """What a dashboard says of itself, and which other organizations see it."""

    title: str
    words: str = ""
    shared_with: Sequence[Organization] = ()


@dataclass(frozen=True)
class QuestionFacts:
    """A question as people put it."""

    title: str
    source: str = Source.RECORDS
    types: Sequence[str] = ()
    standing: str = Standing.ALL
    since: str = Window.YEAR
    below: Organization | None = None
    split_by: str = Group.NONE
    measure: str = MeasureKind.COUNT
    indicator: str = ""
    periods: int = 12
    chart: str = ChartKind.COLUMNS


@transaction.atomic
def make_board(facts: BoardFacts, *, owner: Organization, by: Actor, at: datetime) -> Dashboard:
    """A dashboard in the organization's name, seen by its people. Raises Refused for another's organization."""
    today = timezone.localdate(at)
    if by.person_id is None or not offices_of(current_principals(), today).filter(pk=owner.pk).exists():
        raise Refused(f"Bạn không lập được bảng số liệu thay mặt {owner.name}.")
    board = Dashboard.objects.create(
        title=facts.title.strip(), words=facts.words.strip(), owner=owner, author_id=by.person_id,
        author_label=title_of(by.person_id, today), created_at=at, updated_at=at, **_audience(owner, facts),
    )  # fmt: skip
    _note("made", board, by=by, at=at)
    return board


@transaction.atomic
def change_board(board: Dashboard, facts: BoardFacts, *, by: Actor, at: datetime) -> None:
    """Its words and who sees it."""
    _check_keeper(board, by)
    told = {"title": facts.title.strip(), "words": facts.words.strip(), **_audience(board.owner, facts)}
    Dashboard.objects.filter(pk=board.pk).update(**told, updated_at=at)
    _note("changed", board, by=by, at=at)


@transaction.atomic
def archive_board(board: Dashboard, *, is_archived: bool, by: Actor, at: datetime) -> None:
    """Put it away, or bring it back."""
    _check_keeper(board, by)
    Dashboard.objects.filter(pk=board.pk).update(is_archived=is_archived, updated_at=at)
    _note("archived" if is_archived else "restored", board, by=by, at=at)


@transaction.atomic
def ask_question(board: Dashboard, facts: QuestionFacts, *, by: Actor, at: datetime) -> Question:
    """A further question at the end."""
    _check_keeper(board, by)
    held = list(board.questions.all())
    if len(held) >= MOST_QUESTIONS:
        raise Refused(f"Một bảng có nhiều nhất {MOST_QUESTIONS} câu hỏi.")
    question = Question(dashboard=board, position=max((one.position for one in held), default=0) + 1)
    _write(question, facts)
    _touch(board, by=by, at=at)
    return question


@transaction.atomic
def change_question(question: Question, facts: QuestionFacts, *, board: Dashboard, by: Actor, at: datetime) -> None:
    """Ask it otherwise."""
    _check_keeper(board, by)
    _write(question, facts)
    _touch(board, by=by, at=at)


@transaction.atomic
def drop_question(question: Question, *, board: Dashboard, by: Actor, at: datetime) -> None:
    """Take it off the board."""
    _check_keeper(board, by)
    question.delete()
    _touch(board, by=by, at=at)


@transaction.atomic
def move_question(question: Question, *, up: bool, board: Dashboard, by: Actor, at: datetime) -> None:
    """Change places with the neighbour; at the edge nothing moves."""
    _check_keeper(board, by)
    rows = list(Question.objects.filter(dashboard=board).order_by("position", "id"))
    if step(rows, question, up=up):
        Question.objects.bulk_update(rows, ["position"])
        _touch(board, by=by, at=at)


def _audience(owner: Organization, facts: BoardFacts) -> dict[str, list[int]]:
    shared = sorted({one.pk for one in facts.shared_with if one.pk != owner.pk})
    offices = [owner.pk, *owner.serving_offices.values_list("pk", flat=True), *shared]
    units = Organization.objects.filter(parent__in=offices, kind="unit").values_list("pk", flat=True)
    seen = {office(pk, function) for pk in (*offices, *units) for function in _READING}
    return {"shared_with": shared, "audience": sorted(seen | {role(Role.READER)})}


def _write(question: Question, facts: QuestionFacts) -> None:
    if not facts.title.strip():
        raise Refused("Hãy đặt tên cho câu hỏi.")
    if facts.source == Source.INDICATOR:
        if not Indicator.objects.filter(code=facts.indicator).exists():
            raise Refused("Hãy chọn chỉ tiêu thống kê.")
        if facts.split_by not in (Group.PERIOD, Group.UNIT):
            raise Refused("Chỉ tiêu thống kê chia theo thời gian hoặc theo đơn vị.")
    for name in QuestionFacts.__dataclass_fields__:
        told = getattr(facts, name)
        setattr(question, name, list(told) if name == "types" else told)
    question.title = facts.title.strip()
    question.save()


def _check_keeper(board: Dashboard, by: Actor) -> None:
    if by.person_id is None or not keeps(board, current_principals(), by.person_id):
        raise Refused(NOT_YOURS)


def _touch(board: Dashboard, *, by: Actor, at: datetime) -> None:
    Dashboard.objects.filter(pk=board.pk).update(updated_at=at)
    _note("changed", board, by=by, at=at)


def _note(what: str, board: Dashboard, *, by: Actor, at: datetime) -> None:
    write_entry(
        act=f"analytics.board_{what}", actor=str(by), actor_label=title_of(by.person_id or 0, timezone.localdate(at)),
        at=at, organization_id=board.owner_id, facts={"dashboard": board.pk},
    )  # fmt: skip
