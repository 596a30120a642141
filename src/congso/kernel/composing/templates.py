"""A paper from its content: a DOCX in the official form, made to be edited further.

Each component has a style of its own with a Vietnamese name; head and tail are tables without lines, number and
contact real header and footer, the places for number, date, signatures and seals bookmarks (`anchors`).
"""

import docx

from congso.kernel.composing.contents import PaperContent
from congso.kernel.composing.forms import form_of
from congso.kernel.composing.making.body import Body
from congso.kernel.composing.making.head import Head
from congso.kernel.composing.making.page import saved, set_mode, set_page, set_properties
from congso.kernel.composing.making.styles import prepare_styles
from congso.kernel.composing.making.tail import write_tail
from congso.kernel.composing.making.xml import Bookmarks


def make_docx(content: PaperContent) -> bytes:
    """The paper as a Word file. Same content, same bytes. ValueError for a content that cannot be laid out."""
    form, document, bookmarks = form_of(content.layout), docx.Document(), Bookmarks()
    prepare_styles(document, form)
    set_mode(document)
    set_page(document, content, form)
    set_properties(document, content)
    Head(document, content, form, bookmarks).write()
    body = Body(document, content, form)
    body.write_title()
    body.write_addressees()
    body.write_blocks(content.body)
    body.keep_end_with_tail()
    write_tail(document, content, form, bookmarks)
    body.write_annexes()
    return saved(document)
