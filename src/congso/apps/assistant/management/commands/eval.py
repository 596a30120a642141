import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.apps.assistant.management.commands.ask import answered
from congso.apps.assistant.queries.talking import judgements
from congso.apps.assistant.services.measuring import Figures, measure
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.terminal import actor_named

_ROWS = (
    ("answered", "Câu có lời đáp được trả lời"),
    ("exact", "… và đúng điều cần nói"),
    ("cited", "Trích dẫn chỉ đúng văn bản"),
    ("quoted", "Trích dẫn có nguyên văn trong văn bản"),
    ("refusal_recall", "Câu không có lời đáp được từ chối"),
    ("refusal_precision", "Từ chối đúng, trong các lần từ chối"),
)


class Command(BaseCommand):
    help = (
        "Đo trợ lý: eval assistant --as TÀI-KHOẢN --org MÃ-CƠ-QUAN [--json]. Văn bản sinh ra được đưa vào sổ trong một"
        " giao dịch rồi hủy, không để lại gì. --judged hỏi lại những câu người dùng đã đánh giá."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["assistant"])
        parser.add_argument("--as", dest="username", required=True, metavar="TÀI-KHOẢN")
        parser.add_argument("--org", metavar="MÃ-CƠ-QUAN", help="cơ quan có sổ mà tài khoản là văn thư")
        parser.add_argument("--most", type=int, default=0, help="chỉ hỏi chừng này câu, chọn đều")
        parser.add_argument("--judged", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = actor_named(options["username"])
        if options["judged"]:
            self._judged(actor, as_json=options["json"])
            return
        if not options["org"]:
            raise CommandError("Hãy ghi --org: cơ quan nhận văn bản thử (sẽ hủy ngay).")
        figures = measure(
            lambda question: answered(question, actor),
            username=options["username"],
            organization=options["org"],
            most=options["most"],
        )
        self._print(figures, as_json=options["json"])

    def _print(self, figures: Figures, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(figures), ensure_ascii=False))
            return
        self.stdout.write(
            f"{figures.papers} văn bản, {figures.asked} câu hỏi, {figures.seconds_each * 1000:.0f} ms một câu"
        )
        for name, words in _ROWS:
            self.stdout.write(f"{words}: {100 * getattr(figures, name):.1f} %")
        for line in figures.failed:
            self.stdout.write(f"  chưa đạt {line}")

    def _judged(self, actor: Actor, *, as_json: bool) -> None:
        """Asked again today: does a question judged right still cite what it cited, does a wrong one no longer?"""
        with acting_as(actor):
            known = [(one.question, one.is_right, set(one.records)) for one in judgements()[:1000]]
        again = [(is_right, cited, _records(answered(question, actor))) for question, is_right, cited in known]
        kept = sum(bool(is_right) and cited == now for is_right, cited, now in again)
        changed = sum(not is_right and cited != now for is_right, cited, now in again)
        right = sum(is_right for is_right, _, _ in again)
        told = {"judged": len(again), "right": right, "still_the_same": kept, "wrong_and_changed": changed}
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(
            f"{len(again)} câu đã đánh giá: {right} đúng, trong đó {kept} nay vẫn trích như cũ; "
            f"{len(again) - right} chưa đúng, trong đó {changed} nay trả lời khác."
        )


def _records(told: dict[str, Any]) -> set[Any]:
    return {cited["record"] for cited in told["citations"]}
