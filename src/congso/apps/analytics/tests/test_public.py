"""Figures told to everybody: small cells and closed indicators left out, values kept as they were, leaders alone."""

import re

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from congso.apps.analytics import services
from congso.apps.analytics.models import PublicEdition
from congso.apps.analytics.queries import board_of
from congso.apps.analytics.tests.factories import CODE, NOW, board, by, indicator, observed, published, question
from congso.apps.analytics.tests.test_boards import changed, page
from congso.kernel.access.services import NOBODY, acting_as
from congso.kernel.workflow.services import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def _figures(shown: str) -> list[str]:
    """What stands in the cells of its tables."""
    return re.findall(r"<td[^>]*>([^<]*)", shown)


def test_what_everybody_reads_stays_as_it_was_and_can_be_withdrawn(world, client, signed_in):
    one = indicator(world)
    observed(world, one)
    closed = indicator(world, code="KTXH.02", is_open=False)
    made = board(world)
    question(world, made, title="Số văn bản", source="indicator", indicator=CODE, split_by="period", chart="line")
    question(world, made, title="Số kín", source="indicator", indicator=closed.code, split_by="period")
    chief, address = signed_in("chief"), reverse("analytics:publish", args=[made.pk])
    assert "Công bố" in page(chief, reverse("analytics:board", args=[made.pk]))
    preview = page(chief, address)
    assert "Số văn bản" in preview
    assert "Số kín" not in preview
    assert client.get(reverse("analytics:public")).status_code == 200
    chief.post(address, {"act": "publish"})
    with acting_as(NOBODY):
        edition = PublicEdition.objects.get()
    shown = page(client, reverse("analytics:public-board", args=[edition.pk]))
    assert "26" in shown
    assert "trong phạm vi cơ quan được xem" in shown
    assert "Số kín" not in shown
    assert 'role="img"' in shown
    told = client.get(reverse("analytics:public-data", args=[edition.pk])).content.decode()
    assert "Số văn bản" in told
    observed(world, one, count=1)  # a correction of October comes later
    assert _figures(page(client, reverse("analytics:public-board", args=[edition.pk]))) == _figures(shown)
    chief.post(address, {"act": "publish"})
    assert client.get(reverse("analytics:public-board", args=[edition.pk])).status_code == 404
    chief.post(address, {"act": "withdraw"})
    with acting_as(NOBODY):
        assert not PublicEdition.objects.exists()
    assert "không đang công bố" in chief.post(address, {"act": "withdraw"}, follow=True).content.decode()


def test_leaders_of_the_owner_alone_publish_and_a_board_without_figures_is_refused(world, signed_in):
    made = board(world)
    with acting_as(by(world, "tracker")), pytest.raises(Refused, match="lãnh đạo"):
        services.publish_board(board_of(made.pk), by=by(world, "tracker"), at=NOW)
    with pytest.raises(Refused, match="chưa có con số"):
        published(world, made)
    assert signed_in("tracker").get(reverse("analytics:publish", args=[made.pk])).status_code == 404


def test_raw_sql_publishes_for_nobody_else_and_rewrites_nothing(world):
    one = indicator(world)
    observed(world, one)
    made = board(world)
    question(world, made, source="indicator", indicator=CODE, split_by="period")
    published(world, made)
    insert = (
        "INSERT INTO analytics_publicedition (board_id, number, title, words, owner_name, counted_on, least, content,"
        f" published_at, withdrawn_at) VALUES ({made.pk}, 9, 'x', '', 'x', '2026-11-23', 5, '[]', now(), {{}})"
    )
    for who in ("tracker", "clerk", "agency_leader", "stranger"):
        with acting_as(by(world, who)):
            assert changed(insert.format("now()")) == 0, who
            assert changed("UPDATE analytics_publicedition SET withdrawn_at = now()") == 0, who
    with acting_as(by(world, "chief")):
        assert changed("UPDATE analytics_publicedition SET content = '[]'") == 0
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM analytics_publicedition")
