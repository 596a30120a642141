"""Catalogue records in and out: MARC21 both ways, lists and tables, hostile files."""

import io

import pytest
from django.urls import reverse
from pymarc import MARCReader

from congso.apps.library import services
from congso.apps.library.models import Card, Copy, ImportRun
from congso.apps.library.services.marc import NotMarc, read_marc, read_marcxml
from congso.apps.library.services.tables import columns_of, read_table
from congso.apps.library.tests.factories import catalogued, collection, shelved, stream, who
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.services import Progress
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db


def taken_in(world, content: bytes, name: str = "a.csv") -> ImportRun:
    """The file's records taken in."""
    kept = collection(world)
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        run = services.start_import(stream(content), name=name, collection=kept, **who(world, "clerk"))
    for _twice in range(2):
        services.carry_on(Progress(run.job_id, clerk), run_id=run.pk)
    with acting_as(clerk):
        run.refresh_from_db()
    return run


def test_a_catalogue_goes_out_as_marc_and_comes_back_the_same(world, signed_in) -> None:
    work = catalogued(world, subtitle="Tập 1", isbn="9780306406157", summary="Về bản làng.")
    shelved(world, work)
    clerk = signed_in("clerk")
    whole = clerk.get(reverse("library:export", args=["mrc"])).content
    xml = clerk.get(reverse("library:export", args=["xml"])).content
    assert len(list(MARCReader(io.BytesIO(whole)))) == 1
    (one,), (other,) = read_marc(whole), read_marcxml(xml)
    assert one.facts == other.facts
    assert one.facts is not None
    assert (one.facts.title, one.facts.subtitle, one.facts.isbn) == ("Lịch sử bản làng", "Tập 1", "9780306406157")
    assert (one.facts.contributions, one.facts.headings) == ((("Nguyễn Văn Mẫu", "aut"),), ("Lịch sử địa phương",))
    assert one.numbers == ("TV000001",)
    table = clerk.get(reverse("library:export", args=["csv"])).content.decode("utf-8-sig")
    assert "Nguyễn Văn Mẫu" in table
    run = taken_in(world, whole.replace(b"TV000001", b"TV000009"), "a.mrc")
    assert (run.kind, run.total, run.done, run.made, run.refusals) == ("marc", 1, 1, 1, [])
    with acting_as(Actor.person(world.clerk)):
        assert Card.objects.count() == 1  # the ISBN was known: its copy joined the work
        assert Copy.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><collection>&b;</collection>',
        b'<!DOCTYPE c SYSTEM "file:///etc/passwd"><collection/>',
        b"<collection><record>",
        b"<collection/>",
        b"\xff\xfe<x>",
    ],
)
def test_hostile_xml_is_refused(content: bytes) -> None:
    with pytest.raises(NotMarc):
        list(read_marcxml(content))


def test_a_broken_record_is_refused_and_the_file_as_a_whole_only_when_it_is_none(world) -> None:
    with pytest.raises(NotMarc):
        list(read_marc(b"hello"))
    entries = list(read_marc(b"00060nam a2200037 a 4500245000700000\x1e\x1fax\x1e\x1d"))
    assert all(one.facts is None and one.refusal for one in entries)
    for wrong in (b"", b"   ", b"\0\0\0", b"<a><!ENTITY"):
        with pytest.raises(Refused):
            taken_in(world, wrong)


def test_a_table_is_mapped_by_its_heads_and_refuses_line_by_line(world) -> None:
    rows = (
        "Tên sách;Tác giả;Năm XB;ISBN;Số ĐKCB\nA;Lê A; Trần B;2020;;X1\nB;;hai;;\nC;;;9780306406158;\n;;;;\nD;;;;X1\n"
    )
    content = rows.replace("Lê A; Trần B", '"Lê A; Trần B"').encode()
    run = taken_in(world, content)
    assert (run.total, run.made) == (4, 1)
    assert [(place, why.split(":")[0][:20]) for place, _title, why in run.refusals] == [
        (3, "Năm xuất bản “hai” k"), (4, "ISBN 9780306406158 s"), (6, "Số đã có trong sổ"),
    ]  # fmt: skip
    with acting_as(Actor.person(world.clerk)):
        assert [one.author.name for one in Card.objects.get().contributions.all()] == ["Lê A", "Trần B"]


def test_a_bare_list_of_numbers_needs_no_heads() -> None:
    told = list(read_table([["0-306-40615-2"], ["9780306406157"], ["xyz"]], {}))
    assert [bool(one.facts) for one in told] == [True, True, False]
    assert columns_of(["Nhan đề", "NXB"]) == {"title": 0, "publisher": 1}
