"""A checkpoint on paper: figures people can compare by eye, and as a square code a phone reads."""

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def grouped(digest: str) -> str:
    """A digest in groups of four, as it is read aloud and compared: `9F86 D081 …`."""
    upper = digest.upper()
    return " ".join(upper[place : place + 4] for place in range(0, len(upper), 4))


def square_code(text: str) -> bytes:
    """The text as a QR code, SVG."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, image_factory=SvgPathImage)
    code.add_data(text)
    code.make(fit=True)
    held = io.BytesIO()
    code.make_image().save(held)
    return held.getvalue()
