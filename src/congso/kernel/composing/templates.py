"""A paper from its content: a DOCX in the official form, made to be edited further."""

from io import BytesIO

import docx

from congso.kernel.composing.contents import Passage, PaperContent


def make_docx(content: PaperContent) -> bytes:
    """The paper as a Word file. Same content, same bytes. ValueError for a content that cannot be laid out."""
    document = docx.Document()
    for line in (content.parent, content.issuer, content.printed_type, content.title):
        document.add_paragraph(line)
    for block in content.body:
        if isinstance(block, Passage):
            document.add_paragraph(block.text)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
