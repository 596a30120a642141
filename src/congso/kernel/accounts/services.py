"""Making accounts; run by set-up, imports and administrators."""

from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Person


def open_account(person: Person, *, username: str, password: str) -> User:
    """An account for a person, with a password (hashed with Argon2)."""
    user = User(username=username, person=person, email=person.email)
    user.set_password(password)
    user.save(force_insert=True)
    return user
