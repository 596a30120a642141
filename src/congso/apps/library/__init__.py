"""The e-library (S15): what an office's library holds, read on the screen or taken home.

A *work* (tài liệu) is catalogued as a record; its *card* is what readers see of it, published with the work's
collection: for everybody, for staff, or for listed bodies. A work has *books* (EPUB, PDF) read in the browser, and
paper *copies*, each with its own registration number (số đăng ký cá biệt), lent by *loans* and waited for by
*holds*. Where a reader is and what she notes is hers alone; what the library counts has no names.
"""
