"""A generator behind the check: what holds is shown, when it is away the portal answers by itself and says so."""

import pytest
from django.utils import timezone

from congso.apps.assistant.management.commands.ask import answered
from congso.apps.assistant.models import Engine, GeneratorDay, Turn
from congso.apps.assistant.tests.factories import PLAN, take_over
from congso.apps.assistant.tests.generator import line, speaking, told
from congso.kernel.access.services import Actor, acting_as

pytestmark = pytest.mark.django_db
QUESTION = "Năm 2026 toàn tỉnh trồng được bao nhiêu hecta mắc ca?"
QUOTE = PLAN["text"].partition(";")[0]


@pytest.fixture
def clerk(world, tmp_path):
    take_over(tmp_path, [PLAN])
    return Actor.person(world.clerk)


def _honest(asked):
    passage = next(one for one in told(asked)["cac_doan"] if "640 hecta" in one["noi_dung"])
    spoken = line("Năm 2026, toàn tỉnh trồng 640 hecta cây mắc ca.", passage["doan"], QUOTE)
    return [spoken[:20], spoken[20:45], spoken[45:]]


def last_turn(clerk):
    with acting_as(clerk):
        return Turn.objects.latest("pk")


def test_a_statement_that_holds_is_shown_with_its_place(clerk, settings):
    with speaking(_honest) as generator:
        settings.GENERATOR_URL, settings.GENERATOR_KEY = generator.url, "chia-khoa"
        found = answered(QUESTION, clerk)
    assert found["answer"] == "Năm 2026, toàn tỉnh trồng 640 hecta cây mắc ca."
    assert found["citations"][0]["record"] == "KH-1"
    assert generator.headers[0]["Authorization"] == "Bearer chia-khoa"
    assert last_turn(clerk).engine == Engine.GENERATOR
    with acting_as(clerk):
        assert GeneratorDay.objects.get(day=timezone.localdate()).tokens == 321


@pytest.mark.parametrize("status", [500, 302, 401])
def test_when_it_is_away_the_portal_answers_and_says_so(clerk, settings, status):
    with speaking(_honest, status) as generator:
        settings.GENERATOR_URL = generator.url
        found = answered(QUESTION, clerk)
    assert found["answer"].startswith("640 hecta")
    assert last_turn(clerk).is_fallen_back


def test_when_nothing_listens_the_portal_answers(clerk, settings):
    settings.GENERATOR_URL = "http://127.0.0.1:9/v1"
    assert answered(QUESTION, clerk)["answer"].startswith("640 hecta")


def test_when_the_day_is_used_up_it_is_not_asked(clerk, settings):
    settings.GENERATOR_DAILY_TOKENS = 0
    with speaking(_honest) as generator:
        settings.GENERATOR_URL = generator.url
        assert answered(QUESTION, clerk)["answer"].startswith("640 hecta")
        settings.GENERATOR_DAILY_TOKENS = 100
        answered(QUESTION, clerk)
        answered(QUESTION, clerk)
    assert len(generator.heard) == 1


def test_what_it_cannot_answer_stays_refused(clerk, settings):
    with speaking(lambda asked: ['{"khong_thay": true}\n']) as generator:
        settings.GENERATOR_URL = generator.url
        assert answered("Giá vàng hôm nay là bao nhiêu?", clerk)["refused"]
