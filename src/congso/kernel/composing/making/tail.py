"""The tail of a paper: recipients on the left, signatures on the right, the typist's code below."""

from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from congso.kernel.composing import anchors
from congso.kernel.composing.contents import Authority, PaperContent, Signature
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.making.styles import GAP_STYLE, style_name
from congso.kernel.composing.making.tables import TEXT_WIDTH, frame
from congso.kernel.composing.making.xml import Bookmarks

_LEFT = 80.0


def write_tail(document: Document, content: PaperContent, form: Form, bookmarks: Bookmarks) -> None:
    """Signatures stand side by side in rows of two, the lead body's first; one without a pair beside the recipients."""
    pairs = len(content.signatures) // 2
    table = frame(document, pairs + 1, (_LEFT, TEXT_WIDTH - _LEFT))
    cells = [cell for row in table.rows[:pairs] for cell in row.cells] + [table.cell(pairs, 1)]
    for signature, cell in zip(content.signatures, cells, strict=False):
        _sign(cell, signature, form, bookmarks)
    recipients = table.cell(pairs, 0)
    if content.recipients:
        _write_recipients(recipients, content, form)
    if content.typist:
        _add(recipients, Component.TYPIST, content.typist, form)


def _write_recipients(cell: _Cell, content: PaperContent, form: Form) -> None:
    _add(cell, Component.RECIPIENTS_LABEL, "Nơi nhận:", form)
    for line in recipient_lines(content.recipients, form):
        _add(cell, Component.RECIPIENT, line, form)


def recipient_lines(recipients: tuple[str, ...], form: Form) -> list[str]:
    """As printed: a hyphen before each, the form's mark after each, a full stop after the last."""
    between = "," if form.has_asterisk else ";"
    plain = [line.strip().lstrip("-–").strip().rstrip(",;.") for line in recipients]
    return [f"- {line}{'.' if line is plain[-1] else between}" for line in plain]


def authority_line(signature: Signature, form: Form) -> str:
    """`T/M BAN THƯỜNG VỤ`; empty for one who signs in his own right.

    Raises ValueError for an authority the form does not know (TUQ. in a Party paper).
    """
    if signature.authority is Authority.OWN:
        return ""
    if signature.authority not in form.prefixes:
        raise ValueError(f"{signature.authority} is not signed in the form {form.layout}")
    prefix = form.prefixes[signature.authority]
    if signature.authority is Authority.ACTING:
        return f"{prefix} {signature.over or signature.post}".upper()
    return f"{prefix} {signature.over}".upper()


def _sign(cell: _Cell, signature: Signature, form: Form, bookmarks: Bookmarks) -> None:
    line = authority_line(signature, form)
    if line:
        _add(cell, Component.AUTHORITY, line, form)
    if signature.post and signature.authority is not Authority.ACTING:
        _add(cell, Component.POST, signature.post.upper(), form)
    _add(cell, None, "", form)
    name = _add(cell, Component.NAME, "", form)
    anchor = anchors.seal if signature.has_seal else anchors.signature
    # On the name, because LibreOffice doubles anchors of empty paragraphs and drops those on blanks.
    bookmarks.around(name, anchor(signature.key), signature.name)


def _add(cell: _Cell, component: Component | None, text: str, form: Form) -> Paragraph:
    first = cell.paragraphs[0]
    paragraph: Paragraph = first if not first.text and first.style.name == "Normal" else cell.add_paragraph()
    paragraph.style = style_name(component, form) if component else GAP_STYLE
    if text:
        paragraph.add_run(text)
    return paragraph
