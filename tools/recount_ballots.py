#!/usr/bin/env python3
"""Kiểm lại một cuộc bỏ phiếu kín điện tử của Cổng Số: không cần Cổng Số, chỉ cần Python 3.10 trở lên.

    python3 recount_ballots.py kiem-lai-123.json [--receipt MÃ_PHIẾU …]

Tệp là “Dữ liệu kiểm lại” tải ở trang kết quả. Chương trình kiểm chữ ký của từng phiếu phát ra, đếm lại mọi phiếu trong
hòm và xét lại kết quả theo quy tắc ghi trong tệp; với --receipt thì cho biết mã phiếu có trong hòm hay không.

Mã kết thúc: 0 khớp, 1 có chỗ sai (nêu mọi chỗ sai), 2 không đọc được tệp hoặc gọi sai.

This program shares no code with the product on purpose: two readings of the same rules must agree. What it cannot see:
who voted, and whether the committee read the choices rightly from the sealed slips (docs/voting.md).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

EXPONENT = 65537
HASH = 48  # SHA-384


def is_handed_out(modulus: int, message: bytes, signature: bytes) -> bool:
    """RSASSA-PSS-VERIFY of RFC 8017, 8.1.2, with SHA-384 and a salt of 48 bytes."""
    bits = modulus.bit_length()
    size = (bits + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= modulus:
        return False
    length = (bits - 1 + 7) // 8
    encoded = pow(number, EXPONENT, modulus).to_bytes(size, "big")[size - length :]
    masked, proof, end = encoded[: length - HASH - 1], encoded[length - HASH - 1 : -1], encoded[-1]
    spare = 8 * length - (bits - 1)
    if end != 0xBC or masked[0] >> (8 - spare):
        return False
    block = bytearray(left ^ right for left, right in zip(masked, mask(proof, len(masked)), strict=True))
    block[0] &= 0xFF >> spare
    zeros = length - 2 * HASH - 2
    if any(block[:zeros]) or block[zeros] != 1:
        return False
    salt = bytes(block[-HASH:])
    inner = bytes(8) + hashlib.sha384(message).digest() + salt
    return hashlib.sha384(inner).digest() == proof


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 of RFC 8017, B.2.1."""
    blocks = -(-length // HASH)
    return b"".join(hashlib.sha384(seed + n.to_bytes(4, "big")).digest() for n in range(blocks))[:length]


def check_papers(told: dict[str, Any]) -> list[str]:
    """Chỗ sai ở các phiếu trong hòm."""
    found = []
    modulus, box = int(told["modulus"], 16), bytes.fromhex(told["box"])
    tokens = [token for token, _signature in told["papers"]]
    if len(set(tokens)) != len(tokens):
        found.append("Có phiếu nằm trong hòm hai lần.")
    foreign = sum(
        not is_handed_out(modulus, bytes.fromhex(token) + box, bytes.fromhex(signature))
        for token, signature in told["papers"]
    )
    if foreign:
        found.append(f"{foreign} phiếu không do ban tổ chức phát ra (chữ ký sai).")
    receipts, choices = told["receipts"], told["choices"]
    if not len(tokens) == len(receipts) == len(choices):
        found.append(f"Số phiếu ({len(tokens)}), mã phiếu ({len(receipts)}) và lựa chọn ({len(choices)}) khác nhau.")
    if len(set(receipts)) != len(receipts):
        found.append("Có mã phiếu trùng nhau.")
    if len(tokens) > told["issued"]:
        found.append(f"Trong hòm có {len(tokens)} phiếu, nhiều hơn số phát ra ({told['issued']}).")
    unsorted = [name for name in ("papers", "receipts", "choices") if told[name] != sorted(told[name])]
    return found + [f"Danh sách “{name}” không được xếp thứ tự." for name in unsorted]


def recount(told: dict[str, Any]) -> dict[str, Any]:
    """Số phiếu đếm lại từ các lựa chọn."""
    choices = told["choices"]
    count: dict[str, Any] = {"issued": told["issued"], "collected": len(choices)}
    if told["subject"] == "question":
        for answer in ("yes", "no", "other"):
            count[answer] = choices.count(answer)
        count["valid"] = count["yes"] + count["no"] + count["other"]
        return count
    names, seats = len(told["names"]), told["seats"]
    votes, valid = [0] * names, 0
    for choice in choices:
        picked = picks(choice, names)
        if picked is None or len(picked) > seats or (not picked and names > seats):
            continue
        valid += 1
        for place in picked:
            votes[place] += 1
    return {**count, "valid": valid, "votes": votes}


def picks(choice: str, names: int) -> list[int] | None:
    """Các vị trí được chọn; None khi phiếu không mở được."""
    if choice == "-":
        return []
    parts = choice.split(",")
    if not all(part.isdigit() and int(part) < names for part in parts) or len(set(parts)) != len(parts):
        return None
    return [int(part) for part in parts]


def base_of(told: dict[str, Any], count: dict[str, Any]) -> int:
    """Tổng số mà tỉ lệ tính trên đó."""
    roll = told["roll"]
    return {
        "members": roll["members"],
        "summoned": roll["summoned"] - sum(roll["deducted"].values()),
        "present": roll["present"],
        "issued": count["issued"],
        "collected": count["collected"],
        "valid": count["valid"],
    }[told["rule"]["base"]]


def judge(told: dict[str, Any], count: dict[str, Any]) -> dict[str, Any]:
    """Kết quả theo quy tắc: được thông qua hay không, hoặc những ai trúng cử và ai bằng phiếu ở vị trí cuối."""
    share, base = told["rule"]["share"], base_of(told, count)

    def is_enough(number: int) -> bool:
        left, right = number * share["whole"], base * share["part"]
        return base > 0 and (left > right if share["is_more_than"] else left >= right)

    if told["subject"] == "question":
        return {"is_carried": is_enough(count["yes"])}
    votes, seats = count["votes"], told["seats"]
    enough = [place for place, number in enumerate(votes) if is_enough(number)]
    order = sorted(enough, key=lambda place: (-votes[place], place))
    elected, again = order, []
    if len(order) > seats:
        last = votes[order[seats - 1]]
        if votes[order[seats]] == last:
            elected = [one for one in order if votes[one] > last]
            again = [one for one in order if votes[one] == last]
        else:
            elected = order[:seats]
    return {"elected": sorted(elected), "again": sorted(again), "is_carried": len(elected) == seats}


def compare(told: dict[str, Any]) -> list[str]:
    """Chỗ số liệu, kết quả đã công bố khác với đếm lại."""
    count = recount(told)
    found = [
        f"Đã công bố {name} = {told['tally'].get(name)}, đếm lại {value}."
        for name, value in count.items()
        if told["tally"].get(name) != value
    ]
    published = dict(told["outcome"])
    for name in ("elected", "again"):
        published[name] = sorted(published.get(name, ()))
    found += [
        f"Kết quả đã công bố {name} = {published.get(name)}, xét lại {value}."
        for name, value in judge(told, count).items()
        if published.get(name) != value
    ]
    return found


def read(path: str) -> dict[str, Any]:
    """Dữ liệu trong tệp."""
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    if told.get("format") != "congso-ballot-1":
        raise ValueError("không phải dữ liệu kiểm lại")
    return dict(told)


def main() -> int:
    parser = argparse.ArgumentParser(description="Kiểm lại một cuộc bỏ phiếu kín điện tử của Cổng Số.")
    parser.add_argument("file", help="tệp “Dữ liệu kiểm lại”")
    parser.add_argument("--receipt", action="append", default=[], help="mã phiếu của bạn")
    asked = parser.parse_args()
    try:
        told = read(asked.file)
        found = [*check_papers(told), *compare(told)]
        receipts = set(told["receipts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"Không đọc được tệp: {error}", file=sys.stderr)
        return 2
    for receipt in asked.receipt:
        plain = "".join(receipt.lower().split())
        if plain not in receipts:
            found.append(f"Mã phiếu {plain[:16]}… không có trong hòm.")
    for one in found:
        print(f"SAI: {one}")
    if not found:
        verdict = told["outcome"]["verdict"]
        print(f"KHỚP: {told['title']}, vòng {told['round']}: {len(told['choices'])} phiếu, {verdict}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
