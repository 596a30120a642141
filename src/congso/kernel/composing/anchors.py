"""The bookmarks by which a paper's places are found again, in the DOCX and, as named destinations, in its PDF.

Letters and digits only: LibreOffice keeps such names as they are.
"""

NUMBER, DAY, MONTH, YEAR = "csNumber", "csDay", "csMonth", "csYear"
BLANKS = {"number": NUMBER, "day": DAY, "month": MONTH, "year": YEAR}
END = "End"
SIGNATURE, SEAL = "csSignature", "csSeal"


def signature(key: str) -> str:
    """Of the place of one signature; ValueError for a key that is no word of letters and digits."""
    if not key.isascii() or not key.isalnum():
        raise ValueError(f"signature key {key!r}: letters and digits only")
    return SIGNATURE + key


def seal(key: str) -> str:
    """Of the seal that stands on the signature."""
    return SEAL + key
