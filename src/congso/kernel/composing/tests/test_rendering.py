"""Papers printed, their places found: by anchors, by words, after a trip through LibreOffice."""

import pytest

from congso.kernel.composing.rendering import places_in, to_pdf
from congso.kernel.composing.templates import make_docx
from congso.kernel.composing.tests import samples


@pytest.fixture(scope="module")
def plan() -> bytes:
    return to_pdf(make_docx(samples.PLAN))


def test_the_places_of_a_plan_are_found(plan: bytes) -> None:
    places = places_in(plan)
    assert {blank.name for blank in places.blanks} == {"number", "day", "month", "year"}
    assert places.missing == ()
    [one] = places.signatures
    assert (one.key, one.page) == ("1", places.pages - 1)
    assert one.seal is not None
    left, _low, right, _high = one.signature
    # The seal covers the left third of the signature.
    assert one.seal[2] == pytest.approx(left + (right - left) / 3, abs=0.1)
    assert one.seal[0] < left
