"""The few pieces of WordprocessingML that python-docx has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

TWIPS_A_POINT = 20
TWIPS_A_MM = 1440 / 25.4


def element(name: str, /, **attributes: object) -> BaseOxmlElement:
    """`element("w:jc", val="center")`."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class Bookmarks:
    """Gives each bookmark of a document its number."""

    def __init__(self) -> None:
        self._last = 0

    def around(self, paragraph: Paragraph, name: str, text: str) -> None:
        """Add a run between the bookmark's two ends; without a text the bookmark is a point."""
        self._last += 1
        paragraph._p.append(element("w:bookmarkStart", id=self._last, name=name))
        if text:
            paragraph.add_run(text)
        paragraph._p.append(element("w:bookmarkEnd", id=self._last))


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word and LibreOffice compute, such as PAGE."""
    for kind in ("begin", "separate", "end"):
        paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            text = element("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {instruction} "
            paragraph.add_run()._r.append(text)
        elif kind == "separate":
            paragraph.add_run("2")
