"""A paper that was signed outside the portal, by the agency's or the person's own program, comes back.

It must begin with the bytes that went out and add one signature, at the prepared place, by who was expected; the judge
of strangers' papers then judges the whole. What the signing program left out (revocation data, a timestamp) is added
here, by increments, as for papers signed here.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import async_add_validation_info

from congso.kernel.files.reading.isolation import Crashed, run_task, silent
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.signing.means import Means
from congso.kernel.signing.pades import add_archive_timestamp, told
from congso.kernel.signing.places import Place
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.report import CHILD, LIMITS, Report, SignatureReport
from congso.kernel.signing.validation.verdicts import Reason, Verdict
from congso.lib.vietnamese import fold

LARGEST = 100 * 2**20
_FILL_FORMS = 2
_SECONDS = 30.0


def take_signed(
    before: bytes, after: bytes, *, place: Place, names: Sequence[str], means: Means, at: datetime
) -> tuple[bytes, SignatureReport]:
    """The signed paper, lasting where the means allow, and its new signature.

    `names`: whose certificate it may be, a person's or an organization's. Raises SigningRefused with what to do:
    another paper, more than one signature added, another place, somebody else, a signature that is not valid.
    """
    if len(after) > LARGEST or not after.startswith(before) or len(after) == len(before):
        raise _refused(
            "Tệp này không phải bản đã tải về có thêm chữ ký: nội dung khác, hoặc phần mềm đã ghi lại cả tệp."
            " Hãy ký đúng tệp tải từ đây và lưu theo cách chỉ bổ sung chữ ký, không “Save as”, không in ra PDF."
        )
    grown, report = _looked_over(before, after, at)
    signature = _new_signature(grown, report, place)
    _check_signer(signature, names)
    if signature.verdict is Verdict.UNKNOWN and Reason.NO_REVOCATION_DATA in signature.reasons:
        after = _lasting(after, signature.field, means)
        report = _report(after, at)
        signature = next(one for one in report.people if one.field == place.name)
    if report.verdict is not Verdict.VALID:
        raise _refused(_why(report))
    return after, signature


def _looked_over(before: bytes, after: bytes, at: datetime) -> tuple[dict[str, Any], Report]:
    with TemporaryDirectory(prefix="congso-outside-") as work:
        path = Path(work) / "paper.pdf"
        path.write_bytes(after)
        arguments = {"path": str(path), "size": len(before)}
        try:
            grown = run_task(
                "grown", arguments, limits=LIMITS, work=Path(work), on_progress=silent, child=CHILD
            )  # fmt: skip
        except (Crashed, Refused) as error:
            raise _refused("Không đọc được tệp vừa nộp; hãy ký lại bản tải về từ đây.") from error
        return grown, check_file(path, at=at, seconds=_SECONDS)


def _report(pdf: bytes, at: datetime) -> Report:
    with TemporaryDirectory(prefix="congso-outside-") as work:
        path = Path(work) / "paper.pdf"
        path.write_bytes(pdf)
        return check_file(path, at=at, seconds=_SECONDS)


def _new_signature(grown: dict[str, Any], report: Report, place: Place) -> SignatureReport:
    """The one signature that was added. Raises SigningRefused for anything added besides."""
    known = set(grown["signed_before"])
    added = [one for one in report.people if one.field not in known]
    title = place.title or place.name
    if report.verdict is Verdict.INVALID and not added:
        raise _refused(_why(report))
    if not added:
        raise _refused(f"Tệp chưa có chữ ký mới nào ở ô “{title}”. Hãy ký vào ô đó rồi nộp lại.")
    if [one.field for one in added] != [place.name]:
        raise _refused(
            f"Hãy ký đúng vào ô “{title}” đã chừa sẵn trên bản tải về, chỉ một chữ ký; tệp có chữ ký đặt ở chỗ khác."
        )
    signature, stamps = added[0], {one.field for one in report.signatures if one.is_timestamp}
    if grown["changed"] is None or set(grown["changed"]) - {place.name} - stamps:
        raise _refused("Ngoài chữ ký, tệp còn bị sửa hoặc điền thêm nội dung nên không nhận. Hãy ký lại bản tải về.")
    if not known and grown["level"] != _FILL_FORMS:
        raise _refused(
            "Chữ ký đầu tiên phải là chữ ký chứng thực cho phép điền biểu mẫu và ký tiếp (DocMDP mức 2), vì sau đó còn"
            " ghi số, ngày và đóng dấu. Trong phần mềm ký, chọn “Chứng thực” (Certify) với mức cho phép này."
        )
    return signature


def _check_signer(signature: SignatureReport, names: Sequence[str]) -> None:
    signer = signature.signer
    told_names = {_plain(one) for one in (signer.name, signer.organization) if one} if signer else set()
    if not told_names & {_plain(one) for one in names}:
        whose = signer.name if signer else "không rõ ai"
        raise _refused(f"Chữ ký mang chứng thư của {whose}, không phải của {names[0]}.")


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def _lasting(pdf: bytes, field: str, means: Means) -> bytes:
    """With revocation data of the new signature, and a timestamp over all of it where there is an authority."""
    with told():
        one = next(sig for sig in PdfFileReader(BytesIO(pdf)).embedded_signatures if sig.field_name == field)
        made = BytesIO()
        asyncio.run(async_add_validation_info(one, means.validation(), add_vri_entry=False, output=made))
    lasting = made.getvalue()
    return add_archive_timestamp(lasting, means=means) if means.timestamper else lasting


def _why(report: Report) -> str:
    said = [*report.said, *(one for signature in report.signatures for one in signature.said)]
    words = " ".join(dict.fromkeys(str(one.what) for one in said))
    return f"Bản đã ký chưa hợp lệ ({report.shown.label}) nên không nhận. {words}"[:900]


def _refused(words: str) -> SigningRefused:
    return SigningRefused(Why.NOT_ALLOWED, words)
