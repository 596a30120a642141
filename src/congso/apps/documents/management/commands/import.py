import json
import resource
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from congso.apps.documents.exchange.importing import Import, Summary, read_waiting_files
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.terminal import actor_named
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import office_of
from congso.kernel.search.services import weigh_terms
from congso.kernel.workflow.services import NotYours

_EVERY = 5.0  # seconds between two lines of progress
_AGAIN = "Chạy lại đúng lệnh này thì làm tiếp; mỗi mã chỉ vào một lần."


class Command(BaseCommand):
    help = (
        "Chuyển văn bản từ hệ thống cũ: import documents TỆP.jsonl --as TÀI-KHOẢN --org MÃ-CƠ-QUAN. Mỗi dòng"
        " một văn bản: id, number_symbol, issued_date, issuing_agency, parent_agency, doc_type, title, signer, text"
        " hoặc file. “-” đọc từ đầu vào chuẩn. Dừng lúc nào cũng được, chạy lại thì làm tiếp."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["documents"])
        parser.add_argument("source", metavar="TỆP.jsonl")
        parser.add_argument("--as", dest="username", required=True, metavar="TÀI-KHOẢN")
        parser.add_argument("--org", required=True, metavar="MÃ-CƠ-QUAN")
        parser.add_argument("--files", type=Path, help="thư mục của các tệp; mặc định là thư mục chứa TỆP.jsonl")
        parser.add_argument("--report", type=Path, help="ghi các dòng bị từ chối ra đây; mặc định TỆP.refused.jsonl")
        parser.add_argument("--queue", action="store_true", help="để tiến trình worker đọc các tệp, không đọc ngay")
        parser.add_argument("--json", action="store_true", help="in tóm tắt bằng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        self._said_at = monotonic()
        actor, office = _whose(options["username"], options["org"])
        with ExitStack() as opened:
            stream, report, folder = _open(opened, options)
            written = opened.enter_context(_opened(report))
            run = Import(office, actor, written, folder, self._progress)
            try:
                summary = run.run(stream)
            except NotYours as refusal:
                raise CommandError(str(refusal)) from refusal
            except (OperationalError, InterfaceError) as error:
                raise CommandError(f"Mất kết nối với cơ sở dữ liệu. {_AGAIN}") from error
            except KeyboardInterrupt:
                raise CommandError(f"Đã dừng theo yêu cầu. {_AGAIN}") from None
        if not options["queue"]:
            read_waiting_files(office, actor, on_progress=lambda done: self._say(f"Đã đọc {done} tệp"))
        with acting_as(Actor.system(System.REMINDERS)):
            weigh_terms()  # with the planner's statistics: the next search knows which words are rare
        self._print(summary, report, as_json=options["json"])

    def _progress(self, summary: Summary) -> None:
        self._say(
            f"{summary.read} dòng: {summary.imported} đã chuyển, {summary.already} đã có, {summary.refused} từ chối; "
            f"{summary.per_second:.0f} dòng/giây"
        )

    def _say(self, words: str) -> None:
        if monotonic() - self._said_at >= _EVERY:
            self._said_at = monotonic()
            self.stderr.write(words)

    def _print(self, summary: Summary, report: Path, *, as_json: bool) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if as_json:
            facts = asdict(summary) | {"per_second": round(summary.per_second, 1), "peak_memory_mb": peak}
            self.stdout.write(json.dumps(facts | {"report": str(report)}, ensure_ascii=False))
            return
        self._said_at = 0.0
        self.stdout.write(
            f"Đã đọc {summary.read} dòng trong {summary.seconds:.1f} giây ({summary.per_second:.0f} dòng/giây): "
            f"{summary.imported} văn bản đã chuyển, {summary.already} đã có từ trước, {summary.waiting} chờ đọc tệp, "
            f"{summary.refused} dòng bị từ chối."
        )
        if summary.refused or summary.remarks:
            self.stdout.write(f"Lý do từng dòng: {report}")


def _whose(username: str, code: str) -> tuple[Actor, Organization]:
    """The person and the office whose register she fills; a committee's is kept by the office serving it."""
    actor = actor_named(username)
    with acting_as(actor):
        organization = Organization.objects.filter(code=code).select_related("serves", "parent").first()
        office = office_of(organization) if organization else None
    if office is None:
        raise CommandError(f"Không có cơ quan mang mã “{code}”.")
    return actor, office


def _opened(report: Path) -> TextIO:
    try:
        return report.open("w", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Không ghi được {report}: {error.strerror}. Chọn chỗ khác bằng --report.") from error


def _open(opened: ExitStack, options: dict[str, Any]) -> tuple[BinaryIO, Path, Path | None]:
    """The lines, where the report goes, and the folder of the files."""
    if options["source"] == "-":
        return sys.stdin.buffer, options["report"] or Path("import.refused.jsonl"), options["files"]
    source = Path(options["source"])
    try:
        stream: BinaryIO = opened.enter_context(source.open("rb"))
    except OSError as error:
        raise CommandError(f"Không mở được tệp {source}: {error.strerror}.") from error
    report = options["report"] or source.with_name(f"{source.stem}.refused.jsonl")
    return stream, report, options["files"] or source.parent
