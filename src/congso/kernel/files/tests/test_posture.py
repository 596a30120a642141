"""How a scanned page lies is told without asking Tesseract; what is not sure is left to it."""

import pytest
from PIL import Image
from weasyprint import HTML

from congso.kernel.files.reading.posture import WIDTH, posture_of
from congso.kernel.files.tests import papers

_WORDS = [
    "tăng",
    "cường",
    "kiểm",
    "tra",
    "giám",
    "sát",
    "việc",
    "thực",
    "hiện",
    "nhiệm",
    "vụ",
    "được",
    "giao,",
    "phối",
    "hợp",
    "với",
    "Ủy",
    "ban",
    "Mặt",
    "trận",
    "Tổ",
    "quốc",
]


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """Twenty paragraphs, none like another."""
    texts = (" ".join(_WORDS[(n * k) % len(_WORDS)] for k in range(1, 28)) for n in range(1, 21))
    style = "<style>@page { size: A4; margin: 20mm } body { font: 14pt/20pt Tinos }</style>"
    (seen,) = papers.pictures(HTML(string=style + "".join(f"<p>{text}.</p>" for text in texts)).write_pdf(), 200)[:1]
    return seen.resize((WIDTH, round(WIDTH * seen.height / seen.width)))


@pytest.mark.parametrize("angle", [0, 0.7, -1.5, 3])
def test_the_skew_of_a_page_of_writing_is_measured(page: Image.Image, angle: float) -> None:
    lies = posture_of(page.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white"))
    assert lies.skew == pytest.approx(-angle, abs=0.15)
    assert lies.is_surely_upright


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_upside_down_or_sideways_is_not_surely_upright(page: Image.Image, turned: int) -> None:
    assert not posture_of(page.rotate(turned, expand=True)).is_surely_upright


def test_a_blank_page_and_a_picture_are_left_to_tesseract() -> None:
    blank, dark = Image.new("L", (WIDTH, 1200), 255), Image.radial_gradient("L").resize((WIDTH, 1200))
    assert not posture_of(blank).is_surely_upright
    assert not posture_of(dark).is_surely_upright
    assert posture_of(blank).skew == 0
