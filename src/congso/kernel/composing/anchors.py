"""The bookmarks by which a paper's places are found again, in the DOCX and, as named destinations, in its PDF.

Letters and digits only: LibreOffice keeps such names as they are.
"""

BLANKS = {"number": "csNumber", "day": "csDay", "month": "csMonth"}
"""The year stands at the end of its line, where LibreOffice keeps no anchor: it is found by its words."""

END = "End"
SIGNATURE, SEAL = "csSignature", "csSeal"


def signature(key: str) -> str:
    """Of a signature without a seal; ValueError for a key that is no word of letters and digits."""
    if not key.isascii() or not key.isalnum():
        raise ValueError(f"signature key {key!r}: letters and digits only")
    return SIGNATURE + key


def seal(key: str) -> str:
    """Of a signature that the body's seal stands on."""
    return signature(key).replace(SIGNATURE, SEAL, 1)
