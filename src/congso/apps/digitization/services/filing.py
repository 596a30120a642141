"""Accepted copies into the archive's dossiers, through the archive's own service."""

from datetime import datetime

from congso.apps.digitization.models import DigitalCopy, Folder
from congso.apps.digitization.services.moving import moving
from congso.apps.dossiers.models import Dossier
from congso.apps.dossiers.services.filing import AT_ONCE, file_records
from congso.kernel.access.services import Actor
from congso.kernel.records.filing import FiledFacts
from congso.kernel.records.models import Record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused


def filed_facts(record: Record) -> FiledFacts:
    """A copy as the list of documents of its dossier says it."""
    copy = record if isinstance(record, DigitalCopy) else DigitalCopy.objects.get(pk=record.pk)
    return FiledFacts(
        title=copy.title, type_key=copy.type_key, number=copy.number, issued_on=copy.issued_on, issuer=copy.issuer,
        pages=copy.pages, is_electronic=False,
    )  # fmt: skip


def file_folder(folder: Folder, *, by: Actor, at: datetime) -> int:
    """Put the accepted copies of a paper dossier into the archive's record of it; how many are new there.

    Raises Refused: no dossier named, not the dossier's keeper, the dossier closed, nothing to file.
    """
    dossier = Dossier.objects.select_related("owner", "unit").filter(pk=folder.dossier_id or 0).first()
    if dossier is None:
        raise Refused("Hồ sơ giấy này chưa gắn với hồ sơ nào của hệ thống, hoặc bạn không xem được hồ sơ đó.")
    waiting = list(
        DigitalCopy.objects.select_related("owner", "unit", "batch").filter(
            folder=folder, state="accepted", filed_at__isnull=True
        ).order_by("position")[:AT_ONCE]
    )  # fmt: skip
    if not waiting:
        raise Refused("Không còn bản số hóa đã nghiệm thu nào chờ đưa vào hồ sơ.")
    added = file_records(dossier, waiting, by=by, at=at).added
    for copy in waiting:
        with moving(copy, "file", by=by, at=at) as move:
            save(move.record, filed_at=at)
            move.label = f"Đưa vào hồ sơ {dossier.number}"[:200]
    return added
