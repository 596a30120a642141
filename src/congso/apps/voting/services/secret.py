"""A secret ballot on a screen: papers handed out blindly, then slips into a box that knows nobody (docs/voting.md).

Handing out and voting are two phases that never overlap, and putting a slip into the box is nobody's act: no actor, no
journal line, no time.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from django.conf import settings
from django.db import IntegrityError, transaction

from congso.apps.voting.models import Ballot, BallotMethod, Box, Counter, CounterKey, Issue
from congso.apps.voting.queries import counter_of, issue_of
from congso.apps.voting.sealing import sign_blinded
from congso.apps.voting.services.eligibility import entitled_voter
from congso.apps.voting.services.moving import NOT_YOURS, Invalid, hold_open, moving
from congso.kernel.access.services import Actor
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese

TAKEN = "Bạn đã nhận phiếu trên một thiết bị khác. Mỗi người chỉ nhận một phiếu; hãy bỏ phiếu trên thiết bị đó."
NO_PAPER = "Yêu cầu nhận phiếu không hợp lệ. Hãy tải lại trang rồi thử lại."


def keep_key(ballot: Ballot, public: bytes, *, by: Actor, at: datetime) -> None:
    """The public half of a committee member's key; a new one replaces it until the ballot is opened. Raises Invalid."""
    if len(public) != 32:
        raise Invalid(["Khóa chưa được tạo trên máy này. Hãy bấm “Tạo khóa”."])
    with moving(ballot, "key", by=by, at=at) as move:
        CounterKey.objects.update_or_create(counter=_own_place(ballot, by), defaults={"public": public})
        move.facts |= {"key": public.hex()}


def make_box(ballot: Ballot, key: RSAPrivateKey) -> None:
    """The box of a ballot being opened; inside the act."""
    keys = [{"counter": one.counter_id, "public": bytes(one.public).hex()} for one in counter_keys(ballot)]
    numbers = key.public_key().public_numbers()
    Box.objects.create(ballot=ballot, modulus=numbers.n.to_bytes(256), signing_key=_locked(key), counter_keys=keys)


def counter_keys(ballot: Ballot) -> list[CounterKey]:
    """The keys of the committee, in the order of their places."""
    return list(CounterKey.objects.filter(counter__ballot=ballot).order_by("counter_id"))


def hand_out(ballot: Ballot, blinded: bytes, *, by: Actor, at: datetime) -> bytes:
    """Sign a voter's blinded paper, once; asked again for the same paper (the answer was lost) the same answer.

    Raises NotYours, WrongState (papers are not being handed out), Refused (she has another paper already).
    """
    with in_vietnamese(), transaction.atomic():
        hold_open(ballot.pk)
        state = Record.objects.filter(pk=ballot.pk).values_list("state", flat=True).first()
        if state is None:
            raise NotYours(NOT_YOURS)
        if ballot.method != BallotMethod.SECRET:
            raise Refused("Cuộc này không bỏ phiếu kín điện tử.")
        voter = entitled_voter(ballot, by)
        before = issue_of(voter)
        if before is not None:
            return _same(before, blinded)
        if state != "open":
            raise WrongState("Đã kết thúc phát phiếu.")
        try:
            signature = sign_blinded(_unlocked(Box.objects.get(ballot=ballot).signing_key), blinded)
        except ValueError:
            raise Refused(NO_PAPER) from None
        try:
            with transaction.atomic():
                Issue.objects.create(voter=voter, blinded=blinded, signature=signature)
        except IntegrityError:  # two devices at once: the other one was faster
            return _same(Issue.objects.get(voter=voter), blinded)
        write_entry(
            act="ballot.issue", actor=str(by), actor_label=voter.label, at=at, organization_id=ballot.owner_id,
            record_id=ballot.pk,
        )  # fmt: skip
        return signature


def start_collecting(ballot: Ballot, *, by: Actor, at: datetime, note: str = "") -> None:
    """Handing out ends and voting begins. The key that hands papers out is destroyed: none can be made afterwards."""
    with moving(ballot, "collect", by=by, at=at, note=note) as move:
        issued = Issue.objects.filter(voter__ballot=ballot).count()
        if issued < 2:
            raise Refused("Chưa có ít nhất hai người nhận phiếu; một phiếu thì không còn kín.")
        Box.objects.filter(ballot=ballot).update(signing_key="")
        move.facts |= {"issued": issued}


def _same(before: Issue, blinded: bytes) -> bytes:
    if bytes(before.blinded) != blinded:
        raise Refused(TAKEN)
    return bytes(before.signature)


def _own_place(ballot: Ballot, by: Actor) -> Counter:
    own = counter_of(ballot, by.person_id or 0)
    if own is None:
        raise NotYours("Chỉ thành viên ban kiểm phiếu làm được việc này.")
    return own


def _locked(key: RSAPrivateKey) -> str:
    """As the database holds it: a stolen database or backup alone hands no papers out."""
    return _cipher().encrypt(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def _unlocked(text: str) -> RSAPrivateKey:
    key = load_der_private_key(_cipher().decrypt(text.encode()), None)
    assert isinstance(key, RSAPrivateKey)  # noqa: S101 - what `_locked` wrote
    return key


def _cipher() -> Fernet:
    key = hmac.new(settings.ACCESS_KEY, b"ballot papers", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
