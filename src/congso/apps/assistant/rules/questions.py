"""What somebody asks, with accents or without: the kind of answer wanted and what it must be about."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from congso.apps.assistant.rules.synonyms import alternatives
from congso.apps.assistant.rules.values import Value, values_of
from congso.apps.assistant.rules.words import Word, listed, one_of, plain, weight, words_of
from congso.lib.symbols import find_symbols, normalise_symbol
from congso.lib.vietnamese import clean_line, fold, nfc

LONGEST = 1000  # characters of a question that are read
_MOST_WORDS = 60


class Kind(StrEnum):
    """What an answer must contain."""

    COUNT = "count"  # a number, with its unit
    MONEY = "money"
    SHARE = "share"  # percent
    WHEN = "when"
    HOW_LONG = "how_long"
    WHO = "who"  # a person, a body
    WHERE = "where"
    YES_NO = "yes_no"
    SIGNER = "signer"
    ISSUED = "issued"  # the day a paper was issued
    ISSUER = "issuer"
    SYMBOL = "symbol"
    WHICH = "which"  # a paper
    WHY = "why"
    DEFINITION = "definition"
    OTHER = "other"


_PAPERS = (
    "van ban|ke hoach|nghi quyet|quyet dinh|quy dinh|chi thi|ket luan|thong bao|huong dan|cong van|bao cao|tai lieu|"
    "chuong trinh|de an|quy che|to trinh"
)
# Tried in this order, on the question without accents; the first that fits is the kind.
_KINDS = (
    (Kind.SIGNER, r"\b(?:ai (?:la nguoi )?(?:da )?ky\b|nguoi ky|do ai ky)"),
    (
        Kind.ISSUED,
        r"""\b(?:ban hanh|ky|ra) (?:vao )?(?:ngay|khi|luc|hom|thoi gian) (?:nao|may|bao nhieu)
        |\bngay ban hanh|ban hanh (?:bao gio|khi nao)|ngay thang (?:nao|ban hanh)""",
    ),
    (
        Kind.ISSUER,
        r"\b(?:do )?(?:co quan|don vi|to chuc|cap|ai)(?: nao)? (?:da )?ban hanh|co quan ban hanh",
    ),
    (Kind.SYMBOL, rf"\bso,? ky hieu|ky hieu (?:la )?(?:gi|bao nhieu|nao)|(?:{_PAPERS}) so (?:may|bao nhieu)"),
    (Kind.WHY, r"\b(?:vi sao|tai sao|ly do gi|vi ly do nao|nguyen nhan (?:gi|nao|la gi)|do dau)\b"),
    (
        Kind.SHARE,
        r"\bbao nhieu (?:phan tram|%)|(?:ty|ti) le .*(?:bao nhieu|la may|the nao)|may phan tram|dat bao nhieu %",
    ),
    (
        Kind.MONEY,
        r"""\b(?:kinh phi|so tien|ngan sach|von|tien|muc ho tro|muc thuong|muc chi|muc dong|muc luong|muc phat)\b
        .*\b(?:bao nhieu|la may)
        |\b(?:gia (?:ban|mua|thue|ve|mot|moi)|chi phi|le phi|hoc phi|phi|luong|thu lao|(?<!he so )phu cap)\b
        .*\bbao nhieu
        |\b(?:phai|duoc) (?:tra|dong|nop|den|thuong) (?:bao nhieu|may)$
        |\b(?:bao nhieu|may) (?:tram |nghin |chuc )*(?:tien|kinh phi|ngan sach|von|dong|trieu|ty)\b""",
    ),
    (
        Kind.HOW_LONG,
        r"""\b(?:trong )?bao lau\b|may ngay|bao nhieu (?:ngay|thang|nam|gio|tuan)\b(?! cong)
        |thoi han (?:la )?(?:bao nhieu|may)""",
    ),
    (
        Kind.COUNT,
        r"""\bbao nhieu\b|so luong
        |\bmay (?:nguoi|xa|phuong|thon|ho|lop|cuoc|lan|buoi|don vi|noi dung|nhiem vu|muc|giai)\b""",
    ),
    (
        Kind.WHEN,
        r"""\b(?:khi nao|bao gio|luc nao|ngay nao|thang nao|nam nao|hom nao|ngay may|quy nao
        |thoi (?:han|diem|gian) nao|han (?:chot|cuoi))\b
        |\b(?:thoi han|han|ngay)\b.* (?:la|den|vao) (?:gi|nao|khi nao|bao gio)
        |^(?:thoi )?han (?:nop|gui|bao cao|hoan thanh)|han den (?:dau|bao gio)|\bthoi han\b""",
    ),
    (Kind.WHICH, rf"\b(?:{_PAPERS}) (?:so )?(?:nao|gi)\b"),
    (
        Kind.WHERE,
        r"""\b(?:o dau|noi nao|cho nao|tai dau
        |(?:xa|phuong|thon|tinh|huyen|dia phuong|dia ban|dia diem|ban) nao)\b""",
    ),
    (
        Kind.WHO,
        r"""\b(?:ai|nhung ai|chu tri la (?:ai|gi)
        |(?:co quan|don vi|to chuc|ban|phong|nguoi|dong chi|cap|can bo|so|hoi) nao)\b|\b(?:ve|den|gui|nop) dau\b""",
    ),
    (
        Kind.YES_NO,
        r"""\bco phai\b|\bdung (?:khong|hay)|\bco\b.*\b(?:khong|chua)(?: a)?$|\b(?:duoc|phai) .*\bkhong(?: a)?$
        |hay khong|hay chua$|\bchua$|\bkhong a?$""",
    ),
    (Kind.DEFINITION, r"\bla (?:gi|the nao)\b|nghia la|duoc hieu"),
)  # fmt: skip
_FITS = tuple((kind, one_of(form)) for kind, form in _KINDS)
_UNIT = re.compile(r"\b(?:bao nhieu|may)((?: [a-z]+){1,3})")
_AFTER_UNIT = listed("""
    da duoc co phai can o tai trong tren cua ve cho la va con thi se dang tham gia thuc hien hoan thanh dat nam tinh xa
    toan ky vao den
""")
_NAME_HEADS = listed("xã phường xa phuong")
_TWO_HEADS = frozenset({("dong", "chi"), ("thi", "tran")})
_ENDS_NAME = listed("""
    phai da co nao duoc se can trong ve va thuc lam o den tai dat trien khai gui nop bao la thi giao cho voi do nhu
    gi vao chua khong dang con nam thang ngay theo may cua tu cac nhung nay moi ai ky hoan chiu bi ket tap bang noi
""")
# Capitals that begin names of kinds of bodies and papers: their words count as words, not as somebody's name.
_GENERAL = listed("""
    tỉnh ủy đảng ban phòng ủy nhân dân mặt trận tổ quốc việt nam thường vụ trực chấp hành bộ chính trị kiểm tra tuyên
    giáo nội hội đồng sở trung ương bí thư phó chánh trưởng công an quân sự đoàn thanh niên xã phường thôn huyện lào cai
    kế hoạch nghị quyết quyết định báo cáo thông chỉ thị kết luận quy hướng dẫn chương trình đề án chi cục trung tâm
    bchqs ubnd hđnd mttq btv bch bcđ ubkt vptu chủ tịch giám đốc ông bà đồng chí
""")
_FIRST_PLAIN = listed("tinh uy dang ban xa phuong thon huyen van phong ubnd hdnd ubkt btv mttq so hoi bi thu dong chi")
# What the kind of a question already asks for need not be said by the sentence that answers.
_ASKED_BY_KIND = {
    Kind.SHARE: listed("ty ti le phan tram dat"),
    Kind.MONEY: listed("tien"),
    Kind.WHO: listed("co quan don vi"),
    Kind.WHERE: listed("dia diem"),
    Kind.HOW_LONG: listed("lau ngay lam viec thang gio tuan"),
    Kind.WHEN: listed("han thoi gian diem chot gio"),
    Kind.WHY: listed("ly nguyen"),
}
_TYPES = re.compile(rf"\b(?:{_PAPERS.replace('van ban|', '').replace('tai lieu|', '')})\b")
_NUMBER = re.compile(r"(?<![\w/.,-])(?!(?:19|20)\d\d(?!\d))\d{2,}(?!\d|[/.,-]\d|-\w|\s*%)")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d.])")
# What is said to whoever answers, before the question: “Nhờ văn thư tìm giúp văn bản trả lời câu này, …”.
_ADDRESSED = re.compile(r"\b(?:tra cuu|tra loi|tham muu|tim giup|cho (?:em|toi|minh|chau) hoi|xin hoi|cho hoi)\b")
_ASKS = re.compile(r"\b(?:bao nhieu|nao|ai|gi|may|khi nao|dau)\b")
_LONGEST_ADDRESS = 14
_LEAST_LEFT = 4  # words of a question after its address
_HEAD = re.compile(r"\b(?:cho|cua|khi|ve|de|doi voi|trong|tai|o|theo|la)\b")
_LONGEST_HEAD = 4
_ABOUT = re.compile(r"\b(?:ve|cho|cua|trong viec|thuc hien|giup viec)\b")
_TOPIC_END = re.compile(
    r"\b(?:la|duoc bao nhieu|bao nhieu|nao|gi|khi nao|bao gio|dat|con|thi|o|tai|trong|nam|cho)\b|[,?;:]"
)
_IS_HOW_MUCH = re.compile(r"\bla (?:bao nhieu|may|ngay nao|khi nao|bao gio|bao lau|ngay may|thoi gian nao)\b")


@dataclass(frozen=True)
class Question:
    """A question as the engine understands it. `names` are runs of words without accents that must stand together;
    `others` the phrases that mean the same as a word, `types` the kinds of paper it speaks of, `numbers` tell one
    thing from another (“xe 29 chỗ”, “tuần 12”), `head` the words of what is asked for in “mức phạt khi … là bao
    nhiêu”, `topic` the places of those it is about.
    """

    text: str
    kind: Kind
    words: tuple[Word, ...]
    weights: tuple[float, ...]
    others: tuple[tuple[tuple[str, ...], ...], ...]
    is_accented: bool
    unit: tuple[str, ...] = ()
    symbols: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: tuple[tuple[str, ...], ...] = ()
    values: tuple[Value, ...] = ()
    types: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    topic: frozenset[int] = frozenset()

    @property
    def told(self) -> float:
        """How much the question tells, all words together."""
        return sum(self.weights)


def read_question(typed: str) -> Question:
    """Understand what was typed; of a very long text the first part."""
    text = _without_address(nfc(clean_line(typed)[:LONGEST]))
    is_accented = text != fold(text)
    spoken = plain(text)
    kind = next((kind for kind, form in _FITS if form.search(spoken)), Kind.OTHER)
    covered = _ASKED_BY_KIND.get(kind, frozenset())
    words = [word for word in words_of(without_symbols(text)) if word.plain not in covered][:_MOST_WORDS]
    weighed = [(word, weight(word, is_accented=is_accented)) for word in words]
    kept = [(word, told) for word, told in weighed if told > 0]
    first, last = _topic(text)
    return Question(
        text=text,
        kind=kind,
        words=tuple(word for word, _ in kept),
        weights=tuple(told for _, told in kept),
        others=alternatives([word for word, _ in kept]),
        is_accented=is_accented,
        unit=_unit(spoken) if kind in (Kind.COUNT, Kind.MONEY) else (),
        symbols=frozenset(normalise_symbol(text[start:end]) for _, start, end in find_symbols(text)),
        years=frozenset(_YEAR.findall(without_symbols(text))),
        numbers=frozenset() if kind is Kind.YES_NO else frozenset(_NUMBER.findall(without_symbols(text))),
        names=_names(text, is_accented=is_accented),
        values=tuple(values_of(without_symbols(text))),
        types=frozenset(_TYPES.findall(spoken)),
        head=_head(spoken),
        topic=frozenset(place for place, (word, told) in enumerate(kept) if told >= 1 and first <= word.start < last),
    )


def _without_address(text: str) -> str:
    """The question without the words that only address; cut at the first comma or colon behind them."""
    for mark in re.finditer(r"[:,;]\s", text):
        before, after = text[: mark.start()], text[mark.end() :]
        spoken = plain(before)
        is_address = _ADDRESSED.search(spoken) and not _ASKS.search(spoken) and len(spoken.split()) <= _LONGEST_ADDRESS
        if is_address and len(words_of(after)) >= _LEAST_LEFT:
            return _without_address(after)
        break
    return text


def _head(spoken: str) -> frozenset[str]:
    """“mức phạt” of “mức phạt khi vi phạm … là bao nhiêu”: what the sentence must speak of itself."""
    end = _HEAD.search(spoken)
    words = spoken[: end.start()].split() if end and _IS_HOW_MUCH.search(spoken) else []
    return frozenset(words) if len(words) <= _LONGEST_HEAD else frozenset()


def _topic(text: str) -> tuple[int, int]:
    """Where what a question is about stands: behind the last “về”, “cho”, “của”, up to what asks. (0, 0): nowhere."""
    found = (0, 0)
    form = fold(text).lower()
    for mark in _ABOUT.finditer(form):
        end = _TOPIC_END.search(form, mark.end())
        stop = end.start() if end else len(form)
        if len(words_of(text[mark.end() : stop])) >= 2:
            found = (mark.end(), stop)
    return found


def _unit(spoken: str) -> tuple[str, ...]:
    found = _UNIT.search(spoken)
    unit: list[str] = []
    for word in found.group(1).split() if found else ():
        if word in _AFTER_UNIT:
            break
        unit.append(word)
    return tuple(unit)


def without_symbols(text: str) -> str:
    """The text with the symbols of papers blanked: their numbers are no amounts and no years."""
    shown = list(text)
    for _, start, end in find_symbols(text):
        shown[start:end] = " " * (end - start)
    return "".join(shown)


def _names(text: str, *, is_accented: bool) -> tuple[tuple[str, ...], ...]:
    """Proper names: runs of capitals; without any, the one or two words after “xã”, “thôn”, “đồng chí”."""
    found = (
        list(_capital_names(without_symbols(text), is_accented=is_accented))
        if is_accented or text != text.lower()
        else []
    )
    return tuple(dict.fromkeys(found or _names_after_heads(words_of(text))))


def _capital_names(text: str, *, is_accented: bool) -> list[tuple[str, ...]]:
    words = words_of(text)
    runs: list[list[Word]] = []
    for before, word in pairwise([None, *words]):
        if word is None or not text[word.start].isupper():
            continue
        is_next = bool(runs) and before is not None and runs[-1][-1] is before and word.start - before.end == 1
        if is_next:
            runs[-1].append(word)
        else:
            runs.append([word])
    found = []
    for each in runs:
        run = each if _is_person(each[0], words) else _specific(each, is_accented=is_accented)
        if run and (len(run) > 1 or _is_headed(run[0], words) or (is_accented and _is_proper(run[0], words, text))):
            found.append(tuple(word.plain for word in run))
    return found


def _specific(run: list[Word], *, is_accented: bool) -> list[Word]:
    """A run without the general words it begins with; without accents one that may belong to the name stays."""
    general = _GENERAL if is_accented else _FIRST_PLAIN
    first = next((place for place, word in enumerate(run) if word.form not in general), len(run))
    return run[first - 1 :] if not is_accented and first == len(run) - 1 > 0 else run[first:]


def _is_person(word: Word, words: list[Word]) -> bool:
    """Whether a name behind “đồng chí” begins here."""
    place = words.index(word)
    return place > 1 and (words[place - 2].plain, words[place - 1].plain) == ("dong", "chi")


def _is_proper(word: Word, words: list[Word], text: str) -> bool:
    """A capital within a sentence is a name (“bến xe phía Bắc”), an abbreviation is none."""
    place = words.index(word)
    goes_on = place > 0 and not re.search(r"[.:;?!“\"]", text[words[place - 1].end : word.start])
    return goes_on and text[word.start : word.end].istitle()


def _is_headed(word: Word, words: list[Word]) -> bool:
    """A single capital is a name behind “xã”, “thôn”, “đồng chí”; elsewhere it may only begin a sentence."""
    place = words.index(word)
    return place > 0 and (
        words[place - 1].form in _NAME_HEADS | {"thôn", "thon", "bản"}
        or (place > 1 and (words[place - 2].plain, words[place - 1].plain) in _TWO_HEADS)
    )


def _names_after_heads(words: list[Word]) -> list[tuple[str, ...]]:
    found = []
    for place, word in enumerate(words[:-1]):
        if word.form not in _NAME_HEADS and not (place and (words[place - 1].plain, word.plain) in _TWO_HEADS):
            continue
        name: list[str] = []
        for part in words[place + 1 : place + 3]:
            if part.plain in _ENDS_NAME or (not name and part.form in _GENERAL):
                break
            name.append(part.plain)
        if name:
            found.append(tuple(name))
    return found
