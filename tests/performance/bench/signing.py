"""The time of a signature against bare pyHanko with the same key, paper and stamp (aim: at most 1.15 times as long).

`python -m tests.performance.bench.signing [--out docs/benchmarks.md]`
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from congso.kernel.signing.appearance import style_for
from congso.kernel.signing.keys.opened import OpenKey
from congso.kernel.signing.means import Level
from congso.kernel.signing.pades import sign
from congso.kernel.signing.testing import CHIEF, PERSONAL, PIN, TrustWorld, key_in_token, prepared, trust_world
from operate.places import ROOT
from tests.performance.bench.journal import put_section

HEADING = "Signing"
TURNS = 60
AIM = 1.15
_ABOUT = f"""\
One signature with its appearance on a page, {TURNS} in turns with bare pyHanko (the same key, paper, stamp, trust);
the least of each, milliseconds of computing · by the clock. The clock counts what others do on the machine, and with
B-LT what the authorities take to answer. Aim: at most {AIM} times as long, by computing.
"""


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


def _spent(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of computing (this thread's; the authorities answer in others) and by the clock of one signature."""
    begun, computed = time.perf_counter(), time.thread_time()
    act()
    return time.thread_time() - computed, time.perf_counter() - begun


def compare(key: OpenKey, world: TrustWorld, level: Level) -> tuple[list[float], list[float]]:
    """The least a signature takes, bare and ours, in turns: what a busy machine adds is no one's work."""
    paper = prepared()
    bare(paper, key, world, level), ours(paper, key, world, level)
    taken = [
        (_spent(lambda: bare(paper, key, world, level)), _spent(lambda: ours(paper, key, world, level)))
        for _ in range(TURNS)
    ]
    return [min(one) for one in zip(*(plain for plain, _ in taken), strict=True)], [
        min(one) for one in zip(*(here for _, here in taken), strict=True)
    ]


def measure() -> list[str]:
    """The section's lines."""
    lines = [_ABOUT, "| key, level | bare pyHanko, ms | here, ms | times as long |", "|---|---:|---:|---:|"]
    with trust_world() as world:
        token = key_in_token(world)
        for words, held, secret, level in (
            ("software, B-B", world.person, "", Level.B_B),
            ("SoftHSM token, RSA 2048, B-B", token, PIN, Level.B_B),
            ("software, B-LT (TSA, OCSP, CRL on this machine)", world.person, "", Level.B_LT),
        ):
            with held.opened(secret) as key:
                plain, here = compare(key, world, level)
            shown = (f"{one[0] * 1000:.0f} · {one[1] * 1000:.0f}" for one in (plain, here))
            ratios = " · ".join(f"{mine / theirs:.2f}" for mine, theirs in zip(here, plain, strict=True))
            lines.append(f"| {words} | {' | '.join(shown)} | {ratios} |")
    return lines


def run_signing(path: Path) -> None:
    """Measure and put the section into the page."""
    put_section(path, f"## {HEADING}\n\n" + "\n".join(measure()) + "\n")


def main() -> None:
    """The section alone."""
    parser = argparse.ArgumentParser(prog="bench.signing")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    run_signing(parser.parse_args().out)


if __name__ == "__main__":
    main()
