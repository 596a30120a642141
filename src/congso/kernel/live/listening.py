"""The one connection a web process listens with; when it is lost it comes back, and everybody looks again."""

import asyncio
import logging

import psycopg
from django.db import connections

from congso.kernel.live.hub import Hub

CHANNEL = "congso_live"
LONGEST_PAUSE = 15.0
logger = logging.getLogger(__name__)


async def listen(hub: Hub) -> None:
    """Hand on what the database says until cancelled."""
    pause, is_first = 0.5, True
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(_address(), autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                if not is_first:
                    hub.tell_everyone()
                pause, is_first = 0.5, False
                async for heard in connection.notifies():
                    hub.hear(heard.payload)
        except (psycopg.Error, OSError) as lost:
            logger.warning("live notices wait for the database: %s", lost)
            is_first = False
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def _address() -> str:
    facts = connections["default"].settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {name: facts[key] for name, key in named.items() if facts[key]}
    plain = {name: value for name, value in facts["OPTIONS"].items() if isinstance(value, str)}
    return psycopg.conninfo.make_conninfo("", **known, **plain, application_name="congso live")
