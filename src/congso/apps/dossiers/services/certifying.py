"""Certified copies: marked as such, sealed with the archive's key in the background, kept for the days of the reading.

05/2025/TT-BNV (digest): a certified copy is signed; 03-HD/VPTW: the archive's key certifies archive files. The form of
words is a parameter: the text of the law was not seen.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from congso.apps.dossiers.models import ArchivedFile, Card, CertifiedCopy, Entry, ReadingRequest
from congso.apps.dossiers.services.reading import kept_file
from congso.kernel.access import principals
from congso.kernel.access.services import Actor
from congso.kernel.files.configuration import limits
from congso.kernel.files.models import Blob
from congso.kernel.files.reading.copy_marks import mark_copy
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import store_file
from congso.kernel.files.spool import work_folder
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.regulations.queries import value
from congso.kernel.signing.bulk import Paper, make_batch
from congso.kernel.signing.models import Batch, Credential, SignedFile
from congso.kernel.signing.places import MM, Box, Place, PlaceKind
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Refused, act, check

PURPOSE, PLACE = "dossiers.certify", "xac_thuc"
MOST = 30  # files marked at one press; the rest at the next


def files_to_certify(wish: ReadingRequest) -> list[ArchivedFile]:
    """The dossier's PDF files without a certified copy for this wish, in their order."""
    entries = Entry.objects.filter(dossier_id=wish.wanted_id).values("pk")
    done = CertifiedCopy.objects.filter(reading=wish).values("file_id")
    found = ArchivedFile.objects.filter(entry__in=entries, media_type="application/pdf").exclude(pk__in=done)
    found = found.exclude(state=ArchivedFile.State.DESTROYED).select_related("entry")
    return list(found.order_by("entry__position", "entry_id", "position"))


def certify(wish: ReadingRequest, *, credential: Credential, by: Actor, at: datetime) -> Batch:
    """Make the marked copies and a batch that seals them with one PIN; the first `MOST` that are missing.

    Raises Refused: another way of reading, not granted, a seal of another body, nothing left to certify.
    """
    check(wish, flow_of(wish.type).transition("certify"), at=at, note="")
    if credential.organization_id != wish.owner_id:
        raise Refused(f"Hãy xác thực bằng chứng thư số của {wish.owner}.")
    files = files_to_certify(wish)[:MOST]
    if not files:
        raise Refused("Không còn tệp PDF nào chưa có bản sao xác thực.")
    papers = _papers(wish, files, by=by, at=at)
    return make_batch(papers, credential=credential, reason="Xác thực bản sao tài liệu lưu trữ", by=by, at=at)


def keep_certified(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of sealed copies: kept beside the wish; its asker is told once. A renewed file changes nothing."""
    if hasattr(signed, "replaces"):
        return
    wish_pk, file_pk = (int(part) for part in signed.reference.split(":"))
    try:
        wish = ReadingRequest.objects.select_related("owner").get(pk=wish_pk)
        with act(wish, "certify", by=by, at=at) as move:
            file = ArchivedFile.objects.get(pk=file_pk)
            _check_new(wish, file)
            made = CertifiedCopy.objects.create(
                reading=wish, file=file, blob=signed.blob, name=file.name, certified_at=at
            )
            move.label = f"Xác thực bản sao: {file.name}"[:300]
            move.facts |= {"file": file.sha256, "sha256": made.blob_id, "credential": signed.credential_id}
            notify(
                wish, principals=[principals.person(wish.asker_id)], text="Đã có bản sao xác thực để tải về", by=by,
                at=at, kind=Kind.MOVED, key=f"certified:{wish.pk}",
            )  # fmt: skip
    except (ReadingRequest.DoesNotExist, ArchivedFile.DoesNotExist) as gone:
        raise SigningRefused(Why.NOT_ALLOWED, "Yêu cầu khai thác đã kết thúc nên không xác thực nữa.") from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused


def _check_new(wish: ReadingRequest, file: ArchivedFile) -> None:
    if CertifiedCopy.objects.filter(reading=wish, file=file).exists():
        raise Refused("Tệp này đã có bản sao xác thực.")


def _papers(wish: ReadingRequest, files: Iterable[ArchivedFile], *, by: Actor, at: datetime) -> list[Paper]:
    card = Card.objects.select_related("organization").get(pk=wish.wanted_id)
    made = []
    for file in files:
        try:
            blob, box = _marked(file, card, wish, by=by, at=at)
        except FileRefused as refused:
            raise Refused(f"{file.name}: {refused.message_vi}") from refused
        place = Place(PLACE, PlaceKind.CORNER, 0, box, "Xác thực của lưu trữ")
        made.append(Paper(blob, place, PURPOSE, f"{wish.pk}:{file.pk}", f"{file.entry.subject or file.name}"[:300]))
    return made


def _marked(file: ArchivedFile, card: Card, wish: ReadingRequest, *, by: Actor, at: datetime) -> tuple[Blob, Box]:
    """The copy to be sealed, and where: the upper margin of page one, left of the mark."""
    moment = timezone.localtime(at)
    words = str(value("dossiers.certified_words", on=moment.date()))
    corner = [words, f"{card.code}"[:60], f"{wish.number} · {moment:%d/%m/%Y}"]
    foot = ["TÀI LIỆU LƯU TRỮ CHUYỂN ĐỔI", f"{card.code} – {card.organization.name}"[:120]]
    with work_folder(uuid4()) as work, kept_file(file) as path:
        made = Path(work, "copy.pdf")
        left, _low, _right, high = mark_copy(
            path, corner=corner, foot=foot, into=made, limits=limits(), work=work, is_flat=True
        )
        blob = store_file(made, media_type="application/pdf", pages=file.pages, by=by, at=at)
    return blob, (left + 15 * MM, high - 18 * MM, left + 125 * MM, high - 5 * MM)
