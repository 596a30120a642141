"""Signatures per second against bare pyHanko with the same key, paper and stamp (aim: at most 1.15 times as long).

`python -m tests.performance.bench.signing [--out docs/benchmarks.md]`
"""

import argparse
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from congso.kernel.signing.appearance import style_for
from congso.kernel.signing.keys.opened import OpenKey
from congso.kernel.signing.means import Level
from congso.kernel.signing.pades import sign
from congso.kernel.signing.testing import CHIEF, PERSONAL, PIN, TrustWorld, make_token, prepared, trust_world

HEADING = "Signing"
ROUNDS, IN_A_ROUND = 9, 10
AIM = 1.15


def bare(paper: bytes, key: OpenKey, world: TrustWorld, level: Level) -> bytes:
    """What a program that uses pyHanko directly does for the same result."""
    lasting = level in {Level.B_LT, Level.B_LTA}
    told = PdfSignatureMetadata(
        field_name=PERSONAL.name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS, embed_validation_info=lasting,
        validation_context=world.means.validation() if lasting else None,
    )  # fmt: skip
    stamper = world.means.timestamper if level is not Level.B_B else None
    style = style_for(PERSONAL, CHIEF, at=datetime.now(UTC))
    signer = PdfSigner(told, key.signer, timestamper=stamper, stamp_style=style)
    return signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(paper), strict=False)).getvalue()


def ours(paper: bytes, key: OpenKey, world: TrustWorld, level: Level) -> bytes:
    """The portal's."""
    return sign(
        paper, key=key, place=PERSONAL, reason="", by=CHIEF, at=datetime.now(UTC), means=world.means, level=level
    )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    for _ in range(IN_A_ROUND):
        act()
    return (time.perf_counter() - begun) / IN_A_ROUND


def compare(key: OpenKey, world: TrustWorld, level: Level) -> tuple[float, float]:
    """The best seconds a signature, bare and ours, in turns: what a busy machine adds is no one's work."""
    paper = prepared()
    bare(paper, key, world, level), ours(paper, key, world, level)
    taken = [
        (_seconds(lambda: bare(paper, key, world, level)), _seconds(lambda: ours(paper, key, world, level)))
        for _ in range(ROUNDS)
    ]
    return min(one for one, _ in taken), min(two for _, two in taken)


def measure() -> list[str]:
    """The section's lines."""
    lines = ["| key, level | bare pyHanko, signatures/s | here, signatures/s | times as long |", "|---|---|---|---|"]
    with TemporaryDirectory() as folder, trust_world() as world:
        token = make_token(Path(folder), world)[0]
        for words, held, secret, level in (
            ("software, B-B", world.person, "", Level.B_B),
            ("SoftHSM token, RSA 2048, B-B", token, PIN, Level.B_B),
            ("software, B-LT (TSA, OCSP, CRL on this machine)", world.person, "", Level.B_LT),
        ):
            with held.opened(secret) as key:
                plain, here = compare(key, world, level)
            lines.append(f"| {words} | {1 / plain:.1f} | {1 / here:.1f} | {here / plain:.2f} |")
    return [*lines, "", f"Aim: at most {AIM} times as long as bare pyHanko with the same key, paper and stamp."]


def main() -> None:
    """Measure and put the section into the page."""
    parser = argparse.ArgumentParser(prog="bench.signing")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    out = parser.parse_args().out
    section = f"## {HEADING}\n\n" + "\n".join(measure()) + "\n"
    kept = out.read_text(encoding="utf-8")
    known = re.compile(rf"^## {HEADING}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    made = known.sub(lambda _: section + "\n", kept) if known.search(kept) else f"{kept.rstrip()}\n\n{section}"
    out.write_text(made.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
