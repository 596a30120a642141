"""Every dialect is read as the same document; everything hostile ends as a code with its reason."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from congso.lib.edxml.limits import Limits
from congso.lib.edxml.packets import Kind, Status, StatusPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Code, Refusal
from congso.lib.edxml.tests.corpus import (
    _LINE,
    _MESSAGE,
    KINDS,
    PDF,
    SAME,
    STATUS,
    b64,
    edoc,
    of_kind,
    standard,
    zipped,
)

WITHOUT = "<{p}Subject>Kế hoạch thử &amp; mẫu</{p}Subject>"


@pytest.mark.parametrize("name", SAME)
def test_dialects_of_the_standard_are_one(name: str) -> None:
    found = read_packet(SAME[name])
    assert found.sender.code == "A38.01"
    assert [one.code for one in found.receivers] == ["H38.01", "H38.02"]
    assert (found.number, found.notation, found.issued_on) == ("16", "KH/TU", date(2025, 8, 11))
    assert (found.type_name, found.type_code, found.subject) == ("Kế hoạch", 10, "Kế hoạch thử & mẫu")
    assert (found.urgency, found.steering, found.business.kind) == (2, 2, Kind.NEW)
    assert found.hops[0].at == datetime(2025, 8, 11, 2, 0, tzinfo=UTC)
    assert [(one.name, one.content) for one in found.attachments] == [("16-KH-TU.pdf", PDF)]


@pytest.mark.parametrize("packet", [edoc(), edoc("EdXMLEnvelope"), edoc(prefix="e")])
def test_the_dialect_of_2018_is_read(packet: bytes) -> None:
    found = read_packet(packet)
    assert (found.sender.code, found.type_name, found.signer) == ("000.00.00.H38", "Công văn", "Lê Mẫu")
    assert (found.issued_on, found.document_id) == (date(2025, 8, 11), "9f2d-invented")
    assert found.hops[0].at == datetime(2025, 8, 11, 2, 0, tzinfo=UTC)
    assert [(one.name, one.content) for one in found.attachments] == [("7.pdf", PDF)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_done_to_an_earlier_document_is_read(kind: Kind) -> None:
    found = read_packet(of_kind(kind))
    assert found.business.kind == kind
    assert found.concerns == ("A38.01,2025/08/01,9/KH/TU",)


@pytest.mark.parametrize("tag", ["MessageHeader", "Status"])
@pytest.mark.parametrize("code", ["01", "3", "16"])
def test_statuses_are_read(tag: str, code: str) -> None:
    found = read_packet(STATUS.format(tag=tag, code=code).encode())
    assert isinstance(found, StatusPacket)
    assert found.status == Status(code.zfill(2))
    assert found.about.document_id == "A38.01,2025/08/11,16/KH/TU"


def test_a_real_office_file_is_not_unzipped_and_a_name_is_no_path() -> None:
    office = zipped(b"<x/>", "word/document.xml")
    found = read_packet(standard(content=b64(office)).replace(b"16-KH-TU.pdf", b"../../etc/thu.docx"))
    assert [(one.name, one.content) for one in found.attachments] == [("thu.docx", office)]


BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "hahaha"><!ENTITY b "&a;&a;&a;&a;&a;">]><edXML>&b;</edXML>'
HOSTILE = {
    "nothing": (b"", Code.EMPTY),
    "blanks": (b" \r\n ", Code.EMPTY),
    "no xml": (b"PK\x03\x04 this is a zip", Code.NOT_XML),
    "entity bomb": (BOMB, Code.DTD),
    "outside entity": (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><edXML/>', Code.DTD),
    "undeclared entity": (standard(message=_MESSAGE + "&xxe;"), Code.NOT_XML),
    "half": (standard()[:-200], Code.NOT_XML),
    "half a header": (standard()[:400], Code.NOT_XML),
    "junk after": (standard() + b"<edXML/>", Code.NOT_XML),
    "other xml": (b"<html><body/></html>", Code.NOT_EDXML),
    "no header": (b"<edXML><edXMLEnvelope/></edXML>", Code.NOT_EDXML),
    "unknown charset": (standard(head='<?xml version="1.0" encoding="tcvn-5712"?>'), Code.CHARSET),
    "false charset": (standard(head='<?xml version="1.0" encoding="UTF-16"?>'), Code.CHARSET),
    "half a letter": (standard().replace("Kế".encode(), b"K\xe1\xba"), Code.NOT_XML),
    "old letters": (standard().decode().encode("windows-1258", "replace"), Code.NOT_XML),
    "control letters": (standard().replace(b"Tham", b"\x01").replace("Mẫu".encode(), b"\x01"), Code.NOT_XML),
    "two headers": (
        standard().replace(b"<edXML:TraceHeaderList", b"<MessageHeader><A/></MessageHeader><edXML:TraceHeaderList"),
        Code.REPEATED,
    ),
    "two subjects": (standard(message=_MESSAGE + "<{p}Subject>Khác</{p}Subject>"), Code.REPEATED),
    "two lines": (standard(line=_LINE + _LINE), Code.REPEATED),
    "two contents": (
        standard(content=f"{b64(PDF)}</ContentTransferEncoded><ContentTransferEncoded>{b64(PDF)}"), Code.REPEATED,
    ),
    "no subject": (standard(message=_MESSAGE.replace(WITHOUT, "")), Code.MISSING),
    "no receivers": (standard(message=_MESSAGE.replace("{p}To>", "{p}Two>")), Code.MISSING),
    "no day": (standard(message=_MESSAGE.replace("2025/08/11</{p}Prom", "</{p}Prom")), Code.MISSING),
    "impossible day": (standard().replace(b"2025/08/11</edXML:Prom", b"2025/02/31</edXML:Prom"), Code.BAD_VALUE),
    "word for a number": (standard(message=_MESSAGE.replace("<{p}Priority>2", "<{p}Priority>hai")), Code.BAD_VALUE),
    "unknown act": (of_kind(Kind.RECALL).replace(b"DocType>1<", b"DocType>9<"), Code.BAD_VALUE),
    "recall of nothing": (standard().replace(b"DocType>0<", b"DocType>1<"), Code.MISSING),
    "replaces nothing": (standard().replace(b"DocType>0<", b"DocType>3<"), Code.MISSING),
    "unknown status": (STATUS.format(tag="Status", code="99").encode(), Code.BAD_VALUE),
    "bad base64": (standard(content="đây không phải"), Code.BAD_BASE64),
    "half base64": (standard(content="AAAAA"), Code.BAD_BASE64),
    "padding within": (standard(content="QQ==QQ=="), Code.BAD_BASE64),
    "tags within": (standard(content="QQ==<b/>"), Code.BAD_BASE64),
    "broken zip": (standard(content=b64(zipped(PDF)[:40])), Code.BAD_ZIP),
    "missing file": (standard(file=""), Code.ATTACHMENTS),
    "unlisted file": (standard().replace(b"<ContentId>u1<", b"<ContentId>u2<"), Code.ATTACHMENTS),
    "too deep": (b"<edXML>" * 500, Code.TOO_COMPLEX),
    "too many": (b"<edXML>" + b"<a/>" * 30_000 + b"</edXML>", Code.TOO_COMPLEX),
    "long text": (standard(message=_MESSAGE + "<{p}Content>" + "x" * 100_000 + "</{p}Content>"), Code.TOO_LARGE),
    "secret": (standard(message=_MESSAGE + "<{p}Secrecy>Tối mật</{p}Secrecy>"), Code.SECRET),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_ends_as_a_code_with_its_reason(name: str) -> None:
    packet, code = HOSTILE[name]
    with pytest.raises(Refusal) as refused:
        read_packet(packet)
    assert refused.value.code == code, refused.value
    assert len(refused.value.reason) > 10


SMALL = Limits(packet=5_000_000, files=1_000_000)


def test_a_huge_file_is_stopped_before_it_is_whole() -> None:
    class Endless(BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            Endless.taken += size or 0
            return self.begin.pop() if self.begin else b"QUFB" * 65_536

        begin = [standard(content="QUFB").partition(b"</ContentTransferEncoded>")[0]]

    with pytest.raises(Refusal) as refused:
        read_packet(Endless(), SMALL)
    assert refused.value.code == Code.TOO_LARGE
    assert Endless.taken < 4_000_000


def test_a_zip_bomb_is_stopped() -> None:
    with pytest.raises(Refusal) as refused:
        read_packet(standard(content=b64(zipped(b"\0" * 20_000_000))), SMALL)
    assert refused.value.code == Code.TOO_LARGE
