"""Questions somebody keeps, and what is new in them each morning."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.search.answers import Filters
from congso.kernel.search.models import SavedSearch
from congso.kernel.search.queries import MAX_PAGE, search

MOST = 50  # of one person
_REMEMBERED = 5_000  # records seen in one search
_LONGEST_QUERY = 2_000
ASKED = ("q", "type", "owner", "unit", "year")


class SearchRefused(Exception):
    """The question cannot be kept; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Question:
    """A question as the page's address has it."""

    words: str
    filters: Filters

    @classmethod
    def of(cls, params: QueryDict) -> "Question":
        """What an address asks; values that mean nothing are left out."""
        return cls(
            params.get("q", ""),
            Filters(
                types=tuple(params.getlist("type")),
                owners=_numbers(params, "owner"),
                units=_numbers(params, "unit"),
                years=_numbers(params, "year"),
            ),
        )

    @classmethod
    def kept(cls, saved: SavedSearch) -> "Question":
        """What a kept question asks."""
        return cls.of(QueryDict(saved.query))


def _numbers(params: QueryDict, name: str) -> tuple[int, ...]:
    given = (value for value in params.getlist(name) if value.isascii() and value.isdigit())
    return tuple(int(value) for value in given if len(value) < 10)


def saved_searches(person_id: int) -> QuerySet[SavedSearch]:
    """What the person keeps, newest first."""
    return SavedSearch.objects.filter(person_id=person_id).order_by("-saved_at", "-id")


def save_search(params: QueryDict, *, by: Actor, at: datetime, is_watching: bool = False) -> SavedSearch:
    """Keep a question, once; watched, what it finds now is not new. Raises SearchRefused: empty, or too many."""
    query = _address(params)
    words = " ".join(params.get("q", "").split())
    if not words:
        raise SearchRefused("Chưa có câu tìm để lưu.")
    if len(query) > _LONGEST_QUERY:
        raise SearchRefused("Câu tìm quá dài, không lưu được.")
    with transaction.atomic():
        saved = SavedSearch.objects.filter(person_id=by.id, query=query).first()
        if saved is None:
            if saved_searches(by.id).count() >= MOST:
                raise SearchRefused(f"Đã lưu {MOST} câu tìm; hãy bỏ bớt trước khi lưu thêm.")
            saved = SavedSearch.objects.create(
                person_id=by.id, label=words[:200], query=query, saved_at=at, looked_on=timezone.localdate(at)
            )
        if is_watching:
            watch_search(saved, at=at)
    return saved


def watch_search(saved: SavedSearch, *, at: datetime) -> None:
    """Tell its keeper each morning what is new in it; what it finds now is not."""
    saved.is_watching, saved.seen, saved.looked_on = True, _found(saved), timezone.localdate(at)
    saved.save(update_fields=["is_watching", "seen", "looked_on"])


def stop_watching(saved: SavedSearch) -> None:
    """Keep it, but tell nothing."""
    SavedSearch.objects.filter(pk=saved.pk).update(is_watching=False, seen=[])


def forget_search(saved: SavedSearch) -> None:
    """Keep it no more."""
    SavedSearch.objects.filter(pk=saved.pk).delete()


def tell_news(*, by: Actor, at: datetime) -> int:
    """Search again, as each keeper, what is watched and was not looked at today; tell what she has not seen.

    Returns how many were told. Runs as one of the machine's actors; whoever lost a right is told nothing of it.
    """
    today = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search, person FROM congso.watched_searches(%s)", [today])
        watched = cursor.fetchall()
    return sum(_tell(pk, Actor.person(person), at) for pk, person in watched)


def _tell(pk: int, keeper: Actor, at: datetime) -> bool:
    with acting_as(keeper):
        saved = SavedSearch.objects.select_for_update().filter(pk=pk, is_watching=True).first()
        if saved is None:
            return False
        found = _found(saved)
        new = [record for record in found if record not in set(saved.seen)]
        saved.seen, saved.looked_on = [*new, *saved.seen][:_REMEMBERED], timezone.localdate(at)
        saved.save(update_fields=["seen", "looked_on"])
        if not new:
            return False
        words = f"Tìm kiếm đã lưu “{saved.label[:80]}” có {len(new)} hồ sơ mới"
        with connection.cursor() as cursor:
            cursor.execute("SELECT congso.tell_saved_search(%s, %s, %s, %s)", [saved.pk, new[0], words, at])
    return True


def _found(saved: SavedSearch) -> list[int]:
    asked = Question.kept(saved)
    return [hit.record.pk for hit in search(asked.words, filters=asked.filters, limit=MAX_PAGE).rows]


def _address(params: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in ASKED:
        kept.setlist(name, [value for value in params.getlist(name) if value])
    return kept.urlencode()
