"""A paper as a born-digital PDF, set in Tinos (the free metric twin of Times New Roman)."""

from hashlib import sha256
from html import escape
from io import BytesIO

from weasyprint import HTML

from congso.apps.documents.samples.paper import Block, Heading, Layout, PageBreak, Paper, Paragraph

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 14pt Tinos; } }
@page :first { @top-center { content: none; } }
body { font-family: Tinos, serif; font-size: 14pt; line-height: 20pt; margin: 0; }
p { text-align: justify; text-indent: 10mm; margin: 0 0 6pt; }
h2 { font-size: 14pt; margin: 8pt 0 6pt; text-indent: 10mm; }
.head { width: 100%; border-collapse: collapse; }
.head td { width: 50%; vertical-align: top; text-align: center; }
.head.PARTY td.left { width: 45%; } .head.STATE td.right { width: 60%; }
.head.STATE td { font-size: 12.5pt; white-space: nowrap; }
.head div { line-height: 17pt; } .date { font-style: italic; } .mark { font-weight: bold; }
.secrecy { display: inline-block; color: #c8102e; border: 1.5pt solid #c8102e; font-weight: bold;
  padding: 1pt 14pt; }
.rule { display: inline-block; border-bottom: 0.8pt solid black; }
.title { text-align: center; font-weight: bold; margin: 14pt 0 8pt; } .title .type { font-size: 16pt; }
.letter { font-style: italic; font-size: 12pt; } .to { text-align: center; margin: 12pt 0; }
table.data { table-layout: fixed; width: 100%; border-collapse: collapse;
  font-size: 12pt; line-height: 15pt; margin: 4pt 0 10pt; }
table.data th, table.data td { box-sizing: border-box; border: 0.6pt solid black;
  padding: 2pt 3pt; text-align: left; vertical-align: top; }
table.data thead { display: table-header-group; } table.data tr { break-inside: avoid; }
.end { width: 100%; margin-top: 12pt; break-inside: avoid; } .end td { width: 50%; vertical-align: top; }
.end .sign { text-align: center; } .end .list { font-size: 12pt; line-height: 15pt; }
.new-page { break-before: page; }
"""


def pdf(paper: Paper) -> bytes:
    """The paper as PDF with a text layer and embedded fonts."""
    stored = BytesIO()
    identity = sha256(paper.text.encode()).digest()[:16]
    HTML(string=page(paper)).write_pdf(stored, pdf_identifier=identity)
    return stored.getvalue()


def page(paper: Paper) -> str:
    """The HTML from which the PDF is set."""
    bases = "".join(f"<p>{escape(base)}</p>" for base in paper.bases)
    body, annexes = ("".join(_block(block) for block in part) for part in paper.parts)
    return (
        f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{escape(paper.abstract)}</title>"
        f"<style>{_STYLE}</style></head><body>{_header(paper)}{_title(paper)}{bases}{body}{_ending(paper)}"
        f"{annexes}</body></html>"
    )


def _header(paper: Paper) -> str:
    left = [f"<div>{escape(line)}</div>" for line in paper.superior.splitlines()]
    left += [f"<div><b>{escape(line)}</b></div>" for line in paper.issuer.splitlines()]
    left.append("<div>*</div>" if paper.layout is Layout.PARTY else "<div class=rule>&emsp;&emsp;&emsp;</div>")
    left.append(f"<div>{escape(paper.symbol_line)}</div>")
    if not paper.type_name:
        left.append(f"<div class=letter>{escape(paper.abstract)}</div>")
    if paper.secrecy:
        left.append(f"<div class=secrecy>{escape(paper.secrecy)}</div>")
    if paper.urgency:
        left.append(f"<div class=mark>{escape(paper.urgency)}</div>")
    *first, last = paper.country_lines
    right = [f"<div><b>{escape(line)}</b></div>" for line in first]
    right.append(f"<div class=rule><b>{escape(last)}</b></div>")
    right.append(f"<div class=date>{escape(paper.place_and_date)}</div>")
    return (
        f"<table class='head {paper.layout}'><tr><td class=left>{''.join(left)}</td>"
        f"<td class=right>{''.join(right)}</td></tr></table>"
    )


def _title(paper: Paper) -> str:
    title = ""
    if paper.type_name:
        under = "-----" if paper.layout is Layout.PARTY else "_______"
        title = (
            f"<div class=title><div class=type>{escape(paper.type_name)}</div>"
            f"<div>{escape(paper.abstract)}</div><div>{under}</div></div>"
        )
    return title + (f"<div class=to>Kính gửi: {escape(paper.addressed_to)}</div>" if paper.addressed_to else "")


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, PageBreak):
        return "<div class=new-page></div>"
    columns = zip(block.columns, block.widths, strict=True)
    head = "".join(f"<th style='width:{width}%'>{escape(text)}</th>" for text, width in columns)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    return f"<table class=data><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _ending(paper: Paper) -> str:
    recipients = "".join(f"<div>- {escape(recipient)}</div>" for recipient in paper.recipients)
    authority, position, signer = escape(paper.authority), escape(paper.position), escape(paper.signer)
    if paper.layout is Layout.STATE:
        position = f"<b>{position}</b>"
    return (
        f"<table class=end><tr><td class=list><u>Nơi nhận:</u>{recipients}</td>"
        f"<td class=sign><b>{authority}</b><br>{position}<br><br><br><br><b>{signer}</b></td></tr></table>"
    )
