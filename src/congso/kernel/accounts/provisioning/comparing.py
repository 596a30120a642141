"""What the list says that the directory and the accounts do not; compared by the database, however long the list."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from congso.kernel.accounts.models import Feed, FeedRow

WORDS = {
    "enter": "Người mới", "recode": "Đổi mã nhân sự", "contact": "Đổi liên hệ", "appoint": "Thêm chức vụ",
    "open": "Mở tài khoản", "rename": "Đổi tên đăng nhập", "reopen": "Mở lại tài khoản", "end": "Thôi chức vụ",
    "close": "Đóng tài khoản",
}  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """What carrying the list out would do, in figures; `is_suspicious`: it would close too many accounts."""

    read: int
    problems: int
    acts: dict[str, int] = field(default_factory=dict)
    open_before: int = 0
    is_suspicious: bool = False

    @property
    def told(self) -> list[tuple[str, int]]:
        """Acts in words with their numbers."""
        return [(words, self.acts[key]) for key, words in WORDS.items() if self.acts.get(key)]


@transaction.atomic
def compare(feed: Feed) -> Summary:
    """Compare the list, just staged, with the directory of its day; what is to be done stands on its rows then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.compare_feed(%s, %s, %s)", [feed.pk, feed.day, feed.made_by_id])
        cursor.execute(
            "SELECT count(*) FROM accounts_user u JOIN directory_person p ON p.id = u.person_id"
            " WHERE u.is_active AND p.code <> ''"
        )
        feed.open_before = cursor.fetchone()[0]
    Feed.objects.filter(pk=feed.pk).update(open_before=feed.open_before)
    return summary_of(feed)


def summary_of(feed: Feed) -> Summary:
    """The figures of a compared list."""
    acts: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT act, count(*) FROM accounts_feedrow, unnest(acts) AS act"
            " WHERE feed_id = %s AND problem = '' GROUP BY act",
            [feed.pk],
        )
        acts.update(dict(cursor.fetchall()))
    problems = FeedRow.objects.filter(feed=feed, line__gt=0).exclude(problem="").count()
    limit = feed.open_before * settings.FEED_MOST_CLOSED_PERCENT / 100
    return Summary(feed.rows_read, problems, dict(acts), feed.open_before, acts["close"] > max(limit, 1))
