"""Sentences that speak of the figures as a whole, and those that do not."""

import pytest

from extractors.notes import find_notes
from schemas.layout import Block, BlockKind, Layout
from schemas.notes import load_topics
from schemas.pages import BBox, MappedText, Word


def topics(text: str, kind: BlockKind = "paragraph") -> list[str]:
    """Topics of the notes in one block."""
    return [note.topic for note in find_notes(layout(text, kind))]


def layout(text: str, kind: BlockKind = "paragraph") -> Layout:
    words = [(3, Word(text=w, bbox=BBox(10 * i, 0, 10 * i + 9, 9))) for i, w in enumerate(text.split())]
    return Layout(elements=(Block(kind=kind, text=MappedText.join(words)),))


SAID = [
    ("The 2014/15 figure was reported as 176 in last year's report, before a late entry was added.", "restated"),
    ("(The 2017-18 number had been given last year as 90; one had been logged under Housing.)", "restated"),
    ("Last year's report gave nine for 2016/17; ten is now known to be right.", "restated"),
    ("The 2013/14 total was 58; it appeared in last year's report as 57.", "restated"),
    ("The total for 2015/16 has been revised from 41 to 44.", "restated"),
    ("The figures for 2014-15 cannot be compared directly with those of earlier years.", "incomparable"),
    ("This year's numbers are not comparable with previous years.", "incomparable"),
    ("Concerns settled within one working day are no longer counted as complaints.", "definition"),
    ("A new recording system was introduced in May.", "definition"),
    ("All young people were offered an advocate.", "advocacy"),
]
NOT_SAID = [
    "The policy was revised in May.",
    "Members raised questions and answers were given as follows: 1, 2.",
    "These figures cannot be compared with those of other authorities.",
    "The procedure may be restated in the leaflet.",
    "Eleven complaints were upheld.",
]


@pytest.mark.parametrize(("text", "topic"), SAID)
def test_sentence_is_on_its_topic(text: str, topic: str) -> None:
    assert topic in topics(text)


@pytest.mark.parametrize("text", NOT_SAID)
def test_sentence_is_on_none_of_the_topics_of_figures(text: str) -> None:
    assert not {"restated", "incomparable", "definition"}.intersection(topics(text))


def test_note_has_numbers_page_and_the_sentence_before() -> None:
    text = "There were 91 complaints. The number had been given last year as 90. Twelve were late."
    (note,) = [n for n in find_notes(layout(text)) if n.topic == "restated"]
    assert ([int(n) for n in note.numbers], note.page) == ([90], 3)
    assert note.text == "There were 91 complaints. The number had been given last year as 90."
    assert note.bbox.x0 == 40


def test_some_words_count_in_headings_alone() -> None:
    assert "learning" in topics("Lessons", "heading")
    assert "learning" not in topics("Swimming lessons were offered.")


def test_furniture_says_nothing() -> None:
    assert topics("Restated 2014 figures 12", "furniture") == []


def test_topics_of_the_data_file_have_words() -> None:
    assert all(topic.phrases(heading=False) for topic in load_topics())
