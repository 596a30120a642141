"""Messages for tests: made by the standard library, and an Outlook file written stream by stream."""

import struct
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

Files = Sequence[tuple[str, bytes, str]]


def eml(
    *,
    subject: str = "Gửi công văn về rà soát biên chế",
    sender: str = "Văn thư Ban Tổ chức <vanthu@btc.example>",
    body: str = "Kính gửi Văn phòng,\nBan Tổ chức gửi kèm công văn.",
    files: Files = (),
    inner: bytes = b"",
) -> bytes:
    """A message with files and, if given, another message in it."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, sender, "vanthu@vptu.example"
    message["Date"] = "Mon, 23 Nov 2026 08:00:00 +0700"
    message.set_content(body)
    for name, content, media_type in files:
        main, _slash, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    if inner:
        message.add_attachment(message_from_bytes(inner, policy=policy.default))
    return message.as_bytes()


def msg(*, subject: str = "Gửi công văn", body: str = "Kính gửi Văn phòng.", files: Files = ()) -> bytes:
    """An Outlook message with files."""
    streams = _strings("", {0x0037: subject, 0x1000: body, 0x0C1A: "Văn thư", 0x5D01: "vanthu@btc.example"})
    streams["__properties_version1.0"] = b"\0" * 32 + _entries([0x0037, 0x1000, 0x0C1A, 0x5D01])
    for number, (name, content, media_type) in enumerate(files):
        folder = f"__attach_version1.0_#{number:08X}/"
        streams |= _strings(folder, {0x3707: name, 0x370E: media_type})
        streams[f"{folder}__substg1.0_37010102"] = content
        entries = _entries([0x3707, 0x370E]) + struct.pack("<HHIII", 0x0102, 0x3701, 6, len(content), 0)
        streams[f"{folder}__properties_version1.0"] = b"\0" * 8 + entries
    return compound(streams)


def _strings(folder: str, values: dict[int, str]) -> dict[str, bytes]:
    return {f"{folder}__substg1.0_{pid:04X}001F": text.encode("utf-16-le") for pid, text in values.items()}


def _entries(pids: Sequence[int]) -> bytes:
    return b"".join(struct.pack("<HHIII", 0x001F, pid, 6, 0, 0) for pid in pids)


_SECTOR, _END, _FREE, _FAT, _NONE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB) of these streams, every stream in whole sectors, one level of folders."""
    # Entry: name, kind (5 root, 1 folder, 2 stream), child, next sibling, first sector, size.
    entries: list[list] = [["Root Entry", 5, _NONE, _NONE, _END, 0]]
    sectors: list[bytes] = []
    chain: list[int] = []
    folders: dict[str, int] = {"": 0}
    last: dict[int, int] = {}

    def enter(parent: int, entry: list) -> int:
        entries.append(entry)
        place = len(entries) - 1
        if parent in last:
            entries[last[parent]][3] = place
        else:
            entries[parent][2] = place
        last[parent] = place
        return place

    for path, data in streams.items():
        folder, _slash, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = enter(0, [folder, 1, _NONE, _NONE, _END, 0])
        padded = data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        first = len(sectors)
        count = len(padded) // _SECTOR
        sectors += [padded[at * _SECTOR : (at + 1) * _SECTOR] for at in range(count)]
        chain += [first + at + 1 for at in range(count - 1)] + [_END]
        enter(folders[folder], [name, 2, _NONE, _NONE, first, len(padded) if len(data) < 4096 else len(data)])
    return _assembled(entries, sectors, chain)


def _assembled(entries: list[list], sectors: list[bytes], chain: list[int]) -> bytes:
    table = b"".join(map(_entry, entries))
    table = table.ljust(-(-len(table) // _SECTOR) * _SECTOR, b"\0")
    directory = len(sectors)
    count = len(table) // _SECTOR
    sectors += [table[at * _SECTOR : (at + 1) * _SECTOR] for at in range(count)]
    chain += [directory + at + 1 for at in range(count - 1)] + [_END]
    fats = 1
    while (len(chain) + fats) * 4 > fats * _SECTOR:
        fats += 1
    first_fat = len(sectors)
    chain += [_FAT] * fats
    raw = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * _SECTOR, b"\xff")
    sectors += [raw[at * _SECTOR : (at + 1) * _SECTOR] for at in range(fats)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, directory, 0, 4096, _END, 0, _END, 0)
    difat = [first_fat + at for at in range(fats)] + [_FREE] * (109 - fats)
    return head + struct.pack("<109I", *difat) + b"".join(sectors)


def _entry(entry: list) -> bytes:
    name, kind, child, sibling, first, size = entry
    wide = name.encode("utf-16-le") + b"\0\0"
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _NONE, sibling, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)
