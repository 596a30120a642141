"""The bench's papers are what the product itself would index."""

from congso.kernel.search.vectors import build_vectors
from tests.performance.bench.corpus import READER, Corpus, split
from tests.performance.bench.phrases import HEAD, OPENINGS, SUBJECTS, WORKS


def test_phrases_split_as_the_product_splits_them() -> None:
    for phrase in (*HEAD, *OPENINGS, *WORKS, *SUBJECTS):
        lexemes = {lexeme for word in split(phrase) for lexeme in word if lexeme}
        assert lexemes == {
            part.rpartition(":")[0] for part in build_vectors(number="", title=phrase, body="").title.split()
        }


def test_every_paper_has_3_to_12_principals_and_the_reader_s() -> None:
    for paper in Corpus().papers(range(500), 500):
        assert 3 <= len(paper.audience) <= 12
        assert READER in paper.audience
