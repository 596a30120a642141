"""The form of a paper checked before it goes for signature, and what may be mended mended.

Files are opened in the guarded child; the rules themselves are pure (`judging`).
"""

from collections.abc import Sequence

from congso.kernel.composing.findings import Expected, Finding
from congso.kernel.composing.guarded import ask
from congso.kernel.composing.plain import expected_to_plain, finding_from


def check(file: bytes, expected: Expected) -> list[Finding]:
    """What is not as the rules want it, errors first, in the order of the paper.

    DOCX in full; of a PDF its head, title, signatures and recipients, letters' sizes, page numbers.
    Raises files.reading.refusals.Refused (hostile, damaged, unsupported file) with a sentence for the person.
    """
    plain, _ = ask("check", {"paper": file}, expected=expected_to_plain(expected))
    return [finding_from(one) for one in plain]


def repair(file: bytes, findings: Sequence[Finding], expected: Expected, *, accept_changes: bool = False) -> bytes:
    """The DOCX with every repairable finding of the list mended; words of the body stay as they are.

    Tracked changes are accepted and comments taken out only with `accept_changes`. Raises Refused, also for a file
    that is no DOCX.
    """
    codes = [one.code for one in findings if one.can_be_repaired]
    _, made = ask(
        "repair", {"paper": file}, expected=expected_to_plain(expected), codes=codes, accept_changes=accept_changes
    )
    return made
