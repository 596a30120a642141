"""Drafting, review, publication; who reads what, by page, by API and by raw SQL."""

from datetime import date
from html import unescape

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from congso.apps.party_papers import queries, services
from congso.apps.party_papers.models import BondKind, Edition, PartyPaper, Proposal, Relation
from congso.apps.party_papers.rules import Bond, Effect
from congso.apps.party_papers.services import Decision
from congso.apps.party_papers.tests.factories import NOW, do, draft, on, proposals, publish
from congso.kernel.access.services import NOBODY, Actor, acting_as, current_principals
from congso.kernel.workflow.services import NotYours, Refused, possible_transitions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_words_and_the_rules_know_the_same_bonds():
    assert set(BondKind.values) == set(Bond)


def effect(edition: Edition, day: date) -> Effect:
    with acting_as(NOBODY):
        return queries.standings([edition], day)[edition.pk].effect


def readers(world, edition: Edition) -> set[str]:
    found = set()
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            if queries.editions().filter(pk=edition.pk).exists():
                found.add(who)
    with acting_as(NOBODY):
        if queries.editions().filter(pk=edition.pk).exists():
            found.add("nobody")
    return found


FRONT = {"stranger", "reader", "auditor"}
KEEP = {"clerk", "chief", "reader"}


def test_the_database_decides_who_reads(world):
    everybody = set(world.people())
    assert readers(world, publish(world, "01-QĐ/TU", readers="public")) == everybody | {"nobody"}
    party = readers(world, publish(world, "02-QĐ/TU", readers="party"))
    assert party == everybody - (FRONT - {"reader"})  # the reader reads every record
    listed = readers(world, publish(world, "03-QĐ/TU", readers="listed", listed=("MT", "BTC")))
    assert {"stranger", "agency_leader", "agency_specialist", *KEEP} <= listed
    assert not listed & {"nobody", "commune_clerk", "specialist", "administrator"}


def test_drafts_and_withdrawn_papers_are_their_keepers(world):
    paper = draft(world)
    with acting_as(Actor.person(world.agency_leader)):
        assert not PartyPaper.objects.filter(pk=paper.pk).exists()
    edition = publish(world, "04-QĐ/TU")
    do(world, "chief", services.withdraw_paper, edition.paper, note="Đăng nhầm")
    assert readers(world, edition) == set()
    with acting_as(Actor.person(world.clerk)):
        assert Edition.objects.filter(pk=edition.pk).exists()
    with acting_as(NOBODY):
        assert not Edition.objects.filter(pk=edition.pk).exists()


def test_what_is_published_is_never_rewritten(world):
    edition = publish(world)
    publish(world, "13-QĐ/TU", acts=(on(edition, "amends"),))
    for who in ("clerk", "chief", "administrator", "stranger"):
        with acting_as(Actor.person(getattr(world, who))):
            for statement in (
                "UPDATE party_papers_edition SET title = 'x'", "DELETE FROM party_papers_edition",
                "UPDATE party_papers_editionpassage SET text = 'x'", "DELETE FROM party_papers_relation",
                "UPDATE party_papers_relation SET bond = 'abolishes'",
            ):  # fmt: skip
                with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)


def test_effect_follows_confirmed_relations_as_of_the_day(world):
    first = publish(world, "05-QĐ/TU", effective_from=date(2024, 1, 1), opened_on=date(2023, 12, 20))
    second = publish(world, "12-QĐ/TU", acts=(on(first, "amends", date(2025, 1, 1), "dieu-1"),))
    third = publish(world, "20-QĐ/TU", effective_from=date(2026, 6, 1), acts=(on(first, "replaces"),))
    assert effect(first, date(2023, 12, 31)) is Effect.NOT_YET
    assert effect(first, date(2024, 6, 1)) is Effect.IN_FORCE
    assert effect(first, date(2025, 6, 1)) is Effect.AMENDED
    assert effect(first, date(2026, 6, 1)) is Effect.REPLACED
    assert effect(second, date(2026, 11, 23)) is Effect.IN_FORCE
    do(world, "chief", services.withdraw_paper, third.paper, note="Thu hồi")
    assert effect(first, date(2026, 6, 1)) is Effect.REPLACED  # what was done stays told


def test_an_amendment_one_may_not_read_still_shows_that_it_is(world, client):
    first = publish(world, "05-QĐ/TU")
    publish(world, "30-QĐ/TU", readers="party", title="mật riêng", acts=(on(first, "abolishes", date(2026, 6, 1)),))
    shown = unescape(client.get(reverse("party_papers:edition", args=[first.pk])).content.decode())
    assert "đã bị bãi bỏ" in shown
    assert "một văn kiện bạn không được xem" in shown
    assert "30-QĐ/TU" not in shown
    assert "mật riêng" not in shown


def test_relations_are_proposed_and_a_person_decides_each(world):
    old = publish(world, "05-QĐ/TU")
    paper = draft(world)
    assert do(world, "clerk", services.read_relations, paper) == 2
    assert do(world, "clerk", services.read_relations, paper) == 0
    with pytest.raises(Refused, match="chưa được xem"):
        do(world, "clerk", services.move_paper, paper, key="submit")
    found = {one.target_symbol: one for one in proposals(world, paper)}
    assert found["05-QĐ/TU"].target_id == old.pk
    assert found["10-QĐ/TU"].target_id is None
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        services.confirm_relation(found["05-QĐ/TU"], on(old, "replaces"), by=clerk, at=NOW)
        services.drop_relation(found["10-QĐ/TU"], by=clerk, at=NOW)
        assert Proposal.objects.get(pk=found["05-QĐ/TU"].pk).decided_label == "Nguyễn Ví Dụ, Văn thư"
    do(world, "clerk", services.move_paper, paper, key="submit")
    edition = do(world, "chief", services.publish_paper, paper)
    assert [one.target_symbol for one in Relation.objects.filter(source=edition)] == ["05-QĐ/TU"]
    assert effect(old, date(2026, 3, 15)) is Effect.REPLACED


def test_two_papers_of_one_symbol_are_not_guessed(world):
    publish(world, "05-QĐ/TU", opened_on=date(2021, 1, 1))
    publish(world, "05-QĐ/TU", opened_on=date(2026, 1, 1))
    paper = draft(world)
    do(world, "clerk", services.read_relations, paper)
    assert next(one for one in proposals(world, paper) if one.target_symbol == "05-QĐ/TU").target_id is None


def test_overlooked_relations_are_added_by_reviewers_alone(world):
    first, second = publish(world, "05-QĐ/TU"), publish(world, "12-QĐ/TU")
    with pytest.raises(NotYours):
        do(world, "clerk", services.relate_published, second.paper, said=on(first, "abolishes"))
    do(world, "chief", services.relate_published, second.paper, said=on(first, "abolishes", date(2026, 5, 1)))
    assert effect(first, date(2026, 5, 1)) is Effect.ABOLISHED
    with pytest.raises(Refused, match="chính nó"):
        do(world, "chief", services.relate_published, second.paper, said=on(second, "abolishes"))


EXPECTED = {
    "draft": {"clerk": {"edit", "submit", "drop"}, "chief": {"edit", "submit", "drop"}},
    "reviewing": {"clerk": {"drop"}, "chief": {"publish", "reject", "drop"}},
    "published": {"clerk": set(), "chief": {"relate", "withdraw"}},
    "withdrawn": {"clerk": set(), "chief": set()},
    "dropped": {"clerk": set(), "chief": set()},
}


@pytest.mark.parametrize("state", EXPECTED)
def test_each_state_gives_each_person_exactly_her_acts(world, state):
    paper = publish(world).paper if state in ("published", "withdrawn") else draft(world)
    if state == "withdrawn":
        do(world, "chief", services.withdraw_paper, paper, note="Nhầm")
    if state == "reviewing":
        do(world, "clerk", services.move_paper, paper, key="submit")
    if state == "dropped":
        do(world, "clerk", services.move_paper, paper, key="drop", note="Thôi")
    shown = {}
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            found = PartyPaper.objects.filter(pk=paper.pk).first()
            if found is not None:
                shown[who] = {one.key for one in possible_transitions(found, held=current_principals(), at=NOW)}
    assert {who: acts for who, acts in shown.items() if acts} == {w: a for w, a in EXPECTED[state].items() if a}
    readers = set(world.people()) - {"stranger", "auditor"} if state == "published" else KEEP
    assert set(shown) == readers


def test_only_keepers_draft(world):
    stranger = Actor.person(world.stranger)
    with pytest.raises(NotYours), acting_as(stranger):
        services.draft_paper(_facts(), owner=world.organization("VPTU"), by=stranger, at=NOW)


def _facts() -> services.PaperFacts:
    return services.PaperFacts("1-QĐ/TU", "x", "Quy định", "Tỉnh ủy", date(2026, 1, 1), date(2026, 1, 1))


def page(client, address: str, **facts) -> str:
    answer = client.get(address, facts)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_a_visitor_finds_reads_and_sees_another_day(client, world, django_assert_max_num_queries):
    first = publish(world, "05-QĐ/TU", effective_from=date(2024, 1, 1))
    publish(
        world, "12-QĐ/TU", acts=(on(first, "amends", date(2025, 1, 1), "dieu-1"),), volume="Văn kiện nhiệm kỳ 2025–2030"
    )
    assert "/van-kien/" in page(client, "/")
    listed = page(client, reverse("party_papers:index"), q="che do lam viec")
    assert "05-QĐ/TU" in listed
    assert "05-QĐ/TU" not in page(client, reverse("party_papers:index"), q="khong co chu nay")
    assert "12-QĐ/TU" in page(client, reverse("party_papers:index"), q="12-qđ/tu")
    address = reverse("party_papers:edition", args=[first.pk])
    shown = page(client, address)
    assert 'id="dieu-1.khoan-2"' in shown
    assert "đã sửa đổi, bổ sung" in shown
    assert "đã sửa đổi, bổ sung" not in page(client, address, ngay="2024-06-01")
    assert "01/01/2025" in page(client, reverse("party_papers:history", args=[first.pk]))
    assert "Văn kiện nhiệm kỳ 2025–2030" in page(client, reverse("party_papers:volumes"))
    assert "12-QĐ/TU" in page(client, reverse("party_papers:volume"), ten="Văn kiện nhiệm kỳ 2025–2030")
    for path in (reverse("party_papers:index"), address):
        with django_assert_max_num_queries(14):
            page(client, path)


def test_hostile_addresses_and_forms_are_refused(client, signed_in, world):
    publish(world)
    for query in ({"q": "\x00'"}, {"ngay": "31/02/2026"}, {"page": "²"}, {"hieu-luc": "x"}, {"loai": "\x00"}):
        assert client.get(reverse("party_papers:index"), query).status_code == 200
    assert client.get("/van-kien/doc/999999999/").status_code == 404
    assert client.get(reverse("party_papers:volume"), {"ten": "\x00"}).status_code == 404
    assert client.get("/van-kien/soan/").status_code == 302
    clerk = signed_in("clerk")
    form = {
        "owner": world.organizations["VPTU"], "number": "77-QĐ/TU", "document_type": "Quy định",
        "issuer_name": "Tỉnh ủy",
        "title": "về thử", "opened_on": "01/02/2026", "effective_from": "01/02/2026", "readers": "public",
        "text": "Điều 1. A",
    }  # fmt: skip
    for wrong in ({"effective_to": "01/01/2026"}, {"readers": "listed"}, {"readers": "x"}, {"opened_on": "x"},
    {"title": ""},
                  {"owner": world.organizations["MT"]}, {"text": "a\x00b"}):  # fmt: skip
        assert clerk.post(reverse("party_papers:new"), form | wrong).status_code == 422, wrong
    with acting_as(Actor.person(world.clerk)):
        assert PartyPaper.objects.count() == 1


def test_the_whole_way_on_screen(signed_in, world, client):
    old = publish(world, "05-QĐ/TU")
    clerk, chief = signed_in("clerk"), signed_in("chief")
    form = {
        "owner": world.organizations["VPTU"], "number": "77-QĐ/TU", "document_type": "Quy định",
        "issuer_name": "Tỉnh ủy",
        "title": "về thử", "opened_on": "01/02/2026", "effective_from": "01/02/2026", "readers": "public",
        "text": "Điều 1. Thay thế\nQuy định này thay thế Quy định số 05-QĐ/TU.",
    }  # fmt: skip
    assert clerk.post(reverse("party_papers:new"), form).status_code == 302
    with acting_as(Actor.person(world.clerk)):
        paper = PartyPaper.objects.get(number="77-QĐ/TU")
    assert clerk.post(reverse("party_papers:read-relations", args=[paper.pk])).status_code == 302
    (proposal,) = proposals(world, paper)
    assert "Chờ xem" in page(clerk, reverse("party_papers:detail", args=[paper.pk]))
    address = reverse("party_papers:relation", args=[paper.pk, proposal.pk])
    said = {"bond": "replaces", "target_symbol": "05-QĐ/TU", "target": old.pk, "target_anchor": "", "effective_on": ""}
    assert "thay thế" in page(clerk, address)
    assert clerk.post(address, said | {"target_anchor": "Điều 5"}).status_code == 422
    assert clerk.post(address, said).status_code == 302
    act = lambda who, key: who.post(reverse("party_papers:act", args=[paper.pk, key]))  # noqa: E731
    assert act(clerk, "submit").status_code == 302
    assert act(clerk, "publish").status_code == 422
    assert act(chief, "publish").status_code == 302
    assert "đã bị thay thế" in page(client, reverse("party_papers:edition", args=[old.pk]))
    assert signed_in("stranger").get(reverse("party_papers:detail", args=[paper.pk])).status_code == 404


def test_the_api_answers_as_of_a_day(signed_in, world):
    first = publish(world, "05-QĐ/TU")
    publish(world, "12-QĐ/TU", acts=(Decision("abolishes", first, "05-QĐ/TU", "", date(2026, 6, 1)),))
    client = signed_in("stranger")
    assert client.get("/api/v1/party_papers/editions?q=lam viec").json()["count"] == 2
    told = client.get(f"/api/v1/party_papers/editions/{first.pk}?day=2026-05-31").json()
    assert (told["effect"], told["relations"][0]["bond"]) == ("in_force", "abolishes")
    assert client.get(f"/api/v1/party_papers/editions/{first.pk}").json()["effect"] == "abolished"
    assert client.get("/api/v1/party_papers/editions/999999").status_code == 404


def test_the_portals_search_finds_what_is_published_and_leads_to_the_text(signed_in, world):
    edition = publish(world, "05-QĐ/TU")
    draft(world, "06-QĐ/TU")
    shown = page(signed_in("commune_clerk"), "/tim-kiem/", q="chế độ làm việc")
    assert "05-QĐ/TU" in shown
    assert "06-QĐ/TU" not in shown
    answer = signed_in("commune_clerk").get(reverse("party_papers:detail", args=[edition.paper_id]))
    assert answer["Location"] == reverse("party_papers:edition", args=[edition.pk])


def test_a_file_brings_the_text(world, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congso.kernel.files.tests.uploading import work

    settings.FILES_DIR = tmp_path / "files"
    paper = draft(world, text="")
    file = SimpleUploadedFile("quy định.txt", "Điều 1. Từ tệp\n1. Một khoản.\n".encode())
    upload = do(world, "clerk", services.add_file, paper, file=file)
    work(upload)
    with acting_as(Actor.person(world.clerk)):
        assert "Điều 1. Từ tệp" in PartyPaper.objects.get(pk=paper.pk).text
