"""Lists in a sentence that say their verb once, each beside what looks like one (written as in stating.py)."""

import pytest

from extractors.figures.elided import elided
from extractors.language.clause import read_sentences
from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Of the 52 complaints, 20 related to delay, 14 to staff conduct and 9 to poor communication.",
            ["complaints 52", "complaints 20 category=delay", "complaints 14 category=staff conduct",
             "complaints 9 category=poor communication"],
        ),
        (
            "Twenty complaints concerned delay, 14 staff conduct and the remaining nine finance.",
            ["complaints 20 category=delay", "complaints 14 category=staff conduct", "complaints 9 category=finance"],
        ),
        (
            "Twelve of the complaints involved the Assessment Team, 9 the Leaving Care Team and the other three the Fostering Team.",
            ["complaints 12 team=assessment team", "complaints 9 team=leaving care team", "complaints 3 team=fostering team"],
        ),
        (
            "Eight of the 19 complaints related to delay and three to poor communication.",
            ["complaints 8 category=delay", "complaints 19", "complaints 3 category=poor communication"],
        ),
        (
            "38% of complaints related to delay, 27% to staff conduct and 17% to finance.",
            ["complaints percent_of 38 category=delay", "complaints percent_of 27 category=staff conduct",
             "complaints percent_of 17 category=finance"],
        ),
    ],
)  # fmt: skip
def test_lists_that_say_their_verb_once(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        # what comes next has a verb of its own
        "Twelve complaints concerned delay, 3 were upheld and 4 withdrawn.",
        # two things beside each other, of which the second may be anything
        "Twelve complaints concerned delay, 14 staff left.",
        # times, and shares of something else
        "Twelve complaints concerned delay, 14 days late and 3 weeks at worst.",
        "Twelve complaints related to delay, 25% of the total and 3 of them serious.",
        # groups of children that the vocabulary knows
        "Eight complaints related to looked after children and three to care leavers.",
        # stages and outcomes that it knows
        "Eight complaints related to delay and went to Stage 1, three to Stage 2.",
    ],
)
def test_what_is_no_such_list(text: str) -> None:
    assert elided(read_sentences(text)[0]) == {}
