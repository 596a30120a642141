import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from congso.kernel.journal.closing import ClosingRefused, make_checkpoint
from congso.kernel.journal.exporting import export_journal
from congso.kernel.journal.forwarding import start_from_now
from congso.kernel.journal.keys import make_key, public_pem, trust_key
from congso.kernel.journal.models import Key
from congso.kernel.journal.printing import grouped
from congso.kernel.journal.queries import Verdict, verify_journal
from congso.kernel.journal.services import note_verification, write_entry

OPERATOR = ("operator", "Người vận hành, tại dòng lệnh")


class Command(BaseCommand):
    help = "Nhật ký: kiểm tra, chốt sổ, xuất ra, khóa ký"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="đọc cả sổ và tìm chỗ bị sửa")
        verify.add_argument(
            "--checkpoint", action="append", type=Path, default=[], help="bản chốt sổ giữ ở nơi khác; lặp lại được"
        )
        acts.add_parser("checkpoint", help="chốt sổ ngay")
        export = acts.add_parser("export", help="xuất sổ, mỗi dòng một JSON, ra đầu ra chuẩn")
        export.add_argument("--since", type=date.fromisoformat, help="từ lần chốt đầu tiên của ngày này (2026-11-01)")
        export.add_argument("--until", type=date.fromisoformat, help="đến lần chốt cuối cùng của ngày này")
        acts.add_parser("keys", help="khóa công khai và dấu vân tay")
        acts.add_parser("new-key", help="đổi khóa ký; khóa cũ giới thiệu khóa mới")
        trust = acts.add_parser("trust", help="tin một khóa của máy khác, sau khi đối chiếu với bản in")
        trust.add_argument("fingerprint")
        acts.add_parser("forward-from-now", help="chỉ gửi cho SIEM những dòng từ nay về sau")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {
            "verify": self._verify,
            "checkpoint": self._checkpoint,
            "export": self._export,
            "keys": self._keys,
            "new-key": self._new_key,
            "trust": self._trust,
            "forward-from-now": self._forward_from_now,
        }
        acts[options["act"]](options)

    def _verify(self, options: dict[str, Any]) -> None:
        started = timezone.now()
        try:
            kept = tuple(_body_of(path) for path in options["checkpoint"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise CommandError(f"Không đọc được bản chốt sổ: {problem}") from None
        verdict = verify_journal(kept)
        note_verification(verdict, started_at=started)
        self._tell(verdict)

    def _tell(self, verdict: Verdict) -> None:
        self.stdout.write(
            f"{verdict.sealed} dòng trong {len(verdict.heads)} chuỗi, {verdict.checkpoints} biên bản chốt sổ;"
            f" {verdict.unsealed} dòng chưa niêm."
        )
        for organization_id, digest in sorted(verdict.heads.items()):
            self.stdout.write(f"  chuỗi {organization_id}: {digest}")
        for fingerprint in verdict.keys:
            self.stdout.write(f"  khóa ký: {grouped(fingerprint)}")
        if verdict.is_blind:
            self.stdout.write("Máy này chưa có khóa nào: hãy đối chiếu khóa ký trên với biên bản đã in.")
        for fault in verdict.faults:
            self.stderr.write(f"SAI: {fault}")
        if verdict.faults:
            raise CommandError("Nhật ký không toàn vẹn.")
        self.stdout.write("Nhật ký toàn vẹn.")

    def _checkpoint(self, options: dict[str, Any]) -> None:
        try:
            made = make_checkpoint(actor=OPERATOR[0], at=timezone.now())
        except ClosingRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Biên bản chốt sổ số {made.number}: {made.entries} dòng.")

    def _export(self, options: dict[str, Any]) -> None:
        self._note("journal.export", since=str(options["since"] or ""), until=str(options["until"] or ""))
        with transaction.atomic():
            for line in export_journal(since=options["since"], until=options["until"]):
                self.stdout.write(line)

    def _keys(self, options: dict[str, Any]) -> None:
        for key in Key.objects.all():
            self.stdout.write(f"{grouped(key.fingerprint)}\n{public_pem(key.statement)}")

    def _new_key(self, options: dict[str, Any]) -> None:
        with transaction.atomic():
            made = make_key(at=timezone.now())
            self._note("journal.new_key", fingerprint=made.fingerprint)
        self.stdout.write(f"Khóa mới: {grouped(made.fingerprint)}")

    def _trust(self, options: dict[str, Any]) -> None:
        fingerprint = "".join(options["fingerprint"].split()).lower()
        if not Key.objects.filter(pk=fingerprint).exists():
            raise CommandError("Nhật ký không có khóa này.")
        trust_key(fingerprint)
        self._note("journal.trust_key", fingerprint=fingerprint)

    def _forward_from_now(self, options: dict[str, Any]) -> None:
        start_from_now()
        self._note("journal.forward_from_now")

    def _note(self, act: str, **facts: Any) -> None:
        write_entry(act=act, actor=OPERATOR[0], actor_label=OPERATOR[1], at=timezone.now(), facts=facts)


def _body_of(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8"))["checkpoint"]["body"])
