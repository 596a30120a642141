"""From plan to hand-over: two people, sample, accuracy, corrections, archive files, dossiers."""

import pikepdf
import pytest

from congso.apps.digitization import services
from congso.apps.digitization.models import Check, Correction, DigitalCopy, Page, PageState, ScanBatch, Stock
from congso.apps.digitization.queries import accepted_pages, copy_of, stock_pages, stocks_of, words_of
from congso.apps.digitization.services.accepting import accuracy_of
from congso.apps.digitization.services.checking import confirm_sure_copies
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import NOW, VALUES, by, copy_in, do
from congso.kernel.access.services import acting_as
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment, PageText
from congso.kernel.files.reading.pages.words import words_on
from congso.kernel.search.queries import search
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_batches_are_numbered_without_gaps_and_only_by_who_digitizes(world):
    first, second = factories.planned(world), factories.planned(world)
    assert (first.number, second.number) == ("01/SH-2026", "02/SH-2026")
    with pytest.raises(NotYours), acting_as(by(world, "agency_clerk")):
        services.plan_batch(
            factories.facts(world), owner=world.organization("VPTU"), by=by(world, "agency_clerk"), at=NOW
        )


def test_papers_are_not_scanned_below_the_least_resolution(world):
    with pytest.raises(Refused, match="200 dpi"):
        factories.planned(world, dpi=150)


def test_the_same_bytes_come_in_once(world):
    batch = factories.scanned(world)
    with pytest.raises(Refused, match="đã có trong đợt"):
        factories.add(world, batch, _bytes_of(world, batch), 2, name="lai.pdf")
    with acting_as(by(world, "clerk")):
        assert Page.objects.filter(batch=batch).count() == 2


def _bytes_of(world, batch: ScanBatch) -> bytes:
    with acting_as(by(world, "clerk")):
        return store().read(batch.scans.get().sha256)


def test_one_person_confirms_what_the_machine_read_surely(world):
    batch = factories.checking(world)
    do(world, "clerk", confirm_sure_copies, batch)
    copy = copy_in(world, batch)
    assert (copy.state, copy.number, copy.issuer) == ("checked", "16-KH/TU", "Tỉnh ủy Mẫu")


def test_two_people_check_what_the_machine_doubts(world):
    batch = factories.checking(world, need="low")
    copy = copy_in(world, batch)
    with pytest.raises(Refused):
        do(world, "clerk", confirm_sure_copies, batch)
    assert do(world, "clerk", services.check_copy, copy, values=VALUES) == "second"
    with pytest.raises(Refused, match="người khác"):
        do(world, "clerk", services.check_copy, copy, values=VALUES)
    assert do(world, "chief", services.check_copy, copy, values=VALUES) == "checked"
    with acting_as(by(world, "clerk")):
        assert list(Check.objects.filter(copy=copy).values_list("nth", "by")) == [(1, world.clerk), (2, world.chief)]


def test_where_two_differ_a_third_look_settles_it(world):
    batch = factories.checking(world, need="sample")
    copy = copy_in(world, batch)
    do(world, "clerk", services.check_copy, copy, values=VALUES)
    assert do(world, "chief", services.check_copy, copy, values=VALUES | {"number": "15-KH/TU"}) == "disputed"
    do(world, "clerk", services.settle_copy, copy, values=VALUES | {"number": "15-KH/TU"})
    assert copy_in(world, batch).number == "15-KH/TU"
    with acting_as(by(world, "clerk")):
        told = accuracy_of(batch)
    assert told["by_field"]["number"] == [0, 1]
    assert told["by_field"]["issued_on"] == [1, 1]


@pytest.mark.parametrize("wrong", [{"title": " "}, {"type_key": "bịa"}, {"issued_on": ""}, {"issued_on": "2090-01-01"}])
def test_fields_that_cannot_be_are_refused(world, wrong):
    batch = factories.checking(world)
    with pytest.raises(Refused):
        do(world, "clerk", services.check_copy, copy_in(world, batch), values=VALUES | wrong)


def _page(world, batch: ScanBatch) -> Page:
    with acting_as(by(world, "clerk")):
        return Page.objects.select_related("batch", "scan", "copy__batch").filter(batch=batch).order_by("place")[0]


def _correct(world, page: Page, box, text: str, was: str = "") -> Correction:
    actor = by(world, "clerk")
    with acting_as(actor):
        return services.correct_word(page, box, text, was=was, by=actor, at=NOW)


def test_a_word_put_right_is_counted_and_outlives_another_reading(world):
    batch = factories.checking(world)
    page = _page(world, batch)
    _correct(world, page, (84.0, 100.0, 120.0, 114.0), "hoạch", "hoach")
    actor = by(world, "clerk")
    with acting_as(actor):
        assert services.finish_page(page, by=actor, at=NOW) == (1, 24)
        page.words.words = [["hocch", 85.0, 101.0, 119.0, 113.0, 0.99, 1]]
        page.words.save(update_fields=["words"])
        assert [word[0] for word in words_of([page])[page.pk]] == ["hoạch"]
        told = accuracy_of(batch)
    assert (told["letters"], told["wrong_letters"], told["letters_percent"]) == (24, 1, "95.83")


@pytest.mark.parametrize(
    "box", [(-1, 0, 5, 5), (5, 5, 5, 9), (0, 0, 9_999, 5), (0, 0, float("nan"), 5), (0, 800, 5, 900)]
)
def test_a_place_that_is_none_is_refused(world, box):
    page = _page(world, factories.checking(world))
    with pytest.raises(Refused, match="Vị trí"):
        _correct(world, page, box, "x")
    with pytest.raises(Refused, match="dài nhất"):
        _correct(world, page, (1, 1, 9, 9), "x" * 201)


def test_pages_put_aside_stay_listed_and_come_back(world):
    batch = factories.scanned(world)
    page = _page(world, batch)
    actor = by(world, "clerk")
    with acting_as(actor):
        Page.objects.filter(pk=page.pk).update(state=PageState.BLANK)
        services.restore_page(page, by=actor, at=NOW)
        assert Page.objects.get(pk=page.pk).state == PageState.READ
        with pytest.raises(Refused, match="lý do"):
            services.drop_page(page, note=" ", by=actor, at=NOW)
        services.drop_page(page, note="Quét mờ", by=actor, at=NOW)
        assert Page.objects.get(pk=page.pk).why == "Quét mờ"
        Page.objects.filter(pk=page.pk).update(state=PageState.SUSPECT)
        with pytest.raises(Refused):
            services.restore_page(page, by=actor, at=NOW)


def test_a_blank_side_taken_back_lies_in_its_document_again(world):
    batch = factories.checking(world, pages=3)
    actor = by(world, "clerk")
    with acting_as(actor):
        middle = Page.objects.select_related("batch", "scan").get(batch=batch, number=2)
        Page.objects.filter(pk=middle.pk).update(state=PageState.BLANK, copy=None, copy_page=None)
        Page.objects.filter(batch=batch, number=3).update(copy_page=2)
        services.restore_page(middle, by=actor, at=NOW)
        rows = Page.objects.filter(batch=batch).order_by("place").values_list("number", "state", "copy_page")
        assert list(rows) == [(1, "read", 1), (2, "read", 2), (3, "read", 3)]


def test_a_dropped_document_gives_its_pages_back_to_the_scanner(world):
    batch = factories.checking(world)
    copy = copy_in(world, batch)
    do(world, "clerk", services.drop_copy, copy, note="Quét lệch")
    with acting_as(by(world, "clerk")):
        assert set(Page.objects.filter(batch=batch).values_list("state", "copy")) == {("dropped", None)}
    do(world, "clerk", services.rescan, batch, note="Quét lại")


def test_accuracy_must_have_been_measured_before_acceptance(world):
    batch = factories.checking(world)
    do(world, "clerk", services.check_copy, copy_in(world, batch), values=VALUES)
    with pytest.raises(Refused, match="soát chữ"):
        do(world, "clerk", services.accept_batch, batch)


def test_an_accepted_document_is_a_two_layer_archive_file_that_is_found(world):
    batch = factories.accepted(world)
    copy = copy_in(world, batch)
    assert copy.state == "accepted"
    with acting_as(by(world, "agency_clerk")):
        file = Attachment.objects.get(record_id=copy.pk)
        assert file.name == "01-SH-2026.001.pdf"
        assert PageText.objects.filter(attachment=file, page=1).get().text.startswith("TỈNH ỦY")
        with store().local(file.blob_id) as path, pikepdf.open(path) as pdf:
            told = pdf.open_metadata()
            assert (told["pdfaid:part"], told["pdfaid:conformance"], len(pdf.pages)) == ("2", "B", 2)
            assert told["dc:title"] == VALUES["title"]
        with store().local(file.blob_id) as path:
            assert [one.word.text for one in words_on(_first_page(path))] == [word[0] for word in factories.WORDS]
        assert copy.pk in [hit.record.pk for hit in search("sưu tâm").rows]
        assert accepted_pages(world.organization("BTC"), NOW.date()) == 2


def _first_page(path):
    import pypdfium2

    return pypdfium2.PdfDocument(path)[0]


def test_the_originals_go_back_as_they_came_or_with_words(world):
    batch = factories.accepted(world)
    with pytest.raises(Refused, match="khác nhau"):
        do(world, "clerk", services.hand_over_batch, batch, sheets=9, note="")
    with pytest.raises(Refused, match="chưa ký"):
        do(world, "clerk", services.hand_over_batch, batch, sheets=10, note="")
    do(world, "clerk", services.hand_over_batch, batch, sheets=10, note="Chưa có chứng thư")
    assert factories.batch_as(world, batch).state == "handed_over"


def test_stock_and_yearly_share(world):
    actor = by(world, "agency_clerk")
    with acting_as(actor):
        organization = world.organization("BTC")
        told = {"year": 2026, "pages": 8, "percent": 30, "note": "Biên bản kiểm đếm"}
        services.set_stock(organization, **told, by=actor, at=NOW)
        services.set_stock(organization, **(told | {"pages": 4}), by=actor, at=NOW)
        assert Stock.objects.get().pages == 4
        with pytest.raises(NotYours):
            services.set_stock(world.organization("XA"), **told, by=actor, at=NOW)
        with pytest.raises(Refused):
            services.set_stock(organization, **(told | {"percent": 101}), by=actor, at=NOW)
    factories.accepted(world)
    with acting_as(actor):
        [row] = stocks_of(2026)
        assert (row.done, row.percent, row.is_reached) == (2, 50.0, True)
        assert stock_pages(organization, 2027) == 4


def test_a_copy_knows_nothing_of_strangers(world):
    copy = copy_in(world, factories.checking(world))
    with acting_as(by(world, "stranger")), pytest.raises(DigitalCopy.DoesNotExist):
        copy_of(copy.pk)
