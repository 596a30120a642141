"""Preflight of a version: what is not as the form wants it, and mending what may be mended."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from congso.apps.outgoing.models import DraftVersion, OutgoingDocument
from congso.apps.outgoing.services.contents import expected_of
from congso.apps.outgoing.services.drafting import bring_version
from congso.kernel.access.services import Actor
from congso.kernel.composing import preflight, rendering
from congso.kernel.composing.findings import Expected, Finding, Severity
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach, store_file
from congso.kernel.workflow.services import Refused


def bytes_of(version: DraftVersion) -> bytes:
    """The version's file."""
    return store().read(version.attachment.blob_id)


def to_check(version: DraftVersion) -> tuple[bytes, Expected]:
    """What preflight needs to know, read while a transaction is open."""
    return bytes_of(version), expected_of(version.document)


def findings_in(data: bytes, expected: Expected) -> list[Finding]:
    """What preflight says of a file; opens it in the guarded child. Raises Refused for one it cannot read."""
    try:
        return preflight.check(data, expected)
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused


def check_again(document: OutgoingDocument, *, at: datetime) -> DraftVersion:
    """Check the newest version now and keep what is found. Raises Refused without one."""
    document.forget()
    version = document.last_version
    if version is None:
        raise Refused("Chưa có bản dự thảo nào.")
    version.document = document
    keep_findings(version, findings_in(*to_check(version)), at=at)
    return version


def print_of(data: bytes) -> bytes | None:
    """The Word file printed with its places to sign and number; takes seconds, outside any transaction.

    None where nothing prints here: then the reader's print stays. Raises Refused for a file it cannot open.
    """
    try:
        return rendering.to_pdf(data)
    except rendering.NotPrinted:
        return None
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused


def keep_print(version: DraftVersion, pdf: bytes, *, by: Actor, at: datetime) -> None:
    """The print with its places takes the place of the reader's."""
    with TemporaryDirectory(prefix="congso-print-") as folder:
        path = Path(folder) / "print.pdf"
        path.write_bytes(pdf)
        pages = rendering.places_in(pdf).pages or (version.pdf.blob.pages if version.pdf else 1)
        blob = store_file(path, media_type="application/pdf", pages=pages, by=by, at=at)
    name = f"{Path(version.attachment.name).stem}.pdf"
    made = attach(
        version.document, blob, name=name, role=Attachment.Role.SEARCHABLE, source=version.attachment, by=by, at=at
    )
    DraftVersion.objects.filter(pk=version.pk).update(pdf=made)
    version.pdf = made


def keep_findings(version: DraftVersion, found: list[Finding], *, at: datetime) -> None:
    """Write what was found beside the version; by whoever may act on the document now."""
    told = [one.as_plain() for one in found]
    DraftVersion.objects.filter(pk=version.pk).update(findings=told, checked_at=at)
    version.findings, version.checked_at = told, at


def repair_version(document: OutgoingDocument, *, by: Actor, at: datetime, accept_changes: bool = False) -> Upload:
    """Mend what may be mended and send the result as the next version. Raises Refused when there is nothing to mend."""
    document.forget()
    version = document.last_version
    if version is None or not version.is_word:
        raise Refused("Chỉ sửa tự động được tệp Word (.docx).")
    found = [_finding(one) for one in version.findings or ()]
    mendable = [one for one in found if one.can_be_repaired]
    if not mendable:
        raise Refused("Không có lỗi nào sửa tự động được.")
    try:
        mended = preflight.repair(bytes_of(version), mendable, expected_of(document), accept_changes=accept_changes)
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused
    kind = DraftVersion.Kind.CORRECTED if document.state == "verifying" else DraftVersion.Kind.REPAIRED
    reason = f"Sửa thể thức tự động {len(mendable)} lỗi: " + "; ".join(dict.fromkeys(one.message for one in mendable))
    return bring_version(document, mended, name=version.attachment.name, reason=reason[:1000], by=by, at=at, kind=kind)


def check_passed(document: OutgoingDocument) -> DraftVersion:
    """The newest version, printed, checked and without an error. Raises Refused with what is to be done."""
    version = document.last_version
    if version is None:
        raise Refused("Chưa có bản dự thảo nào.")
    if version.pdf is None:
        raise Refused("Chưa có bản in PDF của dự thảo; hãy chờ hệ thống in xong hoặc tải lại tệp.")
    if version.checked_at is None:
        raise Refused("Bản dự thảo chưa được kiểm tra thể thức; hãy chờ ít giây hoặc bấm “Kiểm tra thể thức”.")
    if version.errors:
        raise Refused(f"Còn {len(version.errors)} lỗi thể thức phải sửa trước khi trình ký.")
    return version


def _finding(told: dict[str, object]) -> Finding:
    known = {name: told[name] for name in Finding.__dataclass_fields__ if name in told}
    return Finding(**known | {"severity": Severity(str(told["severity"]))})  # type: ignore[arg-type]
