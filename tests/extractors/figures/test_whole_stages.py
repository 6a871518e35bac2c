"""A whole that has the number of one stage alone is of that stage, and so are its parts and the times told after it."""

import pytest

from extractors.figures.assemble import Placed
from extractors.figures.drafts import Context
from extractors.figures.prose import read_prose
from extractors.figures.whole_stages import with_stages
from schemas.pages import MappedText
from schemas.periods import Period
from tests.extractors.figures.stating import written


def stated(*texts: str) -> list[str]:
    """The figures of the last of some paragraphs."""
    context = Context(period=Period.financial(2014), default="complaints")
    placed = [Placed(text=MappedText(text, ()), reading=read_prose(text, context)) for text in texts]
    return [written(draft) for draft in with_stages(placed)[-1].reading.drafts]


COUNTS = "118 complaints were taken at Stage 1 and 9 at Stage 2."


def test_the_parts_of_a_known_whole_are_of_its_stage() -> None:
    found = stated(COUNTS, "73 of the 118 (62%) had a reply in time. On average a reply took 14.2 working days.")
    assert found == [
        "responses_on_time 73 stage=1",
        "responses_on_time percent_of 62 stage=1",
        "complaints 118 stage=1",
        "response_time mean 14.2 working days stage=1",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (COUNTS, "There were 118 complaints in all.", "73 of the 118 were answered in time."),  # of the total as well
        ("118 Stage 1 complaints were made in 2013/14.", "73 of the 118 were answered in time."),  # of another year
        (COUNTS, "5 of the 9 were answered in time."),  # so small a number may be anything's
        ("118 complaints were about delay at Stage 1.", "73 of the 118 were answered in time."),  # a theme, no stage
    ],
)
def test_a_whole_that_may_be_another_has_no_stage(texts: tuple[str, ...]) -> None:
    assert not any("stage" in figure for figure in stated(*texts))


def test_a_time_of_another_stage_keeps_it() -> None:
    found = stated(
        COUNTS, "73 of the 118 were answered in time. The 9 Stage 2 investigations took 70 working days on average."
    )
    assert found[-1] == "response_time mean 70 working days stage=2"
