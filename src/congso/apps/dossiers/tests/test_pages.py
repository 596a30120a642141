"""Every page for who uses it, in few questions; acts through forms; what one may not see is not there."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from congso.apps.dossiers.models import ArchivedFile, Catalogue, Dossier, ReadingLog, ReadingRequest
from congso.apps.dossiers.queries import entries_of
from congso.apps.dossiers.services.reading import grant_reading
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=365 * 12)


def test_lists_and_forms_open_for_who_works_here(world, signed_in, clock):
    made.archived(world, record=True)
    made.filled(world, symbol="02-TH")
    pages = {
        "specialist": ("list", "open", "catalogues", "catalogue_new", "hand_overs", "prepare", "room", "readings"),
        "clerk": ("list", "kept", "fonds", "fixity", "package_in", "disposals", "dispose", "transfers", "transfer_new"),
    }
    for who, names in pages.items():
        client = signed_in(who)
        for name in names:
            answer = client.get(reverse(f"dossiers:{name}"))
            assert answer.status_code == 200, (who, name)
    for name in ("kept", "fixity", "dispose", "package_in"):
        assert signed_in("stranger").get(reverse(f"dossiers:{name}")).status_code == 404


def test_a_dossier_shows_what_is_missing_and_leads_to_it(world, signed_in):
    dossier = made.opened(world)
    entry = made.paper(world, dossier, pages=None)
    page = signed_in("specialist").get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()
    assert "Còn 1 chỗ thiếu" in page
    assert reverse("dossiers:entry", args=[entry.pk]) in page
    refused = signed_in("head").post(reverse("dossiers:act", args=[dossier.pk, "close"]), {"note": ""})
    assert refused.status_code == 422
    assert "thiếu số trang" in refused.content.decode()
    facts = {"subject": "Kế hoạch", "type_key": "plan", "issued_on": "02/03/2026", "pages": "3", "language": "01",
             "reliability": "01", "condition": "01", "mode": "01"}  # fmt: skip
    assert signed_in("specialist").post(reverse("dossiers:entry", args=[entry.pk]), facts).status_code == 302
    assert signed_in("head").post(reverse("dossiers:act", args=[dossier.pk, "close"]), {"note": ""}).status_code == 302
    assert made.fresh(world, dossier).state == "closed"


def test_pages_ask_few_questions_however_long_the_list_of_documents(world, signed_in, django_assert_max_num_queries):
    dossier = made.filled(world)
    client = signed_in("specialist")
    address = reverse("dossiers:detail", args=[dossier.pk])
    client.get(address)
    for _nth in range(12):
        made.paper(world, dossier)
    with django_assert_max_num_queries(45):
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(reverse("dossiers:list")).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(reverse("dossiers:room")).status_code == 200


def test_a_catalogue_goes_through_excel_unchanged_and_prints(world, signed_in):
    catalogue = made.issued(world)
    client = signed_in("head")
    sheet = client.get(reverse("dossiers:catalogue_sheet", args=[catalogue.pk]))
    content = io.BytesIO(b"".join(sheet.streaming_content))
    assert openpyxl.load_workbook(content).active is not None
    client.post(reverse("dossiers:catalogue_new"), {"unit": world.organizations["TH"], "year": "2027"})
    with by(world, "head"):
        second = Catalogue.objects.get(year=2027)
    content.seek(0)
    content.name = "danh-muc.xlsx"
    client.post(reverse("dossiers:catalogue_read", args=[second.pk]), {"file": content})
    with by(world, "head"):
        assert list(second.lines.values_list("symbol", "retention", "heading")) == list(
            catalogue.lines.values_list("symbol", "retention", "heading")
        )
    bad = io.BytesIO(b"not excel")
    bad.name = "x.xlsx"
    answer = client.post(reverse("dossiers:catalogue_read", args=[second.pk]), {"file": bad}, follow=True)
    assert "không đọc được" in answer.content.decode()
    paper = client.get(reverse("dossiers:catalogue_paper", args=[catalogue.pk])).content.decode()
    assert "Hồ sơ tổng kết năm 2026" in paper


def test_official_papers_print(world, signed_in, clock):
    dossier = made.closed(world)
    delivery = made.handed_over(world, dossier)
    client = signed_in("specialist")
    assert "Mục lục văn bản" in client.get(reverse("dossiers:contents", args=[dossier.pk])).content.decode()
    for which, words in (("muc-luc", "Mục lục hồ sơ"), ("bien-ban", "Biên bản giao nhận")):
        assert words in client.get(reverse("dossiers:hand_over_paper", args=[delivery.pk, which])).content.decode()
    assert client.get(reverse("dossiers:hand_over_paper", args=[delivery.pk, "khac"])).status_code == 404


def test_the_archive_receives_by_its_form(world, signed_in):
    dossier = made.closed(world)
    delivery = made.handed_over(world, dossier)
    address = reverse("dossiers:hand_over_act", args=[delivery.pk, "receive"])
    client = signed_in("clerk")
    assert client.get(address).status_code == 200
    assert "chưa khai báo phông" in client.post(address, {}).content.decode()
    facts = {"code": "P01", "name": "Phông thử", "archive_code": "A15", "is_open": "on"}
    assert client.post(reverse("dossiers:fonds"), facts).status_code == 302
    assert client.post(address, {"store": "1", "shelf": "2", "box": "3"}).status_code == 302
    fresh = made.fresh(world, dossier)
    assert (fresh.state, fresh.place) == ("archived", "kho 1, giá 2, hộp 3")
    assert fresh.paper_code == "1/2/3.01-TH"


def test_a_disposal_is_walked_through_its_pages(world, signed_in, clock):
    dossier = made.archived(world)
    clock.move_to(LATER)
    client = signed_in("clerk")
    page = client.get(reverse("dossiers:dispose")).content.decode()
    assert dossier.title in page
    answer = client.post(reverse("dossiers:dispose"), {"picked": [dossier.pk]})
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200
    disposal = made.in_disposal(world, made.archived(world, symbol="09-TH", at=NOW), at=LATER)
    for who in ("clerk", "chief", "head"):
        assert signed_in(who).get(reverse("dossiers:disposal", args=[disposal.pk])).status_code == 200
    assert signed_in("stranger").get(reverse("dossiers:disposal", args=[disposal.pk])).status_code == 404
    assert client.post(reverse("dossiers:disposal_act", args=[disposal.pk, "carry_out"]), {}).status_code == 302
    assert "Biên bản hủy" in client.get(reverse("dossiers:disposal_paper", args=[disposal.pk])).content.decode()


def test_a_granted_reader_reads_pages_which_are_kept_and_downloads_nothing(world, signed_in, clock):
    dossier = made.archived(world, record=True)
    wish = made.wished(world, dossier)
    reader = signed_in("agency_specialist")
    address = reverse("dossiers:reading", args=[wish.pk])
    assert "Tài liệu được khai thác" not in reader.get(address).content.decode()
    with by(world, "clerk") as actor:
        grant_reading(ReadingRequest.objects.select_related("owner").get(pk=wish.pk), by=actor, at=NOW)
        file = ArchivedFile.objects.get()
    assert "Tài liệu được khai thác" in reader.get(address).content.decode()
    assert reader.get(reverse("dossiers:read", args=[file.pk])).status_code == 200
    picture = reader.get(reverse("dossiers:page", args=[file.pk, 1, 480]))
    assert (picture.status_code, picture["Cache-Control"]) == (200, "no-store")
    assert reader.get(reverse("dossiers:page", args=[file.pk, 9, 480])).status_code == 404
    assert reader.get(reverse("dossiers:copy", args=[file.pk])).status_code == 404
    assert reader.get(reverse("dossiers:detail", args=[dossier.pk])).status_code == 404
    assert signed_in("stranger").get(reverse("dossiers:read", args=[file.pk])).status_code == 404
    with by(world, "clerk"):
        assert ReadingLog.objects.count() == 2
    clerk = signed_in("clerk")
    assert "Dương Thử Việc" in clerk.get(reverse("dossiers:log", args=[dossier.pk])).content.decode()
    copy = clerk.get(reverse("dossiers:copy", args=[file.pk]))
    assert copy.status_code == 200
    assert copy.content.startswith(b"%PDF")


def test_packages_go_out_for_the_archive_alone(world, signed_in):
    dossier = made.archived(world, record=True)
    answer = signed_in("clerk").get(reverse("dossiers:package", args=[dossier.pk, "aip"]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert signed_in("specialist").get(reverse("dossiers:package", args=[dossier.pk, "aip"])).status_code == 404
    bad = io.BytesIO(b"PK not a zip")
    bad.name = "x.zip"
    refused = signed_in("clerk").post(reverse("dossiers:package_in"), {"file": bad})
    assert refused.status_code == 422
    assert entries_of(dossier) is not None
    assert Dossier is not None
