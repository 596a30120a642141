"""Accounts, what people sign in with, and the frameworks' own tables.

Before anybody is known the process works as the *sign-in desk*, a named system it can enter because it holds
the key; injected SQL cannot. The desk sees accounts, factors, sessions and counters, and no records. A
signed-in person sees her own rows of these.
"""

from congso.lib.protection import EVERYBODY, Exempt, Sealed, Table

_DESK = "(SELECT congso.is_sign_in())"
_OWN = "user_id IN (SELECT u.id FROM accounts_user u WHERE u.person_id = (SELECT congso.person()))"
_ADMINISTRATOR = "(SELECT congso.is_administrator())"
_OWN_OR_DESK = f"({_OWN} OR {_DESK})"
_UNUSED = "allauth's own table, not used: the office's e-mail addresses stand with its people"

TABLES = (
    # Read by everybody: the demo and the queue ask who an account name belongs to before anybody is known.
    # A hash is what can be read; what it would take to sign in as somebody cannot be written.
    Table(
        "accounts_user",
        read=EVERYBODY,
        insert=_ADMINISTRATOR,
        update=f"(person_id = (SELECT congso.person()) OR {_DESK} OR {_ADMINISTRATOR})",
        columns=("password", "last_login", "email", "is_active"),
    ),
    Table(
        "accounts_counter",
        read=_DESK,
        insert=_DESK,
        update=_DESK,
        delete=_DESK,
    ),
    Table(
        "accounts_watch",
        read=f"({_OWN_OR_DESK} OR {_ADMINISTRATOR})",
        insert=_DESK,
        update=_DESK,
    ),
    # Lists from the personnel system: names and contacts of everybody, for who administers everybody.
    Table("accounts_feed", read=_ADMINISTRATOR, insert=_ADMINISTRATOR, update=_ADMINISTRATOR),
    Table("accounts_feedrow", read=_ADMINISTRATOR, insert=_ADMINISTRATOR, update=_ADMINISTRATOR),
    Table("accounts_machine", read=_OWN_OR_DESK, insert=_DESK, update=_DESK),
    Table(
        "accounts_apitoken",
        read=_OWN_OR_DESK,
        insert=_OWN,
        update=_OWN_OR_DESK,
        columns=("last_used_at", "last_address", "revoked_at"),
    ),
    # Secrets in it are encrypted with a key outside the database. Administrators remove what was lost.
    Table(
        "mfa_authenticator",
        read=f"({_OWN} OR {_DESK} OR {_ADMINISTRATOR})",
        insert=_OWN,
        update=_OWN_OR_DESK,
        delete=f"({_OWN} OR {_ADMINISTRATOR})",
    ),
    Table(
        "usersessions_usersession",
        read=_OWN_OR_DESK,
        insert=_OWN_OR_DESK,
        update=_OWN_OR_DESK,
        delete=_OWN_OR_DESK,
    ),
    Table(
        "socialaccount_socialaccount",
        read=f"({_OWN} OR {_DESK} OR {_ADMINISTRATOR})",
        insert=f"({_OWN} OR {_ADMINISTRATOR})",
        update=_OWN_OR_DESK,
        delete=f"({_OWN} OR {_ADMINISTRATOR})",
    ),
    Sealed("socialaccount_socialapp", reason="providers stand in the operator's file, not in the database"),
    Sealed("socialaccount_socialtoken", reason="tokens of other providers are not kept"),
    Table(
        "allauth_idp_oidc_client",
        read="(SELECT congso.is_known())",
        insert=_ADMINISTRATOR,
        update=_ADMINISTRATOR,
        delete=_ADMINISTRATOR,
    ),
    Table(
        "allauth_idp_oidc_token",
        read=f"({_OWN} OR {_DESK} OR {_ADMINISTRATOR})",
        insert=_OWN_OR_DESK,
        update=_OWN_OR_DESK,
        delete=f"({_OWN} OR {_DESK} OR {_ADMINISTRATOR})",
    ),
    Exempt(
        "django_session",
        "SELECT, INSERT, UPDATE, DELETE",
        "rows stand under a hash of the browser's secret and are signed with the server's key: reading one or"
        " writing one opens nothing",
    ),
    Exempt("account_emailaddress", "SELECT", _UNUSED),
    Sealed("account_emailconfirmation", reason=_UNUSED),
    Exempt("django_content_type", "SELECT", "names of models, no content of anybody"),
    Exempt("django_migrations", "SELECT", "names of migrations; start-up checks read it"),
    Sealed("auth_group", reason="Django's groups are not used; access is in principals"),
    Sealed("auth_permission", reason="Django's permissions are not used; access is in principals"),
    Sealed("auth_group_permissions", reason="Django's permissions are not used"),
)
