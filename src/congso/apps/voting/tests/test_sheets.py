"""Strike-out sheets: printed, filled in by many hands, scanned crookedly, read in two ways, doubts left to people.

Long form (`make faults`): a count of the size of a province's congress, 348 sheets of a list of 60 names for 55 seats.
"""

import io
import os
import time
from collections import Counter

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from congso.apps.voting import services
from congso.apps.voting.models import Count, SheetDoubt, SheetPage, SheetSet
from congso.apps.voting.queries import counter_of, sheets_of, tally_of_sheets
from congso.apps.voting.services.sheets import PURPOSE
from congso.apps.voting.sheets import layout, marks, printing
from congso.apps.voting.sheets.marks import Seen
from congso.apps.voting.tests import pens
from congso.apps.voting.tests.factories import NOW, as_one, do, prepare, see
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Upload
from congso.kernel.files.services import receive_upload
from congso.kernel.jobs.services import run_job
from congso.kernel.workflow.services import Refused

LONG = bool(os.environ.get("FAULTS"))
SHEETS = 348 if LONG else 10
MOST_SECONDS = 300  # for two independent counts of 348 sheets, on one core
SEATS = 55
FAMILIES, MIDDLES, GIVEN = (
    ("Nguyễn Thị", "Trần Văn", "Lê", "Phạm Đức", "Hoàng Minh", "Vũ"),
    ("Thị", "Quang"),
    "An Bình Cường Dũng Hà",
)
NAMES = [f"{one} {two} {three}" for one in FAMILIES for two in MIDDLES for three in GIVEN.split()]
TRIO = ("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc")


def drawn(pdf: bytes) -> list[pens.Picture]:
    """The pages of a PDF as a scanner of 200 dpi sees clean paper."""
    return [page.render(scale=marks.DPI / 72).to_numpy() for page in pypdfium2.PdfDocument(pdf)]


def some_marks(chance: np.random.Generator, names: int) -> dict[int, str]:
    """A tenth struck out clearly, a few doubtfully."""
    found = {}
    for place in range(names):
        drawn_lot = chance.random()
        if drawn_lot < 0.1:
            found[place] = pens.CLEAR[int(chance.integers(len(pens.CLEAR)))]
        elif drawn_lot < 0.12:
            found[place] = pens.DOUBTFUL[int(chance.integers(len(pens.DOUBTFUL)))]
    return found


@pytest.mark.faults
@pytest.mark.timeout(3_600 if LONG else 120)
def test_clear_marks_are_never_read_wrongly_and_doubtful_ones_go_to_people():
    form = printing.Form(12, "Đảng bộ tỉnh", "Bầu Ban Chấp hành Đảng bộ tỉnh", SEATS, NAMES)
    rooms, chance = layout.places(len(NAMES)), np.random.default_rng(20_251_005)
    assert layout.pages_of(len(NAMES)) == 1
    reference = [marks.reference(page) for page in drawn(printing.blank_form(form))]
    widths, told = marks.name_widths(reference[0], rooms), Counter()
    paper = drawn(printing.print_sheets(form, [f"{1:016x}"]))[0]  # every hand fills in the same one
    spent = 0.0
    for _sheet in range(SHEETS):
        truth = some_marks(chance, len(NAMES))
        scanned = pens.scan(pens.fill_in(paper, rooms, widths, truth, pens.a_hand(chance)), chance)
        began = time.process_time()
        found = marks.read_page(scanned, reference, rooms)
        spent += time.process_time() - began
        assert (found.problem, layout.read_code(found.text)) == ("", (12, f"{1:016x}", 0))
        told["stray"] += found.has_stray_ink
        for place, (first, second) in enumerate(zip(found.first, found.second, strict=True)):
            seen = first if first is second else Seen.UNSURE
            mark = truth.get(place, "none")
            told["clear" if mark in pens.CLEAR else "doubtful" if mark in pens.DOUBTFUL else "none", seen] += 1
    assert told["clear", Seen.KEPT] == told["none", Seen.STRUCK] == 0, told
    assert told["doubtful", Seen.KEPT] == told["doubtful", Seen.STRUCK] == 0, told
    # People are not asked about everything: of clear marks and untouched names few are doubtful.
    assert told["clear", Seen.UNSURE] <= 0.08 * told["clear", Seen.STRUCK] + 2, told
    assert told["none", Seen.UNSURE] <= 0.005 * told["none", Seen.KEPT] + 1, told
    assert told["stray"] <= 0.05 * SHEETS + 1
    assert spent * 348 / SHEETS < MOST_SECONDS / 2, f"{spent / SHEETS:.3f} s a page"


def test_a_damaged_a_foreign_and_a_written_on_sheet_are_set_aside():
    form = printing.Form(12, "Đảng bộ", "Bầu", 2, TRIO)
    rooms, chance = layout.places(3), np.random.default_rng(3)
    reference = [marks.reference(page) for page in drawn(printing.blank_form(form))]
    page = drawn(printing.print_sheets(form, ["a" * 16]))[0]
    torn = page.copy()
    torn[:500, :700] = 255
    assert "thiếu góc" in marks.read_page(pens.scan(torn, chance), reference, rooms).problem
    assert "không có mã" in marks.read_page(np.full_like(page, 255), reference, rooms).problem
    written = page.copy()
    cv2.putText(written, "Nguyen Van A", (300, 1900), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, (120, 20, 20), 4)
    assert marks.read_page(pens.scan(written, chance), reference, rooms).has_stray_ink
    clean = marks.read_page(pens.scan(page, chance), reference, rooms)
    assert (clean.problem, clean.has_stray_ink, clean.first) == ("", False, [Seen.KEPT] * 3)


def test_the_list_fits_its_pages():
    for names in (1, 2, 29, 30, 31, 60, 61, 128, 200):
        rooms = layout.places(names)
        assert len(set(rooms)) == names
        assert all(room.top + room.height <= layout.BOTTOM + 0.01 and room.left + room.width <= 200 for room in rooms)


@pytest.mark.django_db
def test_printed_scanned_decided_and_counted(world, clock, signed_in):
    made = prepare(
        world, rule="bau-tai-hoi-nghi", subject="list", method="paper", seats=2, is_personnel=True, names=TRIO,
        is_poll_recorded=True,
    )  # fmt: skip
    clerk, base = signed_in("clerk"), f"/bieu-quyet/{made.pk}/"
    assert clerk.get(f"{base}in-phieu/").status_code == 200
    assert clerk.post(f"{base}in-phieu/", {"number": "9999"}).status_code == 422
    pdf = clerk.post(f"{base}in-phieu/", {"number": "4"}).content
    with pytest.raises(Refused, match="từ 1 đến"):
        do(world, "clerk", services.print_ballots, see(world, "clerk", made), 0)
    do(world, "clerk", services.open_ballot, see(world, "clerk", made))
    do(world, "clerk", services.close_ballot, see(world, "clerk", made))
    upload = send(world, "specialist", made, filled_in(pdf))
    assert upload.state == "ready", upload.message
    ballot = see(world, "specialist", made)
    with as_one(world, "specialist"):
        own = counter_of(ballot, world.specialist)
        assert SheetPage.objects.filter(counter=own).count() == 6
        assert sheets_of(ballot, own).undecided == 2  # half a stroke, and a page that is no ballot
        half, foreign = SheetDoubt.objects.filter(decision="").order_by("place")
    with as_one(world, "agency_specialist"):  # she counts for herself and sees nothing of this
        assert not SheetPage.objects.exists()
        assert SheetSet.objects.exists()
    with pytest.raises(Refused, match="một trong các kết luận"):
        do(world, "specialist", services.decide_doubt, ballot, half.pk, "foreign")
    counter, address = signed_in("specialist"), f"{base}phieu-quet/"
    assert "Ảnh chỗ cần xem" in counter.get(address).content.decode()
    assert counter.post(address, {"issued": "5"}).status_code == 422
    assert counter.post(address, {"doubt": "x", "decision": "struck"}).status_code == 422
    for doubt, decision in ((half, "struck"), (foreign, "foreign")):
        assert counter.post(address, {"doubt": doubt.pk, "decision": decision}).status_code == 302
    with as_one(world, "specialist"):
        scanned = sheets_of(ballot, own)
        tally = tally_of_sheets(ballot, scanned, issued=5)
    assert (scanned.undecided, scanned.incomplete, len(scanned.sheets)) == (0, [], 5)
    assert (tally.collected, tally.valid, list(tally.votes)) == (5, 3, [2, 3, 1])
    assert tally.invalid_why == {"bầu nhiều hơn số lượng quy định": 1, "không do ban kiểm phiếu phát ra": 1}
    assert counter.post(address, {"issued": "5"}).status_code == 302
    with as_one(world, "specialist"):
        assert Count.objects.get().figures["votes"] == [2, 3, 1]


def filled_in(pdf: bytes) -> bytes:
    """Four sheets: one name struck, another struck, one half struck, none; one of them scanned twice; an empty page."""
    pages, chance = drawn(pdf), np.random.default_rng(5)
    rooms = layout.places(3)
    widths = [35.0, 35.0, 35.0]
    hand = pens.Hand(pens.PENS[0], 3, chance)
    marked = [
        pens.fill_in(page, rooms, widths, mark, hand)
        for page, mark in zip(pages, ({2: "line"}, {0: "wavy"}, {2: "half"}, {}), strict=True)
    ]
    pictures = [Image.fromarray(page[:, :, ::-1]) for page in [*marked, marked[0], np.full_like(pages[0], 255)]]
    held = io.BytesIO()
    pictures[0].save(held, "PDF", save_all=True, append_images=pictures[1:], resolution=marks.DPI)
    return held.getvalue()


def send(world, who: str, ballot, data: bytes) -> Upload:
    """A scan sent and read, as the upload page does it."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        upload = receive_upload(
            [data], name="phieu.pdf", organization=ballot.owner, purpose=PURPOSE, by=actor, at=NOW,
            details={"ballot": ballot.pk},
        )  # fmt: skip
    run_job(upload.job_id, actor)
    with acting_as(actor):
        return Upload.objects.get(pk=upload.pk)
