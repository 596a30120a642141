"""Outgoing documents (S04): drafted, discussed, checked, approved, signed, numbered, sealed, sent, followed.

A draft (*dự thảo*) is written in the portal or brought as a file; every change is a *version* that stays. Units give
*opinions* (*ý kiến*), point by point, and the drafter answers each one. The unit's leader, the office (*thẩm định thể
thức*) and the issuer's leader approve; the signer signs the PDF; only then the registry numbers, seals and sends it.
A number is taken at issue, without gaps, in the series of its issuer, type and term. What was issued never changes:
it is recalled, or replaced by a new document. Recipients inside the portal, over the axis, by e-mail and on paper
stand in one list with their answers.
"""
