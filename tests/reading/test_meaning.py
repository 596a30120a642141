"""A few papers of the asked corpus, really learnt: who says it in other words finds it too."""

import pytest

from congso.kernel.access.services import Actor, acting_as
from tests.reading.asked_corpus import papers, questions
from tests.reading.asked_scores import hybrid, mean_reciprocal_rank, places, recall, take_over, words_alone

pytestmark = pytest.mark.django_db

SUBJECTS, ASKED = 3, 18


def test_words_and_meaning_together_find_more_than_words(world, tmp_path, settings):
    settings.SEARCH_PASSAGES_UNDERSTOOD = 3
    take_over(papers(SUBJECTS), tmp_path)
    asked = questions(SUBJECTS, asked=ASKED, unanswerable=0)
    with acting_as(Actor.person(world.clerk)):
        together, words = places(hybrid, asked), places(words_alone, asked)
    missed = [question.query for question, place in zip(asked, together, strict=True) if not 0 < place <= 5]
    assert recall(together) >= 0.9, missed
    assert recall(together, 1) >= recall(words, 1)
    assert mean_reciprocal_rank(together) >= 0.75, (together, words)
