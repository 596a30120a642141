"""The short answer before a sentence: the figure, the day, yes or no."""

from congso.apps.assistant.rules.choosing import Found, denies
from congso.apps.assistant.rules.questions import Kind, Question
from congso.apps.assistant.rules.sentences import Sentence
from congso.apps.assistant.rules.values import Sort, Value, values_of
from congso.apps.assistant.rules.words import plain

YES, NO = "Có", "Không"
RIGHT, WRONG = "Đúng", "Không đúng"
_VALUED = (Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.WHEN, Kind.HOW_LONG)


def lead_of(question: Question, found: Found) -> str:
    """What answers in a few words; empty where only the sentence does."""
    if question.kind in _VALUED and found.value is not None:
        return _with_unit(question, found.value, found.sentence)
    if question.kind is Kind.YES_NO:
        return _yes_or_no(question, found.sentence)
    if question.kind is Kind.ISSUED:
        days = [value for value in values_of(found.sentence.text) if value.sort is Sort.DAY]
        return days[0].text if days else found.source.paper.day
    if question.kind in (Kind.SYMBOL, Kind.WHICH):
        return found.source.paper.number
    return ""


def _with_unit(question: Question, value: Value, sentence: Sentence) -> str:
    """“45 hecta”: the number with the words of its unit as the sentence writes them."""
    if value.sort is not Sort.NUMBER or not question.unit:
        return " ".join(value.text.split())
    stop, left = value.end, list(question.unit)
    for word in sentence.words:
        if word.start >= value.end and left and word.start - stop <= 2 and word.plain == left[0]:
            stop = word.end
            left.pop(0)
    return " ".join(sentence.text[value.start : stop].split())


def _yes_or_no(question: Question, sentence: Sentence) -> str:
    """A value asked about is compared; otherwise the sentence denies or does not, seen from how the question asks."""
    asked = [value for value in question.values if value.sort is not Sort.MONTH or "nam" not in plain(value.text)]
    said = values_of(sentence.text)
    if asked:
        same = [value for value in asked if any(value.key == other.key for other in said)]
        if len(same) == len(asked):
            return RIGHT
        if any(value.sort is other.sort for value in asked for other in said):
            return WRONG
        return ""
    asks_not = " khong duoc " in f" {plain(question.text)} "
    return NO if denies(sentence) != asks_not else YES
