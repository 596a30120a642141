"""E-mail files (.eml, .msg) opened in the guarded child: who wrote what when, and the files that came with it.

The message itself becomes a cover text; its raw bytes are not kept, because a secret among the enclosures would be
kept with them. Every enclosed file is written to a folder and goes on through the gate by itself.
"""

from dataclasses import dataclass, field
from pathlib import Path

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.letters import Letter
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused

MOST_ENCLOSED = 50


@dataclass(frozen=True)
class OpenedMessage:
    """What the service hears of a message: its cover, and where its files were written, by name."""

    cover: str
    subject: str
    sender: str
    parts: list[tuple[str, str]] = field(default_factory=list)


def open_message(path: Path, kind: FileKind, limits: Limits, into: Path) -> OpenedMessage:
    """Open a message and write its files into the folder. Raises Refused."""
    letter = _letter(path, kind, limits)
    files = list(letter.all_enclosed())
    if len(files) > MOST_ENCLOSED:
        raise Refused(
            Reason.TOO_LARGE, f"Thư có {len(files)} tệp kèm, nhiều hơn mức cho phép ({MOST_ENCLOSED}). Hãy chia nhỏ."
        )
    into.mkdir(exist_ok=True)
    parts = []
    for number, one in enumerate(files):
        target = into / str(number)
        target.write_bytes(one.content)
        parts.append((one.name, str(target)))
    return OpenedMessage(_cover(letter), letter.subject, letter.sender, parts)


def _letter(path: Path, kind: FileKind, limits: Limits) -> Letter:
    # Each parser only where it is needed: half of the time this child opens no message.
    if kind is FileKind.MSG:
        from congso.kernel.files.reading.outlook import read_msg

        return read_msg(path, limits)
    from congso.kernel.files.reading.internet_mail import read_eml

    return read_eml(path, limits)


def _cover(letter: Letter, depth: int = 0) -> str:
    """The message as a page of text: the lines a clerk looks for, the body, what came with it."""
    lines = [
        "THƯ ĐIỆN TỬ" if depth == 0 else "THƯ KÈM THEO",
        f"Chủ đề: {letter.subject or '(không có)'}",
        f"Người gửi: {letter.sender or '(không rõ)'}",
        f"Người nhận: {letter.receivers}" if letter.receivers else "",
        f"Ngày gửi: {letter.sent:%d/%m/%Y %H:%M}" if letter.sent else "",
        "Tệp kèm: " + "; ".join(one.name for one in letter.enclosed) if letter.enclosed else "",
    ]
    return "\n".join(
        ["\n".join(line for line in lines if line), "", letter.body, *(_cover(one, depth + 1) for one in letter.inner)]
    ).strip()
