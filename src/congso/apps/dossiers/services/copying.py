"""Copies for readers, made in the guarded child: marked BẢN SAO and kept nowhere, or certified by a seal and kept."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from congso.apps.dossiers.models import ArchivedFile, Card, Dossier
from congso.apps.dossiers.services.reading import kept_file
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.files.configuration import limits
from congso.kernel.files.reading.copy_marks import mark_copy
from congso.kernel.files.spool import work_folder
from congso.kernel.workflow.services import Refused


def marked_copy(file: ArchivedFile, dossier: Dossier, *, by: Actor, at: datetime) -> bytes:
    """The file as a copy: BẢN SAO on each page, the archive's code at the end. Raises Refused (no PDF, gone)."""
    if file.media_type != "application/pdf":
        raise Refused("Chỉ làm được bản sao có dấu “BẢN SAO” của tệp PDF.")
    card = Card.objects.filter(pk=dossier.pk).select_related("organization").first()
    code = card.code if card else dossier.number
    body = card.organization.name if card else ""
    moment = timezone.localtime(at)
    corner = ["BẢN SAO", f"{code} · {moment:%d/%m/%Y %H:%M}", title_of(by.id, moment.date())[:60]]
    foot = ["TÀI LIỆU LƯU TRỮ CHUYỂN ĐỔI", f"{code} – {body}"[:120]]
    with work_folder(uuid4()) as work, kept_file(file) as path:
        made = work / "copy.pdf"
        mark_copy(path, corner=corner, foot=foot, into=made, limits=limits(), work=work)
        return made.read_bytes()
