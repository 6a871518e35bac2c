"""Turns of phrase of officers' looser prose, each beside what looks like it and says something else (written as in stating.py)."""

import pytest

from extractors.document import extract
from extractors.figures.drafts import Topic
from extractors.figures.sections import of_ombudsman
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from tests.extractors.figures.stating import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # what is hoped for, and what is of others
        ("70% of replies were in time, well short of our 80% ambition.", ["responses_on_time percent_of 70"]),
        ("80% of replies should be sent within 10 working days.", []),
        ("80% of replies were sent within 10 working days.", ["responses_on_time percent_of 80"]),
        ("Our target is 10 days, and 85% of cases.", []),
        ("59% were upheld, which compares with 54% for all authorities in England.", ["complaints percent_of 59 outcome=upheld"]),
        ("Kent, for comparison, had 31 cases.", []),
        ("The Ombudsman's report drew on 12 investigations across the country.", []),
        ("The service looked after 340 unaccompanied minors.", []),
        # ages, and a word for a thing
        ("You can complain if you are under 21 (24 if you are still studying).", []),
        ("If your complaint is a hard one it might take longer.", []),
        ("It was a complaint, and one complaint was upheld.", ["complaints 1 outcome=upheld"]),
        # what came next
        ("The commonest theme was poor communication, with 141 complaints; delay came next (96).",
         ["complaints 141 category=poor communication", "complaints 96 category=delay"]),
        # shares that had not been upheld
        ("31% of complaints had been upheld, and 42% had not.",
         ["complaints percent_of 31 outcome=upheld", "complaints percent_of 42 outcome=not_upheld"]),
        ("31% of complaints had been upheld, and 42% had not yet been decided.",
         ["complaints percent_of 31 outcome=upheld", "complaints percent_of 42"]),
        # verbs behind a number that are no names of things
        ("The process had 157 complaints, with nineteen proceeding to Stage 2.", ["complaints 157", "complaints 19 stage=2"]),
        # contacts put right
        ("Of the contacts, 389 had been put right informally.", ["initial_feedback 389"]),
        ("389 complaints had been put right.", ["complaints 389"]),
        # times of two stages in one sentence, and what is no time behind one
        ("The average time to respond was 14 working days at Stage 1 and 71 at Stage 2.",
         ["response_time mean 14 working days stage=1", "response_time mean 71 working days stage=2"]),
        ("The average time to respond at Stage 1 was 14 working days and at Stage 2 it was 71.",
         ["response_time mean 14 working days stage=1", "response_time mean 71 working days stage=2"]),
        ("On average Stage 1 complaints took 14 working days and Stage 2 complaints 71.",
         ["response_time mean 14 working days stage=1", "response_time mean 71 working days stage=2"]),
        ("The average was 14 working days at Stage 1 and 71 complaints went to Stage 2.",
         ["response_time mean 14 working days stage=1", "complaints 71 stage=2"]),
        ("Replies took 14 working days on average, and 71 complaints were upheld.",
         ["response_time mean 14 working days", "complaints 71 outcome=upheld"]),
        ("Replies took 14 working days on average at Stage 1 and 71 of them were late.",
         ["response_time mean 14 working days stage=1", "complaints 71 event=late stage=1"]),
        # a second “from” tells another thing
        ("Stage 2 complaints rose from 4 to 8, and Stage 3 from 1 to 2.",
         ["complaints 4 in 2013/14 stage=2", "complaints 8 stage=2", "complaints 1 in 2013/14 stage=3", "complaints 2 stage=3"]),
        ("Complaints rose from 60 to 72, compliments from 30 to 41.",
         ["complaints 60 in 2013/14", "complaints 72", "compliments 30 in 2013/14", "compliments 41"]),
        ("Complaints rose from 60 to 72, an increase of 12 from 60.",
         ["complaints 60 in 2013/14", "complaints 72", "complaints change 12", "complaints 60 in 2013/14"]),
        ("There were 72 complaints, twelve more than the 60 before; compliments, too, rose, to 41.",
         ["complaints 72", "complaints change 12", "complaints 60 in 2013/14", "compliments 41"]),
        # a year behind a semicolon
        ("It took 13.4 working days on average to close a case; the year before it took 15.2.",
         ["response_time mean 13.4 working days", "response_time mean 15.2 working days in 2013/14"]),
    ],
)  # fmt: skip
def test_looser_prose(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("given", "figures"),
    [
        ({"heading": Topic(measure="compliments"), "topic": Topic(measure="compliments")},
         ["compliments 41 complainant=parent", "compliments 10 complainant=child"]),
        ({"topic": Topic(measure="compliments", counted=(("compliments", {"complainant": "child"}),))},
         ["compliments 41 complainant=parent", "compliments 10 complainant=child"]),
        ({"topic": Topic(measure="compliments", counted=(("compliments", {}),))},
         ["complaints 41 complainant=parent", "complaints 10 complainant=child"]),
        ({"heading": Topic(measure="complaints"), "topic": Topic(measure="compliments")},
         ["complaints 41 complainant=parent", "complaints 10 complainant=child"]),
    ],
)  # fmt: skip
def test_who_sent_what(given: dict[str, Topic], figures: list[str]) -> None:
    assert stated("Parents sent 41 and young people 10.", **given) == figures


LETTER = """20 July 2017

Dear Chief Executive,

Annual Review letter 2017

I write to you with our annual summary of the complaints made to the Local Government and Social Care Ombudsman about your
authority for the year ended 31 March 2017.

We received 88 complaints and enquiries about your Council in the year, compared with 79 in 2015/16. They fell into these areas:

Education and Children's Services: 41
Corporate and Other Services: 6

We decided 84 cases. The remaining 22 were investigated in detail, and of these 13 were upheld.
"""


def measures(text: str) -> list[tuple[str, str]]:
    pdf = render(text.encode(), "text").pdf
    read = extract(read_pdf(pdf, typeset=True), pdf=pdf, file_name="letter.txt", authority="Hampshire County Council")
    return [(x.measure, str(x.value)) for x in read.figures]


def test_the_letter_of_the_ombudsman_counts_the_cases_of_the_ombudsman() -> None:
    assert of_ombudsman(LETTER)
    assert measures(LETTER) == [("ombudsman_cases", n) for n in ("88", "79", "41", "6", "84", "22", "13")]


@pytest.mark.parametrize(
    "text",
    [
        LETTER.replace("Dear Chief Executive,", "Report of the Chief Executive"),
        LETTER.replace("your", "the"),
        LETTER.replace("Annual Review letter 2017", "Your complaint").replace("annual summary", "summary"),
        LETTER.replace("Local Government and Social Care Ombudsman", "Council"),
    ],
)
def test_other_papers_and_letters_are_not_that_letter(text: str) -> None:
    assert not of_ombudsman(text)
