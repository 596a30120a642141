import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.terminal import actor_named, questions_in
from congso.kernel.records.types import record_types
from congso.kernel.search.queries import MAX_PAGE, Hit, search

_MOST = MAX_PAGE


class Command(BaseCommand):
    help = (
        "Tìm như ở ô tìm kiếm, với quyền của một người: search “CÂU HỎI” --as TÀI-KHOẢN [-n 10] [--json];"
        " --batch TỆP.jsonl hỏi nhiều câu, mỗi dòng {id, query}, trả về mỗi dòng {id, docs}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="?", default="")
        parser.add_argument("--as", dest="username", required=True, metavar="TÀI-KHOẢN")
        parser.add_argument("-n", type=int, default=10, help="bao nhiêu kết quả, nhiều nhất 100")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--batch", metavar="TỆP.jsonl", help="“-” đọc từ đầu vào chuẩn")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["question"]) == bool(options["batch"]):
            raise CommandError("Hãy ghi một câu hỏi, hoặc --batch TỆP.jsonl.")
        if not 1 <= options["n"] <= _MOST:
            raise CommandError(f"-n từ 1 đến {_MOST}.")
        actor = actor_named(options["username"])
        if options["batch"]:
            self._answer_all(options["batch"], actor, options["n"])
        else:
            self._answer(options["question"], actor, options["n"], as_json=options["json"])

    def _answer(self, question: str, actor: Actor, count: int, *, as_json: bool) -> None:
        with acting_as(actor):
            found = search(question, limit=count)
            ids = _external_ids(found.rows)
        if as_json:
            results = [
                {
                    "id": ids.get(hit.record.pk),
                    "record": hit.record.pk,
                    "title": hit.record.title,
                    "score": hit.score,
                }
                for hit in found.rows
            ]
            self.stdout.write(json.dumps({"query": question, "results": results}, ensure_ascii=False))
            return
        for place, hit in enumerate(found.rows, start=1):
            number = f"{hit.record.number}  " if hit.record.number else ""
            self.stdout.write(f"{place:3}. {number}{hit.record.title}")
        self.stdout.write(found.message or f"{found.total_label} kết quả")

    def _answer_all(self, source: str, actor: Actor, count: int) -> None:
        """One line for each line asked, as soon as it is known; of records without an id there nothing is said."""
        for asked, question in questions_in(source, "query"):
            with acting_as(actor):
                rows = search(question, limit=min(3 * count, _MOST)).rows
                ids = _external_ids(rows)
            docs = [ids[hit.record.pk] for hit in rows if hit.record.pk in ids][:count]
            self.stdout.write(json.dumps({"id": asked, "docs": docs}, ensure_ascii=False))
            self.stdout.flush()


def _external_ids(rows: Iterable[Hit]) -> dict[int, str]:
    """The ids the records found had in the systems they were taken over from."""
    found: dict[int, str] = {}
    for each in record_types():
        records = [hit.record.pk for hit in rows if hit.record.type == each.key]
        if records and each.external_ids:
            found |= each.external_ids(records)
    return found
