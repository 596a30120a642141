#!/usr/bin/env python3
"""Kiểm tra nhật ký của Cổng Số ở nơi khác: không cần Cổng Số, chỉ cần Python 3.9 trở lên.

    python3 verify_journal.py so.jsonl --key DẤU_VÂN_TAY [--checkpoint bản-giữ-ở-nơi-khác.json …]
    python3 verify_journal.py chung-minh.json --key DẤU_VÂN_TAY
    python3 verify_journal.py chot-so-000012-….json --key DẤU_VÂN_TAY

Tệp là sổ đã xuất (`./congso journal export`), chứng minh của một dòng, hoặc một biên bản chốt sổ; `-` là đầu vào chuẩn.
Dấu vân tay của khóa được in trên biên bản chốt sổ; không có --key thì chương trình cho biết khóa nào đã ký.

Mã kết thúc: 0 toàn vẹn, 1 có chỗ sai (nêu chỗ sai đầu tiên), 2 không đọc được tệp hoặc gọi sai.

This program shares no code with the product on purpose: two readings of the same rules must agree. The book is read
line by line; memory follows the number of chains. Formats: docs/operations.md, "Nhật ký".
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

LINE = re.compile(
    r'\{"organization": (\d+), "position": (\d+), "previous": "([0-9a-f]*)", "digest": "([0-9a-f]*)",'
    r' "entry": (\[.*\]|null)\}'
)
# DigestInfo of SHA-256 in PKCS#1 v1.5 (RFC 8017, 9.2).
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
# AlgorithmIdentifier of rsaEncryption with its NULL.
RSA_ALGORITHM = bytes.fromhex("300d06092a864886f70d0101010500")
SMALLEST_KEY = 3072


class Wrong(Exception):
    """Chỗ sai đầu tiên."""


class Unreadable(Exception):
    """Tệp không phải là thứ chương trình này đọc được."""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def chained(previous: str, text: str) -> str:
    return hashlib.sha256((previous + text).encode()).hexdigest()


# The Merkle tree of RFC 6962, 2.1


def leaf(chain: int, position: int, digest: str) -> bytes:
    return sha256(b"\x00" + f"{chain}:{position}:{digest}".encode())


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


class Tree:
    """Keeps only the roots of complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.edge: list[tuple[int, bytes]] = []

    def add(self, fresh: bytes) -> None:
        self.size += 1
        height = 0
        while self.edge and self.edge[-1][0] == height:
            fresh = node(self.edge.pop()[1], fresh)
            height += 1
        self.edge.append((height, fresh))

    def root(self) -> str:
        if not self.edge:
            return sha256(b"").hex()
        found = self.edge[-1][1]
        for _, left in reversed(self.edge[:-1]):
            found = node(left, found)
        return found.hex()


def root_by_path(found: bytes, index: int, size: int, path: list[bytes]) -> str:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return ""
    here, last = index, size - 1
    for sister in path:
        if last == 0:
            return ""
        if here % 2 or here == last:
            found = node(sister, found)
            while here and here % 2 == 0:
                here, last = here >> 1, last >> 1
        else:
            found = node(found, sister)
        here, last = here >> 1, last >> 1
    return found.hex() if last == 0 else ""


# Keys and signatures: RSA, PKCS#1 v1.5, SHA-256


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def der_number(number: int) -> bytes:
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def fingerprint(modulus: int, exponent: int) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, as openssl computes it."""
    numbers = der(0x30, der_number(modulus) + der_number(exponent))
    return sha256(der(0x30, RSA_ALGORITHM + der(3, b"\x00" + numbers))).hex()


def holds(key: tuple[int, int], text: str, signature: str) -> bool:
    modulus, exponent = key
    size = (modulus.bit_length() + 7) // 8
    given = int(signature, 16)
    if len(signature) != 2 * size or given >= modulus:
        return False
    content = DIGEST_INFO + sha256(text.encode())
    wanted = b"\x00\x01" + b"\xff" * (size - len(content) - 3) + b"\x00" + content
    return pow(given, exponent, modulus).to_bytes(size, "big") == wanted


class Keys:
    """The public keys a file brings along; what makes them worth something is the fingerprint somebody compared."""

    def __init__(self, anchors: Iterable[str]) -> None:
        self.anchors = set(anchors)
        self.known: dict[str, tuple[int, int]] = {}
        self.signers: dict[str, tuple[str, str, str]] = {}
        self.used: list[str] = []

    def read(self, told: dict[str, Any]) -> None:
        name, statement = str(told["fingerprint"]), str(told["statement"])
        try:
            numbers = json.loads(statement)
            key = (int(str(numbers["n"]), 16), int(numbers["e"]))
        except (ValueError, KeyError, TypeError):
            raise Wrong(f"khóa {name[:16]} không đọc được") from None
        if key[0].bit_length() < SMALLEST_KEY or fingerprint(*key) != name:
            raise Wrong(f"khóa {name[:16]} không đúng với dấu vân tay của nó")
        self.known[name] = key
        self.signers[name] = (str(told["signed_by"]), statement, str(told["signature"]))

    def check_statements(self) -> None:
        for name, (signer, statement, signature) in sorted(self.signers.items()):
            if signer not in self.known or not is_signed(self.known[signer], statement, signature):
                raise Wrong(f"khóa {name[:16]}: chữ ký giới thiệu sai")

    def check(self, body: str, signature: str, name: str, where: str) -> None:
        if name not in self.known:
            raise Wrong(f"{where}: không có khóa {name[:16]}")
        if not is_signed(self.known[name], body, signature):
            raise Wrong(f"{where}: chữ ký sai")
        if self.anchors and not self.is_trusted(name):
            raise Wrong(f"{where}: ký bằng khóa lạ {name}")
        if name not in self.used:
            self.used.append(name)

    def is_trusted(self, name: str) -> bool:
        seen = set()
        while name not in self.anchors:
            seen.add(name)
            signer, statement, signature = self.signers[name]
            if signer in seen or signer not in self.known or not is_signed(self.known[signer], statement, signature):
                return False
            name = signer
        return True


def is_signed(key: tuple[int, int], text: str, signature: str) -> bool:
    return bool(re.fullmatch("[0-9a-f]+", signature)) and holds(key, text, signature)


# The book


def read_body(body: str, where: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
        heads = {int(chain): (int(position), str(digest)) for chain, position, digest in told["heads"]}
        return {
            "number": int(told["number"]), "previous": str(told["previous"]), "entries": int(told["entries"]),
            "new": int(told["new"]), "root": str(told["root"]), "key": str(told["key"]), "at": str(told["at"]),
            "heads": heads,
        }  # fmt: skip
    except (ValueError, KeyError, TypeError):
        raise Wrong(f"{where}: không đọc được nội dung") from None


class Book:
    """Lines in order, and the checkpoints that close them."""

    def __init__(self, keys: Keys, copies: dict[int, str]) -> None:
        self.keys, self.copies = keys, copies
        self.heads: dict[int, tuple[int, str]] = {}
        self.tree, self.lines, self.checkpoints = Tree(), 0, 0
        self.next_number, self.has_end, self.starts_late = 1, False, False
        self.last_digest: str | None = ""

    def begin(self, told: dict[str, Any]) -> None:
        self.heads = {int(chain): (int(position), str(digest)) for chain, position, digest in told["starts"]}
        self.next_number = int(told["from"]) or 1
        self.last_digest = "" if self.next_number == 1 else None  # what came before is not in this file
        self.starts_late = bool(self.heads)

    def line(self, chain: int, position: int, previous: str, digest: str, text: str) -> None:
        last, head = self.heads.get(chain, (0, ""))
        where = f"chuỗi {chain}, dòng {last + 1}"
        if position != last + 1:
            raise Wrong(f"{where}: thiếu dòng")
        if text == "null":
            raise Wrong(f"{where}: dòng nhật ký đã bị xóa")
        try:
            entry = json.loads(text)
        except ValueError:
            raise Wrong(f"{where}: không đọc được") from None
        if len(entry) != 8 or entry[2] != chain:
            raise Wrong(f"{where}: dòng thuộc cơ quan khác")
        if previous != head:
            raise Wrong(f"{where}: không nối với dòng trước")
        if digest != chained(head, text):
            raise Wrong(f"{where}: nội dung đã bị sửa")
        self.tree.add(leaf(chain, position, digest))
        self.heads[chain] = (position, digest)
        self.lines += 1

    def checkpoint(self, told: dict[str, Any]) -> None:
        number, body = int(told["number"]), str(told["body"])
        where = f"biên bản số {number}"
        closing = read_body(body, where)
        if number != self.next_number:
            raise Wrong(f"{where}: thiếu biên bản số {self.next_number}")
        self.keys.check(body, str(told["signature"]), closing["key"], where)
        if closing["number"] != number:
            raise Wrong(f"{where}: mang số {closing['number']}")
        if self.last_digest is not None and closing["previous"] != self.last_digest:
            raise Wrong(f"{where}: không nối với biên bản trước")
        if (told["at"], told["entries"]) != (closing["at"], closing["entries"]):
            raise Wrong(f"{where}: ngày giờ hoặc số dòng trong danh sách khác bản đã ký")
        self.close(closing, where)
        self.compare(number, body)
        self.last_digest, self.next_number = sha256(body.encode()).hex(), number + 1
        self.checkpoints += 1
        self.tree = Tree()

    def close(self, closing: dict[str, Any], where: str) -> None:
        for chain, (position, digest) in sorted(closing["heads"].items()):
            last, head = self.heads.get(chain, (0, ""))
            if last < position:
                raise Wrong(f"chuỗi {chain}, dòng {last + 1}: thiếu dòng: {where} chốt đến dòng {position}")
            if head != digest:
                raise Wrong(f"chuỗi {chain}, dòng {position}: khác với {where}: chuỗi đã bị viết lại")
        if (self.tree.size, self.tree.root()) != (closing["new"], closing["root"]):
            raise Wrong(f"{where}: các dòng không khớp gốc cây băm")
        if closing["entries"] != sum(position for position, _ in closing["heads"].values()):
            raise Wrong(f"{where}: tổng số dòng không khớp")

    def compare(self, number: int, body: str) -> None:
        copy = self.copies.pop(number, None)
        if copy is not None and copy != body:
            raise Wrong(f"biên bản số {number}: khác với bản giữ ở nơi khác")

    def end(self, told: dict[str, Any]) -> None:
        self.has_end = True
        if (self.lines, self.checkpoints) != (told["lines"], told["checkpoints"]):
            raise Wrong("tệp không đủ: số dòng hoặc số biên bản khác phần kết")
        if self.copies:
            raise Wrong(f"biên bản số {min(self.copies)}: nơi khác giữ một bản, ở đây không còn")


def read_book(file: Iterator[str], keys: Keys, copies: dict[int, str]) -> Book:
    book = Book(keys, copies)
    begun = json.loads(next(file))
    book.begin(begun)
    keys_open = True
    for raw in file:
        text = raw.rstrip("\n")
        if book.has_end:
            raise Wrong("có dòng sau phần kết")
        found = LINE.fullmatch(text)
        if found is None and keys_open and text.startswith('{"key"'):
            keys.read(json.loads(text)["key"])
            continue
        if keys_open:
            keys.check_statements()
            keys_open = False
        if found:
            chain, position, previous, digest, entry = found.groups()
            book.line(int(chain), int(position), previous, digest, entry)
        else:
            read_other(book, text)
    if not book.has_end:
        raise Wrong("tệp bị cắt: không có phần kết")
    return book


def read_other(book: Book, text: str) -> None:
    told = json.loads(text)
    if "checkpoint" in told:
        book.checkpoint(told["checkpoint"])
    elif "end" in told:
        book.end(told["end"])
    elif "stray" in told:
        raise Wrong(f"dòng không nằm trong chuỗi nào: {text[:120]}")
    else:
        raise Wrong(f"không đọc được dòng: {text[:120]}")


# A proof, a checkpoint alone


def read_paper(told: dict[str, Any], keys: Keys, copies: dict[int, str]) -> tuple[int, dict[str, Any]]:
    for key in told["keys"]:
        keys.read(key)
    keys.check_statements()
    number, body = int(told["checkpoint"]["number"]), str(told["checkpoint"]["body"])
    where = f"biên bản số {number}"
    closing = read_body(body, where)
    keys.check(body, str(told["checkpoint"]["signature"]), closing["key"], where)
    if closing["number"] != number:
        raise Wrong(f"{where}: mang số {closing['number']}")
    if copies and copies.get(number) != body:
        raise Wrong(f"{where}: khác với bản giữ ở nơi khác")
    return number, closing


def read_proof(told: dict[str, Any], keys: Keys, copies: dict[int, str]) -> tuple[int, dict[str, Any], list[Any]]:
    number, closing = read_paper(told, keys, copies)
    chain, position, digest, text = told["organization"], told["position"], str(told["digest"]), str(told["entry"])
    where = f"chuỗi {chain}, dòng {position}"
    try:
        entry = json.loads(text)
    except ValueError:
        raise Wrong(f"{where}: không đọc được") from None
    if len(entry) != 8 or entry[2] != chain:
        raise Wrong(f"{where}: dòng thuộc cơ quan khác")
    if digest != chained(str(told["previous"]), text):
        raise Wrong(f"{where}: nội dung đã bị sửa")
    path = [bytes.fromhex(sister) for sister in told["path"]]
    if told["size"] != closing["new"]:
        raise Wrong(f"{where}: chứng minh không thuộc biên bản số {number}")
    if root_by_path(leaf(chain, position, digest), told["index"], told["size"], path) != closing["root"]:
        raise Wrong(f"{where}: không dẫn tới gốc của biên bản số {number}")
    return number, closing, entry


def grouped(name: str) -> str:
    upper = name.upper()
    return " ".join(upper[place : place + 4] for place in range(0, len(upper), 4))


def check(file: TextIO, keys: Keys, copies: dict[int, str]) -> str:
    """Đọc tệp và trả về điều đã kiểm tra được, bằng lời."""
    first = file.readline()
    if first.startswith('{"format": "congso-journal-1"'):
        book = read_book(itertools.chain([first], file), keys, copies)
        told = f"Nhật ký toàn vẹn: {book.lines} dòng trong {len(book.heads)} chuỗi, {book.checkpoints} biên bản."
        return told + (" Sổ này bắt đầu giữa chừng: phần trước không nằm trong tệp." if book.starts_late else "")
    told = json.loads(first + file.read())
    if told.get("format") == "congso-proof-1":
        number, closing, entry = read_proof(told, keys, copies)
        told_entry = json.dumps(entry, ensure_ascii=False)
        return f"Chứng minh đúng: biên bản số {number} ({closing['at']}) đã chốt dòng {told_entry}"
    if told.get("format") == "congso-checkpoint-file-1":
        number, closing = read_paper(told, keys, copies)
        return f"Biên bản số {number} đúng chữ ký: {closing['entries']} dòng, lập lúc {closing['at']}."
    raise Unreadable("không phải sổ, chứng minh hay biên bản của Cổng Số")


def read_copy(path: str) -> tuple[int, str]:
    body = str(json.loads(Path(path).read_text(encoding="utf-8"))["checkpoint"]["body"])
    return read_body(body, path)["number"], body


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="verify_journal.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("file", help="sổ, chứng minh hoặc biên bản; - là đầu vào chuẩn")
    parser.add_argument("--key", action="append", default=[], help="dấu vân tay của khóa ký, từ bản in; lặp lại được")
    parser.add_argument("--checkpoint", action="append", default=[], help="biên bản giữ ở nơi khác; lặp lại được")
    options = parser.parse_args(arguments)
    keys = Keys(re.sub(r"[^0-9a-f]", "", given.lower()) for given in options.key)
    try:
        copies = dict(read_copy(path) for path in options.checkpoint)
        if options.file == "-":
            sys.stdin.reconfigure(encoding="utf-8")
            told = check(sys.stdin, keys, copies)
        else:
            with Path(options.file).open(encoding="utf-8") as file:
                told = check(file, keys, copies)
    except Wrong as wrong:
        print(f"SAI: {wrong}")
        return 1
    except (OSError, UnicodeDecodeError, Unreadable) as problem:
        print(f"Không đọc được: {problem}", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as problem:
        print(f"SAI: tệp không đúng dạng: {type(problem).__name__}: {problem}")
        return 1
    print(told)
    for name in keys.used:
        print(f"Khóa ký: {grouped(name)}" + ("" if keys.anchors else " (hãy đối chiếu với bản in, hoặc dùng --key)"))
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
