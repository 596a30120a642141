"""Homes: each kind of person finds what she needs at a glance; systems add blocks, few questions are asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.kernel.access.delegating import delegate_post
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person, Post
from congso.kernel.web.home import _blocks

BUDGET = 40  # the frame's own (menu with figures, bell, posts) and one to three a block

pytestmark = pytest.mark.django_db


def home(client, query=""):
    answer = client.get("/" + query)
    return answer, answer.content.decode()


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        ("clerk", ["Sổ văn bản đến hôm nay", "Chờ vào sổ"], ["Chờ bút phê", "Nhiệm vụ tỉnh giao", "Chức vụ khuyết"]),
        ("chief", ["Chờ bút phê", "Chờ cho ý kiến"], ["Sổ văn bản đến hôm nay"]),
        ("commune_leader", ["Nhiệm vụ tỉnh giao, báo cáo đến hạn"], ["Chức vụ khuyết"]),
        ("commune_clerk", ["Sổ văn bản đến hôm nay", "Nhiệm vụ tỉnh giao"], ["Chờ bút phê"]),
        ("specialist", ["Không có việc nào đang chờ bạn"], ["Sổ văn bản đến hôm nay", "Chờ bút phê"]),
        ("administrator", ["Chức vụ khuyết"], ["Sổ văn bản đến hôm nay", "Chờ bút phê"]),
    ],
)
def test_each_home_shows_what_its_person_needs_in_few_questions(
    signed_in, who, has, has_not, django_assert_max_num_queries
):
    client = signed_in(who)
    home(client)
    with django_assert_max_num_queries(BUDGET):
        _answer, page = home(client)
    assert [words for words in has if words not in page] == []
    assert [words for words in has_not if words in page] == []


def test_several_posts_are_shown_together_or_one_at_a_time(signed_in, world):
    today = timezone.localdate()
    with acting_as(Actor.person(world.administrator)):
        post = Post.objects.get(organization_id=world.organizations["VPTU"], name="Văn thư")
        delegate_post(
            post, to=Person.objects.get(pk=world.chief), functions=["clerks"], valid_from=today,
            valid_to=today + timedelta(days=2), reason="Nghỉ phép", by=world.administrator, at=timezone.now(),
        )  # fmt: skip
    client = signed_in("chief")
    _answer, page = home(client)
    assert "Sổ văn bản đến hôm nay" in page
    assert "Chờ bút phê" in page
    home(client, "?hat=clerk")
    _answer, page = home(client)  # kept for the session
    assert "Sổ văn bản đến hôm nay" in page
    assert "Chờ bút phê" not in page
    assert "Chờ bút phê" in home(client, "?hat=all")[1]
    assert home(client, "?hat=<script>")[0].status_code == 200


def test_a_visitor_finds_what_this_is_and_the_way_in(client):
    answer, page = home(client)
    assert answer.status_code == 200
    assert 'href="/tai-khoan/login/"' in page
    assert "Việc của tôi" not in page
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert not any("records_record" in one["sql"] for one in asked)


def test_every_blocks_tiles_lead_somewhere_its_reader_may_go(signed_in):
    for who in ("clerk", "chief", "commune_leader", "administrator"):
        client = signed_in(who)
        for shown in client.get("/").context["blocks"]:
            for tile in shown.content.tiles:
                assert client.get(tile.url).status_code == 200, (who, tile.url)
    assert len(_blocks) >= 5
