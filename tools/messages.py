"""What `pybabel extract` finds beyond calls of gettext (see locale/extract.cfg): templates, and fixed Vietnamese
words that are written down or raised as they are and translated where they are shown (decision 0021)."""

import ast
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

_REFUSALS = ("Refused", "NotYours", "WrongState", "NotPossible")
_VIETNAMESE = frozenset("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
Found = Iterator[tuple[int, Any, Any, Collection[str]]]


def extract_template(
    file: Any, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Found:
    """Yield what Babel's Python extractor finds once Django has rewritten the template as calls of gettext."""
    calls = templatize(file.read().decode())
    # One call a line, unindented: the rest of a template is no Python, its indentation would be refused.
    flat = "\n".join(line.strip() for line in calls.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def extract_code(
    file: Any, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Found:
    """Yield marked sentences, and fixed words: of enumerations, of refusals, of timelines."""
    source = file.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, {"encoding": "utf-8"})
    for text, line in fixed_words(ast.parse(source)):
        yield line, "gettext", text, []


def fixed_words(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The Vietnamese words of a module that are translated where they are shown, with their lines."""
    for node in ast.walk(tree):
        for value in _places(node):
            text = _fixed(value)
            if is_vietnamese(text):
                yield text, value.lineno


def is_vietnamese(text: str) -> bool:
    """Whether the text holds a letter only Vietnamese has."""
    return not _VIETNAMESE.isdisjoint(text.lower())


def _places(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.ClassDef(bases=[ast.Name(id="StrEnum")]):
            return [line.value for line in node.body if isinstance(line, ast.Assign)]
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=[first, *_])) if name.endswith(_REFUSALS):
            return [first]
        case ast.Assign(targets=[ast.Attribute(attr="label")]):
            return [node.value]
        case ast.keyword(arg="label" | "text"):
            return [node.value]
        case ast.Dict():
            return [v for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Attribute)]
    return []


def _fixed(value: ast.expr) -> str:
    """A whole text, or what stands before the colon of one that names something behind it."""
    match value:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]) if text.endswith(": "):
            return text.removesuffix(": ")
    return ""
