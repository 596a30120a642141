"""What the asker thinks of an answer; what she gives for use feeds the evaluation set, without her name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from congso.apps.assistant.models import Citation, Judgement, Thumb, Turn, TurnState
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import Refused
from congso.lib.vietnamese import clean_text


def judge_answer(
    turn: Turn, *, is_right: bool, correction: str = "", is_shared: bool = False, by: Actor, at: datetime
) -> Judgement:
    """Say whether an answer was right, and what would have been; again to change one's mind.

    Raises Refused for anybody but the asker and while the answer is being made.
    """
    if turn.conversation.asker_id != by.person_id:
        raise Refused(_("Chỉ người hỏi đánh giá được câu trả lời."))
    if turn.state == TurnState.ANSWERING:
        raise Refused(_("Trợ lý đang trả lời; hãy đánh giá khi đã trả lời xong."))
    words = clean_text(correction).strip()
    if len(words) > 1000:
        raise Refused(_("Điều cần sửa dài quá 1.000 ký tự."))
    with transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(thumb=Thumb.UP if is_right else Thumb.DOWN, correction=words)
        facts = {
            "is_right": is_right,
            "correction": words,
            "records": list(
                Citation.objects.filter(statement__turn=turn).order_by("pk").values_list("record_id", flat=True)
            ),
            "is_shared": is_shared,
            "at": at,
        }
        made, _created = Judgement.objects.update_or_create(
            turn=turn, defaults=facts, create_defaults={**facts, "by_id": by.person_id, "question": turn.asked}
        )
    return made
