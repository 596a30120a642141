"""The grid of new tasks: rows typed or pasted, all of them or none."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from congso.apps.directives.models import Task
from congso.apps.directives.tests.factories import make_task
from congso.apps.directives.views import assigning
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Link, Record
from congso.kernel.web.offers import offers_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ASSIGN = reverse("directives:assign")


def grid(world, *rows: dict[str, str], owner: str = "VPTU", **head: str) -> dict[str, str]:
    """A posted grid."""
    sent = {
        "owner": str(world.organizations[owner]),
        "source_symbol": "16-KH/TU",
        "assigned_on": "23/11/2026",
        "row-TOTAL_FORMS": str(len(rows)),
        "row-INITIAL_FORMS": "0",
        "row-MAX_NUM_FORMS": "300",
    } | head
    for place, row in enumerate(rows):
        sent |= {f"row-{place}-{name}": value for name, value in ({"deadline": "fixed", "priority": "0"} | row).items()}
    return sent


def tasks_of(world) -> list[Task]:
    with acting_as(Actor.person(world.chief)):
        return list(Task.objects.select_related("unit").order_by("id"))


def test_rows_become_tasks_and_empty_rows_are_none(signed_in, world):
    answer = signed_in("chief").post(
        ASSIGN,
        grid(
            world,
            {
                "clause": "I.1",
                "content": "Việc A",
                "lead": "ban to chuc",
                "supporting": "MTTQ; phòng tổng hợp;",
                "due": "11/12",
            },
            {},
            {"clause": "I.2", "content": "Việc B", "lead": "BTCTU", "due": "", "product": "Báo cáo", "priority": "2"},
        ),
    )
    assert answer.status_code == 302, answer.content.decode()
    first, second = tasks_of(world)
    assert (first.unit.symbol, first.due_on, first.chapter) == ("BTCTU", date(2026, 12, 11), "I")
    assert (second.due_on, second.priority, second.product) == (date(2026, 12, 3), 2, "Báo cáo")
    with acting_as(Actor.person(world.chief)):
        assert first.supports.count() == 2


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"deadline": "monthly", "due": "31/12/2027"}, {"recurrence": "monthly", "recurrence_end": date(2027, 12, 31)}),
        ({"due": "hằng quý"}, {"recurrence": "quarterly", "recurrence_end": date(2026, 12, 31)}),
        ({"due": "Theo tiến độ của Trung ương"}, {"deadline_kind": "as_directed", "due_on": None}),
        ({"deadline": "as_directed", "due": "Khi có hướng dẫn"}, {"schedule_text": "Khi có hướng dẫn"}),
        ({"deadline": "none", "due": "Việc thường xuyên"}, {"no_deadline_reason": "Việc thường xuyên"}),
    ],
)
def test_a_deadline_is_written_as_offices_write_it(signed_in, world, row, facts):
    answer = signed_in("chief").post(ASSIGN, grid(world, {"content": "Việc", "lead": "BTCTU"} | row))
    assert answer.status_code == 302, answer.content.decode()
    [task] = tasks_of(world)
    assert {name: getattr(task, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"content": "", "lead": "BTCTU"}, "Hãy ghi nội dung nhiệm vụ."),
        ({"content": "Việc", "lead": ""}, "Hãy chọn một đơn vị chủ trì."),
        ({"content": "Việc", "lead": "hội chợ"}, "Không có đơn vị nào tên “hội chợ”."),
        ({"content": "Việc", "lead": "thử nghiệm"}, "đơn vị: "),
        ({"content": "Việc", "lead": "BTCTU", "supporting": "BTCTU"}, "Đơn vị chủ trì không đồng thời"),
        ({"content": "Việc", "lead": "BTCTU", "due": "32/13"}, "không phải là ngày hợp lệ"),
        ({"content": "Việc", "lead": "BTCTU", "due": "1/11/2026"}, "Hạn trước ngày giao"),
        ({"content": "Việc", "lead": "BTCTU", "deadline": "none"}, "Hãy ghi lý do không đặt thời hạn."),
    ],
)
def test_one_wrong_row_says_what_is_wrong_and_nothing_is_half_done(signed_in, world, row, words):
    good = {"content": "Việc đúng", "lead": "BTCTU", "due": "11/12/2026"}
    answer = signed_in("chief").post(ASSIGN, grid(world, good, row | {"clause": "II"}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Việc đúng" in answer.content.decode()
    assert tasks_of(world) == []


def test_the_head_is_checked_too(signed_in, world):
    good = {"content": "Việc", "lead": "BTCTU"}
    for head, words in (({"source_symbol": ""}, "Văn bản giao"), ({"assigned_on": "hôm"}, "Ngày giao")):
        answer = signed_in("chief").post(ASSIGN, grid(world, good, **head))
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert signed_in("chief").post(ASSIGN, grid(world)).status_code == 422
    foreign = signed_in("chief").post(ASSIGN, grid(world, good, owner="BTC"))
    assert foreign.status_code == 422
    assert tasks_of(world) == []


def test_from_a_document_the_grid_knows_its_symbol_and_what_was_already_given(signed_in, world):
    source = make_task(world, content="Văn bản gốc", symbol="01-CT/TU")  # any record can be a source
    client, address = signed_in("chief"), f"{ASSIGN}?source={source.pk}"
    assert "Văn bản gốc" in client.get(address).content.decode()
    client.post(address, grid(world, {"content": "Việc A", "lead": "BTCTU", "clause": "2"}, source_symbol="01-CT/TU"))
    with acting_as(Actor.person(world.chief)):
        link = Link.objects.get(target_id=source.pk)
        assert (link.kind, link.clause) == ("source", "2")
    assert "Văn bản này đã giao 1 nhiệm vụ" in client.get(address).content.decode()


def test_a_source_one_does_not_see_is_no_source(signed_in, world):
    hidden = make_task(world, content="Việc kín", owner="BTC", lead="BTC", who="agency_leader")
    assert "Việc kín" not in signed_in("chief").get(ASSIGN, {"source": hidden.pk}).content.decode()


def test_rows_are_added_without_script_and_what_was_typed_stays(signed_in, world):
    sent = grid(world, {"content": "Đang gõ", "lead": "x"}) | {"add": "1"}
    answer = signed_in("chief").post(ASSIGN, sent)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "Đang gõ" in shown
    assert 'name="row-5-content"' in shown


@pytest.mark.parametrize("who", ["specialist", "clerk", "stranger", "agency_specialist"])
def test_who_may_not_assign_is_told_so(signed_in, who):
    assert signed_in(who).get(ASSIGN).status_code == 403


def test_the_names_to_complete_are_all_organizations_of_today(signed_in):
    rows = signed_in("chief").get("/nhiem-vu/don-vi.json").json()["organizations"]
    assert ["Ban Tổ chức Tỉnh ủy Thử Nghiệm", "BTCTU"] in [[row[1], row[2]] for row in rows]


def test_of_very_many_names_those_typed_are_asked_for(signed_in, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(assigning, "_WHOLE", 2)
    client = signed_in("chief")
    assert client.get("/nhiem-vu/don-vi.json").json() == {"organizations": [], "is_whole": False}
    with django_assert_max_num_queries(15):
        rows = client.get("/nhiem-vu/don-vi.json", {"q": "ban to ch"}).json()["organizations"]
    assert "Ban Tổ chức Tỉnh ủy Thử Nghiệm" in [row[1] for row in rows]
    assert client.get("/nhiem-vu/don-vi.json", {"q": "btctu"}).json()["organizations"][0][2] == "BTCTU"
    assert client.get("/nhiem-vu/don-vi.json", {"q": "\0'%"}).json()["organizations"] == []


def test_a_record_of_another_system_offers_to_give_tasks_from_it(world):
    """What a document's page shows to those who may assign, and to nobody else."""
    task = make_task(world)
    for who, type_key, expected in (
        ("chief", "incoming_document", True),
        ("tracker", "incoming_document", True),
        ("chief", "task", False),
        ("specialist", "incoming_document", False),
    ):
        with acting_as(Actor.person(getattr(world, who))) as held:
            request = RequestFactory().get("/")
            request.principals = held
            shown = Record(pk=task.pk, type=type_key)
            offered = [address for _offer, address in offers_for(request, shown) if address.startswith(ASSIGN)]
        assert offered == ([f"{ASSIGN}?source={task.pk}"] if expected else []), who
