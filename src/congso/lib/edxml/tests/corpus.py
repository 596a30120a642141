# ruff: noqa: E501 - packets are written as they are sent
"""Packets as both dialects write them, all invented. Each has what must be read from it."""

import base64
import io
import zipfile

from congso.lib.edxml.packets import Kind

PDF = b"%PDF-1.4 invented"


def zipped(content: bytes, name: str = "a.pdf") -> bytes:
    """One file in a zip, as the national library sends it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


_MESSAGE = """
<{p}From><{p}OrganId>A38.01</{p}OrganId><{p}OrganName>Tỉnh ủy Mẫu</{p}OrganName></{p}From>
<{p}To><{p}OrganId>H38.01</{p}OrganId><{p}OrganName>Sở Thử</{p}OrganName></{p}To>
<{p}To><{p}OrganId>H38.02</{p}OrganId><{p}OrganName>Sở Mẫu</{p}OrganName></{p}To>
<{p}Code><{p}CodeNumber>16</{p}CodeNumber><{p}CodeNotation>KH/TU</{p}CodeNotation></{p}Code>
<{p}PromulgationInfo><{p}Place>Lào Cai</{p}Place><{p}PromulgationDate>2025/08/11</{p}PromulgationDate></{p}PromulgationInfo>
<{p}DocumentType><{p}Type>10</{p}Type><{p}TypeDetail>0</{p}TypeDetail><{p}TypeName>Kế hoạch</{p}TypeName></{p}DocumentType>
<{p}Subject>Kế hoạch thử &amp; mẫu</{p}Subject>
<{p}SignerInfo><{p}Competence>T/M</{p}Competence><{p}FullName>Nguyễn Ví Dụ</{p}FullName></{p}SignerInfo>
<{p}OtherInfo><{p}Priority>2</{p}Priority></{p}OtherInfo>
<{p}SteeringType>2</{p}SteeringType><{p}DocumentId>A38.01,2025/08/11,16/KH/TU</{p}DocumentId>"""

_TRACE = """<{p}TraceHeaderList id="t" version="1.0">
<{p}TraceHeader><{p}OrganId>A38.01</{p}OrganId><{p}Timestamp>2025/08/11 09:00:00</{p}Timestamp></{p}TraceHeader>
<{p}{b}><{p}{b}DocType>0</{p}{b}DocType><{p}{b}DocReason>Văn bản mới</{p}{b}DocReason><{p}Paper>0</{p}Paper></{p}{b}>
</{p}TraceHeaderList>"""

_LINE = """<{p}Reference xlink:href="cid:u1"><{p}AttachmentName>16-KH-TU.pdf</{p}AttachmentName>
<{p}ContentType>application/pdf</{p}ContentType><{p}ContentId>cid:u1</{p}ContentId></{p}Reference>"""

_FILE = """<Attachment><ContentType>application/pdf</ContentType><ContentId>u1</ContentId>
<ContentTransferEncoded>{bytes}</ContentTransferEncoded><AttachmentName>16-KH-TU.pdf</AttachmentName></Attachment>"""


def standard(
    *,
    prefix: str = "edXML:",
    spelling: str = "Bussiness",
    content: str | None = None,
    head: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
    trace: str = _TRACE,
    line: str = _LINE,
    file: str = _FILE,
    message: str = _MESSAGE,
) -> bytes:
    """The standard's own dialect, each part open to change."""
    p = prefix
    enclosed = f"<AttachmentEncoded>{file.format(bytes=content or b64(PDF))}</AttachmentEncoded>" if file else ""
    return (
        f'{head}<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><{p}edXMLEnvelope><{p}edXMLHeader>'
        f"<{p}MessageHeader>{message.format(p=p)}</{p}MessageHeader>{trace.format(p=p, b=spelling)}"
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><Reference URI=""/></SignedInfo></Signature>'
        f"</{p}edXMLHeader><{p}edXMLBody><{p}edXMLManifest>{line.format(p=p)}</{p}edXMLManifest></{p}edXMLBody>"
        f"</{p}edXMLEnvelope>{enclosed}</edXML>"
    ).encode()


def edoc(root: str = "edXMLEnvelope", prefix: str = "") -> bytes:
    """The dialect of http://www.go.vn/eDoc: all within one envelope, ISO dates, the type as text."""
    p = f"{prefix}:" if prefix else ""
    xmlns = f"xmlns:{prefix}" if prefix else "xmlns"
    inner = f"""<MessageHeader><From><OrganId>000.00.00.H38</OrganId><OrganName>Tỉnh Mẫu</OrganName></From>
<To><OrganId>H38.02</OrganId><OrganName>Sở Mẫu</OrganName></To>
<Code><CodeNumber>7</CodeNumber><CodeNotation>UBND-VX</CodeNotation></Code>
<PromulgationInfo><Promulgator>Tỉnh Mẫu</Promulgator><PromulgationDate>2025-08-11T00:00:00</PromulgationDate></PromulgationInfo>
<DocumentType>Công văn</DocumentType><Subject>V/v thử</Subject>
<SignerInfo><Signer>Lê Mẫu</Signer><Position>Chủ tịch</Position></SignerInfo>
<OtherInfo><PageAmount>1</PageAmount></OtherInfo><DocumentId>9f2d-invented</DocumentId>
<TraceHeaderList><TraceHeader><Time>2025-08-11T02:00:00Z</Time><Path><From>000.00.00.H38</From></Path></TraceHeader>
</TraceHeaderList></MessageHeader>
<Manifest><Attachment><Content>{b64(PDF)}</Content><FileName>7.pdf</FileName><FileType>application/pdf</FileType>
</Attachment></Manifest>"""
    if p:
        inner = inner.replace("</", "\0").replace("<", f"<{p}").replace("\0", f"</{p}")
    return f'<{p}{root} {xmlns}="http://www.go.vn/eDoc">{inner}</{p}{root}>'.encode()


STATUS = """<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><{tag}>
<ResponseFor><OrganId>A38.01</OrganId><Code>16-KH/TU</Code><PromulgationDate>2025/08/11</PromulgationDate>
<DocumentId>A38.01,2025/08/11,16/KH/TU</DocumentId></ResponseFor>
<From><OrganId>H38.01</OrganId><OrganName>Sở Thử</OrganName></From><StatusCode>{code}</StatusCode>
<Description>Đã vào sổ</Description><Timestamp>2025/08/11 10:00:00</Timestamp></{tag}></edXMLHeader></edXMLEnvelope></edXML>"""

# Dialects of the standard: each must be read as the same document.
SAME = {
    "standard": standard(),
    "no prefix": standard(prefix=""),
    "right spelling": standard(spelling="Business"),
    "stray digits": b"12345" + standard(),
    "byte order mark": b"\xef\xbb\xbf" + standard(),
    "utf-16": standard(head="").decode().encode("utf-16"),
    "zipped": standard(content=b64(zipped(PDF))),
    "broken lines": standard(content="\r\n".join(b64(PDF)[i : i + 5] for i in range(0, len(b64(PDF)), 5))),
    "no padding": standard(content=b64(PDF).rstrip("=")),
    "address alphabet": standard(content=b64(PDF).replace("+", "-").replace("/", "_")),
    "data address": standard(content=f"data:application/pdf;base64,{b64(PDF)}"),
    "no manifest": standard(line=""),
    "files in the manifest": standard(
        file="",
        line=_LINE.replace(
            "</{p}Reference>", f"<ContentTransferEncoded>{b64(PDF)}</ContentTransferEncoded></{{p}}Reference>"
        ),
    ),
    "misspelt": standard(
        message=_MESSAGE.replace("PromulgationInfo", "PromulationInfo").replace("CodeNotation", "CodeNotion")
    ),
    "day first": standard(message=_MESSAGE.replace("2025/08/11</{p}Prom", "11/08/2025</{p}Prom")),
    "iso day": standard(message=_MESSAGE.replace("2025/08/11</{p}Prom", "2025-08-11T00:00:00+07:00</{p}Prom")),
    "said twice alike": standard(message=_MESSAGE + "<{p}SteeringType>2</{p}SteeringType>"),
    "unknown elements": standard(message=_MESSAGE + "<{p}Mystery><{p}X>1</{p}X></{p}Mystery>"),
    "decomposed letters": standard(message=_MESSAGE.replace("Kế hoạch thử", "Kế hoạch thử")),
}

KINDS = {
    Kind.RECALL: "<{p}DocumentId>A38.01,2025/08/01,9/KH/TU</{p}DocumentId>",
    Kind.UPDATE: "<{p}DocumentId>A38.01,2025/08/01,9/KH/TU</{p}DocumentId>",
    Kind.REPLACE: "<{p}ReplacementInfoList><{p}ReplacementInfo><{p}DocumentId>A38.01,2025/08/01,9/KH/TU</{p}DocumentId>"
    "<{p}OrganIdList><{p}OrganId>H38.01</{p}OrganId></{p}OrganIdList></{p}ReplacementInfo></{p}ReplacementInfoList>",
}


def of_kind(kind: Kind) -> bytes:
    """A recall, update or replacement of an earlier document."""
    return standard(
        trace=_TRACE.replace("DocType>0<", f"DocType>{kind.value}<").replace("<{p}Paper>", KINDS[kind] + "<{p}Paper>")
    )
