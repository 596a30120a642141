"""E-mail files: what they hold, and hostile ones that end in a sentence."""

import random
from pathlib import Path

import pytest

from congso.kernel.files.reading.letters import DEEPEST
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.messages import MOST_ENCLOSED
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.tests.messages import eml, msg

PDF = b"%PDF-1.4 mau"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Read bytes as a file of that name; LibreOffice is left out, its part is not what is tested here."""
    monkeypatch.setattr("congso.kernel.files.reading.office.libreoffice", lambda: None)

    def read_bytes(content: bytes, name: str = "thu.eml", **limits: int) -> Reading:
        path, work = tmp_path / "thu", tmp_path / "work"
        path.write_bytes(content)
        work.mkdir(exist_ok=True)
        return read(path, name, limits=Limits(**limits), work=work)

    return read_bytes


def _parts(reading: Reading) -> list[tuple[str, bytes]]:
    assert reading.message
    return [(name, Path(path).read_bytes()) for name, path in reading.message.parts]


def _outcome(opened, content: bytes) -> str:
    """The words of the reading, or of the refusal."""
    try:
        return "".join(opened(content, "thu.msg").page_texts) or "không có chữ"
    except Refused as refused:
        return refused.message_vi


FILES = [("Công văn số 21.pdf", PDF, "application/pdf"), ("Phụ lục.docx", b"PK", "application/octet-stream")]


def test_a_message_gives_its_cover_and_its_files(opened):
    reading = opened(eml(files=FILES))
    assert reading.message.subject == "Gửi công văn về rà soát biên chế"
    assert reading.message.sender == "Văn thư Ban Tổ chức <vanthu@btc.example>"
    assert _parts(reading) == [("Công văn số 21.pdf", PDF), ("Phụ lục.docx", b"PK")]
    (cover,) = reading.page_texts
    for words in ("Chủ đề: Gửi công văn", "Ngày gửi: 23/11/2026 08:00", "Ban Tổ chức gửi kèm", "Phụ lục.docx"):
        assert words in cover
    assert reading.media_type == "text/plain"
    assert reading.kept_path.read_text() == cover


def test_an_outlook_file_gives_the_same(opened):
    reading = opened(msg(files=[("Công văn số 21.pdf", PDF * 1000, "application/pdf")]), "thu.msg")
    assert (reading.message.subject, reading.message.sender) == ("Gửi công văn", "Văn thư <vanthu@btc.example>")
    assert _parts(reading) == [("Công văn số 21.pdf", PDF * 1000)]
    assert "Kính gửi Văn phòng." in reading.page_texts[0]


def test_a_message_in_a_message_gives_its_files_too(opened):
    inner = eml(subject="Thư gốc", files=FILES[:1])
    reading = opened(eml(files=FILES[1:], inner=inner))
    assert [name for name, _content in _parts(reading)] == ["Phụ lục.docx", "Công văn số 21.pdf"]
    assert "Chủ đề: Thư gốc" in reading.page_texts[0]


def test_messages_too_deep_in_each_other_are_refused(opened):
    message = eml()
    for _ in range(DEEPEST + 1):
        message = eml(inner=message)
    with pytest.raises(Refused, match="lồng trong thư"):
        opened(message)


@pytest.mark.parametrize("name", ["winmail.dat", "WINMAIL.DAT"])
def test_winmail_is_refused_with_what_to_ask_the_sender(opened, name):
    with pytest.raises(Refused, match=r"winmail\.dat của Outlook"):
        opened(eml(files=[(name, b"x\x9f\x3e\x22", "application/ms-tnef")]))


def test_too_many_and_too_heavy_files_are_refused(opened):
    many = [(f"{number}.pdf", PDF, "application/pdf") for number in range(MOST_ENCLOSED + 1)]
    with pytest.raises(Refused, match="51 tệp kèm"):
        opened(eml(files=many))
    with pytest.raises(Refused) as refused:
        opened(eml(files=[("a.pdf", PDF * 10_000, "application/pdf")]), bytes=100_000)
    assert refused.value.code == Reason.TOO_LARGE


def test_pictures_of_the_letterhead_invitations_and_signatures_are_no_papers(opened):
    message = eml(files=[("lich.ics", b"BEGIN", "text/calendar"), ("smime.p7s", b"x", "application/pkcs7-signature")])
    logo = b"Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline\r\n\r\nxx"
    boundary = message.split(b'boundary="', 1)[1].split(b'"', 1)[0]
    end = b"--" + boundary + b"--"
    reading = opened(message.replace(end, b"--" + boundary + b"\r\n" + logo + b"\r\n" + end))
    assert _parts(reading) == []


def test_a_secret_named_or_told_in_the_message_keeps_all_of_it_out(opened):
    reading = opened(eml(files=[("MẬT - Báo cáo.pdf", PDF, "application/pdf")]))
    assert (reading.mark is not None, reading.message, reading.page_texts) == (True, None, ())


def test_html_is_read_as_words_and_old_alphabets_are_understood(opened):
    html = (
        "Subject: =?iso-8859-1?q?Th=F4ng_b=E1o?=\nFrom: a@b.example\nDate: hôm qua\nMIME-Version: 1.0\n"
        'Content-Type: text/html; charset="khong-co"\n\n'
        "<html><head><style>p{}</style><script>x()</script></head><p>Kính gửi</p><div>Các đồng chí</div></html>"
    )
    reading = opened(html.encode())
    assert reading.message.subject == "Thông báo"
    assert reading.page_texts[0].endswith("Kính gửi\nCác đồng chí")


@pytest.mark.parametrize(
    "content",
    [
        b"From: a\nTo: b\nSubject: " + b"=?utf-8?b?" * 100_000 + b"\n\nx",
        b"From: a\nTo: b\nSubject: " + b"(" * 500_000 + b"\n\nx",
        b"From: a\nTo: b\nDate: " + b"1" * 5_000 + b"\nSubject: x\n\nx",
        b"From: a\nTo: b\nSubject: x\nContent-Type: multipart/mixed\n\nx",
        b'From: a\nTo: b\nSubject: x\nContent-Type: multipart/mixed; boundary="b"\n\n'
        + b'--b\nContent-Type: multipart/mixed; boundary="b"\n\n' * 3_000,
        b"From: a\nTo: b\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n\xff\xfe\x00!!!",
        b"From: a\nTo: b\nSubject: \xff\xfe\x00\nContent-Type: text/plain; charset=\xff\n\n\xff",
    ],
)
def test_hostile_messages_end_in_a_reading_or_a_sentence(opened, content):
    assert _outcome(opened, content)


@pytest.mark.parametrize("seed", range(12))
def test_broken_messages_end_in_a_reading_or_a_sentence(opened, seed):
    chance = random.Random(seed)  # noqa: S311 - the same mutations each time
    whole = bytearray(eml(files=FILES) if seed % 2 else msg(files=FILES))
    for _ in range(40):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    broken = bytes(whole[: chance.randrange(600, len(whole))] if seed % 3 == 0 else whole)
    assert _outcome(opened, broken)


def test_a_text_that_only_begins_like_a_letter_stays_a_text(opened):
    assert opened("From: đây là một ghi chú\nTo: không\n\nNội dung.".encode(), "ghi-chu.txt").message is None
