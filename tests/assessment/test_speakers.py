"""How speakers are called."""

import pytest

from detente.assessment.speakers import within_a_sentence


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("An unsigned commentary", "an unsigned commentary"),
        ("The ministry", "the ministry"),
        ("Several officials", "several officials"),
        ("The Hague tribunal", "The Hague tribunal"),
        ("Andrei Gromyko", "Andrei Gromyko"),
        ("diplomatic sources", "diplomatic sources"),
    ],
)
def test_words_that_began_a_sentence_are_called_as_they_stand_within_one(words, called):
    assert within_a_sentence(words) == called
