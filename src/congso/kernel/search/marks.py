"""What a record is narrowed by besides its words: who issued it, who signed, what kind of paper it is.

Each becomes an index token no text can have, because words never begin with “~”: ~i an issuer known to the directory,
~j a word of an issuer's name, ~k a word of a signer's name, ~t a kind of paper. Owners and units (~o) the database
adds itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from congso.kernel.search.tokens import tokens
from congso.kernel.search.vectors import quoted
from congso.lib.vietnamese import fold

_MOST_WORDS = 20


@dataclass(frozen=True)
class Marks:
    """What a system says of one of its records; what it does not know stays empty."""

    kind: str = ""
    """The printed name of the paper's type: Kế hoạch."""
    issuer: str = ""
    issuer_id: int | None = None
    signer: str = ""

    @property
    def lexemes(self) -> tuple[str, ...]:
        """As the index has them."""
        found = [*words_of("j", self.issuer), *words_of("k", self.signer)]
        if self.kind:
            found.append(kind_mark(self.kind))
        if self.issuer_id:
            found.append(f"~i{self.issuer_id}")
        return tuple(dict.fromkeys(found))


def words_of(letter: str, text: str) -> list[str]:
    """A name word by word, without accents: who types part of it finds it too."""
    return [f"~{letter}{fold(token.form)}" for token in tokens(text)][:_MOST_WORDS]


def kind_mark(name: str) -> str:
    """The token of a kind of paper."""
    return "~t" + "_".join(fold(token.form) for token in tokens(name))


def all_of(lexemes: Iterable[str]) -> str:
    """A tsquery: each of them; empty for none."""
    return " & ".join(quoted(lexeme) for lexeme in lexemes)


def any_of(queries: Iterable[str]) -> str:
    """A tsquery: one of these queries; empty for none."""
    return " | ".join(f"({query})" for query in queries if query)
