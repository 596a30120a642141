"""The one character no text of the database holds: who sends it means no word by it."""


def is_about_nul(error: Exception) -> bool:
    """Whether the database's driver refused a text for a NUL in it (a ValueError or a DataError of its own words)."""
    return any(words in str(error) for words in ("NUL (0x00)", "\\u0000 cannot be converted to text"))
