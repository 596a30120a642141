"""How titles and names of a catalogue are ordered and looked for."""

from congso.lib.vietnamese import clean_line, fold, person_sort_key, sort_key

_BODY_WORDS = (
    "ban", "bộ", "đảng", "tỉnh ủy", "ủy ban", "hội", "viện", "trường", "nhà xuất bản", "cục", "sở", "văn phòng",
    "mặt trận", "đoàn", "tổng cục", "trung tâm", "quốc hội", "chính phủ", "công ty", "liên đoàn", "học viện",
    "hội đồng", "đảng ủy",
)  # fmt: skip


def is_body_name(name: str) -> bool:
    """Whether a name is that of a body (tác giả tập thể), by its first words."""
    lowered = clean_line(name).lower()
    return any(lowered.startswith(f"{word} ") for word in _BODY_WORDS)


def author_key(name: str, *, is_body: bool) -> str:
    """Order of authors: people by given name, then family name, as Vietnamese lists go; bodies and foreign forms
    with a comma (“Marx, Karl”) as they are written."""
    return (sort_key(name) if is_body or "," in name else person_sort_key(name))[:1000]


def title_key(title: str) -> str:
    """Order of titles: the Vietnamese dictionary's, without signs around them."""
    return sort_key(title.strip("“”\"'«»()[].… "))[:3000]


def search_words(*texts: str) -> str:
    """The words of a card without accents, each once."""
    whole = fold(" ".join(text for text in texts if text)).lower()
    return " ".join(dict.fromkeys("".join(c if c.isalnum() else " " for c in whole).split()))


def asked_words(typed: str) -> str:
    """What a reader types, as the words that are looked for; at most ten."""
    return " ".join(search_words(typed).split()[:10])
