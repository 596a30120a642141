"""What the machine does at night: checks that stored files are what they were, reminds of late hand-overs and loans."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.flow.parties import ARCHIVISTS, UNIT_LEADERS, people
from congso.apps.dossiers.models import ArchivedFile, Dossier, FixityRun, ReadingRequest
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.configuration import store
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import value

KEEPER = Actor.system(System.ARCHIVE)
_CHUNK = 2**20
_SOON = timedelta(days=7)


def check_fixity(*, at: datetime, most: int | None = None) -> FixityRun:
    """Check the files whose last check is oldest: a share a night, so that all are checked within the years.

    Each file in its own transaction: a large store is walked without holding anything. A bad one is told to the
    archivists of its body once, with what to do.
    """
    with acting_as(KEEPER):
        years = int(value("dossiers.fixity_years", on=timezone.localdate(at)))
        living = ArchivedFile.objects.exclude(state=ArchivedFile.State.DESTROYED)
        total = living.count()
        due = living.filter(checked_at__lt=at - timedelta(days=365 * years)).count()
        share = rules.nightly_share(total, years) + due if most is None else most
        ids = list(living.order_by(F("checked_at").asc(nulls_first=True), "id").values_list("pk", flat=True)[:share])
        run = FixityRun.objects.create(started_at=at, due=due)
    for pk in ids:
        with acting_as(KEEPER):
            _check_one(run, pk, at)
    with acting_as(KEEPER):
        run.finished_at = timezone.now()
        run.save()
    return run


def _check_one(run: FixityRun, pk: int, at: datetime) -> None:
    file = ArchivedFile.objects.select_related("entry").filter(pk=pk).first()
    if file is None or file.state == ArchivedFile.State.DESTROYED:
        return
    found = state_of(file.sha256)
    if found != ArchivedFile.State.SOUND:
        run.bad += 1
        _tell(file, found, at)
    ArchivedFile.objects.filter(pk=pk).update(checked_at=at, state=found)
    run.files += 1
    run.size += file.size


def state_of(sha256: str) -> str:
    """Whether the stored bytes are what their name says. Read in pieces."""
    try:
        with store().open(sha256) as file:
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ArchivedFile.State.MISSING
    return ArchivedFile.State.SOUND if digest.hexdigest() == sha256 else ArchivedFile.State.DAMAGED


def _tell(file: ArchivedFile, found: str, at: datetime) -> None:
    dossier = Dossier.objects.select_related("owner").get(pk=file.entry.dossier_id)
    word = "sai mã kiểm tra" if found == ArchivedFile.State.DAMAGED else "không còn trong kho"
    text = (
        f"Tệp lưu trữ hỏng: {file.name} ({word}). Không ghi đè; báo quản trị viên khôi phục tệp từ bản sao lưu gần "
        "nhất, rồi mở hồ sơ bấm “Kiểm tra lại”"
    )
    notify(
        dossier, principals=set(ARCHIVISTS.principals(dossier)), text=text[:300], by=KEEPER, at=at,
        kind=Kind.URGENT, key=f"fixity:{file.pk}:{found}",
    )  # fmt: skip


def remind(*, at: datetime) -> int:
    """Tell holders and leaders of hand-overs due within a week or late, readers of loans due; once a step each."""
    today, told = timezone.localdate(at), 0
    with acting_as(KEEPER):
        waiting = Dossier.objects.filter(state="closed", due_on__lte=today + _SOON).select_related("owner")
        for dossier in waiting.order_by("due_on", "pk")[:2000]:
            is_late = dossier.due_on is not None and dossier.due_on < today
            text = f"{'Quá hạn' if is_late else 'Sắp đến hạn'} nộp lưu hồ sơ ({dossier.due_on:%d/%m/%Y})"
            whom = people(dossier.holder_id) | set(UNIT_LEADERS.principals(dossier))
            kind = Kind.REMINDER
            key = f"hand-over:{dossier.due_on:%Y%m%d}:{is_late}"
            told += notify(dossier, principals=whom, text=text, by=KEEPER, at=at, kind=kind, key=key)
        lent = ReadingRequest.objects.filter(state="lent", return_by__lte=today + timedelta(days=2))
        for wish in lent.select_related("owner").order_by("return_by", "pk")[:2000]:
            is_late = wish.return_by is not None and wish.return_by < today
            text = f"{'Quá hạn' if is_late else 'Sắp đến hạn'} trả hồ sơ giấy mượn ({wish.return_by:%d/%m/%Y})"
            whom = people(wish.asker_id) | (set(ARCHIVISTS.principals(wish)) if is_late else set())
            kind = Kind.REMINDER
            told += notify(
                wish, principals=whom, text=text, by=KEEPER, at=at, kind=kind, key=f"loan:{wish.return_by}:{is_late}"
            )
    return told


def recheck(file: ArchivedFile, *, at: datetime) -> str:
    """Check one file now; returns its state. The machine writes it: no person declares a file sound."""
    found = state_of(file.sha256)
    with acting_as(KEEPER):
        living = ArchivedFile.objects.filter(pk=file.pk).exclude(state=ArchivedFile.State.DESTROYED)
        living.update(checked_at=at, state=found)
    return found
