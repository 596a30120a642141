"""Who acts at the terminal: commands take a user's name and work as that person, with her rights and no others."""

from congso.kernel.access.services import Actor
from congso.kernel.accounts.models import User


class NoSuchAccount(Exception):
    """No account that may sign in bears the name; the message says so in Vietnamese."""


def actor_named(username: str) -> Actor:
    """The person behind an account. Raises NoSuchAccount; a closed account acts for nobody."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NoSuchAccount(f"Không có tài khoản “{username}” hoặc tài khoản đã khóa.")
    return Actor.person(user.person_id)
