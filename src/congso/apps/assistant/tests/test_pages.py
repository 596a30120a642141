"""Pages of the assistant: what each shows, what it costs, what it refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.apps.assistant.models import Conversation, Thumb, Turn
from congso.apps.assistant.tests.factories import PLAN, asked, take_over
from congso.kernel.access.services import Actor, acting_as

pytestmark = pytest.mark.django_db
QUESTION = "Cơ quan nào chủ trì trồng cây mắc ca?"


@pytest.fixture
def plan(world, tmp_path):
    take_over(tmp_path, [PLAN])


def test_asking_leads_to_the_answer_and_its_passage(world, plan, signed_in):
    client = signed_in("clerk")
    answer = client.post(reverse("assistant:index"), {"question": QUESTION})
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "Văn phòng Tỉnh ủy chủ trì" in page.content.decode()
    turn = Turn.objects.none()
    with acting_as(Actor.person(world.clerk)):
        turn = Turn.objects.get()
        cited = turn.statements.get().citations.get()
    shown = client.get(reverse("assistant:citation", args=[cited.pk])).content.decode()
    assert "<mark" in shown
    assert PLAN["title"] in shown


def test_a_page_of_an_answer_asks_a_bounded_number_of_questions(world, plan, signed_in):
    turn = asked(world, QUESTION)
    client = signed_in("clerk")
    address = reverse("assistant:talk", args=[turn.conversation_id])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as spent:
        client.get(address)
    for _ in range(3):
        asked(world, QUESTION, conversation=turn.conversation)
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) == len(spent)


def test_others_find_no_conversation(world, plan, signed_in):
    turn = asked(world, QUESTION)
    for who in ("chief", "administrator", "stranger"):
        client = signed_in(who)
        for name in ("talk", "turn"):
            pk = turn.conversation_id if name == "talk" else turn.pk
            assert client.get(reverse(f"assistant:{name}", args=[pk])).status_code == 404
        assert client.post(reverse("assistant:judge", args=[turn.pk]), {"verdict": "right"}).status_code == 404


def test_an_empty_question_is_refused_in_words(world, signed_in):
    client = signed_in("clerk")
    for typed in ("", "  ", "\x00", "x" * 2000):
        answer = client.post(reverse("assistant:index"), {"question": typed})
        assert answer.status_code in (400, 422)
    with acting_as(Actor.person(world.clerk)):
        assert not Conversation.objects.exists()


def test_a_thumb_is_kept(world, plan, signed_in):
    turn = asked(world, QUESTION)
    client = signed_in("clerk")
    client.post(reverse("assistant:judge", args=[turn.pk]), {"verdict": "wrong", "correction": "Ban Tổ chức"})
    with acting_as(Actor.person(world.clerk)):
        assert Turn.objects.get(pk=turn.pk).thumb == Thumb.DOWN
    assert client.post(reverse("assistant:judge", args=[turn.pk]), {"verdict": "?"}).status_code == 302


def test_a_summary_has_the_papers_own_sentences(world, plan, signed_in):
    from congso.kernel.records.models import Record

    with acting_as(Actor.person(world.clerk)):
        record = Record.objects.get(title=PLAN["title"])
    client = signed_in("clerk")
    address = client.get(f"{reverse('assistant:of_source')}?source={record.pk}").url
    page = client.get(address).content.decode()
    assert "Báo cáo kết quả trồng cây mắc ca gửi về Văn phòng Tỉnh ủy trước ngày 20/11/2026." in page
    assert signed_in("stranger").get(address).status_code == 404
    assert client.get(f"{reverse('assistant:of_source')}?source=x").status_code == 404


def test_reports_of_a_period_and_the_briefing_open(world, plan, signed_in):
    client = signed_in("chief")
    report = {"first": "1/3/2026", "last": "31/3/2026"}
    assert client.get(reverse("assistant:reports"), report).status_code == 200
    assert client.get(reverse("assistant:reports"), {"first": "x", "last": "1/1/2020"}).status_code == 422
    page = client.get(reverse("assistant:briefing"))
    assert "Hướng chỉ đạo để cân nhắc" in page.content.decode()


def test_rest_asks_and_reads(world, plan, signed_in):
    client = signed_in("clerk")
    made = client.post("/api/v1/assistant/questions", {"question": QUESTION}, content_type="application/json")
    assert made.status_code == 201
    told = made.json()
    assert told["citations"][0]["record"] == "KH-1"
    assert client.get(f"/api/v1/assistant/questions/{told['id']}").json()["answer"] == told["answer"]
    assert signed_in("chief").get(f"/api/v1/assistant/questions/{told['id']}").status_code == 404
