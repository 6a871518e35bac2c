"""Two numbers that the words hold together, and two that only stand near each other."""

import pytest

from pipeline.reconcile.checks import check
from pipeline.reconcile.observations import named_together, names
from tests.pipeline.reconcile.build import figure

TOLD = "There had been 74 compliments. The Committee noted that all 71 compliments were passed on to the workers."


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("There had been 74 compliments, of which 71 were passed on to the workers.", True),
        ("Compliments: 74 (71 of them in writing). The rest came by telephone.", True),
        ("Team A | 74 | 71", True),
        (TOLD, False),
        ("71 were received. There had been 74 compliments the year before.", False),
    ],
)
def test_one_sentence_or_row_holds_both(words: str, together: bool) -> None:
    assert named_together(figure("a", "74", snippet=words), figure("b", "71", snippet=words)) == together


def test_two_sentences_that_give_one_thing_two_numbers_contradict_each_other() -> None:
    figures = [figure("a", "74", snippet=TOLD), figure("b", "71", snippet=TOLD)]
    assert [f.kind for f in check(figures, []).findings] == ["conflicting_statement"]
    together = TOLD.replace(". The Committee noted that all", ", and the Committee noted that all")
    assert not check([figure("a", "74", snippet=together), figure("b", "71", snippet=together)], []).findings


def test_the_half_of_a_year_names_no_number() -> None:
    words = "9 informal concerns were recorded, 3 fewer than the 12 of 2012-13."
    assert not names(figure("one", "12", words="12", snippet=words), figure("other", "13", words="13"))
    assert names(figure("one", "12", words="12", snippet=words), figure("other", "9", words="9"))
