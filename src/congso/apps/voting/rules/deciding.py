"""The result of a question and of an election, with why."""

from dataclasses import dataclass

from congso.apps.voting.rules.opening import quorum_reason
from congso.apps.voting.rules.terms import Base, Outcome, Reason, Roll, Rule, Share, Tally, Tie, Way
from congso.apps.voting.rules.wording import BASES, base_of, deductions, percent, share_words


class Undecidable(ValueError):
    """The rule leaves open what is needed; a ballot under it was never opened."""


class Unsound(ValueError):
    """Figures that cannot be: the message says which, in Vietnamese."""


def check_tally(tally: Tally, *, is_list: bool) -> None:
    """Raise Unsound when the figures contradict each other (party 7, rule 4: issued ≥ collected = valid + invalid)."""
    numbers = (tally.issued, tally.collected, tally.valid, tally.yes, tally.no, tally.other, *tally.votes)
    if min(numbers) < 0:
        raise Unsound("Số phiếu không thể âm.")
    if tally.collected > tally.issued:
        raise Unsound(f"Số phiếu thu về ({tally.collected}) nhiều hơn số phiếu phát ra ({tally.issued}).")
    if tally.valid > tally.collected:
        raise Unsound(f"Số phiếu hợp lệ ({tally.valid}) nhiều hơn số phiếu thu về ({tally.collected}).")
    if is_list and any(votes > tally.valid for votes in tally.votes):
        raise Unsound(f"Có người được nhiều phiếu hơn số phiếu hợp lệ ({tally.valid}).")
    if not is_list and tally.yes + tally.no + tally.other != tally.valid:
        total = tally.yes + tally.no + tally.other
        raise Unsound(f"Tổng đồng ý, không đồng ý, ý kiến khác ({total}) khác số phiếu hợp lệ ({tally.valid}).")


def decide(rule: Rule, roll: Roll, tally: Tally, *, way: Way = Way.ROOM) -> Outcome:
    """Whether a question is carried. Raises Undecidable, Unsound."""
    measure = _measure(rule, roll, tally, is_list=False)
    base, number, needed = measure.base, measure.number, measure.needed
    is_carried = measure.share.is_reached(tally.yes, number)
    reasons = [*_before(rule, roll, tally, way), _base_reason(rule, measure, roll)]
    silent = _silent(base, roll, tally, way)
    if silent:
        reasons.append(Reason(silent, rule.basis))
    if way is Way.CIRCULATION and tally.other:
        words = f"Có {tally.other} ý kiến khác; nếu còn khác nhau về vấn đề quan trọng thì phải đưa ra hội nghị."
        reasons.append(Reason(words, "302-QĐ/TW (theo 01-QC/ĐU)"))
    reasons.append(
        Reason(
            f"Đồng ý {tally.yes}/{number} ({percent(tally.yes, number)}), "
            + (f"đạt mức từ {needed} trở lên." if is_carried else f"chưa đạt mức từ {needed} trở lên.")
        )
    )
    return Outcome(
        is_carried, "Được thông qua" if is_carried else "Không được thông qua", tuple(reasons), number, needed
    )


def elect(rule: Rule, roll: Roll, tally: Tally, *, seats: int, names: tuple[str, ...]) -> Outcome:
    """Who is elected: enough votes, then the most votes; a tie at the last seat is never broken by chance.

    Raises Undecidable, Unsound.
    """
    measure = _measure(rule, roll, tally, is_list=True)
    reasons = [*_before(rule, roll, tally, Way.ROOM), _base_reason(rule, measure, roll)]
    enough = [place for place, votes in enumerate(tally.votes) if measure.share.is_reached(votes, measure.number)]
    enough.sort(key=lambda place: (-tally.votes[place], place))
    elected, again = _seated(enough, tally, seats)
    for place in elected:
        votes = tally.votes[place]
        reasons.append(
            Reason(f"{names[place]}: {votes}/{measure.number} ({percent(votes, measure.number)}), trúng cử.")
        )
    reasons += _last_seats(
        rule, len(enough), len(elected), seats, [(names[place], tally.votes[place]) for place in again]
    )
    left = seats - len(elected)
    verdict = f"Trúng cử {len(elected)}/{seats}"
    return Outcome(
        left == 0, verdict, tuple(reasons), measure.number, measure.needed, tuple(elected), tuple(again), left
    )


def _seated(enough: list[int], tally: Tally, seats: int) -> tuple[list[int], list[int]]:
    """Those who surely have a seat, and those tied over what is left of the seats."""
    if len(enough) <= seats:
        return enough, []
    last = tally.votes[enough[seats - 1]]
    if tally.votes[enough[seats]] != last:
        return enough[:seats], []
    sure = [place for place in enough if tally.votes[place] > last]
    return sure, [place for place in enough if tally.votes[place] == last]


def _last_seats(rule: Rule, enough: int, elected: int, seats: int, tied: list[tuple[str, int]]) -> list[Reason]:
    """More winners than seats, a tie over the last ones, or seats that nobody has won."""
    if tied:
        names = ", ".join(name for name, _votes in tied)
        what = "bầu lại giữa những người này" if rule.tie is Tie.AGAIN else "hội nghị quyết định có bầu lại hay không"
        return [Reason(f"{names} bằng phiếu nhau ({tied[0][1]}) ở vị trí cuối; {what}.", rule.basis)]
    if enough > seats:
        words = f"{enough} người đạt mức cần thiết, nhiều hơn số cần bầu ({seats}); lấy người nhiều phiếu hơn."
        return [Reason(words, rule.basis)]
    if elected < seats:
        words = f"Còn thiếu {seats - elected} người; hội nghị quyết định bầu tiếp hay không."
        return [Reason(words, rule.basis)]
    return []


@dataclass(frozen=True)
class _Measure:
    base: Base
    share: Share
    number: int

    @property
    def needed(self) -> int:
        return self.share.needed(self.number)


def _measure(rule: Rule, roll: Roll, tally: Tally, *, is_list: bool) -> _Measure:
    if rule.base is None or rule.share is None:
        raise Undecidable(rule.basis)
    check_tally(tally, is_list=is_list)
    return _Measure(rule.base, rule.share, base_of(rule.base, roll, tally))


def _before(rule: Rule, roll: Roll, tally: Tally, way: Way) -> list[Reason]:
    told = []
    quorum = quorum_reason(rule, roll)
    if quorum is not None and way is Way.ROOM:
        told.append(quorum)
    told.append(
        Reason(
            f"Phát ra {tally.issued} phiếu, thu về {tally.collected}; hợp lệ {tally.valid}, "
            f"không hợp lệ {tally.invalid}."
        )
    )
    told += [Reason(f"Không hợp lệ: {why} ({number} phiếu).") for why, number in tally.invalid_why.items() if number]
    return told


def _base_reason(rule: Rule, measure: _Measure, roll: Roll) -> Reason:
    taken_off = deductions(roll) if measure.base is Base.SUMMONED else ""
    words = f"Cần {share_words(measure.share)} {BASES[measure.base]}: {measure.number}, tức từ {measure.needed} phiếu."
    return Reason(f"{words} ({taken_off}.)" if taken_off else words, rule.basis)


def _silent(base: Base, roll: Roll, tally: Tally, way: Way) -> str:
    """What becomes of those who did not answer."""
    silent = tally.issued - tally.collected
    if silent <= 0 or way is not Way.CIRCULATION:
        return ""
    counts = base in (Base.MEMBERS, Base.SUMMONED, Base.ISSUED, Base.PRESENT)
    how = "vẫn tính trong tổng số và không tính là đồng ý" if counts else "không tính vào tổng số"
    return f"{silent} người không trả lời {how}."
