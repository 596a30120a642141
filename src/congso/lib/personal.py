"""How personal data is declared, beside the models that hold it (`personal.py`, as `protection.py`).

One declaration is one line of the register of processing (law 91/2025/QH15): what is kept about whom, for which
purpose, on which basis, how long, who receives it and what becomes of it at the end.
`tests/architecture/test_personal.py` walks all models and fails where a field that names or reaches a person is not
declared.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise  # text for people, translated when it is shown


class Category(StrEnum):
    """Basic or sensitive data (356/2025/NĐ-CP, articles 3 and 4)."""

    BASIC = "basic"
    SENSITIVE = "sensitive"


class Basis(StrEnum):
    """On which ground the data may be processed."""

    DUTY = "duty"  # tasks of Party, Front and state bodies by law
    LEGAL = "legal"  # an obligation of law: security logs, archives
    CONSENT = "consent"


class Retention(StrEnum):
    """How long the data is kept."""

    SERVICE = "service"  # while the person works here, and some years after (a regulation)
    RECORD = "record"  # as long as the record it belongs to, by archive law
    JOURNAL = "journal"  # as long as the journal
    SHORT = "short"  # until it is revoked, used up or over


class Fate(StrEnum):
    """What the end of retention does to the value."""

    ERASE = "erase"  # emptied, or its row removed
    REPLACE = "replace"  # a mark without meaning stands in its place
    KEEP = "keep"  # stays with the record or the journal, for the purpose of archives and proof


@dataclass(frozen=True)
class Datum:
    """One column that holds personal data; a secret one (a hash, a key) is told of in a copy, never copied."""

    name: str
    label: Words
    category: Category = Category.BASIC
    fate: Fate = Fate.KEEP
    is_secret: bool = False


@dataclass(frozen=True)
class PersonalData:
    """Columns of one table kept about one kind of people for one purpose.

    `subject` is the lookup from a row to the person's id; empty when the people are not in the directory (signers of
    papers, people named in texts), so that only a request by hand finds them.
    """

    model: str
    subject: str
    activity: Words
    data: tuple[Datum, ...]
    purpose: Words
    basis: Basis
    retention: Retention
    recipients: Words
    people: Words = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The declared columns."""
        return tuple(one.name for one in self.data)


@dataclass(frozen=True)
class NotPersonal:
    """A column that looks like personal data and is not, with the reason a reviewer can judge."""

    model: str
    name: str
    reason: str


Declaration = PersonalData | NotPersonal

CATEGORY_WORDS = {Category.BASIC: _("Cơ bản"), Category.SENSITIVE: _("Nhạy cảm")}
BASIS_WORDS = {
    Basis.DUTY: _("Hoạt động của cơ quan theo chức năng, nhiệm vụ luật định"),
    Basis.LEGAL: _("Nghĩa vụ theo pháp luật về an ninh mạng, lưu trữ"),
    Basis.CONSENT: _("Sự đồng ý của chủ thể dữ liệu"),
}
RETENTION_WORDS = {
    Retention.SERVICE: _("Trong thời gian công tác và số năm sau khi thôi công tác theo “Quy định”"),
    Retention.RECORD: _("Theo thời hạn bảo quản của hồ sơ, tài liệu"),
    Retention.JOURNAL: _("Theo thời hạn của nhật ký hệ thống"),
    Retention.SHORT: _("Đến khi thu hồi, hết hạn hoặc dùng xong"),
}
FATE_WORDS = {Fate.ERASE: _("Xóa"), Fate.REPLACE: _("Thay bằng dấu ẩn danh"), Fate.KEEP: _("Giữ cùng hồ sơ")}
OFFICERS = _("Cán bộ, đảng viên có tài khoản hoặc chức vụ")


def work_trace(model: str, column: str, label: Words, *more: Datum) -> PersonalData:
    """Who did what on a record: the link to the person and what stands beside it, kept as long as the record."""
    return PersonalData(
        model,
        f"{column}_id",
        activity=_("Ghi người làm việc trên hồ sơ"),
        data=(Datum(column, label), *more),
        purpose=_("Xác định trách nhiệm, giữ lịch sử của hồ sơ công việc"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=OFFICERS,
    )
