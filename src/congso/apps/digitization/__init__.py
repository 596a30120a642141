"""Digitization (S07): paper into searchable archive files, in batches, with figures for how well it was done.

A *batch* (đợt số hóa) of a fonds takes in the originals of dossiers (*folder*: hồ sơ giấy), scans them, has them read
page by page, cut into documents by *separator sheets* (tờ phân cách) with square codes, checked and accepted, and gives
the originals back. Each document is a *digital copy* (bản số hóa), a record of its own: fields proposed by the reading
machine, checked by one person or two, bound as a two-layer PDF/A, signed by the body, filed in its dossier. A word of
the recognised text is put right on the page's picture; the *correction* outlives the recogniser. A *stock* is how much
paper a body has to digitize by the end of a year.
"""
