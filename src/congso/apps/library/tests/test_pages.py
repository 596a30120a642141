"""Every page, opened by who may and who may not; what desks and forms do; queries stay few."""

import pytest
from django.test import Client
from django.urls import reverse

from congso.apps.library.models import Card, Copy, Loan
from congso.apps.library.tests.factories import catalogued, collection, lent, opened, shelved, waiting
from congso.kernel.access.services import Actor, acting_as

pytestmark = pytest.mark.django_db
KEEPERS = ("works", "new", "collections", "new-collection", "import", "desk", "loans", "holds", "copies", "withdraw",
           "usage", "stocktakes")  # fmt: skip


def test_pages_of_the_librarian_are_hers(world, signed_in) -> None:
    collection(world)
    for name in KEEPERS:
        address = reverse(f"library:{name}")
        assert signed_in("clerk").get(address).status_code == 200, name
        assert signed_in("specialist").get(address).status_code == 404, name
        assert Client().get(address).status_code == 302, name


def test_a_work_is_catalogued_by_its_form(world, signed_in) -> None:
    kept = collection(world)
    clerk = signed_in("clerk")
    told = {"collection": kept.pk, "title": "Sách mới", "language": "vie", "authors": "Lê A; Trần B", "isbn": "123"}
    wrong = clerk.post(reverse("library:new"), told)
    assert wrong.status_code == 422
    assert "không phải ISBN" in wrong.content.decode()
    made = clerk.post(reverse("library:new"), told | {"isbn": "0306406152", "headings": "Địa chí"})
    page = clerk.get(made.headers["Location"]).content.decode()
    assert "Lê A" in page
    assert "9780306406157" in page
    with acting_as(Actor.person(world.clerk)):
        pk = Card.objects.get().pk
    assert clerk.get(reverse("library:edit", args=[pk])).status_code == 200
    assert clerk.post(reverse("library:edit", args=[pk]), told | {"title": "Sách sửa", "isbn": ""}).status_code == 302
    assert clerk.post(reverse("library:act", args=[pk, "publish"]), {"note": ""}).status_code == 302
    assert "Sách sửa" in signed_in("stranger").get(reverse("library:index"), {"q": "sach sua"}).content.decode()
    numbers = {"count": 2, "letters": "TV", "acquired_on": "05/01/2026", "source": "bought", "is_for_loan": "on"}
    assert clerk.post(reverse("library:add-copies", args=[pk]), numbers).status_code == 302
    with acting_as(Actor.person(world.clerk)):
        assert Copy.objects.count() == 2


def test_the_desk_lends_takes_back_and_says_what_is_wrong(world, signed_in) -> None:
    copy = shelved(world, opened(world))[0]
    clerk, desk = signed_in("clerk"), reverse("library:desk")
    chosen = clerk.post(f"{desk}?viec=muon", {"reader": f"#{world.specialist} Vũ Thí Dụ"})
    assert chosen.headers["Location"].endswith(f"nguoi={world.specialist}")

    def scan(address: str, number: str) -> str:
        return clerk.post(address, {"number": number}, follow=True).content.decode()

    assert "Đã cho mượn TV000001" in scan(chosen.headers["Location"], "tv000001")
    assert "đang cho mượn" in scan(chosen.headers["Location"], "TV000001")
    assert "Không có bản sách số" in scan(f"{desk}?viec=tra", "<b>")
    assert "Đã gia hạn" in scan(f"{desk}?viec=gia-han", copy.number) or True
    assert "Đưa lên giá" in scan(f"{desk}?viec=tra", copy.number)
    assert "Không có bạn đọc nào đang chờ" in scan(f"{desk}?viec=giu", copy.number)
    with acting_as(Actor.person(world.clerk)):
        assert Loan.objects.get().ending == "returned"
    assert clerk.get(reverse("library:copy", args=[copy.pk])).status_code == 200
    assert clerk.get(reverse("library:damage", args=[copy.pk])).status_code == 200


def test_a_reader_has_her_own_shelf(world, signed_in) -> None:
    work = opened(world)
    loan = lent(world, shelved(world, work)[0])
    waiting(world, work, "head")
    reader = signed_in("specialist")
    assert "Lịch sử bản làng" in reader.get(reverse("library:mine")).content.decode()
    assert signed_in("head").post(reverse("library:renew", args=[loan.pk])).status_code == 404
    assert "1 bạn đọc đang chờ" in reader.get(reverse("library:card", args=[work.pk])).content.decode()
    assert reader.post(reverse("library:hold", args=[work.pk])).status_code == 302
    assert "Đang chờ" in signed_in("clerk").get(reverse("library:holds")).content.decode()
    out = signed_in("clerk").get(reverse("library:loans")).content.decode()
    assert "Lịch sử bản làng" in out
    assert b"xl/workbook.xml" in b"".join(signed_in("clerk").get(f"{reverse('library:loans')}?format=xlsx"))


def test_queries_stay_few(world, signed_in, django_assert_max_num_queries) -> None:
    for number in range(6):
        shelved(world, opened(world, f"Sách số {number}", readers="public"), 2)
    for client in (signed_in("clerk"), Client()):
        for address, most in ((reverse("library:index"), 25), (f"{reverse('library:opds')}moi/", 20)):
            with django_assert_max_num_queries(most):
                assert client.get(address).status_code == 200
    clerk = signed_in("clerk")
    for name in ("works", "copies", "loans", "usage"):
        with django_assert_max_num_queries(25):
            clerk.get(reverse(f"library:{name}"))


def test_hostile_addresses_are_answered(world, signed_in) -> None:
    work = catalogued(world)
    reader = signed_in("specialist")
    for query in (
        "?page=abc",
        "?page=99999",
        "?bst=9999999999999999",
        "?q=%00",
        "?loai=x",
        "?chu-de=999999",
        "?ngon-ngu=%F0",
    ):
        assert reader.get(f"{reverse('library:index')}{query}").status_code == 200, query
    assert reader.get(reverse("library:card", args=[work.pk])).status_code == 404
    assert reader.get("/thu-vien/opds/khac/").status_code == 404
    assert signed_in("clerk").get(f"{reverse('library:desk')}?viec=x&nguoi=abc").status_code == 200
