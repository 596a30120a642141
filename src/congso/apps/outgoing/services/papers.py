"""The PDF on its way from printing to seal: prepared once, then only added to. Every stage is kept as a file."""

from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from congso.apps.outgoing.models import DraftVersion, OutgoingDocument
from congso.apps.outgoing.services.contents import KEY
from congso.kernel.access.services import Actor
from congso.kernel.composing import rendering
from congso.kernel.composing.rendering import BlankPlace, PaperPlaces
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment, Blob
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach, store_file
from congso.kernel.signing.places import Blank, Place, PlaceKind, prepare
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.workflow.services import Refused

SIGNATURE, SEAL = "chu_ky", "con_dau"
_TITLES = {"number": "Số", "day": "Ngày", "month": "Tháng", "year": "Năm"}
_NAMES = {
    "to_sign": "bản trình ký", "signed": "bản đã ký", "numbered": "bản đã cấp số", "sealed": "bản phát hành",
}  # fmt: skip


def prepared_paper(version: DraftVersion) -> tuple[bytes, dict[str, Any]]:
    """The printed version with its places for signature, seal, number and date; and where they are.

    Raises Refused when a place cannot be found on the paper: what is signed must be signed where it belongs.
    """
    if version.pdf is None:
        raise Refused("Chưa có bản in PDF của dự thảo.")
    printed = store().read(version.pdf.blob_id)
    try:
        found = rendering.places_in(printed)
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused
    block = next((one for one in found.signatures if one.key == KEY), next(iter(found.signatures), None))
    if block is None or not any(one.name == "number" for one in found.blanks):
        raise Refused(
            "Không tìm thấy chỗ ký hoặc chỗ ghi số, ngày trên bản in. Hãy soạn theo mẫu của hệ thống, hoặc sửa khối"
            " chữ ký và dòng “Số …” đúng thể thức rồi tải lại."
        )
    places: dict[str, Any] = {
        "signature": asdict(block), "blanks": [asdict(one) for one in found.blanks],
        "others": _blocks_of_others(version.document, found),
    }  # fmt: skip
    blocks = [(KEY, places["signature"]), *places["others"].items()]
    fields = [made for key, told in blocks for made in (_signature(key, told), _seal(key, told)) if made.box]
    blanks = [Blank(one.name, one.box, one.page, one.size, _TITLES.get(one.name, one.name)) for one in found.blanks]
    try:
        return prepare(printed, fields, blanks), places
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def _blocks_of_others(document: OutgoingDocument, found: PaperPlaces) -> dict[str, Any]:
    """Where each co-signer signs, by the key of her block. Raises Refused when one is not on the paper."""
    known, told = {one.key: asdict(one) for one in found.signatures}, {}
    for one in document.signers_after:
        if one.key not in known or (one.has_seal and not known[one.key]["seal"]):
            raise Refused(
                f"Không tìm thấy chỗ ký của {one.name} trên bản in. Hãy trình bày đủ khối chữ ký của những người cùng"
                " ký, hoặc soạn theo mẫu của hệ thống."
            )
        told[one.key] = known[one.key] | ({} if one.has_seal else {"seal": None})
    return told


def signature_place(document: OutgoingDocument, key: str = KEY) -> Place:
    """Where somebody signs: the document's own signer, or the co-signer of that key."""
    return _signature(key, _told(document, key))


def seal_place(document: OutgoingDocument, key: str = KEY) -> Place:
    """Where a body's seal goes: over the left third of the signature."""
    return _seal(key, _told(document, key))


def _told(document: OutgoingDocument, key: str) -> dict[str, Any]:
    places: dict[str, Any] = document.places["signature"] if key == KEY else document.places["others"][key]
    return places


def check_extends(document: OutgoingDocument, blob: Blob) -> None:
    """Signed bytes only add to the paper as it stands, nothing else takes its place. Raises Refused.

    A batch that waited while the paper was sent back and laid out anew would otherwise sign yesterday's text.
    """
    if not store().read(blob.sha256).startswith(bytes_of_paper(document)):
        raise Refused("Văn bản đã thay đổi từ khi chọn để ký; hãy đọc lại và ký bản mới.")


def values_for(document: OutgoingDocument, *, number: str, issued_on: Any) -> dict[str, str]:
    """What is written into the blanks for number and date."""
    blanks = tuple(
        BlankPlace(one["name"], tuple(one["box"]), one["page"], one["size"]) for one in document.places["blanks"]
    )
    return dict(PaperPlaces(blanks=blanks).values(number=number, issued_on=issued_on))


def bytes_of_paper(document: OutgoingDocument) -> bytes:
    """The paper as it stands. Raises Refused without one."""
    return store().read(_blob_of(document))


def paper_file(document: OutgoingDocument) -> AbstractContextManager[Path]:
    """The paper as a file, until the block ends. Raises Refused without one."""
    return store().local(_blob_of(document))


def _blob_of(document: OutgoingDocument) -> str:
    if document.paper is None:
        raise Refused("Chưa có bản in để ký, cấp số.")
    return str(document.paper.blob_id)


def keep_paper(
    document: OutgoingDocument, pdf: bytes, *, stage: str, by: Actor, at: datetime, places: dict[str, Any] | None = None
) -> None:
    """Keep bytes as the paper's newest stage; inside an act that lets the person write."""
    with TemporaryDirectory(prefix="congso-paper-") as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        version = document.last_version
        pages = version.pdf.blob.pages if version and version.pdf else 1
        blob = store_file(path, media_type="application/pdf", pages=pages, by=by, at=at)
    point_at(document, blob, stage=stage, by=by, at=at, places=places)


def point_at(
    document: OutgoingDocument, blob: Blob, *, stage: str, by: Actor, at: datetime, places: dict[str, Any] | None = None
) -> None:
    """The same for bytes kept already."""
    document.paper = attach(
        document, blob, name=f"{_title(document)} ({_NAMES[stage]}).pdf", role=Attachment.Role.ISSUED, by=by, at=at
    )
    document.paper_sha256 = blob.sha256 if stage == "sealed" else ""
    if places is not None:
        document.places = places
    document.save(update_fields=["paper", "paper_sha256", "places"])


def _title(document: OutgoingDocument) -> str:
    return (document.number.replace("/", "-") or f"{document.type_name} {document.title}")[:120].strip()


def _signature(key: str, told: dict[str, Any]) -> Place:
    return Place(_named(SIGNATURE, key), PlaceKind.PERSONAL, told["page"], tuple(told["signature"]), "Chữ ký")


def _seal(key: str, told: dict[str, Any]) -> Place:
    box = tuple(told["seal"]) if told["seal"] else None
    return Place(_named(SEAL, key), PlaceKind.SEAL, told["page"], box, "Dấu cơ quan")


def _named(name: str, key: str) -> str:
    return name if key == KEY else f"{name}_{key}"
