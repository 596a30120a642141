import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from congso.apps.assistant.models import TurnState
from congso.apps.assistant.queries.answers import told_of
from congso.apps.assistant.services.asking import ask
from congso.apps.assistant.services.streaming import generate_answer
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.terminal import actor_named, questions_in
from congso.kernel.workflow.services import Refused


class Command(BaseCommand):
    help = (
        "Hỏi trợ lý với quyền của một người: ask “CÂU HỎI” --as TÀI-KHOẢN [--json]; --batch TỆP.jsonl hỏi nhiều câu,"
        " mỗi dòng {id, question}, trả về mỗi dòng {id, answer, citations: [{record, page, quote}], refused}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="?", default="")
        parser.add_argument("--as", dest="username", required=True, metavar="TÀI-KHOẢN")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--batch", metavar="TỆP.jsonl", help="“-” đọc từ đầu vào chuẩn")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["question"]) == bool(options["batch"]):
            raise CommandError("Hãy ghi một câu hỏi, hoặc --batch TỆP.jsonl.")
        actor = actor_named(options["username"])
        if options["batch"]:
            self._answer_all(options["batch"], actor)
            return
        told = only_named(answered(options["question"], actor))
        if options["json"]:
            self.stdout.write(json.dumps({"question": options["question"], **told}, ensure_ascii=False))
            return
        self.stdout.write(told["answer"])
        for number, cited in enumerate(told["citations"], start=1):
            page = f", trang {cited['page']}" if cited["page"] else ""
            self.stdout.write(f"[{number}] {cited['record']}{page}: “{cited['quote']}”")

    def _answer_all(self, source: str, actor: Actor) -> None:
        """One line for each line asked, as soon as it is known."""
        for asked, question in questions_in(source, "question"):
            self.stdout.write(json.dumps({"id": asked, **only_named(answered(question, actor))}, ensure_ascii=False))
            self.stdout.flush()


def answered(question: str, actor: Actor) -> dict[str, Any]:
    """Ask as the person and wait for the whole answer. An empty or too long question is refused like one not found."""
    try:
        with acting_as(actor):
            turn = ask(question, by=actor, at=timezone.now(), queues=False)
    except Refused as refusal:
        return {"answer": str(refusal), "citations": [], "refused": True}
    if turn.state == TurnState.ANSWERING:
        generate_answer(turn.pk, actor=actor, step=lambda _done, _total: None)
    with acting_as(actor):
        return told_of(turn.pk)


def only_named(told: dict[str, Any]) -> dict[str, Any]:
    """Of each citation what the lines promise: record, page, quote."""
    named = [{name: cited[name] for name in ("record", "page", "quote")} for cited in told["citations"]]
    return {"answer": told["answer"], "citations": named, "refused": told["refused"]}
