"""The ĐẾN stamp lands on free paper of a copy; pages are drawn for the screen."""

import io
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.preview import draw_page, nearest_width
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.reading.stamp import ArrivalStamp, put_stamp
from congso.kernel.files.reading.stamp_drawing import HEIGHT, WIDTH, free_place
from congso.kernel.files.tests import papers

STAMP = ArrivalStamp("Văn phòng Tỉnh ủy", "1024", datetime(2026, 11, 24, 8, 5), "Phòng Tổng hợp")  # noqa: DTZ001


def stamped(data: bytes, work: Path) -> bytes:
    source, into = work / "in.pdf", work / "out.pdf"
    source.write_bytes(data)
    put_stamp(source, STAMP, into=into, limits=Limits(), work=work)
    assert source.read_bytes() == data
    return into.read_bytes()


def test_the_stamp_says_what_offices_stamp(tmp_path: Path) -> None:
    made = pypdfium2.PdfDocument(stamped(papers.pdf(pages=2), tmp_path))
    first, second = (page.get_textpage().get_text_range() for page in made)
    assert "Đ Ế N" in first or "ĐẾN" in first
    for words in ("VĂN PHÒNG TỈNH ỦY", "Số: 1024", "Ngày: 24/11/2026", "Giờ: 08:05", "Chuyển: Phòng Tổng hợp"):
        assert words in first
    assert "Số 16-KH/TU" in first
    assert "1024" not in second


def test_the_stamp_covers_no_words(tmp_path: Path) -> None:
    before = papers.pictures(papers.pdf(), dpi=72, mode="L")[0]
    after = papers.pictures(stamped(papers.pdf(), tmp_path), dpi=72, mode="L")[0]
    left, top, scale = free_place(before, before.width, before.height)
    box = tuple(round(side) for side in (left, top, left + WIDTH * scale, top + HEIGHT * scale))
    assert before.crop(box).getextrema()[0] > 150
    assert after.crop(box).getextrema()[0] < 150


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_stamp_stands_upright_on_a_turned_page(tmp_path: Path, turn: int) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as document:
        document.pages[0].Rotate = turn
        document.save(out)
    made = pypdfium2.PdfDocument(stamped(out.getvalue(), tmp_path))
    picture = made[0].render(scale=2).to_pil()
    reds = _reds(picture)
    wide, high = (max(c[i] for c in reds) - min(c[i] for c in reds) for i in (0, 1))
    assert wide / high == pytest.approx(WIDTH / HEIGHT, rel=0.05)


def _reds(picture: Image.Image) -> list[tuple[int, int]]:
    rgb = picture.convert("RGB")
    width = rgb.width
    return [
        (index % width, index // width)
        for index, (red, green, blue) in enumerate(rgb.get_flattened_data())
        if red > 120 and green < 90 and blue < 90
    ]


def test_a_full_page_is_stamped_all_the_same(tmp_path: Path) -> None:
    full = papers.encoded(Image.effect_noise((827, 1169), 200).convert("RGB"), "PDF", resolution=100)
    assert b"%PDF" in stamped(full, tmp_path)[:10]


def test_a_page_is_drawn_at_the_width_asked(tmp_path: Path) -> None:
    source, into = tmp_path / "a.pdf", tmp_path / "page.webp"
    source.write_bytes(papers.pdf(pages=2))
    draw_page(source, 2, width=700, into=into, limits=Limits(), work=tmp_path)
    assert Image.open(into).width == nearest_width(700) == 800


def test_a_page_that_is_not_there_is_an_index_error(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(papers.pdf())
    with pytest.raises(IndexError):
        draw_page(source, 9, width=240, into=tmp_path / "x.webp", limits=Limits(), work=tmp_path)


def test_a_page_of_absurd_shape_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(3, 14_400))
        document.save(out)
    source = tmp_path / "a.pdf"
    source.write_bytes(out.getvalue())
    with pytest.raises(Refused) as refused:
        draw_page(source, 1, width=2400, into=tmp_path / "x.webp", limits=Limits(page_pixels=10**6), work=tmp_path)
    assert refused.value.code is Reason.TOO_MANY_PIXELS
