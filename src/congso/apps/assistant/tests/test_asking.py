"""Asking: answers with exact citations, refusals, follow-ups, and rights that are looked at anew each time."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from congso.apps.assistant.models import Citation, Conversation, Role, Statement, Turn, TurnState
from congso.apps.assistant.queries.answers import told_of
from congso.apps.assistant.services.judging import judge_answer
from congso.apps.assistant.tests.factories import PLAN, asked, said, take_over
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.journal.models import Entry
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world, tmp_path):
    take_over(tmp_path, [PLAN])


def test_an_answer_has_its_figure_its_sentence_and_its_exact_place(world, plan):
    turn = asked(world, "Năm 2026 toàn tỉnh trồng được bao nhiêu hecta mắc ca?")
    with acting_as(Actor.person(world.clerk)):
        told = told_of(turn.pk)
    assert not told["refused"]
    assert told["answer"].startswith("640 hecta")
    (cited,) = told["citations"]
    assert cited["record"] == "KH-1"
    assert cited["quote"] in PLAN["text"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("han gui bao cao ket qua trong cay mac ca la ngay nao", "20/11/2026"),
        ("Cơ quan nào chủ trì trồng cây mắc ca?", "Văn phòng Tỉnh ủy chủ trì"),
        ("Ai ký kế hoạch 21-KH/TU?", "Giàng Seo Dính"),
        ("Kế hoạch 21-KH/TU chọn xã nào làm điểm?", "Bản Liền"),
        ("Có phải hạn báo cáo trồng cây mắc ca là ngày 25/11/2026 không?", "Không đúng"),
    ],
)
def test_each_kind_of_question_finds_its_answer(world, plan, question, expected):
    assert expected in " ".join(said(world, asked(world, question)))


@pytest.mark.parametrize(
    "question",
    [
        "Xã Tú Lệ trồng được bao nhiêu hecta mắc ca?",
        "Năm 2031 toàn tỉnh trồng bao nhiêu hecta mắc ca?",
        "Mức phạt khi phá cây mắc ca là bao nhiêu?",
        "Kế hoạch 99-KH/TU do ai ký?",
        "Giá vàng hôm nay là bao nhiêu?",
        "mat khau cua quan tri vien la gi",
    ],
)
def test_what_no_paper_says_is_said_to_be_not_found(world, plan, question):
    turn = asked(world, question)
    assert turn.state == TurnState.REFUSED
    assert said(world, turn) == []


def test_nothing_is_answered_from_what_the_asker_may_not_read(world, plan):
    assert asked(world, "Kế hoạch 21-KH/TU do ai ký?", who="stranger").state == TurnState.REFUSED


def test_a_follow_up_means_the_paper_cited_before(world, plan):
    first = asked(world, "Năm 2026 toàn tỉnh trồng được bao nhiêu hecta mắc ca?")
    second = asked(world, "Ai ký văn bản đó?", conversation=first.conversation)
    assert second.position == 1
    assert "Giàng Seo Dính" in said(world, second)[0]


@pytest.mark.django_db(transaction=True)
def test_a_right_revoked_takes_the_old_answers_sentences_along(world, plan, as_owner):
    turn = asked(world, "Cơ quan nào chủ trì trồng cây mắc ca?")
    assert said(world, turn)
    as_owner.execute("UPDATE records_record SET audience = '{1}' WHERE number = %s", [PLAN["number_symbol"]])
    assert said(world, turn) == []
    with acting_as(Actor.person(world.clerk)):
        assert told_of(turn.pk)["refused"]
    assert asked(world, "Cơ quan nào chủ trì trồng cây mắc ca?").state == TurnState.REFUSED


def test_a_replaced_rule_is_pointed_out(world, tmp_path):
    old = PLAN | {"id": "QD-1", "number_symbol": "12-QĐ/TU", "title": "Quyết định về hỗ trợ giống mắc ca",
                  "doc_type": "Quyết định", "issued_date": "2025-01-05",
                  "text": "Điều 1. Định mức hỗ trợ giống mắc ca là 300 nghìn đồng mỗi hecta."}  # fmt: skip
    new = old | {"id": "QD-2", "number_symbol": "44-QĐ/TU", "issued_date": "2026-02-01",
                 "text": "Điều 1. Định mức hỗ trợ giống mắc ca là 450 nghìn đồng mỗi hecta.\n"
                 "Điều 2. Quyết định này thay thế Quyết định số 12-QĐ/TU."}  # fmt: skip
    take_over(tmp_path, [old, new])
    turn = asked(world, "Định mức hỗ trợ giống mắc ca là bao nhiêu tiền?")
    with acting_as(Actor.person(world.clerk)):
        statements = list(turn.statements.prefetch_related("citations"))
        assert "450 nghìn đồng" in statements[0].lead
        other = next(one for one in statements if one.role == Role.OPPOSED)
        assert other.citations.get().effect == "replaced"


def test_what_was_asked_is_its_askers_alone_and_the_journal_tells_it_without_words(world, plan):
    turn = asked(world, "Cơ quan nào chủ trì trồng cây mắc ca?")
    for who in ("chief", "administrator", "auditor", "stranger"):
        with acting_as(Actor.person(getattr(world, who))):
            assert not Conversation.objects.exists()
            assert not Turn.objects.exists()
            assert not Statement.objects.exists()
            assert not Citation.objects.exists()
    with acting_as(Actor.person(world.clerk)):
        entry = Entry.objects.get(act="assistant.ask")
        assert entry.facts["turn"] == turn.pk
        assert "mắc ca" not in json.dumps(entry.facts, ensure_ascii=False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assistant_turn SET question = 'x'",
        "UPDATE assistant_statement SET text = 'x'",
        "UPDATE assistant_citation SET quote = 'x'",
        "DELETE FROM assistant_turn",
    ],
)
def test_nobody_changes_what_was_said(world, plan, statement):
    asked(world, "Cơ quan nào chủ trì trồng cây mắc ca?")
    with acting_as(Actor.person(world.clerk)), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_statement_needs_a_record_the_asker_reads(world, plan):
    turn = asked(world, "Giá vàng hôm nay là bao nhiêu?", who="stranger")
    with acting_as(Actor.person(world.stranger)), pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.create(turn=turn, position=0, text="x", sources=[10**9])


def test_a_judgement_is_the_askers_and_is_given_for_use_only_when_she_says_so(world, plan):
    turn = asked(world, "Cơ quan nào chủ trì trồng cây mắc ca?")
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        judge_answer(turn, is_right=False, correction="Ban Tổ chức", by=clerk, at=timezone.now())
    with acting_as(Actor.person(world.administrator)):
        from congso.apps.assistant.queries.talking import judgements

        assert not judgements().exists()
    with acting_as(clerk):
        judge_answer(turn, is_right=True, is_shared=True, by=clerk, at=timezone.now())
    with acting_as(Actor.person(world.administrator)):
        assert judgements().get().is_right
    with acting_as(Actor.person(world.chief)), pytest.raises(Refused):
        judge_answer(turn, is_right=True, by=Actor.person(world.chief), at=timezone.now())


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "x" * 1001])
def test_no_question_and_too_long_a_one_are_refused(world, typed):
    with pytest.raises(Refused):
        asked(world, typed)
