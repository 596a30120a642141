"""Issued papers measured against the rules (docs/official-form.md). `SCREENSHOTS=1` draws the pictures of that page."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from congso.kernel.composing.contents import Marks
from congso.kernel.composing.tests import samples
from congso.kernel.composing.tests.issued import issued, prepared
from congso.kernel.composing.tests.measuring import Measured, lines, rules
from congso.kernel.signing.testing import TrustWorld, trust_world
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict

DAY = date(2026, 2, 5)
IMAGES = Path(__file__).resolve().parents[5] / "docs/images"
PARTY = replace(samples.PLAN, body=(*samples.PLAN.body, *samples.body(2)))
STATE = replace(samples.FRONT_REPORT, marks=Marks())
NEAR = 0.5  # millimetres


@pytest.fixture(scope="module")
def world() -> Iterator[TrustWorld]:
    with trust_world() as trusted:
        yield trusted


@pytest.fixture(scope="module")
def party(world: TrustWorld) -> bytes:
    return issued(PARTY, world, number="16", day=DAY)


@pytest.fixture(scope="module")
def state(world: TrustWorld) -> bytes:
    return issued(STATE, world, number="07", day=DAY)


def one(found: list[Measured], beginning: str) -> Measured:
    return next(line for line in found if line.text.startswith(beginning))


def test_an_issued_paper_is_valid(party: bytes, state: bytes, world: TrustWorld) -> None:
    for pdf in (party, state):
        assert judge(pdf, world.trust, at=datetime.now(UTC))["verdict"] == Verdict.VALID


def test_the_partys_margins(party: bytes) -> None:
    _check_margins(lines(party))


def test_the_states_margins(state: bytes) -> None:
    _check_margins(lines(state))


def _check_margins(found: list[Measured]) -> None:
    """Top 20, bottom 20, left 30, right 15 mm."""
    number = {line for line in found if line.text.isdigit() and line.top < 20}
    text = [line for line in found if line not in number]
    assert min(line.left for line in text) == pytest.approx(30, abs=NEAR)
    full = [line for line in text if line.right - line.left > 150]
    assert max(line.right for line in full) == pytest.approx(195, abs=NEAR)
    first_page = [line for line in text if line.page == 1]
    assert min(line.top for line in first_page) == pytest.approx(20, abs=1.5)
    assert max(line.bottom for line in text) <= 277 + NEAR


@pytest.mark.parametrize("name", ["party", "state"])
def test_page_numbers_stand_at_the_top_from_page_two(name: str, request: pytest.FixtureRequest) -> None:
    found = lines(request.getfixturevalue(name))
    pages = max(line.page for line in found)
    numbers = {line.page: line for line in found if line.text.isdigit() and line.top < 20}
    assert pages > 1
    assert set(numbers) == set(range(2, pages + 1))
    for page, line in numbers.items():
        assert line.text == str(page)
        assert line.sizes == {14}
        assert line.middle == pytest.approx((30 + 195) / 2, abs=NEAR)
        assert line.top == pytest.approx(10, abs=1.5)


def test_the_partys_letters(party: bytes) -> None:
    found = lines(party)
    assert {font.split("+")[-1].split("-")[0] for line in found for font in line.fonts} == {"Tinos"}
    for beginning, size, bold, italic in (
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False), ("ĐẢNG BỘ TỈNH LÀO CAI", 14, False, False),
        ("TỈNH ỦY LÀO CAI", 14, True, False), ("Số", 14, False, False), ("Lào Cai, ngày", 14, False, True),
        ("KẾ HOẠCH", 16, True, False), ("thực hiện chuyển đổi số", 15, True, False), ("I- MỤC ĐÍCH", 14, True, False),
        ("Các cấp ủy", 14, False, False), ("T/M BAN THƯỜNG VỤ", 14, True, False), ("PHÓ BÍ THƯ", 14, False, False),
        ("Nguyễn Văn An", 14, True, False), ("Nơi nhận:", 14, False, False), ("- Văn phòng Trung", 12, False, False),
    ):  # fmt: skip
        line = one(found, beginning)
        assert (line.sizes, line.is_bold, line.is_italic) == ({size}, bold, italic), beginning


def test_the_states_letters(state: bytes) -> None:
    found = lines(state)
    for beginning, size, bold, italic in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False), ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
        ("ỦY BAN MẶT TRẬN", 13, True, False), ("Lào Cai, ngày", 14, False, True), ("BÁO CÁO", 14, True, False),
        ("kết quả công tác", 14, True, False), ("TM. BAN THƯỜNG TRỰC", 14, True, False),
        ("PHÓ CHỦ TỊCH", 14, True, False),
        ("Trần Thị Bình", 14, True, False), ("Nơi nhận:", 12, True, True), ("- Ban Thường trực", 11, False, False),
    ):  # fmt: skip
        line = one(found, beginning)
        assert (line.sizes, line.is_bold, line.is_italic) == ({size}, bold, italic), beginning


@pytest.mark.parametrize(("name", "above"), [("party", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("state", "Độc lập - Tự do")])
def test_the_rule_below_the_header_is_as_long_as_its_words(
    name: str, above: str, request: pytest.FixtureRequest
) -> None:
    pdf = request.getfixturevalue(name)
    line = one(lines(pdf), above)
    rule = min(
        (rule for rule in rules(pdf) if rule.page == 1 and rule.top > line.top + 2 and rule.left > 90),
        key=lambda rule: rule.top,
    )
    assert rule.top - line.bottom < 3
    assert (rule.left, rule.right) == pytest.approx((line.left, line.right), abs=1.0)


def test_head_and_signature_stand_in_their_columns(party: bytes) -> None:
    found = lines(party)
    header, issuer, date_line = one(found, "ĐẢNG CỘNG SẢN"), one(found, "TỈNH ỦY LÀO CAI"), one(found, "Lào Cai, ngày")
    assert issuer.middle < 105 < header.middle
    assert header.bottom < date_line.top
    authority, name = one(found, "T/M BAN THƯỜNG VỤ"), one(found, "Nguyễn Văn An")
    assert authority.middle == pytest.approx(name.middle, abs=1)
    assert name.top - authority.bottom > 20
    label = one(found, "Nơi nhận:")
    assert label.left == pytest.approx(30, abs=NEAR)
    assert label.top == pytest.approx(authority.top, abs=2)


def test_body_lines_are_twenty_points_apart_and_indented(party: bytes) -> None:
    found = [line for line in lines(party) if line.page == 1]
    begins = [line for line in found if line.text.startswith("Các cấp ủy")]
    assert {round(line.left) for line in begins} == {40}
    at = found.index(begins[0])
    gaps = [
        round((below.top - above.top) / 25.4 * 72)
        for above, below in zip(found[at : at + 3], found[at + 1 : at + 3], strict=False)
    ]
    assert gaps == [20, 20]


def test_number_and_date_stand_in_their_line(party: bytes) -> None:
    """Drawn into the blanks: their base line is that of the words beside them."""
    document = pypdfium2.PdfDocument(party)
    document.init_forms()
    page = document[0]
    before = page.get_textpage().get_text_range()
    assert "16" not in before.split("KẾ HOẠCH")[0]
    with pikepdf.open(BytesIO(party)) as opened:
        values = {str(field.T): str(field.V) for field in opened.Root.AcroForm.Fields if field.get("/FT") == "/Tx"}
    assert {name: value.strip() for name, value in values.items()} == {"number": "16", "day": "05", "month": "02"}


def test_the_archive_kind_of_pdf() -> None:
    pdf, _places = prepared(PARTY)
    with pikepdf.open(BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert metadata.get("pdfaid:part") == "2"


@pytest.mark.skipif(not os.environ.get("SCREENSHOTS"), reason="draws the pictures of docs/official-form.md")
def test_pictures(party: bytes, state: bytes) -> None:
    for name, pdf in (("party", party), ("state", state)):
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()
        for number, page in enumerate(document, 1):
            picture = page.render(scale=1.35, may_draw_forms=True).to_pil().quantize(200)
            picture.save(IMAGES / f"official-{name}-{number}.png", optimize=True)
