"""Why a ballot may not be opened: everything at once, in sentences, each with its basis."""

from dataclasses import dataclass

from congso.apps.voting.rules.parsing import undefined_parts
from congso.apps.voting.rules.terms import (
    Kind,
    Method,
    NoQuorum,
    Quorum,
    Reason,
    Roll,
    Rule,
    Secrecy,
    Tally,
    Way,
)
from congso.apps.voting.rules.wording import BASES, base_of, share_words

COUNTERS_LEAST = 2  # two count independently of each other
NOTHING = Tally(0, 0, 0)


@dataclass(frozen=True)
class Plan:
    """What is about to be opened, as far as the rules look at it."""

    kind: Kind
    method: Method
    way: Way
    is_personnel: bool
    voters: int
    counters: int
    has_deadline: bool
    options: int = 0
    seats: int = 0
    is_poll_recorded: bool = False  # that the meeting was asked about a list longer than the surplus
    electronic_secret: bool = False  # a regulation allows secret ballots on a screen
    counters_on_list: int = 0
    threshold: int = 0  # how many of the committee open a secret box
    keys: int = 0  # how many of the committee have made their keys of a secret box
    round: int = 1


def obstacles(rule: Rule, plan: Plan, roll: Roll) -> list[Reason]:
    """Everything that stands in the way. Empty: it may be opened."""
    found = [Reason(f"Quy tắc chưa xác định: {part}.", rule.basis) for part in undefined_parts(rule)]
    if rule.kind is not plan.kind:
        found.append(Reason("Quy tắc này không dành cho loại nội dung đang biểu quyết."))
    found += _secrecy(rule, plan)
    found += _circulation(rule, plan)
    found += _people(plan)
    if plan.kind is Kind.LIST:
        found += list_problems(rule, plan)
    if plan.way is Way.ROOM:
        found += quorum_problem(rule, roll)
    if rule.rounds_most and plan.round > rule.rounds_most:
        found.append(Reason(f"Đã hết số vòng tối đa ({rule.rounds_most}).", rule.basis))
    return found


def _secrecy(rule: Rule, plan: Plan) -> list[Reason]:
    is_secret = plan.method in (Method.SECRET, Method.PAPER)
    found = []
    if rule.secrecy is Secrecy.REQUIRED and not is_secret:
        found.append(Reason("Quy tắc yêu cầu bỏ phiếu kín.", rule.basis))
    if rule.secrecy is Secrecy.OPEN and is_secret:
        found.append(Reason("Quy tắc yêu cầu biểu quyết công khai.", rule.basis))
    if plan.method is Method.SECRET and not plan.electronic_secret:
        found.append(
            Reason(
                "Bỏ phiếu kín điện tử chưa được bật: chưa ghi văn bản cho phép. Hãy bỏ phiếu giấy.",
                "Tham số “voting.electronic_secret_allowed” trong mục Quy định",
            )
        )
    if plan.method is Method.SECRET and not 2 <= plan.threshold <= plan.counters:
        found.append(Reason("Số thành viên ban kiểm phiếu cùng mở hòm phiếu phải từ 2 đến số thành viên của ban."))
    if plan.method is Method.SECRET and plan.keys < plan.counters:
        found.append(Reason(f"{plan.counters - plan.keys} thành viên ban kiểm phiếu chưa tạo khóa mở hòm phiếu."))
    return found


def _circulation(rule: Rule, plan: Plan) -> list[Reason]:
    if plan.way is not Way.CIRCULATION:
        return []
    found = []
    if rule.by_circulation is False:
        found.append(Reason("Quy tắc không cho lấy ý kiến bằng văn bản; phải đưa ra hội nghị.", rule.basis))
    if plan.is_personnel:
        found.append(
            Reason("Công tác cán bộ không lấy ý kiến bằng văn bản; phải đưa ra hội nghị.", "302-QĐ/TW; 01-QC/ĐU")
        )
    if plan.method is not Method.NAMED:
        found.append(Reason("Phiếu xin ý kiến là phiếu có ghi tên người trả lời."))
    if not plan.has_deadline:
        found.append(Reason("Phiếu xin ý kiến phải có thời hạn trả lời."))
    return found


def _people(plan: Plan) -> list[Reason]:
    found = []
    if plan.voters == 0:
        found.append(Reason("Chưa có người biểu quyết."))
    if plan.method is not Method.NAMED and plan.counters < COUNTERS_LEAST:
        found.append(Reason("Ban kiểm phiếu phải có ít nhất hai người để đếm độc lập."))
    if plan.counters_on_list:
        found.append(
            Reason(
                "Người có tên trong danh sách bầu cử không được tham gia ban kiểm phiếu.", "190-QĐ/TW, Điều 8 khoản 1"
            )
        )
    return found


def list_problems(rule: Rule, plan: Plan) -> list[Reason]:
    """What is wrong with an election list: no seats, no surplus where there must be, too much of it."""
    if plan.seats < 1:
        return [Reason("Chưa ghi số lượng cần bầu.")]
    if plan.options < plan.seats:
        return [Reason(f"Danh sách có {plan.options} người, ít hơn số lượng cần bầu ({plan.seats}).")]
    if rule.needs_surplus and plan.options == plan.seats:
        return [Reason("Danh sách bầu cử phải nhiều hơn số lượng cần bầu.", rule.basis)]
    if rule.surplus_most is None or plan.is_poll_recorded:
        return []
    most = most_names(plan.seats, rule.surplus_most)
    # One seat: a list of two is already twice as many; the rule on surplus is about committees (190-QĐ/TW, Điều 14).
    if plan.options > most and plan.seats > 1:
        words = f"Danh sách có {plan.options} người, vượt số dư tối đa {rule.surplus_most}% ({most} người)."
        return [Reason(f"{words} Phải xin ý kiến hội nghị về danh sách trước.", rule.basis)]
    return []


def most_names(seats: int, surplus_percent: int) -> int:
    """How long a list may be: the seats and the surplus, rounded down."""
    return seats * (100 + surplus_percent) // 100


def quorum_problem(rule: Rule, roll: Roll) -> list[Reason]:
    """One reason when too few are there; none when there are enough or no quorum is asked."""
    if rule.quorum is None or isinstance(rule.quorum, NoQuorum):
        return []
    base = base_of(rule.quorum.base, roll, NOTHING)
    if rule.quorum.share.is_reached(roll.present, base):
        return []
    return [Reason(f"Chưa đủ điều kiện họp: {_quorum_words(rule.quorum, roll)}", rule.basis)]


def quorum_reason(rule: Rule, roll: Roll) -> Reason | None:
    """How the quorum stood when the ballot was opened."""
    if rule.quorum is None or isinstance(rule.quorum, NoQuorum):
        return None
    return Reason(f"Điều kiện họp: {_quorum_words(rule.quorum, roll)}", rule.basis)


def _quorum_words(quorum: Quorum, roll: Roll) -> str:
    number = base_of(quorum.base, roll, NOTHING)
    needed = quorum.share.needed(number)
    return (
        f"có mặt {roll.present}/{number}, cần {share_words(quorum.share)} {BASES[quorum.base]}, tức từ {needed} người."
    )
