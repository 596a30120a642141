"""A dashboard told to everybody: counted once with the publisher's rights, small cells left out, kept as values."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.analytics.models import Dashboard, Group, PublicEdition, Question, Source
from congso.apps.analytics.queries import Answer, answer, publishes
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.models import Indicator
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.queries import value as regulated
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

NOT_YOURS = "Chỉ lãnh đạo, lãnh đạo văn phòng của cơ quan có bảng được công bố."


def public_content(board: Dashboard, *, day: date) -> list[dict[str, Any]]:
    """What the board would tell everybody on the day, as the asker counts it.

    Figures of indicators that are not open stay out whole; of records, counts too small to show.
    """
    questions = list(board.questions.all())
    codes = [one.indicator for one in questions if one.source == Source.INDICATOR]
    is_open = set(Indicator.objects.filter(code__in=codes, is_open=True).values_list("code", flat=True))
    with in_vietnamese():
        return [
            _told(question, answer(question, day=day, is_foreign=True))
            for question in questions
            if question.source == Source.RECORDS or question.indicator in is_open
        ]


@transaction.atomic
def publish_board(board: Dashboard, *, by: Actor, at: datetime) -> PublicEdition:
    """Tell everybody what the board says today. Raises Refused: not a leader of the owner; nothing to tell."""
    _check(board)
    day = timezone.localdate(at)
    content = public_content(board, day=day)
    if not any(cell["value"] is not None for one in content for cell in one["cells"]):
        raise Refused("Bảng chưa có con số nào công bố được: số liệu chưa có, quá nhỏ, hoặc chỉ tiêu không để mở.")
    last = PublicEdition.objects.filter(board=board).order_by("-number").first()
    PublicEdition.objects.filter(board=board, withdrawn_at__isnull=True).update(withdrawn_at=at)
    made = PublicEdition.objects.create(
        board=board, number=last.number + 1 if last else 1, title=board.title, words=board.words,
        owner_name=board.owner.name, counted_on=day, least=_least(day), content=content, published_at=at,
    )  # fmt: skip
    _note("published", made, by=by, at=at)
    return made


@transaction.atomic
def withdraw_board(board: Dashboard, *, by: Actor, at: datetime) -> None:
    """Visitors find it no more. Raises Refused when nothing of it is public."""
    _check(board)
    standing = PublicEdition.objects.filter(board=board, withdrawn_at__isnull=True).first()
    if standing is None:
        raise Refused("Bảng này không đang công bố.")
    PublicEdition.objects.filter(pk=standing.pk).update(withdrawn_at=at)
    _note("withdrawn", standing, by=by, at=at)


def _told(question: Question, one: Answer) -> dict[str, Any]:
    is_of_records = question.source == Source.RECORDS
    words = [question.get_measure_display(), question.get_standing_display(), question.get_since_display()]
    below = question.below
    return {
        "title": question.title,
        "words": [
            *(map(str, words) if is_of_records else [question.indicator, one.note]),
            (below.short_name or below.name) if below else "",
        ],
        "unit": str(one.unit),
        "split": str(question.get_split_by_display()),
        "chart": question.chart,
        "in_time": question.split_by == Group.PERIOD or not is_of_records,
        "cells": [
            {
                "label": cell.label,
                "value": None if cell.is_hidden or cell.value is None else str(cell.value),
                "hidden": cell.is_hidden,
            }
            for cell in one.cells
        ],
        "total": None if one.total is None else str(one.total),
        "more": one.more,
    }


def _check(board: Dashboard) -> None:
    if not publishes(board, current_principals()):
        raise Refused(NOT_YOURS)


def _least(day: date) -> int:
    return int(regulated("analytics.least_shown_count", on=day))


def _note(what: str, edition: PublicEdition, *, by: Actor, at: datetime) -> None:
    write_entry(
        act=f"analytics.board_{what}", actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)), at=at,
        organization_id=edition.board.owner_id, facts={"dashboard": edition.board_id, "edition": edition.number},
    )  # fmt: skip
