"""Accounts and the frameworks' own tables.

Sign-in must find a user by name before anybody is known, so the account table is readable by the role; it
holds a hash and no facts about work. Everything a person may see starts with `congso.enter`.
"""

from congso.lib.protection import Exempt, Sealed

TABLES = (
    Exempt("accounts_user", "SELECT, UPDATE", "sign-in looks a user up before anybody is known; no work data"),
    Exempt("django_session", "SELECT, INSERT, UPDATE, DELETE", "sessions are keyed by an unguessable secret"),
    Exempt("account_emailaddress", "SELECT, INSERT, UPDATE, DELETE", "allauth's own table, unused data"),
    Exempt("account_emailconfirmation", "SELECT, INSERT, UPDATE, DELETE", "allauth's own table, unused data"),
    Exempt("django_content_type", "SELECT", "names of models, no content of anybody"),
    Exempt("django_migrations", "SELECT", "names of migrations; start-up checks read it"),
    Sealed("auth_group", reason="Django's groups are not used; access is in principals"),
    Sealed("auth_permission", reason="Django's permissions are not used; access is in principals"),
    Sealed("auth_group_permissions", reason="Django's permissions are not used"),
)
