"""Keeping, taking back and using the picture that stands on the paper where somebody signs."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import QuerySet

from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.signing.journaling import note
from congso.kernel.signing.models import Credential, SignaturePicture
from congso.kernel.signing.pictures.drawing import Shape

LARGEST = 2 * 2**20
_CHILD = Path(__file__).with_name("child.py")


class PictureRefused(Exception):
    """A picture that cannot be kept; the message tells why, in Vietnamese."""


def pictures_of() -> QuerySet[SignaturePicture]:
    """The pictures in use the person may see: her own signature, the seals she keeps."""
    found = SignaturePicture.objects.filter(withdrawn_at__isnull=True).select_related("organization", "person")
    return found.order_by("organization_id", "id")


def keep_picture(data: bytes, *, organization: Organization | None = None, by: Actor, at: datetime) -> SignaturePicture:
    """The person's own signature, or the seal of an agency whose clerk she is; the one before is taken back.

    Raises PictureRefused: no PNG, blank, too small or large, no writing, or not hers to keep.
    """
    if by.person_id is None:
        raise PictureRefused("Chỉ người có tài khoản lưu được ảnh chữ ký.")
    made, (width, height) = _drawn(data, Shape.SEAL if organization else Shape.SIGNATURE)
    owner = {"organization": organization} if organization else {"person_id": by.person_id}
    try:
        with transaction.atomic():
            for old in SignaturePicture.objects.filter(withdrawn_at__isnull=True, **owner):
                _withdraw(old, at)
            kept = SignaturePicture.objects.create(
                png=made, width=width, height=height, sha256=sha256(made).hexdigest(), added_by_id=by.person_id,
                added_at=at, **owner,
            )  # fmt: skip
            note("picture_kept", by=by, at=at, organization_id=kept.organization_id, sha256=kept.sha256)
    except ProgrammingError as error:
        raise PictureRefused("Chỉ văn thư giữ con dấu của cơ quan mới lưu được ảnh con dấu.") from error
    except IntegrityError as error:
        raise PictureRefused("Ảnh vừa được thay ở nơi khác; hãy tải lại trang.") from error
    return kept


@transaction.atomic
def withdraw_picture(picture: SignaturePicture, *, by: Actor, at: datetime) -> None:
    """Use it no more; its bytes are forgotten. Papers signed with it do not change."""
    if _withdraw(picture, at):
        note("picture_withdrawn", by=by, at=at, organization_id=picture.organization_id, sha256=picture.sha256)


def picture_of(credential: Credential) -> bytes:
    """What stands on the paper where this credential signs; empty: name and time in letters."""
    owner = (
        {"organization_id": credential.organization_id}
        if credential.organization_id
        else {"person_id": credential.person_id}
    )
    found = SignaturePicture.objects.filter(withdrawn_at__isnull=True, **owner).first()
    return bytes(found.png) if found else b""


def _withdraw(picture: SignaturePicture, at: datetime) -> int:
    return SignaturePicture.objects.filter(pk=picture.pk, withdrawn_at__isnull=True).update(withdrawn_at=at, png=b"")


def _drawn(data: bytes, shape: Shape) -> tuple[bytes, tuple[int, int]]:
    if len(data) > LARGEST:
        raise PictureRefused("Ảnh lớn hơn 2 MB. Hãy thu nhỏ rồi tải lên.")
    try:
        with spool.needs_room(), spool.work_folder(uuid4()) as work:
            given, made = work / "given", work / "made.png"
            given.write_bytes(data)
            order = {"path": str(given), "shape": shape.value, "into": str(made)}
            width, height = run_task(
                "draw", order, limits=limits(), work=work, on_progress=silent, child=_CHILD
            )  # fmt: skip
            return made.read_bytes(), (int(width), int(height))
    except FileRefused as refused:
        raise PictureRefused(refused.message_vi) from refused
