"""Sentences that break off are guesses; whole ones, headings and items of lists are not."""

import pytest

from extractors.figures.broken import breaks_off, unless_broken
from extractors.figures.drafts import Context
from extractors.figures.prose import read_prose
from schemas.layout import Block
from schemas.periods import Period
from tests.extractors.figures.grids import mapped


def guesses(text: str, *, kind: str = "paragraph", after_broken: bool = False) -> list[str]:
    """The numbers of a block that are guesses, as printed."""
    block = Block(kind=kind, text=mapped(text))  # type: ignore[arg-type]
    context = Context(period=Period.parse("2014/15"), default="complaints")
    reading = unless_broken(read_prose(text, context), block, after_broken=after_broken)
    return [text[d.start : d.end] for d in reading.drafts if d.confidence < 0.5]


def test_a_last_sentence_that_breaks_off():
    text = "There were 12 complaints at Stage 2. The Council received 296 complaints at the"
    assert guesses(text) == ["296"]


def test_a_first_sentence_after_one_that_broke_off():
    text = "There were 16 complaints in the year. Nine complaints were upheld."
    assert guesses(text, after_broken=True) == ["16"]
    assert guesses(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Council received 296 complaints at Stage 1.", "paragraph"),
        ("The Council received in all of the year complaints: 296", "paragraph"),
        ("296 complaints were received by the Council in the year", "list_item"),
        ("12 complaints upheld", "paragraph"),
    ],
)
def test_what_does_not_break_off(text: str, kind: str):
    assert guesses(text, kind=kind) == []


def test_a_heading_does_not_break_off():
    block = Block(kind="heading", text=mapped("What families told us in the year"))
    assert not breaks_off(block)
