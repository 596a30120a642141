"""Syllables of a text, and how much each tells about what is asked.

There is no table of frequencies over all records here: it would tell about records the asker may not read. Three
classes do: words that only join (0), words every official paper has (a third), all others (1).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from congso.lib.vietnamese import fold, index_form

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def listed(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


def one_of(text: str) -> re.Pattern[str]:
    """A pattern written over several lines; line ends and indents do not count."""
    return re.compile("".join(line.strip() for line in text.splitlines()))


JOINING = listed("""
    và của là có được cho các những một này đó khi thì mà để với trong trên dưới tại từ đến theo về do bởi vì nên
    cũng đã đang sẽ vẫn còn lại ra vào lên xuống đi hay hoặc như rằng ở bị rất hơn nhất sau trước ai gì nào đâu sao
    bao nhiêu mấy thế ạ nhỉ hả hãy xin hỏi biết em tôi mình anh chị ơi giúp nhờ với cần phải không bằng qua cùng ngoài
    đây kia ấy nữa chỉ mới thôi nếu dù tuy nhưng song bên
""")
COMMON = listed("""
    tỉnh ủy đảng xã phường ban cơ quan đơn vị công tác thực hiện văn bản kế hoạch báo cáo nghị quyết quyết định
    thông chỉ thị kết luận quy năm tháng ngày lào cai việc nội dung nhiệm vụ số bộ cán thường trực tổ chức chính
    triển khai địa phương hội đồng nhân dân lãnh đạo trách tổng hợp yêu cầu đề nghị tiếp tục kỳ thời gian toàn
    phòng tốt chung giao người
""")
_JOINING_PLAIN = frozenset(map(fold, JOINING))
_COMMON_PLAIN = frozenset(map(fold, COMMON))
COMMON_WEIGHT = 0.35
DOUBTFUL_WEIGHT = 0.15  # typed without accents a joining word may be another one: “ve” is về or vé


class Word(NamedTuple):
    """One syllable or number: with accents, without, where it stands in the text."""

    form: str
    plain: str
    start: int
    end: int


_folded = lru_cache(maxsize=20_000)(fold)


def words_of(text: str) -> list[Word]:
    """The words of a text in NFC, in order."""
    form = index_form(text)
    return [Word(found.group(0), _folded(found.group(0)), found.start(), found.end()) for found in _WORD.finditer(form)]


def plain(text: str) -> str:
    """Small letters without accents, one space between words: how phrases are looked for."""
    return " ".join(word.plain for word in words_of(text))


def weight(word: Word, *, is_accented: bool) -> float:
    """How much a word of the question tells."""
    if word.form in JOINING:
        return 0.0
    if not is_accented and word.plain in _JOINING_PLAIN:
        return DOUBTFUL_WEIGHT
    if word.form in COMMON or (not is_accented and word.plain in _COMMON_PLAIN):
        return COMMON_WEIGHT
    return 1.0


class Evidence:
    """The words of some texts, to be looked up: as written, without accents, side by side."""

    def __init__(self, *parts: Iterable[Word]) -> None:
        self.forms: set[str] = set()
        self.plains: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        for part in parts:
            before = ""
            for word in part:
                self.forms.add(word.form)
                self.plains.add(word.plain)
                if before:
                    self.pairs.add((before, word.plain))
                before = word.plain

    def joined(self, other: "Evidence") -> "Evidence":
        """What stands in either."""
        both = Evidence()
        both.forms = self.forms | other.forms
        both.plains = self.plains | other.plains
        both.pairs = self.pairs | other.pairs
        return both

    def has(self, word: Word, *, is_accented: bool) -> float:
        """1 when the word is there, half when only its letters are (another accent may be another word)."""
        if word.form in self.forms or (not is_accented and word.plain in self.plains):
            return 1.0
        return 0.5 if word.plain in self.plains else 0.0

    def has_run(self, run: tuple[str, ...]) -> bool:
        """Whether the words, without accents, stand side by side in this order."""
        if len(run) == 1:
            return run[0] in self.plains
        return all(pair in self.pairs for pair in pairwise(run))
