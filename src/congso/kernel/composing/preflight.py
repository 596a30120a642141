"""The form of a paper checked before it goes for signature, and what may be mended mended."""

from collections.abc import Sequence

from congso.kernel.composing.findings import Expected, Finding


def check(file: bytes, expected: Expected) -> list[Finding]:
    """What is not as the rules want it, errors first, in the order of the paper. DOCX in full; of a PDF what can be known.

    Raises files.reading.refusals.Refused (hostile, damaged, unsupported file) with a sentence for the person.
    """
    return []


def repair(file: bytes, findings: Sequence[Finding], expected: Expected, *, accept_changes: bool = False) -> bytes:
    """The DOCX with every repairable finding of the list mended; words of the body stay as they are.

    Tracked changes are accepted and comments taken out only with `accept_changes`. Raises Refused, also for a file
    that is no DOCX.
    """
    return file
