"""Good files made bad: by chance, seeded, in the ways transport, disks and ill will spoil files."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import pikepdf
from PIL import Image

from congso.apps.documents.samples.catalogue import front_report, letter, state_decision
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.apps.documents.samples.word import docx

_NUMBER = re.compile(rb"(?<![\w#.])-?\d{1,6}(?:\.\d+)?")
_STRANGE = (b"0", b"-1", b"1e38", b"99999999999", b"-2147483648", b"0.0000001", b"NaN", b"null", b"<<", b"]", b"(")
_MOST_CHANGES = 30

Mutation = Callable[[bytes, Random], bytes]


def samples() -> dict[str, bytes]:
    """Small papers of every kind an office reads; PDFs also with their streams laid open, to be spoiled inside."""
    table, plain = pdf(front_report(3)), pdf(letter(3))
    picture, tiff, png = io.BytesIO(), io.BytesIO(), io.BytesIO()
    page = Image.effect_noise((300, 420), 60).convert("RGB")
    for out, kind in ((picture, "JPEG"), (tiff, "TIFF"), (png, "PNG")):
        page.save(out, kind)
    return {
        "bảng.pdf": table,
        "bảng mở.pdf": _laid_open(table),
        "công văn mở.pdf": _laid_open(plain),
        "bản quét.pdf": scanned_pdf(letter(5), 5, Scanner(dpi=100)),
        "công văn.docx": docx(letter(4)),
        "quyết định.docx": docx(state_decision(4)),
        "ảnh.jpg": picture.getvalue(),
        "ảnh.tiff": tiff.getvalue(),
        "ảnh.png": png.getvalue(),
        "ghi chú.txt": letter(6).text.encode(),
    }


def mutated(data: bytes, random: Random) -> bytes:
    """The file spoiled in one or several ways."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        data = random.choice(_WAYS)(data, random)
    return data


def _laid_open(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def _flip_bits(data: bytes, random: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(random.randint(1, _MOST_CHANGES)):
        if spoiled:
            spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def _cut_off(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _lose_a_piece(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randint(1, 2_000) :]


def _repeat_a_piece(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.randint(1, 500)]
    return data[:start] + piece * random.randint(2, 50) + data[start:]


def _blank_a_piece(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data) + 1), random.randint(1, 4_096)
    return data[:start] + bytes(len(data[start : start + length])) + data[start + length :]


def _strange_numbers(data: bytes, random: Random) -> bytes:
    found = [(one.start(), one.end()) for one in _NUMBER.finditer(data)]
    chosen = sorted(random.sample(found, min(len(found), random.randint(1, _MOST_CHANGES))))
    parts, end = [], 0
    for first, last in chosen:
        parts += [data[end:first], random.choice(_STRANGE)]
        end = last
    return b"".join([*parts, data[end:]])


def _inside_the_zip(data: bytes, random: Random) -> bytes:
    """A Word file spoiled within one of its parts, the container sound; other files by another way."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _strange_numbers(data, random)
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            spoiled = random.choice(old.namelist())
            for name in old.namelist():
                part = old.read(name)
                way = random.choice((_flip_bits, _lose_a_piece, _repeat_a_piece, _strange_numbers))
                new.writestr(name, way(part, random) if name == spoiled else part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return _flip_bits(data, random)  # spoiled before, it no longer opens
    return out.getvalue()


_WAYS: tuple[Mutation, ...] = (
    _flip_bits,
    _flip_bits,
    _cut_off,
    _lose_a_piece,
    _repeat_a_piece,
    _blank_a_piece,
    _strange_numbers,
    _strange_numbers,
    _inside_the_zip,
)
