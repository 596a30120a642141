"""Sessions whose stored key is a hash: who reads the table cannot sign in with what she read."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone


def stored_key(session_key: str) -> str:
    """What the table holds for the key in the browser's cookie; as long as the column allows (160 bits)."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's database sessions, looked up by the hash of the cookie."""

    def _get_session_from_db(self) -> Session | None:
        key = stored_key(self.session_key or "")
        found = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=stored_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        return Session(
            session_key=stored_key(row.session_key),
            session_data=row.session_data,
            expire_date=row.expire_date,
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=stored_key(key)).delete()
