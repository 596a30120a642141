"""Reading the journal as it is proved. Auditors, the keeper, or the owner at the command line."""

from dataclasses import dataclass, field
from datetime import UTC
from itertools import islice

from congso.kernel.journal.chain import MOST_FAULTS, Book, Fault, digest_of, read_closing
from congso.kernel.journal.keys import Trust
from congso.kernel.journal.models import Checkpoint, Seal, Unsealed
from congso.kernel.journal.reading import Heads, heads, lines, ranges, strays

AT_ONCE = 20  # checkpoints held in memory; one of many chains is large


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many lines stand, its faults in the book's order, the unsealed tail."""

    sealed: int
    faults: tuple[Fault, ...]
    unsealed: int
    heads: dict[int, str]
    checkpoints: int = 0
    # Without any key on this machine signatures are compared with what the database itself says.
    is_blind: bool = False
    keys: tuple[str, ...] = field(default=())


def verify_journal(kept: tuple[str, ...] = ()) -> Verdict:
    """Read the book from its first line and check it. Memory does not grow with the journal.

    `kept` are bodies of checkpoints from another site; each must stand in the book as it is there.
    """
    trust = Trust()
    book = Book(trust.fault)
    faults = [Fault(0, 0, what) for what in trust.key_faults()]
    # The checkpoints first: what is sealed while we read only adds to the chains.
    signers, count = [], 0
    for paper in Checkpoint.objects.order_by("number", "made_at").iterator(AT_ONCE):
        number, count = paper.number, count + 1
        closing = read_closing(paper.body)
        if closing:
            _read_lines(book, closing.heads)
        trusted = book.read_checkpoint(number, paper.body, paper.signature)
        if trusted and (trusted.entries, trusted.at) != (paper.entries, paper.made_at.astimezone(UTC).isoformat()):
            faults.append(Fault(0, 0, "ngày giờ hoặc số dòng trong danh sách khác bản đã ký", checkpoint=number))
        signers += [trusted.key] if trusted else []
    _read_lines(book, heads())
    faults += [*book.faults, *_missing_copies(kept), *_outside(book)]
    return Verdict(
        sealed=book.lines,
        faults=tuple(faults[:MOST_FAULTS]),
        unsealed=Unsealed.objects.count(),
        heads={chain: digest for chain, (_, digest) in book.heads.items()},
        checkpoints=count,
        is_blind=trust.is_blind and count > 0,
        keys=tuple(dict.fromkeys(signers)),
    )


def _read_lines(book: Book, last: Heads) -> None:
    """Read on to where the heads stand; what was read is not read again, whatever a forged checkpoint says."""
    for line in lines(ranges(book.heads, last)):
        book.read_line(line)


def _missing_copies(kept: tuple[str, ...]) -> list[Fault]:
    """Copies from another site that the book no longer holds as they are."""
    found = []
    for body in kept:
        closing = read_closing(body)
        number = closing.number if closing else 0
        here = Checkpoint.objects.filter(pk=number).values_list("body", flat=True).first()
        if here is None:
            found.append(Fault(0, 0, "nơi khác giữ một bản, ở đây không còn", checkpoint=number))
        elif digest_of("", here) != digest_of("", body):
            found.append(Fault(0, 0, "khác với bản giữ ở nơi khác", checkpoint=number))
    return found


def _outside(book: Book) -> list[Fault]:
    """Rows that stand in no chain."""
    found = [
        Fault(chain, 0, f"dòng không nằm trong chuỗi nào: {text[:60]}") for chain, text in islice(strays(), MOST_FAULTS)
    ]
    impossible = Seal.objects.filter(position__lt=1).order_by("organization_id", "position").first()
    if impossible:
        found.append(Fault(impossible.organization_id, impossible.position, "vị trí không thể có"))
    return found
