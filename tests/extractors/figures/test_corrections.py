"""Numbers that were reported last year, and what they are numbers of."""

from dataclasses import replace

import pytest

from extractors.figures.corrections import UNKNOWN, Told, corrected
from extractors.figures.drafts import Context, Draft, Topic
from extractors.figures.prose import read_prose
from extractors.figures.relate_said import sentence_end
from tests.extractors.figures.grids import read
from tests.extractors.figures.stating import YEAR, written


def told(text: str) -> list[Told]:
    drafts = read_prose(text, Context(period=YEAR, topic=Topic(measure="complaints"), default="complaints")).drafts
    return [Told(d, text[d.sentence or 0 : sentence_end(text, d.end)].strip()) for d in drafts]


def last(text: str) -> str:
    return written(corrected(told(text))[-1])


@pytest.mark.parametrize(
    "note",
    [
        "In last year's report the 2013/14 figure was reported as 15.",
        "The 2013/14 figure has been restated: last year's report gave 15.",
        "The figure for 2013/14 was given as 15 in last year's report; it has since been corrected.",
    ],
)
def test_a_number_that_was_reported_last_year_is_of_what_was_counted_of_that_year(note: str):
    text = f"There were 11 complaints at Stage 2, compared with 16 in 2013/14. Seven complaints reached Stage 3. {note}"
    assert last(text) == "complaints 15 in 2013/14 stage=2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 11 complaints at Stage 2. The report gave 15 compliments.", "compliments 15"),
        ("There were 11 complaints at Stage 2. The 2013/14 report gave 15 complaints.", "complaints 15 in 2013/14"),
        ("Compliments rose from 9 in 2012/13. The 2013/14 figure was reported as 15.", "compliments 15 in 2013/14"),
    ],
)
def test_another_number_of_a_report_is_not(text: str, expected: str):
    assert last(text) == expected


def test_what_was_printed_in_its_place_is_of_the_same():
    text = "77% of complaints were resolved at Stage 1 of the process, and not 81% as printed in the report."
    assert last(text) == "complaints percent_of 81 outcome=resolved stage=1"


TABLE = [Told(d, "", 1) for _, d in read("Stage | 2013/14 | 2014/15\nStage 1 | 249 | 189\nStage 2 | 19 | 20").drafts]
NOTE = "The 2013/14 figure has been restated: last year's report gave {}."


def under_table(number: int) -> Draft:
    return corrected([*TABLE, *told(NOTE.format(number))])[-1]


def test_of_a_table_it_is_the_number_that_is_near():
    assert under_table(16).dims == {"stage": "2"}
    assert under_table(251).dims == {"stage": "1"}


def test_or_none_if_none_is():
    assert under_table(90).dims == {}


def test_of_two_numbers_of_that_year_the_nearer_was_replaced():
    text = (
        "Complaints fell from 207 in 2013/14 to 198. There were 192 complaints at Stage 1 in 2014/15, from 198 in 2013/14. "
        "The 2013/14 figure has been restated: last year's report gave 205."
    )
    assert last(text) == "complaints 205 in 2013/14"


def test_where_nothing_was_counted_in_words_it_is_of_the_table():
    """A paper that is about nothing we know as a whole: its table says what is counted."""
    text = NOTE.format(252)
    (draft,) = read_prose(text, Context(period=YEAR)).drafts
    assert written(corrected([*TABLE, Told(draft, text)])[-1]) == "complaints 252 in 2013/14 stage=1"


@pytest.mark.parametrize("number", [249, 500])
def test_what_is_as_it_was_took_the_place_of_nothing(number: int):
    text = NOTE.format(number)
    (draft,) = read_prose(text, Context(period=YEAR)).drafts
    assert corrected([*TABLE, Told(draft, text)])[-1].measure == UNKNOWN


def noted(*texts: str) -> str:
    """What the last text, a footnote, is about."""
    found = [replace(one, text=text) for text in texts for one in told(text)]
    return written(corrected(found)[-1])


def test_a_footnote_is_about_what_has_its_mark() -> None:
    marked = "There were 272 enquiries, compared with 264 in 2013/14. 1"
    other = "There were 300 complaints, compared with 260 in 2013/14."
    note = "The figure for 2013/14 was given as 261 in last year's report; it has since been corrected."
    assert noted(marked, other, f"1. {note}") == "enquiries 261 in 2013/14"
    assert noted(marked, other, f"3. {note}") == "complaints 261 in 2013/14"  # nothing has its mark
    assert noted(marked, other, note) == "complaints 261 in 2013/14"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Last year we told you of 52 complaints at Stage 1 in 2013/14. On checking, the right number is 50.",
            "complaints 50 in 2013/14 stage=1",
        ),
        # it is another number that is right, or the right one of this year
        ("Last year we told you of 52 complaints at Stage 1 in 2013/14. The number is 50.", "complaints 50 stage=1"),
        ("There were 52 complaints at Stage 1. On checking, the right number is 50.", "complaints 50 stage=1"),
    ],
)
def test_the_right_number_is_of_the_period_of_the_one_that_it_puts_right(text: str, expected: str):
    first, second = text.split(". ")
    drafts = [replace(one, text=text, words=second if one.draft.start > len(first) else first) for one in told(text)]
    assert written(corrected(drafts)[-1]) == expected
