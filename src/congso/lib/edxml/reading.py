"""Bytes as a packet, whatever dialect they are written in. Both dialects, both spellings, any order, any prefix.

The standard's own (`edXML/edXMLEnvelope/edXMLHeader/MessageHeader`, files beside the envelope) and that of
Quyết định 28/2018/QĐ-TTg (`http://www.go.vn/eDoc`: trace and files within, dates as ISO) meet here: the parts are
found by their names wherever they stand. Unknown elements do not count; the raw packet is kept by the caller.
"""

from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from congso.lib.edxml.enclosing import attachments_of
from congso.lib.edxml.finding import child, children, clean, day, is_yes, moment, needed, number, text
from congso.lib.edxml.limits import LIMITS, Limits
from congso.lib.edxml.packets import (
    Answered,
    Business,
    DocumentPacket,
    Hop,
    Kind,
    Organ,
    Packet,
    Replacement,
    Staff,
    Status,
    StatusPacket,
)
from congso.lib.edxml.refusals import Code, Refusal
from congso.lib.edxml.scanning import Node, scan
from congso.lib.vietnamese import fold

_NOT_SECRET = {"", "0", "n/a", "none", "thuong", "khong", "khong mat", "binh thuong"}
_ENVELOPES = {"edxml", "edxmlenvelope", "envelope"}
_HEADERS = {"messageheader", "status", "messageheaders"}


def read_packet(source: bytes | BinaryIO, limits: Limits = LIMITS) -> Packet:
    """The packet. Raises Refusal, with a code and the reason in Vietnamese, for everything else."""
    stream = BytesIO(source) if isinstance(source, bytes) else source
    if isinstance(source, bytes) and len(source) > limits.packet:
        raise Refusal(Code.TOO_LARGE, f"Gói tin lớn hơn {limits.packet // 2**20} MB.")
    root = scan(stream, limits)
    _drop_signatures(root)
    header = _header(root)
    _refuse_secret(header)
    if child(header, "statuscode") is not None:
        return _status(header)
    return _document(root, header, limits)


def _drop_signatures(root: Node) -> None:
    """What stands within a signature is not under it: nothing of it is ever taken for the message."""
    for node in root.walk():
        node.children = [one for one in node.children if one.name != "signature"]


def _header(root: Node) -> Node:
    if root.name not in _ENVELOPES:
        raise Refusal(Code.NOT_EDXML, f"Không phải gói tin edXML: phần tử gốc là {root.name[:60]}.")
    found = [node for node in root.walk() if node.name in _HEADERS and node.children]
    if not found:
        raise Refusal(Code.NOT_EDXML, "Không phải gói tin edXML: không có MessageHeader.")
    if len(found) > 1:
        raise Refusal(Code.REPEATED, "Gói tin có nhiều MessageHeader.")
    return found[0]


def _refuse_secret(header: Node) -> None:
    for node in header.walk():
        for marked in children(node, "secrecy"):
            if fold(clean(marked.text)).lower() not in _NOT_SECRET:
                raise Refusal(
                    Code.SECRET,
                    "Gói tin ghi độ mật: không nhận vào hệ thống này, văn bản được quản lý ngoài hệ thống.",
                    Answered(
                        organ=text(child(header, "from"), "organid", longest=60),
                        symbol="",
                        issued_on=None,
                        document_id=text(header, "documentid", longest=300),
                    ),
                )


def _status(header: Node) -> StatusPacket:
    code = needed(header, "statuscode", longest=10).zfill(2)
    if code not in set(Status):
        raise Refusal(Code.BAD_VALUE, f"Mã trạng thái {code} không có trong quy định.")
    about = child(header, "responsefor")
    at = moment(header, "timestamp")
    if about is None or at is None:
        raise Refusal(Code.MISSING, "Gói trạng thái thiếu ResponseFor hoặc Timestamp.")
    return StatusPacket(
        sender=_organ(child(header, "from"), "From"),
        about=_answered(about),
        status=Status(code),
        at=at,
        description=text(header, "description", longest=4000),
        staff=_staff(child(header, "staffinfo")),
    )


def _document(root: Node, header: Node, limits: Limits) -> DocumentPacket:
    trace = _only(root, "traceheaderlist")
    code, issue = child(header, "code"), child(header, "promulgationinfo")
    signer, other = child(header, "signerinfo"), child(header, "otherinfo")
    kind, receivers = child(header, "documenttype"), children(header, "to")
    if not receivers or len(receivers) > limits.receivers:
        raise Refusal(Code.MISSING, "Gói tin không nêu nơi nhận (To), hoặc nêu quá nhiều.")
    issued_on = day(issue, "promulgationdate")
    if issued_on is None:
        raise Refusal(Code.MISSING, "Thiếu ngày ban hành (PromulgationDate).")
    return DocumentPacket(
        sender=_organ(child(header, "from"), "From"),
        receivers=tuple(_organ(one, "To") for one in receivers),
        number=needed(code, "codenumber", longest=40),
        notation=needed(code, "codenotation", longest=80),
        issued_on=issued_on,
        place=text(issue, "place", longest=300),
        type_name=_type_name(kind),
        type_code=number(kind, "type", most=999) or 0,
        type_detail=number(kind, "typedetail", most=999) or 0,
        subject=needed(header, "subject", longest=4000),
        content=text(header, "content", longest=20_000),
        signer=needed(signer, "fullname", longest=300),
        competence=text(signer, "competence", longest=300),
        position=text(signer, "position", longest=300),
        due_on=day(header, "duedate"),
        to_places=tuple(clean(one.text) for one in children(child(header, "toplaces"), "place") if clean(one.text)),
        urgency=number(other, "priority", most=4) or 0,
        sphere=text(other, "sphereofpromulgation", longest=500),
        drafter=text(other, "typernotation", longest=200),
        copies=number(other, "promulgationamount"),
        pages=number(other, "pageamount"),
        appendixes=_appendixes(other),
        answers=tuple(_answered(one) for one in children(header, "responsefor")),
        steering=number(header, "steeringtype", most=3) or 0,
        document_id=needed(header, "documentid", longest=300),
        hops=tuple(_hops(trace)),
        business=_business(_only(root, "bussiness")),
        attachments=attachments_of(root, limits),
    )


def _only(root: Node, name: str) -> Node | None:
    """The one element of the name, anywhere."""
    return child(Node("", children=list(root.walk())), name)


def _organ(node: Node | None, role: str) -> Organ:
    if node is None:
        raise Refusal(Code.MISSING, f"Thiếu phần tử {role}.")
    return Organ(
        code=needed(node, "organid", longest=60),
        name=text(node, "organname", longest=500),
        in_charge=text(node, "organizationincharge", longest=500),
        address=text(node, "organadd", longest=500),
        email=text(node, "email", longest=254),
        telephone=text(node, "telephone", longest=100),
        fax=text(node, "fax", longest=100),
        website=text(node, "website", longest=500),
    )


def _answered(node: Node) -> Answered:
    return Answered(
        organ=text(node, "organid", longest=60),
        symbol=text(node, "code", longest=120),
        issued_on=day(node, "promulgationdate"),
        document_id=needed(node, "documentid", longest=300),
    )


def _staff(node: Node | None) -> Staff | None:
    if node is None:
        return None
    words = [text(node, name, longest=300) for name in ("department", "staff", "mobile", "email")]
    return Staff(*words) if any(words) else None


def _type_name(node: Node | None) -> str:
    """The name of the type; the dialect of 2018 writes it as the element's own text."""
    if node is not None and not node.children and clean(node.text):
        return clean(node.text)[:100]
    return text(node, "typename", longest=100)


def _appendixes(other: Node | None) -> tuple[str, ...]:
    listed = child(other, "appendixes")
    found = children(listed, "appendix") if listed is not None else children(other, "appendix")
    return tuple(said for said in (clean(one.text) for one in found) if said)


def _hops(trace: Node | None) -> list[Hop]:
    found: list[Hop] = []
    for one in children(trace, "traceheader"):
        organ = text(one, "organid", longest=60) or text(child(one, "path"), "from", longest=60)
        at: datetime | None = moment(one, "timestamp")
        if organ and at:
            found.append(Hop(organ, at))
    return found


def _business(node: Node | None) -> Business:
    if node is None:
        return Business()
    kind = Kind(number(node, "bussinessdoctype", most=3) or 0)
    info = child(node, "bussinessdocumentinfo")
    changes = children(child(info, "receiverlist"), "receiver")
    business = Business(
        kind=kind,
        reason=text(node, "bussinessdocreason", longest=4000),
        document_id=text(node, "documentid", longest=300),
        is_content_changed=is_yes(info, "documentinfo"),
        added=tuple(needed(one, "organid", longest=60) for one in changes if is_yes(one, "receivertype")),
        removed=tuple(needed(one, "organid", longest=60) for one in changes if not is_yes(one, "receivertype")),
        replacements=tuple(
            Replacement(needed(one, "documentid", longest=300), _organ_ids(one))
            for one in children(child(node, "replacementinfolist"), "replacementinfo")
        ),
        staff=_staff(child(node, "staffinfo")),
        has_paper=is_yes(node, "paper"),
    )
    _check_object(business)
    return business


def _organ_ids(node: Node) -> tuple[str, ...]:
    listed = child(node, "organidlist")
    return tuple(said for said in (clean(one.text) for one in children(listed, "organid")) if said)


def _check_object(business: Business) -> None:
    """A recall, update or replacement says of which document (office 3.5, rule 4)."""
    if business.kind in {Kind.RECALL, Kind.UPDATE} and not business.document_id:
        raise Refusal(Code.MISSING, "Gói thu hồi hoặc cập nhật không nêu mã văn bản (DocumentId).")
    if business.kind == Kind.REPLACE and not business.replacements:
        raise Refusal(Code.MISSING, "Gói thay thế không nêu văn bản bị thay thế (ReplacementInfoList).")
