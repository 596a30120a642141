"""Pages made to hurt: reading their layout ends in a layout or a refusal, within the limits."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import Zone, read_layout, read_zones
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.tests import papers
from congso.lib.layout import Layout, Place

LIMITS = Limits(seconds_per_file=20, memory_bytes=2**30)
LONGEST = 40.0  # a loaded machine starts children slowly
_FONT = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
Lay = Callable[[bytes], Layout | str]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    def run(data: bytes) -> Layout | str:
        path, work = tmp_path / "paper.pdf", tmp_path / "work"
        path.write_bytes(data)
        work.mkdir(exist_ok=True)
        begun = time.monotonic()
        try:
            return read_layout(path, FileKind.PDF, limits=LIMITS, work=work)
        except Refused as refused:
            return refused.code
        finally:
            assert time.monotonic() - begun < LONGEST

    return run


def drawn(content: bytes, *, box: tuple[float, ...] = (0, 0, 595, 842), **resources: object) -> bytes:
    """A PDF of one page with this content."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.MediaBox = list(box)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_FONT), **resources)
        page.Contents = pdf.make_stream(content)
        pdf.save(out)
    return out.getvalue()


def words(layout: Layout | str) -> list[str]:
    assert isinstance(layout, Layout)
    return [word.text for page in layout.pages for line in page.lines for word in line.words]


def test_a_page_as_large_as_a_field_is_laid_out(lay: Lay) -> None:
    huge = drawn(b"BT /F 14 Tf 100 100 Td (Trang) Tj ET", box=(0, 0, 1e7, 1e7))
    assert words(lay(huge)) in (["Trang"], [])


@pytest.mark.parametrize("box", [(0, 0, 0, 0), (0, 0, -5, -5), (1e30, 1e30, 1e31, 1e31), (0, 0, 1e-9, 1e-9)])
def test_a_page_of_no_size_does_no_harm(lay: Lay, box: tuple[float, ...]) -> None:
    assert lay(drawn(b"BT /F 14 Tf 100 100 Td (Trang) Tj ET", box=box))


def test_a_drawing_of_half_a_million_strokes_gives_its_words_and_no_table(lay: Lay) -> None:
    strokes = b"".join(b"%d 0 m %d 800 l S\n" % (x % 595, x % 595) for x in range(500_000))
    layout = lay(drawn(strokes + b"BT /F 14 Tf 100 100 Td (Trang) Tj ET"))
    assert layout in ("too_heavy", "too_slow") or words(layout) == ["Trang"]


def test_forms_within_forms_within_forms_end(lay: Lay) -> None:
    """Each draws the next ten times: ten to the power of twelve words."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        inner = pdf.make_stream(b"BT /F 9 Tf 9 9 Td (x) Tj ET")
        inner.Type, inner.Subtype, inner.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
        inner.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_FONT))
        for _ in range(12):
            outer = pdf.make_stream(b"/X Do " * 10)
            outer.Type, outer.Subtype, outer.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
            inner = outer
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        page.Contents = pdf.make_stream(b"/X Do")
        pdf.save(out)
    assert lay(out.getvalue()) in ("too_heavy", "too_slow", "damaged") or isinstance(lay(out.getvalue()), Layout)


def test_letters_smaller_than_a_point_and_larger_than_the_page_are_words_like_others(lay: Lay) -> None:
    content = b"BT /F 0.01 Tf 100 100 Td (mot) Tj ET BT /F 9000 Tf 10 10 Td (hai) Tj ET BT /F 12 Tf 9 9 Td (ba) Tj ET"
    assert "ba" in words(lay(drawn(content)))


def test_a_hundred_thousand_words_at_one_place_are_not_kept(lay: Lay) -> None:
    content = b"BT /F 9 Tf 100 100 Td " + b"(x) Tj 0 0 Td (y) Tj " * 50_000 + b"ET"
    layout = lay(drawn(content))
    assert layout == "too_slow" or len(words(layout)) < 10_000


def test_zones_of_a_huge_page_or_beyond_it_are_read_small_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(b"", box=(0, 0, 14_400, 14_400)))
    assert read_zones(path, [Zone(Place(1)), Zone(Place(9))], limits=LIMITS, work=tmp_path) == ((), ())


def test_what_is_no_pdf_is_refused(lay: Lay) -> None:
    assert lay(b"%PDF-1.7 nothing else") == "truncated"
    assert lay(papers.locked(papers.pdf())) == "encrypted"
