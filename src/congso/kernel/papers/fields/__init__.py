"""The register fields of a paper, read from its layout: number, date, issuer, kind, abstract, signer and more.

`read_fields` is pure. Each zone of the form (head left and right, title, signature block, recipients) has a
small file of its own; `rows` makes the same rows of a PDF, a scan and a Word file, `merging` weighs a second
reading of scans, `checks` compares the fields with each other. Sources: 05-HD/VPTW, Nghị định 30/2020/NĐ-CP,
the Front's and the Youth Union's own guidance, and what offices really print.
"""

from congso.kernel.papers.fields.reading import read_fields

__all__ = ["read_fields"]
