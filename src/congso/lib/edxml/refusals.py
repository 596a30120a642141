"""Why a packet is not taken: a code for machines, a sentence for people."""

from enum import StrEnum

from congso.lib.edxml.packets import Answered


class Code(StrEnum):
    """What is wrong with a packet. All are permanent: the same bytes will be refused again."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    DTD = "dtd"
    CHARSET = "charset"
    NOT_XML = "not_xml"
    NOT_EDXML = "not_edxml"
    REPEATED = "repeated"
    MISSING = "missing"
    BAD_VALUE = "bad_value"
    BAD_BASE64 = "bad_base64"
    BAD_ZIP = "bad_zip"
    ATTACHMENTS = "attachments"
    SECRET = "secret"  # noqa: S105 - a grade of papers, no password


class Refusal(Exception):
    """The packet cannot be taken; `reason` tells in Vietnamese what is wrong with it.

    `about` is the document, where the packet could be read so far that its sender can be answered.
    """

    def __init__(self, code: Code, reason: str, about: Answered | None = None) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.about = about
