import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.files.reading.isolation import Progress
from congso.kernel.papers.plans import CannotRead, read_tasks_of_files
from congso.kernel.papers.proposals import TaskProposal


class Command(BaseCommand):
    help = (
        "Đọc nhiệm vụ từ kế hoạch, nghị quyết, chương trình, kết luận: plan TỆP [TỆP…] [--json]. "
        "Nhiều tệp là các phần của một văn bản, theo thứ tự. Không ghi gì vào cơ sở dữ liệu."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
        parser.add_argument("--json", action="store_true", help="in ra danh sách JSON thay cho bảng")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tasks = read_tasks_of_files(options["files"], announce=self._listener)
        except CannotRead as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps([as_plain(task) for task in tasks], ensure_ascii=False, indent=1))
        else:
            self._show(tasks)

    def _listener(self, path: Path) -> Progress:
        said: list[str] = []

        def tell(done: int, total: int, message: str) -> None:
            line = f"{path.name}: {message}"
            if said[-1:] != [line] and (total <= 1 or done % 5 == 0 or done == total):
                said.append(line)
                self.stderr.write(line, self.style.NOTICE)

        return tell

    def _show(self, tasks: Sequence[TaskProposal]) -> None:
        for task in tasks:
            when = task.schedule_text or "không nêu thời gian"
            self.stdout.write(f"{task.clause or '-'} · {task.text}")
            self.stdout.write(f"    chủ trì: {task.lead or '(không rõ)'} · {when}{_due(task)}")
            if task.supporting:
                self.stdout.write(f"    phối hợp: {'; '.join(task.supporting)}")
            if task.doubt:
                self.stdout.write(f"    cần xem lại: {task.doubt}")
        self.stdout.write(f"{len(tasks)} nhiệm vụ.")


def as_plain(task: TaskProposal) -> dict[str, Any]:
    """A task as the command prints it; what the paper does not say is null."""
    return {
        "text": task.text,
        "lead": task.lead or None,
        "supporting": list(task.supporting),
        "start": task.start or None,
        "due": task.due or None,
        "recurrence": task.recurrence.value if task.recurrence else None,
        "schedule_text": task.schedule_text or None,
        "clause": task.clause or None,
    }


def _due(task: TaskProposal) -> str:
    parts = [f"từ {task.start}" if task.start else "", f"hạn {task.due}" if task.due else ""]
    said = " ".join(part for part in parts if part)
    return f" [{said}]" if said else ""
