"""Pictures of pages for the screen, drawn in a guarded child, never in the web process."""

from pathlib import Path

from congso.kernel.files.reading.isolation import run_task, silent
from congso.kernel.files.reading.limits import Limits

WIDTHS = (240, 480, 800, 1200, 1600, 2400)


def nearest_width(asked: int) -> int:
    """The smallest width drawn that is not below the one asked: few pictures are kept of each page."""
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])


def draw_page(pdf: Path, page: int, *, width: int, into: Path, limits: Limits, work: Path) -> None:
    """Draw a page (from 1) of a stored PDF as WebP.

    Raises Refused when the page cannot be drawn, IndexError when there is no such page.
    """
    arguments = {"path": str(pdf), "page": page, "width": nearest_width(width), "into": str(into)}
    drawn = run_task("draw_page", arguments, limits=limits, work=work, on_progress=silent)
    if not drawn:
        raise IndexError(page)
