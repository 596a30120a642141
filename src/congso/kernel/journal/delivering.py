"""Carrying checkpoints to another site: a folder on other hardware, a mailbox. Tried again until it is done."""

import os
from datetime import datetime
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from congso.kernel.journal.chain import digest_of
from congso.kernel.journal.exporting import checkpoint_file
from congso.kernel.journal.models import Checkpoint, Delivery

AT_ONCE = 50
WAYS = Delivery.Way


def targets() -> list[tuple[Delivery.Way, str]]:
    """Where the operator wants copies."""
    folder = [(WAYS.FOLDER, str(settings.CHECKPOINT_FOLDER))] if settings.CHECKPOINT_FOLDER else []
    return folder + [(WAYS.MAIL, address) for address in settings.CHECKPOINT_MAIL_TO]


def deliver_checkpoints(*, at: datetime) -> int:
    """Carry what has not arrived yet, the oldest first; returns how many arrived. A failure is written down and ends
    the target's turn: the next call begins there again. A target new to us begins with the newest checkpoint.
    """
    arrived = 0
    for way, target in targets():
        for paper in _waiting(way, target):
            message = _carry(paper, way, target)
            Delivery.objects.update_or_create(
                checkpoint=paper,
                way=way,
                target=target[:300],
                defaults={"is_done": not message, "last_at": at, "message": message[:300]},
            )
            Delivery.objects.filter(checkpoint=paper, way=way, target=target[:300]).update(attempts=F("attempts") + 1)
            if message:
                break
            arrived += 1
    return arrived


def file_name(paper: Checkpoint) -> str:
    """The name a copy bears everywhere: number and the beginning of its digest."""
    return f"chot-so-{paper.number:06}-{digest_of('', paper.body)[:16]}.json"


def _waiting(way: Delivery.Way, target: str) -> list[Checkpoint]:
    mine = Delivery.objects.filter(way=way, target=target[:300])
    first = mine.order_by("checkpoint_id").values_list("checkpoint_id", flat=True).first()
    if first is None:
        return list(Checkpoint.objects.order_by("-number")[:1])
    done = mine.filter(is_done=True).values("checkpoint_id")
    return list(Checkpoint.objects.filter(number__gte=first).exclude(pk__in=done).order_by("number")[:AT_ONCE])


def _carry(paper: Checkpoint, way: Delivery.Way, target: str) -> str:
    """Bring it there; returns what went wrong, or nothing."""
    try:
        if way == WAYS.FOLDER:
            _write(Path(target) / file_name(paper), checkpoint_file(paper))
        else:
            _mail(paper, target)
    except (OSError, SMTPException) as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""


def _write(path: Path, text: str) -> None:
    """The whole file or none, on the disk when this returns; the folder itself is the operator's to make."""
    fresh = path.with_suffix(".part")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)


def _mail(paper: Checkpoint, address: str) -> None:
    digest = digest_of("", paper.body)
    message = EmailMessage(
        subject=f"Biên bản chốt sổ nhật ký số {paper.number}",
        body=f"Số dòng: {paper.entries}\nDấu vân tay (SHA-256):\n{digest}\n\nGiữ tệp kèm theo ở nơi khác Cổng Số.",
        to=[address],
    )
    message.attach(file_name(paper), checkpoint_file(paper), "application/json")
    message.send()
