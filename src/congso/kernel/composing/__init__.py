"""Official papers made, checked, compared and printed, in the Party's form and the state's. No models, no requests.

Four doors: `templates.make_docx` makes a paper people go on editing in Word or LibreOffice; `preflight.check` says
what in a file is not as the rules want it and `preflight.repair` mends what may be mended without touching the words;
`comparing.differences` tells two versions apart; `rendering.to_pdf` prints, and `rendering.places_in` finds where
number, date, signatures and seals go. Foreign bytes are opened in the guarded child of `files.reading` only.
Sources: 05-HD/VPTW (27/5/2026, by its digest; 36-HD/VPTW where 05 was not seen), 30/2020/NĐ-CP annex I,
367-QĐ/TWĐTN-VP for the Youth Union (office 1.1-1.7).
"""
