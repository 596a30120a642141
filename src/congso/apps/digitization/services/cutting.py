"""The stack cut into documents, each with its folder, its place in it and whether two people look at it."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac

from congso.apps.digitization.models import COPY, DigitalCopy, Folder, Need, Page, ScanBatch
from congso.apps.digitization.queries import batch_of, sides_of
from congso.apps.digitization.rules import Piece, is_in_sample, pieces
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.services import Progress
from congso.kernel.regulations.queries import value
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import start


def cut_stack(batch_id: int, progress: Progress) -> int:
    """Make a copy of each document that has none yet, one transaction each; how many. Killed, it goes on where it was.

    Raises JobStopped.
    """
    with acting_as(progress.actor):
        batch = batch_of(batch_id)
        _apply_rules(batch)
        taken = set(Page.objects.filter(batch=batch, copy__isnull=False).values_list("pk", flat=True))
        found = pieces(sides_of(batch), batch_hex=batch.key.hex, cuts_at_files=batch.cuts_at_files)
        open_pieces = [piece for piece in (_rest(one, taken) for one in found) if piece.pages]
        folders = {folder.position: folder for folder in Folder.objects.filter(batch=batch)}
        last = dict(DigitalCopy.objects.filter(batch=batch).order_by().values_list("folder").annotate(Max("position")))
    for nth, piece in enumerate(open_pieces, 1):
        folder = folders.get(piece.folder)
        key = folder.pk if folder else None
        last[key] = (last.get(key) or 0) + 1
        with acting_as(progress.actor):
            _make(batch, folder, last[key], piece, by=progress.actor, at=timezone.now())
        progress.step(nth, len(open_pieces), f"Tách tài liệu: {nth}/{len(open_pieces)}")
    return len(open_pieces)


def _rest(piece: Piece, taken: set[int]) -> Piece:
    return Piece(piece.folder, tuple(pk for pk in piece.pages if pk not in taken))


def _apply_rules(batch: ScanBatch) -> None:
    """The numbers in force today, kept with the batch: what it was checked by must not change under it."""
    if batch.threshold is None:
        today = timezone.localdate()
        save(
            batch, threshold=str(value("digitization.low_confidence", on=today)),
            sample_percent=int(value("digitization.sample_percent", on=today)),
        )  # fmt: skip
        batch.refresh_from_db(fields=["threshold"])


def _make(batch: ScanBatch, folder: Folder | None, position: int, piece: Piece, *, by: Actor, at: datetime) -> None:
    seed = salted_hmac("digitization.sample", batch.key.hex).hexdigest()
    drawn = is_in_sample(seed, f"{folder.position if folder else 0}:{position}", percent=batch.sample_percent or 0)
    copy = DigitalCopy(
        type=COPY, owner=batch.owner, unit=batch.unit, opened_on=timezone.localdate(at), batch=batch, folder=folder,
        position=position, pages=len(piece.pages), need=Need.SAMPLE if drawn else Need.ONE,
        title=f"Tài liệu {position}{f', hồ sơ {folder.code}' if folder else ''}"[:1000],
    )  # fmt: skip
    with start(copy, by=by, at=at, label=f"Tách từ đợt số hóa {batch.number}"):
        for place, pk in enumerate(piece.pages, 1):
            Page.objects.filter(pk=pk, copy__isnull=True).update(copy=copy, copy_page=place)
