"""Searching at the terminal, with the rights of one person."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db


def say(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("search", *words, **({"username": "clerk"} | options), stdout=out)
    return out.getvalue()


@pytest.fixture
def record(make: Callable[..., Record]) -> Record:
    return make("Đề án chuyển đổi số", number="16-KH/TU")


def test_json_gives_the_question_and_its_results_best_first(record: Record) -> None:
    answer = json.loads(say("chuyen doi so", json=True, n=5))
    assert answer["query"] == "chuyen doi so"
    (found,) = answer["results"]
    assert found["score"] > 0
    assert (found["id"], found["record"], found["title"]) == (None, record.pk, "Đề án chuyển đổi số")


def test_people_read_lines(record: Record) -> None:
    assert say("đề án").splitlines() == ["  1. 16-KH/TU  Đề án chuyển đổi số", "1 kết quả"]


def test_a_stranger_finds_nothing(record: Record) -> None:
    assert json.loads(say("đề án", json=True, username="stranger"))["results"] == []


def test_many_questions_are_answered_line_by_line(record: Record, tmp_path: Path) -> None:
    asked = tmp_path / "hỏi.jsonl"
    asked.write_text('\ufeff{"id": "q1", "query": "đề án"}\n\n{"id": 2, "query": "&&&"}\n', encoding="utf-8")
    assert [json.loads(line) for line in say(batch=str(asked)).splitlines()] == [
        {"id": "q1", "docs": []},
        {"id": 2, "docs": []},
    ]
    asked.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(CommandError, match="Dòng 1"):
        say(batch=str(asked))


@pytest.mark.parametrize(
    ("words", "options", "reason"),
    [
        (("a",), {"username": "không.ai"}, "Không có tài khoản"),
        ((), {}, "Hãy ghi một câu hỏi"),
        (("a",), {"n": 0}, "từ 1 đến 100"),
        ((), {"batch": "/không/có"}, "Không mở được"),
    ],
)
def test_what_cannot_be_asked_is_said(words: tuple[str, ...], options: dict[str, Any], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        say(*words, **options)
