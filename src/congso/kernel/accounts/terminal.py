"""What commands people type share: who acts, and many questions from a file.

Commands take a user's name and work as that person, with her rights and no others.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from django.core.management.base import CommandError

from congso.kernel.access.services import Actor
from congso.kernel.accounts.models import User


def actor_named(username: str) -> Actor:
    """The person behind an account. Raises CommandError where none may sign in; a closed account acts for nobody."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"Không có tài khoản “{username}” hoặc tài khoản đã khóa.")
    return Actor.person(user.person_id)


def questions_in(source: str, field: str) -> Iterator[tuple[Any, str]]:
    """Id and question of each line of a JSONL file (“-” is standard input), as it is read.

    Raises CommandError where the file cannot be opened, or naming the line that has no `id` and `field`.
    """
    with ExitStack() as opened:
        try:
            stream = sys.stdin if source == "-" else opened.enter_context(open(source, encoding="utf-8-sig"))  # noqa: PTH123 - "-" is none
        except OSError as error:
            raise CommandError(f"Không mở được tệp {source}: {error.strerror}.") from error
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                question = asked["id"], str(asked[field])
            except (ValueError, RecursionError, KeyError, TypeError) as error:
                raise CommandError(f"Dòng {number} không phải {{id, {field}}}.") from error
            yield question
