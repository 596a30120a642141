"""Findings made short to write."""

from dataclasses import dataclass
from typing import TypedDict, Unpack

from congso.kernel.composing.findings import Expected, Finding, Severity
from congso.kernel.composing.forms import Form
from congso.kernel.composing.paper import Paper, Para

_EXCERPT = 80


class More(TypedDict, total=False):
    """What a finding may say beside its words: where, whether it can be mended, another source than the form's."""

    at: Para | None
    repair: bool
    source: str


@dataclass(frozen=True)
class Case:
    """What a rule judges: the paper, what is expected of it, the form's measures."""

    paper: Paper
    expected: Expected
    form: Form

    def error(self, code: str, message: str, mending: str, **more: Unpack[More]) -> Finding:
        return self._finding(Severity.ERROR, code, message, mending, **more)

    def warning(self, code: str, message: str, mending: str, **more: Unpack[More]) -> Finding:
        return self._finding(Severity.WARNING, code, message, mending, **more)

    def note(self, code: str, message: str, mending: str, **more: Unpack[More]) -> Finding:
        return self._finding(Severity.NOTE, code, message, mending, **more)

    def final(self, code: str, message: str, mending: str, **more: Unpack[More]) -> Finding:
        """An error in what goes for signature, a note in a draft."""
        severity = Severity.ERROR if self.expected.is_final else Severity.NOTE
        return self._finding(severity, code, message, mending, **more)

    def _finding(
        self,
        severity: Severity,
        code: str,
        message: str,
        mending: str,
        *,
        at: Para | None = None,
        repair: bool = False,
        source: str = "",
    ) -> Finding:
        return Finding(
            code,
            severity,
            message,
            mending,
            source or self.form.source,
            can_be_repaired=repair and self.paper.is_word,
            paragraph=at.number if at and self.paper.is_word else 0,
            page=at.page if at else 0,
            excerpt=shortened(at.line) if at else "",
        )


def shortened(text: str) -> str:
    """Enough to find it by."""
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
