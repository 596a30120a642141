"""Minutes signed with keys: printed once with two places, the secretary's first, then the chair's, which ends them.

Whoever has no key confirms instead (services.minutes); a paper the secretary signed is ended by the chair's key alone.
"""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from congso.apps.meetings.models import Meeting
from congso.apps.meetings.queries import meeting_of
from congso.apps.meetings.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.composing import rendering
from congso.kernel.directory.models import Person
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach, store_file
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.models import Credential, SignedFile
from congso.kernel.signing.pictures.services import picture_of
from congso.kernel.signing.places import Place, PlaceKind, prepare
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.services import key_of, sign_blob
from congso.kernel.signing.trust import default_means
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, check

PURPOSE = "meetings.minutes"
_PLACES = {"key": ("1", "thu_ky", "Thư ký"), "conclude": ("2", "chu_tri", "Chủ trì")}
_NAMES = {"key": "Biên bản (thư ký đã ký số).pdf", "conclude": "Biên bản (đã ký số).pdf"}


def printed_minutes(docx: bytes) -> tuple[bytes, dict[str, Any]]:
    """The minutes printed with both places to sign, and where they are. Takes seconds: outside any transaction.

    Raises Refused where nothing prints here, or a place is not found.
    """
    try:
        pdf = rendering.to_pdf(docx)
        found = {one.key: one for one in rendering.places_in(pdf).signatures}
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused
    except rendering.NotPrinted as refused:
        raise Refused(str(refused)) from refused
    if any(key not in found for key, _name, _title in _PLACES.values()):
        raise Refused("Không tìm thấy chỗ ký của thư ký, chủ trì trên bản in biên bản.")
    places = {
        key: {"page": found[key].page, "box": list(found[key].signature)} for key, _name, _title in _PLACES.values()
    }
    return prepare(pdf, [_place(step, places) for step in _PLACES]), places


def keep_printed(meeting: Meeting, pdf: bytes, places: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """The print stands beside the meeting, ready to be signed. Raises Refused when the minutes were opened again."""
    with moving(meeting, "print", by=by, at=at), TemporaryDirectory(prefix="congso-minutes-") as folder:
        path = Path(folder) / "minutes.pdf"
        path.write_bytes(pdf)
        pages = max(one["page"] for one in places.values()) + 1
        blob = store_file(path, media_type="application/pdf", pages=pages, by=by, at=at)
        file = attach(meeting, blob, name="Biên bản (bản trình ký).pdf", role=Attachment.Role.ORIGINAL, by=by, at=at)
        save(meeting, minutes_file=file, minutes_places=places)


def step_of(meeting: Meeting, person_id: int | None) -> str:
    """Whose turn it is, if it is this person's: `key` the secretary's, `conclude` the chair's, else nothing."""
    if meeting.state != "closed" or meeting.minutes_file_id is None or person_id is None:
        return ""
    if meeting.secretary_key_at is None:
        return "key" if person_id == meeting.secretary_id else ""
    return "conclude" if person_id == meeting.chair_id else ""


def sign_with_key(meeting: Meeting, *, credential: Credential, secret: str, by: Actor, at: datetime) -> None:
    """The secretary, then the chair, sign the printed minutes. Raises Refused; then nothing is signed.

    The signature is made before anything is written.
    """
    step = step_of(meeting, by.person_id)
    if not step or by.person_id is None:
        raise NotYours("Chưa đến lượt bạn ký biên bản: thư ký ký trước, chủ trì ký sau.")
    check(meeting, flow_of(meeting.type).transition(step), at=at, note="")
    if credential.person_id != by.person_id:
        raise Refused("Hãy ký bằng chứng thư số của chính mình.")
    file = _file_of(meeting)
    look = Look(Person.objects.get(pk=by.person_id).full_name, picture_of(credential))
    try:
        with key_of(credential, description=f"Biên bản {meeting.title}"[:120]).opened(secret) as key:
            sign_blob(
                file.blob, key=key, credential=credential, place=_place(step, meeting.minutes_places),
                look=look, reason="Ký biên bản", purpose=PURPOSE,
                reference=str(meeting.pk), means=default_means(), by=by, at=at,
            )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def keep_signed_minutes(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of signed bytes: the minutes move on. A renewed file changes nothing."""
    if hasattr(signed, "replaces"):
        return
    try:
        _keep(meeting_of(int(signed.reference)), signed, by=by, at=at)
    except Meeting.DoesNotExist as gone:
        raise SigningRefused(Why.NOT_ALLOWED, "Bạn không còn quyền ký biên bản này.") from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused


def _keep(meeting: Meeting, signed: SignedFile, *, by: Actor, at: datetime) -> None:
    step = step_of(meeting, by.person_id)
    if not step:
        raise Refused("Biên bản đã chuyển bước; hãy tải lại trang.")
    with moving(meeting, step, by=by, at=at) as move:
        before = _file_of(meeting)
        if not store().read(signed.blob_id).startswith(store().read(before.blob_id)):
            raise Refused("Biên bản đã thay đổi từ khi mở trang; hãy đọc lại rồi ký.")
        file = attach(meeting, signed.blob, name=_NAMES[step], role=Attachment.Role.ISSUED, by=by, at=at)
        save(meeting, minutes_file=file, secretary_key_at=meeting.secretary_key_at or at)
        move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id}


def _file_of(meeting: Meeting) -> Attachment:
    if meeting.minutes_file_id is None:
        raise Refused("Biên bản đang được in để ký số; hãy đợi ít phút.")
    return Attachment.objects.select_related("blob").get(pk=meeting.minutes_file_id)


def _place(step: str, places: dict[str, Any]) -> Place:
    key, name, title = _PLACES[step]
    return Place(name, PlaceKind.PERSONAL, places[key]["page"], tuple(places[key]["box"]), title)
