"""Packets of every kind, as a sender within the standard could write them."""

import string
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from congso.lib.edxml.finding import clean
from congso.lib.edxml.packets import (
    OFFICE_ZONE,
    Answered,
    Attachment,
    Business,
    DocumentPacket,
    Hop,
    Kind,
    Organ,
    Replacement,
    Staff,
    Status,
    StatusPacket,
)

_LETTERS = string.ascii_letters + string.digits + "ĐđăâêôơưÁạếộữ <>&\"'-/.,;:]]>%"
words = st.text(_LETTERS, min_size=1, max_size=40).map(clean).filter(bool)
maybe = st.one_of(st.just(""), words)
codes = st.from_regex(r"[A-Z][0-9]{2}(\.[A-Z0-9]{1,4}){0,3}", fullmatch=True).filter(lambda one: one.isascii())
ids = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=20)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0).astimezone(OFFICE_ZONE)
)
organs = st.builds(
    Organ, code=codes, name=maybe, in_charge=maybe, address=maybe, email=maybe, telephone=maybe, fax=maybe,
    website=maybe,
)  # fmt: skip
staff = st.one_of(st.none(), st.builds(Staff, department=maybe, name=words, mobile=maybe, email=maybe))
answered = st.builds(Answered, organ=codes, symbol=words, issued_on=st.none() | days, document_id=words)
replacements = st.builds(Replacement, document_id=words, organs=st.lists(codes, min_size=1, max_size=3).map(tuple))


def _tuples(of: st.SearchStrategy, least: int = 0) -> st.SearchStrategy:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


businesses = st.one_of(
    st.builds(Business, kind=st.just(Kind.NEW), reason=maybe, staff=staff, has_paper=st.booleans()),
    st.builds(Business, kind=st.just(Kind.RECALL), reason=words, document_id=words, staff=staff),
    st.builds(
        Business, kind=st.just(Kind.UPDATE), reason=words, document_id=words, is_content_changed=st.booleans(),
        added=_tuples(codes), removed=_tuples(codes),
    ),
    st.builds(Business, kind=st.just(Kind.REPLACE), reason=words, replacements=_tuples(replacements, 1)),
)  # fmt: skip


def _files(contents: list[bytes]) -> tuple[Attachment, ...]:
    return tuple(Attachment(f"u{place}", f"tệp {place}.pdf", content) for place, content in enumerate(contents))


files = st.lists(
    st.binary(min_size=1, max_size=200).filter(lambda one: not one.startswith(b"PK\x03\x04")), max_size=3
).map(_files)
documents = st.builds(
    DocumentPacket, sender=organs, receivers=_tuples(organs, 1), number=words, notation=words, issued_on=days,
    type_name=words, subject=words, signer=words, document_id=words,
    hops=_tuples(st.builds(Hop, organ=codes, at=moments), 1), place=maybe, type_code=st.integers(0, 99), content=maybe,
    competence=maybe, position=maybe, due_on=st.none() | days, to_places=_tuples(words), urgency=st.integers(0, 4),
    sphere=maybe, drafter=maybe, copies=st.none() | st.integers(0, 999), pages=st.none() | st.integers(0, 999),
    appendixes=_tuples(words), answers=_tuples(answered), steering=st.integers(0, 3), business=businesses,
    attachments=files,
)  # fmt: skip
statuses = st.builds(StatusPacket, sender=organs, about=answered, status=st.sampled_from(Status), at=moments,
                     description=maybe, staff=staff)  # fmt: skip
packets = st.one_of(documents, statuses)
