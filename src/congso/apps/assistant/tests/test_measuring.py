"""The short form of the measuring: every eighth question over all the generated papers. The whole: `congso eval`."""

import io
import json

import pytest
from django.core.management import call_command

from congso.apps.assistant.samples.papers import samples
from congso.apps.assistant.samples.questions import questions
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Record
from congso.lib.vietnamese import fold

pytestmark = pytest.mark.django_db


def test_the_set_is_as_large_and_as_hard_as_it_says():
    asked = questions()
    assert len(samples()) >= 300
    assert len(asked) >= 150
    assert sum(one.question == fold(one.question) for one in asked) >= len(asked) // 3
    assert sum(not one.is_answerable for one in asked) >= len(asked) // 5


@pytest.mark.timeout(400)
def test_answers_are_right_and_refusals_too_and_nothing_of_it_stays(world):
    out = io.StringIO()
    call_command("eval", "assistant", username="clerk", org="T.VPTU", most=25, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["papers"] >= 300
    assert told["quoted"] == 1.0, told
    assert told["refusal_recall"] >= 0.9, told
    assert told["exact"] >= 0.8, told
    assert told["cited"] >= 0.9, told
    with acting_as(Actor.person(world.clerk)):
        assert not Record.objects.filter(type="incoming_document", state="migrated").exists()


def test_a_batch_answers_line_by_line(world, tmp_path):
    from congso.apps.assistant.tests.factories import PLAN, take_over

    take_over(tmp_path, [PLAN])
    source = tmp_path / "asked.jsonl"
    lines = [{"id": 7, "question": "Ai ký kế hoạch 21-KH/TU?"}, {"id": "x", "question": "Giá vàng hôm nay?"}]
    source.write_text("\n".join(json.dumps(line) for line in lines))
    out = io.StringIO()
    call_command("ask", batch=str(source), username="clerk", stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["id"] == 7
    assert set(first) == {"id", "answer", "citations", "refused"}
    assert {name for cited in first["citations"] for name in cited} == {"record", "page", "quote"}
    assert second == {"id": "x", "answer": "Không tìm thấy trong những gì anh/chị được đọc.", "citations": [],
                      "refused": True}  # fmt: skip
