"""How a child process hears its task and answers: one order in, progress and one answer out, as lines of JSON."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Refused

Say = Callable[[dict[str, Any]], None]
Task = Callable[[dict[str, Any], Limits, Say], Any]


def serve(tasks: Mapping[str, Task]) -> None:
    """Read one task from standard input and answer; whatever libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, ensure_ascii=False) + "\n")
        answers.flush()

    order = json.load(sys.stdin)
    try:
        say({"result": tasks[order["task"]](order["arguments"], Limits(**order["limits"]), say)})
    except Refused as refused:
        say({"refused": [refused.code, refused.message_vi]})
