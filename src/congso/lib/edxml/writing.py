"""A packet as bytes, strictly by the standard. What would not be taken elsewhere is refused here, before sending."""

import re
from io import BytesIO
from typing import Any

from lxml import etree

from congso.lib.edxml.base64_stream import encoded
from congso.lib.edxml.finding import clean
from congso.lib.edxml.packets import (
    OFFICE_ZONE,
    Answered,
    Attachment,
    Business,
    DocumentPacket,
    Kind,
    Organ,
    Packet,
    Staff,
    StatusPacket,
)
from congso.lib.edxml.refusals import Code, Refusal

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
# Root and files without a prefix, the envelope with one, as every sender does (office 3.1).
_PLAIN: Any = {None: NAMESPACE}
_PREFIXED = {"edXML": NAMESPACE, "xlink": _XLINK}
_ORGAN = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
_LONGEST_CODE = 35
_MOMENT = "%Y/%m/%d %H:%M:%S"
_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


def write_packet(packet: Packet, *, trace_id: str = "") -> bytes:
    """The packet's XML in UTF-8, the same bytes for the same packet. Raises Refusal for what the standard forbids."""
    _check(packet)
    out = BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(_name("edXML"), nsmap=_PLAIN):
            file.write(_envelope(packet, trace_id))
            if isinstance(packet, DocumentPacket) and packet.attachments:
                with file.element(_name("AttachmentEncoded")):
                    for attachment in packet.attachments:
                        file.write(_file(attachment))
    return out.getvalue()


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Any, name: str, said: object = None, *, always: bool = False) -> Any:
    """A child; an empty text leaves it out unless it must stand."""
    if said is not None and str(said) == "" and not always:
        return None
    node = etree.SubElement(parent, _name(name))
    if said is not None:
        try:
            node.text = str(said)
        except ValueError as error:
            raise Refusal(Code.BAD_VALUE, f"Phần tử {name} có ký tự không được phép trong XML.") from error
    return node


def _envelope(packet: Packet, trace_id: str) -> Any:
    envelope = etree.Element(_name("edXMLEnvelope"), nsmap=_PREFIXED)
    head = _add(envelope, "edXMLHeader")
    message = _add(head, "MessageHeader")
    if isinstance(packet, StatusPacket):
        _status(message, packet)
        return envelope
    _message(message, packet)
    _trace(head, packet, trace_id)
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    for attachment in packet.attachments:
        _line(manifest, attachment)
    return envelope


def _message(message: Any, packet: DocumentPacket) -> None:
    _organ(_add(message, "From"), packet.sender)
    for receiver in packet.receivers:
        _organ(_add(message, "To"), receiver)
    code = _add(message, "Code")
    _add(code, "CodeNumber", packet.number)
    _add(code, "CodeNotation", packet.notation)
    issue = _add(message, "PromulgationInfo")
    _add(issue, "Place", packet.place)
    _add(issue, "PromulgationDate", f"{packet.issued_on:%Y/%m/%d}")
    kind = _add(message, "DocumentType")
    _add(kind, "Type", packet.type_code)
    _add(kind, "TypeDetail", packet.type_detail)
    _add(kind, "TypeName", packet.type_name, always=True)
    _add(message, "Subject", packet.subject)
    _add(message, "Content", packet.content)
    signer = _add(message, "SignerInfo")
    _add(signer, "Competence", packet.competence)
    _add(signer, "Position", packet.position)
    _add(signer, "FullName", packet.signer)
    if packet.due_on:
        _add(message, "DueDate", f"{packet.due_on:%Y/%m/%d}")
    if packet.to_places:
        places = _add(message, "ToPlaces")
        for place in packet.to_places:
            _add(places, "Place", place)
    _other(_add(message, "OtherInfo"), packet)
    for answered in packet.answers:
        _answered(_add(message, "ResponseFor"), answered)
    _add(message, "SteeringType", packet.steering)
    _add(message, "DocumentId", packet.document_id)


def _other(other: Any, packet: DocumentPacket) -> None:
    _add(other, "Priority", packet.urgency)
    _add(other, "SphereOfPromulgation", packet.sphere)
    _add(other, "TyperNotation", packet.drafter)
    if packet.copies is not None:
        _add(other, "PromulgationAmount", packet.copies)
    if packet.pages is not None:
        _add(other, "PageAmount", packet.pages)
    if packet.appendixes:
        appendixes = _add(other, "Appendixes")
        for appendix in packet.appendixes:
            _add(appendixes, "Appendix", appendix)


def _status(message: Any, packet: StatusPacket) -> None:
    _answered(_add(message, "ResponseFor"), packet.about)
    _organ(_add(message, "From"), packet.sender)
    _add(message, "StatusCode", packet.status.value)
    _add(message, "Description", packet.description)
    _add(message, "Timestamp", packet.at.astimezone(OFFICE_ZONE).strftime(_MOMENT))
    _staff(message, packet.staff)


def _organ(node: Any, organ: Organ) -> None:
    _add(node, "OrganId", organ.code)
    _add(node, "OrganizationInCharge", organ.in_charge)
    _add(node, "OrganName", organ.name, always=True)
    _add(node, "OrganAdd", organ.address)
    _add(node, "Email", organ.email)
    _add(node, "Telephone", organ.telephone)
    _add(node, "Fax", organ.fax)
    _add(node, "Website", organ.website)


def _answered(node: Any, answered: Answered) -> None:
    _add(node, "OrganId", answered.organ)
    _add(node, "Code", answered.symbol)
    if answered.issued_on:
        _add(node, "PromulgationDate", f"{answered.issued_on:%Y/%m/%d}")
    _add(node, "DocumentId", answered.document_id)


def _staff(parent: Any, staff: Staff | None) -> None:
    if staff is None:
        return
    node = _add(parent, "StaffInfo")
    _add(node, "Department", staff.department)
    _add(node, "Staff", staff.name)
    _add(node, "Mobile", staff.mobile)
    _add(node, "Email", staff.email)


def _trace(head: Any, packet: DocumentPacket, trace_id: str) -> None:
    trace = _add(head, "TraceHeaderList")
    trace.set("id", trace_id or packet.document_id)
    trace.set("version", "1.0")
    for hop in packet.hops:
        node = _add(trace, "TraceHeader")
        _add(node, "OrganId", hop.organ)
        _add(node, "Timestamp", hop.at.astimezone(OFFICE_ZONE).strftime(_MOMENT))
    _business(_add(trace, "Bussiness"), packet.business)


def _business(node: Any, business: Business) -> None:
    _add(node, "BussinessDocType", business.kind.value)
    _add(node, "BussinessDocReason", business.reason)
    if business.kind == Kind.UPDATE:
        info = _add(node, "BussinessDocumentInfo")
        _add(info, "DocumentInfo", int(business.is_content_changed))
        _add(info, "DocumentReceiver", int(bool(business.added or business.removed)))
        changes = [("1", one) for one in business.added] + [("0", one) for one in business.removed]
        if changes:
            listed = _add(info, "ReceiverList")
            for kind, organ in changes:
                receiver = _add(listed, "Receiver")
                _add(receiver, "ReceiverType", kind)
                _add(receiver, "OrganId", organ)
    _add(node, "DocumentId", business.document_id)
    _staff(node, business.staff)
    _add(node, "Paper", int(business.has_paper))
    if business.replacements:
        listed = _add(node, "ReplacementInfoList")
        for one in business.replacements:
            info = _add(listed, "ReplacementInfo")
            _add(info, "DocumentId", one.document_id)
            organs = _add(info, "OrganIdList")
            for organ in one.organs:
                _add(organs, "OrganId", organ)


def _line(manifest: Any, attachment: Attachment) -> None:
    node = _add(manifest, "Reference")
    for key, said in (("href", f"cid:{attachment.id}"), ("role", "XLinkRole"), ("type", "simple")):
        node.set(f"{{{_XLINK}}}{key}", said)
    _add(node, "AttachmentName", attachment.name)
    _add(node, "ContentType", attachment.content_type)
    _add(node, "ContentId", f"cid:{attachment.id}")
    _add(node, "Description", attachment.description)


def _file(attachment: Attachment) -> Any:
    """The file as it is: it is not zipped, a receiver that unzips looks at the bytes first."""
    node = etree.Element(_name("Attachment"), nsmap=_PLAIN)
    _add(node, "ContentType", attachment.content_type)
    _add(node, "ContentId", attachment.id)
    _add(node, "Description", attachment.description)
    _add(node, "ContentTransferEncoded", encoded(attachment.content))
    _add(node, "AttachmentName", attachment.name)
    return node


def _check(packet: Packet) -> None:
    _check_code(packet.sender.code)
    if isinstance(packet, StatusPacket):
        _check_words(packet.about.document_id, "mã văn bản")
        return
    for receiver in packet.receivers:
        _check_code(receiver.code)
    for said, what in (
        (packet.number, "số"),
        (packet.notation, "ký hiệu"),
        (packet.subject, "trích yếu"),
        (packet.signer, "người ký"),
        (packet.document_id, "mã văn bản"),
    ):
        _check_words(said, what)
    if not packet.receivers or not packet.hops:
        raise Refusal(Code.MISSING, "Gói tin phải có nơi nhận và vết gửi (TraceHeader).")
    if not 0 <= packet.urgency <= 4 or not 0 <= packet.steering <= 3:
        raise Refusal(Code.BAD_VALUE, "Mã độ khẩn hoặc mã chỉ đạo không có trong quy chuẩn.")
    _check_business(packet.business)
    _check_files(packet.attachments)


def _check_business(business: Business) -> None:
    if business.kind in {Kind.RECALL, Kind.UPDATE} and not business.document_id:
        raise Refusal(Code.MISSING, "Thu hồi, cập nhật phải nêu văn bản.")
    replaced = business.replacements
    if business.kind == Kind.REPLACE and not (replaced and all(one.organs for one in replaced)):
        raise Refusal(Code.MISSING, "Thay thế phải nêu văn bản bị thay thế và cơ quan phải thay.")
    if business.kind != Kind.NEW and not clean(business.reason):
        raise Refusal(Code.MISSING, "Thu hồi, cập nhật, thay thế phải có lý do.")


def _check_files(attachments: tuple[Attachment, ...]) -> None:
    ids = [one.id for one in attachments]
    if len(set(ids)) < len(ids) or not all(_ID.fullmatch(one) for one in ids):
        raise Refusal(Code.ATTACHMENTS, "Mã tệp kèm trùng nhau hoặc có ký tự lạ.")
    if not all(clean(one.name) and one.content for one in attachments):
        raise Refusal(Code.ATTACHMENTS, "Tệp kèm phải có tên và nội dung.")


def _check_code(code: str) -> None:
    if len(code) > _LONGEST_CODE or not _ORGAN.fullmatch(code):
        raise Refusal(Code.BAD_VALUE, f"Mã định danh “{code[:60]}” không đúng dạng (Quyết định 20/2020/QĐ-TTg).")


def _check_words(said: str, what: str) -> None:
    if not clean(said):
        raise Refusal(Code.MISSING, f"Gói tin thiếu {what}.")
