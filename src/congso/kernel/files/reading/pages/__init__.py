"""What stands on the pages of a PDF and where: words, lines, ruled tables, paragraphs in reading order.

`words`, `ruling`, `scanned_ruling` and `page` open foreign bytes and run in the guarded child only; `lines`,
`columns`, `grid` and `paragraphs` work on words alone and are pure.
"""
