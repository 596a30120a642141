"""Turning declarations into policies and grants; idempotent, run as the owner after migrations."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from congso.lib.protection import Exempt, Protection, Sealed, Table

_ACTS = (
    ("read", "SELECT", "USING"),
    ("insert", "INSERT", "WITH CHECK"),
    ("update", "UPDATE", "USING"),
    ("delete", "DELETE", "USING"),
)


def declared() -> list[Protection]:
    """Every declaration of every installed package: `TABLES` of its protection module."""
    found: list[Protection] = []
    for module in _modules("protection"):
        found.extend(import_module(module).TABLES)
    return found


def secure(app_role: str) -> int:
    """Apply every SQL file and declaration in one transaction; returns how many tables were protected."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS congso")
        _store_key(cursor)
        for path in sql_files():
            cursor.execute(path.read_text())
        role = sql.Identifier(app_role)
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public, congso TO {}").format(role))
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        tables = declared()
        for table in tables:
            _protect(cursor, table, role)
        return len(tables)


def sql_files() -> Iterable[Path]:
    """The SQL of every package (`internal/functions.sql` first), in the kernel's order (settings list it bottom up)."""
    order = {f"congso.kernel.{name}": place for place, name in enumerate(settings.KERNEL)}
    order |= {"congso.kernel.access": -1}
    configs = sorted(apps.get_app_configs(), key=lambda config: order.get(config.name, 99))
    folders = (Path(config.path) / "internal" for config in configs if "congso" in config.name)
    return [path for folder in folders for path in sorted(folder.glob("*.sql"), key=_functions_first)]


def _functions_first(path: Path) -> tuple[bool, str]:
    return path.stem != "functions", path.stem


def _modules(name: str) -> list[str]:
    named = [f"{config.name}.{name}" for config in apps.get_app_configs() if config.name.startswith("congso.")]
    return [module for module in named if find_spec(module)]


def _store_key(cursor: CursorWrapper) -> None:
    key = settings.ACCESS_KEY.ljust(64, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))
    cursor.execute("DELETE FROM access_secret")
    cursor.execute("INSERT INTO access_secret (inner_pad, outer_pad) VALUES (%s, %s)", [inner, outer])


def _protect(cursor: CursorWrapper, table: Protection, role: sql.Identifier) -> None:
    name = sql.Identifier(table.name)
    if isinstance(table, Exempt):
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(name))
        cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(table.grants), name, role))
        return
    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))
    for act, command, clause in _ACTS:
        policy = sql.Identifier(f"congso_{act}")
        cursor.execute(sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, name))
        predicate = None if isinstance(table, Sealed) else getattr(table, act)
        if predicate is None:
            continue
        condition = f"{clause} ({predicate})"
        if act == "update" and isinstance(table, Table):
            condition += f" WITH CHECK ({table.check})"
        cursor.execute(
            sql.SQL("CREATE POLICY {} ON {} FOR {} " + condition.replace("{", "{{").replace("}", "}}")).format(
                policy, name, sql.SQL(command)
            )
        )
        cursor.execute(_grant(command, table).format(name, role))


def _grant(command: str, table: Protection) -> sql.SQL:
    if command == "UPDATE" and isinstance(table, Table) and table.columns:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        return sql.SQL(f"GRANT UPDATE ({columns}) ON {{}} TO {{}}")
    return sql.SQL(f"GRANT {command} ON {{}} TO {{}}")
