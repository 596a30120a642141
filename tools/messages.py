"""Marked sentences in Django templates, for `pybabel extract` (see locale/extract.cfg)."""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract_template(
    file: Any, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """Yield what Babel's Python extractor finds once Django has rewritten the template as calls of gettext."""
    calls = templatize(file.read().decode())
    # One call a line, unindented: the rest of a template is no Python, its indentation would be refused.
    flat = "\n".join(line.strip() for line in calls.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})
