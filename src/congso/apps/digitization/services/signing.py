"""The body's signature on archive files: top right of page one, name and time, no seal's picture (05/2025/TT-BNV)."""

from datetime import datetime

from congso.apps.digitization.models import DigitalCopy, Page, ScanBatch
from congso.apps.digitization.queries import copies, copy_of
from congso.apps.digitization.services.accepting import name_of
from congso.apps.digitization.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.files.models import Attachment
from congso.kernel.files.services import attach
from congso.kernel.signing.bulk import Paper, make_batch
from congso.kernel.signing.models import Batch as SigningBatch
from congso.kernel.signing.models import Credential, SignedFile
from congso.kernel.signing.places import Place, PlaceKind, corner_of
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused, check

PURPOSE, PLACE = "digitization.sign", "so_hoa"
MOST = 200  # files at one press of the PIN; the rest at the next


def sign_copies(batch: ScanBatch, *, credential: Credential, by: Actor, at: datetime) -> SigningBatch:
    """A lot of the batch's accepted files that are not signed yet, waiting for one PIN.

    Raises Refused: another body's seal, nothing left to sign.
    """
    check(batch, flow_of(batch.type).transition("sign"), at=at, note="")
    if credential.organization_id != batch.owner_id:
        raise Refused(f"Hãy ký bằng chứng thư số của {batch.owner}.")
    waiting = list(
        copies().filter(batch=batch, state="accepted", signed_at__isnull=True).order_by("folder__position", "position")
        [:MOST]
    )  # fmt: skip
    papers = [paper for copy in waiting if (paper := _paper(copy))]
    if not papers:
        raise Refused("Không còn bản số hóa nào chờ ký.")
    return make_batch(papers, credential=credential, reason="Xác nhận bản số hóa", by=by, at=at)


def _paper(copy: DigitalCopy) -> Paper | None:
    file = _file_of(copy)
    first = Page.objects.filter(copy=copy, copy_page=1).values_list("width", "height").first()
    if file is None:
        return None
    box = corner_of(*(first or (595.3, 841.9)))
    place = Place(PLACE, PlaceKind.CORNER, 0, box, "Xác nhận bản số hóa")
    return Paper(file.blob, place, PURPOSE, str(copy.pk), f"{copy.number} {copy.title}".strip()[:300])


def _file_of(copy: DigitalCopy) -> Attachment | None:
    """The newest archive file of a copy."""
    found = Attachment.objects.filter(record_id=copy.pk, role=Attachment.Role.ORIGINAL).select_related("blob")
    return found.order_by("-position").first()


def keep_signed(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of signed files: kept with the copy. A renewed file changes nothing."""
    if hasattr(signed, "replaces"):
        return
    try:
        copy = copy_of(int(signed.reference))
        with moving(copy, "sign", by=by, at=at) as move:
            attach(move.record, signed.blob, name=name_of(move.record), role=Attachment.Role.ISSUED, by=by, at=at)
            save(move.record, signed_at=at)
            move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id}
    except DigitalCopy.DoesNotExist as gone:
        raise SigningRefused(Why.NOT_ALLOWED, "Bản số hóa không còn, hoặc bạn không còn quyền ký.") from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused
