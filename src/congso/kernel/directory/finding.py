"""Finding people and organizations while somebody types: by the beginnings of words, with or without accents."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from congso.kernel.directory.models import Organization, Person, folded_words

_WORD = re.compile(r"[a-z0-9]+")
_MOST_WORDS = 8


def typed_words(text: str) -> list[str]:
    """What is typed as the words that are looked for."""
    return _WORD.findall(folded_words(text[:200]))[:_MOST_WORDS]


def find_people(text: str, *, most: int = 12) -> list[Person]:
    """People whose names have words that begin so, in Vietnamese order of given names. Two queries."""
    ids = _ids("SELECT * FROM congso.find_people(%s, %s)", [typed_words(text), most])
    return list(Person.objects.filter(pk__in=ids).order_by("name_key", "id"))


def find_organizations(text: str, *, day: date, most: int = 12) -> list[Organization]:
    """Organizations that bear or bore such a name; those that exist on the day come first. Two queries."""
    ids = _ids("SELECT * FROM congso.find_organizations(%s, %s, %s)", [typed_words(text), day, most])
    by_id = Organization.objects.select_related("parent").in_bulk(ids)
    return [by_id[pk] for pk in ids]


def organizations_named(phrases: Iterable[str]) -> dict[str, list[int]]:
    """By whole name (folded), the organizations that bear or bore it and all they took over from. One query.

    Names borne by more than eight say nothing and are left out, as are phrases that are nobody's name.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM congso.organizations_named(%s)", [list(phrases)])
        found: dict[str, list[int]] = {}
        for phrase, organization in cursor.fetchall():
            found.setdefault(phrase, []).append(organization)
    return found


def _ids(statement: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [int(pk) for (pk,) in cursor.fetchall()]
