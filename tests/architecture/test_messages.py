"""Every sentence of the screens has its English: who adds one runs `make messages` and writes it (decision 0021)."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tools.messages import is_vietnamese

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
# What both languages must share: values to fill in, tags, and the marks scripts fill in (“#”).
MARKED = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*translate.*?%}"
    r"""|\|date:"[^"]*"|\|date:'[^']*'|_\("[^"]*"\)|_\('[^']*'\)""",
    re.DOTALL,
)
STAYS = (
    "Cổng Số", "Tiếng Việt", "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", '"Thêm"', '"Sửa"',
)  # fmt: skip
PARTS = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+|#")


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue as it is committed."""
    return read_po(BytesIO(ENGLISH.read_bytes()), locale="en")


@pytest.fixture(scope="module")
def marked() -> set[str]:
    """Every sentence of code and templates; of a plural its first form, which is its name in a catalogue."""
    with (ROOT / "locale/extract.cfg").open() as settings:
        methods, options = parse_mapping_cfg(settings)
    words = parse_keywords(_keywords())
    found = extract_from_dir(ROOT / "src", methods, options, DEFAULT_KEYWORDS | words)
    return {_forms(message)[0] for _file, _line, message, _comments, _context in found}


def test_templates_hold_no_unmarked_vietnamese() -> None:
    """A person's name for the product and the heads of State papers stay; what compares words does so in code."""
    found = {}
    for template in (ROOT / "src/congso").glob("**/templates/**/*.html"):
        if "tests" not in template.parts and (left := _unmarked(template.read_text())):
            found[template.name] = left
    assert found == {}


def _unmarked(text: str) -> list[str]:
    for stays in STAYS:
        text = text.replace(stays, "")
    bare = MARKED.sub("", text)
    return [word for word in re.findall(r"[^<>{}\s]+", bare) if is_vietnamese(word)]


def _keywords() -> list[str]:
    """The names `make messages` looks for beside Babel's own."""
    return re.findall(r"-k (\S+)", (ROOT / "Makefile").read_text())


def test_every_marked_sentence_stands_in_the_catalogue(marked: set[str], english: Catalog) -> None:
    ours = {_forms(message.id)[0] for message in english if message.id}
    assert sorted(marked - ours) == [], "run `make messages`, then write the English"
    assert sorted(ours - marked) == [], "run `make messages`: nothing in the code says this any more"


def test_every_sentence_is_translated(english: Catalog) -> None:
    bare = [message.id for message in english if message.id and not all(_forms(message.string))]
    assert bare == []
    assert [message.id for message in english if message.id and message.fuzzy] == []
    assert list(english.obsolete) == []


def test_both_languages_fill_in_the_same_values_and_tags(english: Catalog) -> None:
    """A plural's “one” may leave its figure out, as in “Cancel the task”."""
    wrong = []
    for message in english:
        wanted = {part for form in _forms(message.id) for part in PARTS.findall(form)}
        given = [set(PARTS.findall(form)) for form in _forms(message.string)]
        if message.id and (set().union(*given) != wanted or any(not parts <= wanted for parts in given)):
            wrong.append((message.id, message.string))
    assert wrong == []


def _forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)
