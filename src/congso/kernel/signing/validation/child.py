"""The child process that judges signatures: started by path under the guard, like the reader of foreign files."""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started by path, without the service's environment
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from asn1crypto import crl, x509

from congso.kernel.files.reading.answering import Say, serve
from congso.kernel.files.reading.limits import Limits
from congso.kernel.signing.validation.additions import additions
from congso.kernel.signing.validation.judge import Trust
from congso.kernel.signing.validation.judge import judge as judge_pdf


def judge(arguments: dict[str, Any], _limits: Limits, _say: Say) -> dict[str, Any]:
    """Verdict and facts of one file."""
    logging.disable(logging.CRITICAL)  # pyHanko logs every doubt with a trace; the report tells them
    folder = Path(arguments["trust"])
    trust = Trust(
        [x509.Certificate.load(path.read_bytes()) for path in sorted(folder.glob("*.anchor"))],
        frozenset(arguments["tests"]),
        [crl.CertificateList.load(path.read_bytes()) for path in sorted(folder.glob("*.crl"))],
    )
    pdf = Path(arguments["path"]).read_bytes()
    return judge_pdf(pdf, trust, at=datetime.fromisoformat(arguments["at"]))


def grown(arguments: dict[str, Any], _limits: Limits, _say: Say) -> dict[str, Any]:
    """What a file adds to the paper it begins with."""
    logging.disable(logging.CRITICAL)
    return additions(Path(arguments["path"]).read_bytes(), arguments["size"])


if __name__ == "__main__":
    serve({"judge": judge, "grown": grown})
