"""People at work until standard input is closed: `python -m tests.faults.working_day WORLD` (as JSON).

Each line on standard output is one act that was acknowledged: what, and the number of its record.
"""

import json
import sys
import threading

import django


def main() -> None:
    """Let them work side by side."""
    from tests.faults.colleagues import Colleagues

    saying, stop = threading.Lock(), threading.Event()

    def say(what: str, number: int) -> None:
        with saying:
            sys.stdout.write(f"{what} {number}\n")
            sys.stdout.flush()

    office = Colleagues(json.loads(sys.argv[1]), say, stop)
    working = [threading.Thread(target=work) for work in (office.register, office.upload, office.report)]
    for one in working:
        one.start()
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    django.setup()
    main()
