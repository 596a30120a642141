"""Square codes of separator sheets on a page's picture."""

import zxingcpp
from PIL import Image

_WIDTH = 1_000  # a separator's code is large: a small picture shows it, and is looked through in milliseconds


def codes_on(page: Image.Image) -> list[str]:
    """The texts of all QR codes on the page, whichever way it lies."""
    small = page.convert("L")
    if small.width > _WIDTH:
        small = small.resize((_WIDTH, max(1, round(small.height * _WIDTH / small.width))))
    found = zxingcpp.read_barcodes(small, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [code.text[:200] for code in found if code.valid]
