"""Papers to be asked about, taken over by the command, and questions as people put them."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from congso.apps.assistant.models import Citation, Conversation, Turn
from congso.apps.assistant.services.asking import ask
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record

PLAN = {
    "id": "KH-1",
    "number_symbol": "21-KH/TU",
    "issued_date": "2026-03-05",
    "issuing_agency": "Tỉnh ủy Lào Cai",
    "doc_type": "Kế hoạch",
    "title": "Kế hoạch trồng cây mắc ca năm 2026",
    "signer": "Giàng Seo Dính",
    "text": "Đến hết năm 2026, toàn tỉnh trồng cây mắc ca đạt 640 hecta; xã Bản Liền được chọn làm điểm.\n"
    "Văn phòng Tỉnh ủy chủ trì, phối hợp với Ban Tổ chức Tỉnh ủy tham mưu triển khai.\n"
    "Báo cáo kết quả trồng cây mắc ca gửi về Văn phòng Tỉnh ủy trước ngày 20/11/2026.",
}


def take_over(folder: Path, papers: Iterable[dict[str, Any]], *, org: str = "T.VPTU", username: str = "clerk") -> None:
    """Put papers into an office's register as another system's."""
    source = folder / "papers.jsonl"
    source.write_text("\n".join(json.dumps(paper) for paper in papers))
    call_command("import", "documents", str(source), username=username, org=org, stdout=io.StringIO())


def asked(world: World, question: str, *, who: str = "clerk", conversation: Conversation | None = None) -> Turn:
    """A question put by one of the cast, with what was said."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return ask(question, by=actor, at=timezone.now(), conversation=conversation)


def said(world: World, turn: Turn, *, who: str = "clerk") -> list[str]:
    """What somebody sees of an answer now."""
    with acting_as(Actor.person(getattr(world, who))):
        return [f"{one.lead} {one.text}".strip() for one in Turn.objects.get(pk=turn.pk).statements.all()]


def record_titled(words: str) -> Record:
    """The record with these words in its title, as far as the running actor sees it."""
    return Record.objects.get(title__contains=words)


def answered_turn(world: World) -> Turn:
    """A turn of the clerk's with one statement that cites a document of her register; `cited_pk` is the citation."""
    from congso.apps.assistant.services.answering import Answer, Cited, Said
    from congso.apps.assistant.services.asking import keep_answer

    with TemporaryDirectory() as folder:
        take_over(Path(folder), [PLAN])
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        document = record_titled(PLAN["title"])
        turn = ask("Giá vàng hôm nay là bao nhiêu?", by=actor, at=timezone.now())
        cited = Cited(document.pk, None, None, "", document.title, "in_force")
        keep_answer(
            turn, Answer((Said("answer", document.title, (cited,), "Trích yếu"),)), begun=timezone.now(), by=actor
        )
        turn.cited_pk = Citation.objects.get(statement__turn=turn).pk  # type: ignore[attr-defined]
    return turn
