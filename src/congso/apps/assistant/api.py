"""REST for the assistant: ask, read one's own answers, judge them."""

from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from congso.apps.assistant.models import Turn
from congso.apps.assistant.queries import talking
from congso.apps.assistant.queries.answers import told_of
from congso.apps.assistant.services.asking import ask
from congso.apps.assistant.services.judging import judge_answer
from congso.kernel.accounts.requests import OfficeRequest

router = Router()


class QuestionIn(Schema):
    """A question; with `conversation` it continues that one."""

    question: str = Field(max_length=1000)
    conversation: int | None = None


class CitationOut(Schema):
    """Exact words of a record (its id where it was taken over from), the page, clause, and how the paper stands."""

    record: int | str
    page: int | None
    quote: str
    number: str
    clause: str
    effect: str


class AnswerOut(Schema):
    """What is said; `refused`: not found in what the asker may read. `state` is `answering` while a model speaks."""

    id: int
    conversation: int
    state: str
    answer: str
    citations: list[CitationOut]
    refused: bool


class VerdictIn(Schema):
    """Whether the answer was right, what would have been, and whether the question may be used for measuring."""

    is_right: bool
    correction: str = Field("", max_length=1000)
    is_shared: bool = False


@router.post("/questions", response={201: AnswerOut})
def ask_question(request: OfficeRequest, asked: QuestionIn) -> Any:
    """Hỏi trợ lý; trả lời chỉ từ hồ sơ người gọi được đọc, mỗi ý kèm trích dẫn đã đối chiếu."""
    before = talking.conversation(asked.conversation) if asked.conversation else None
    turn = ask(asked.question, conversation=before, by=request.actor, at=timezone.now())
    return Status(201, _told(turn))


@router.get("/questions/{int:pk}", response=AnswerOut)
def get_answer(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Câu trả lời cho một câu đã hỏi; ý nào dựa vào hồ sơ nay không được đọc thì không hiện."""
    return _told(talking.turn(pk))


@router.post("/questions/{int:pk}/verdict", response={204: None})
def give_verdict(request: OfficeRequest, pk: int, given: VerdictIn) -> Any:
    """Đánh giá câu trả lời: đúng hay chưa, và điều cần sửa."""
    turn = talking.turn(pk)
    judge_answer(
        turn,
        is_right=given.is_right,
        correction=given.correction,
        is_shared=given.is_shared,
        by=request.actor,
        at=timezone.now(),
    )
    return Status(204, None)


def _told(turn: Turn) -> dict[str, Any]:
    return {"id": turn.pk, "conversation": turn.conversation_id, "state": turn.state, **told_of(turn.pk)}
