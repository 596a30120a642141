"""The box of a secret ballot: putting a slip in, opening it by k of n, and what is published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction

from congso.apps.voting.models import Ballot, Box, GivenKey
from congso.apps.voting.queries import box_state, counter_of
from congso.apps.voting.sealing import (
    choice_words,
    is_handed_out,
    open_slip,
    private_key,
    public_bytes,
    receipt_of,
    slip_length,
    token_of,
)
from congso.apps.voting.services.counting import finish_ballot
from congso.apps.voting.services.moving import Invalid, moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import NotYours, Refused

WRONG_KEY = "Đây không phải khóa bạn đã tạo cho cuộc bỏ phiếu này. Hãy kiểm tra từng ký tự."
NOT_OURS = "Phiếu này không do hòm phiếu này phát ra."
REFUSALS = {
    "unknown": NOT_OURS,
    "used": "Phiếu này đã được bỏ với nội dung khác và không đổi được nữa.",
    "early": "Chưa đến lúc bỏ phiếu.",
    "over": "Đã hết giờ bỏ phiếu nên phiếu này không vào hòm.",
    "full": "Hòm đã có đủ số phiếu phát ra. Hãy báo ngay ban kiểm phiếu.",
}


def put_slip(address: UUID, slip: bytes, *, at: datetime) -> str:
    """Put a slip into the box and give its receipt; the same slip again gives the same receipt.

    It is nobody's act: the transaction belongs to nobody and leaves no line. Raises Refused.
    """
    stands = box_state(address)
    if stands is None or len(slip) != slip_length(stands["counters"]):
        raise Refused(NOT_OURS)
    token, signature = token_of(slip)
    if not is_handed_out(bytes.fromhex(stands["modulus"]), token, address.bytes, signature):
        raise Refused(NOT_OURS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.box_put(%s, %s, %s)", [address, slip, at])
        told = cursor.fetchone()[0]
    if told != "kept":
        raise Refused(REFUSALS[told])
    return receipt_of(slip)


def give_key(ballot: Ballot, raw: bytes, *, by: Actor, at: datetime) -> bool:
    """A committee member gives her key; with the k-th the box is opened, published and counted. Whether it is open now.

    The last key is used and never stored; those that waited for it are deleted. Raises Invalid for a wrong key.
    """
    with transaction.atomic():
        is_open = _give(ballot, raw, by=by, at=at)
        if is_open:
            finish_ballot(ballot, by=by, at=at)
    return is_open


def _give(ballot: Ballot, raw: bytes, *, by: Actor, at: datetime) -> bool:
    with moving(ballot, "unlock", by=by, at=at) as move:
        box = Box.objects.get(ballot=ballot)
        places = {one["counter"]: place for place, one in enumerate(box.counter_keys, 1)}
        own = counter_of(ballot, by.person_id or 0)
        if own is None or own.pk not in places:
            raise NotYours("Chỉ thành viên ban kiểm phiếu mở được hòm phiếu.")
        key = _checked(raw, box.counter_keys[places[own.pk] - 1]["public"])
        if box.published:
            raise Refused("Hòm phiếu đã được mở.")
        given = {one.counter_id: bytes(one.private) for one in GivenKey.objects.filter(counter__ballot=ballot)}
        is_enough = len(given.keys() - {own.pk}) + 1 >= ballot.threshold
        if is_enough:
            keys = {places[counter]: private_key(one) for counter, one in given.items()} | {places[own.pk]: key}
            _open(ballot, box, keys)
            GivenKey.objects.filter(counter__ballot=ballot).delete()
            move.label = "Mở hòm phiếu"
        elif own.pk not in given:
            GivenKey.objects.create(counter=own, private=raw)
        move.facts |= {"keys": len(given.keys() | {own.pk}), "needed": ballot.threshold, "is_open": is_enough}
    return is_enough


def _checked(raw: bytes, public: str) -> X25519PrivateKey:
    try:
        key = private_key(raw)
    except ValueError:
        raise Invalid([WRONG_KEY]) from None
    if public_bytes(key).hex() != public:
        raise Invalid([WRONG_KEY])
    return key


def _open(ballot: Ballot, box: Box, keys: Mapping[int, X25519PrivateKey]) -> None:
    """Take the slips out, read them, publish papers and choices: each list sorted, neither tells of the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.box_take(%s)", [ballot.pk])
        slips = [bytes(one) for one in cursor.fetchone()[0]]
    names, counters = len(ballot.options.all()) if ballot.is_list else 0, len(box.counter_keys)
    opened = [open_slip(one, box.address.bytes, keys, counters=counters) for one in slips]
    published: dict[str, Any] = {
        "papers": sorted([part.hex() for part in token_of(one)] for one in slips),
        "receipts": sorted(receipt_of(one) for one in slips),
        "choices": sorted(choice_words(one, names=names) for one in opened),
    }
    Box.objects.filter(ballot=ballot).update(published=published)
