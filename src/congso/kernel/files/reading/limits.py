"""How much of the machine one file may take. The installation sets them; the defaults suit a 4 GB server."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one reading; exceeding one refuses the file, never harms the service."""

    bytes: int = 200 * 2**20
    pages: int = 2_000
    page_pixels: int = 150_000_000  # A3 at 600 dpi is 70 million
    unzipped_bytes: int = 500 * 2**20
    unzipped_ratio: int = 200
    zip_entries: int = 10_000
    text_per_page: int = 100_000
    text_per_file: int = 10_000_000
    words_per_file: int = 1_000_000  # of which the place on the page is kept
    memory_bytes: int = 2 * 2**30
    seconds_per_file: float = 300.0  # opening, text, conversion by LibreOffice: each step
    seconds_per_page: float = 90.0  # recognising one page
    ocr_jobs: int = 1

    def seconds_for_ocr(self, pages: int) -> float:
        """Recognition of so many pages, including the start of the tools; a page takes about 2 s a core."""
        return self.seconds_per_page + 30.0 * pages
