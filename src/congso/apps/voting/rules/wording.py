"""Numbers and shares as Vietnamese minutes say them."""

from congso.apps.voting.rules.terms import Base, Choice, Quorum, Roll, Rule, Share, Tally

BASES = {
    Base.MEMBERS: "tổng số thành viên đương nhiệm",
    Base.SUMMONED: "tổng số người được triệu tập (sau khi trừ theo quy định)",
    Base.PRESENT: "số người có mặt",
    Base.ISSUED: "số phiếu phát ra",
    Base.COLLECTED: "số phiếu thu về",
    Base.VALID: "số phiếu hợp lệ",
}
CHOICES = {Choice.YES: "đồng ý", Choice.NO: "không đồng ý", Choice.OTHER: "ý kiến khác"}


def share_words(share: Share) -> str:
    """“quá 1/2”, “ít nhất 2/3”, “toàn bộ”."""
    if share.part == share.whole and not share.is_more_than:
        return "toàn bộ"
    return f"{'quá' if share.is_more_than else 'ít nhất'} {part_words(share)}"


def part_words(share: Share) -> str:
    """A share as it is printed: per cent where the whole is a hundred."""
    return f"{share.part}%" if share.whole == 100 else f"{share.part}/{share.whole}"


def rule_words(rule: Rule) -> str:
    """What is enough, “quá 1/2 số người có mặt”; empty while it is not defined."""
    return f"{share_words(rule.share)} {BASES[rule.base]}" if rule.share and rule.base else ""


def quorum_words(rule: Rule) -> str:
    """How many must be there, in the same words; empty while nobody has said."""
    if isinstance(rule.quorum, Quorum):
        return f"{share_words(rule.quorum.share)} {BASES[rule.quorum.base]}"
    return "" if rule.quorum is None else "không quy định"


def percent(number: int, base: int) -> str:
    """78 of 91 as 85,71%."""
    if base <= 0:
        return "–"
    hundredths = (number * 10_000 * 2 + base) // (2 * base)
    return f"{hundredths // 100},{hundredths % 100:02d}%"


def base_of(base: Base, roll: Roll, tally: Tally) -> int:
    """How many the base is."""
    return {
        Base.MEMBERS: roll.members,
        Base.SUMMONED: roll.summoned_that_count,
        Base.PRESENT: roll.present,
        Base.ISSUED: tally.issued,
        Base.COLLECTED: tally.collected,
        Base.VALID: tally.valid,
    }[base]


def deductions(roll: Roll) -> str:
    """What is taken off those summoned, item by item."""
    told = "; ".join(f"{number} {why}" for why, number in roll.deducted.items() if number)
    return f"{roll.summoned} người được triệu tập, trừ {told}, còn {roll.summoned_that_count}" if told else ""
