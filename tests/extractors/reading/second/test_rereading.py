"""Which words of a scanned page are read again, and what becomes of them."""

import numpy as np
import pytest

from extractors.reading.ocr.raster import Raster
from extractors.reading.second.recogniser import Recognised, load_recogniser
from extractors.reading.second.rereading import is_candidate, is_read_once, read_again
from schemas.pages import BBox, Page, Placing, Word
from tests.extractors.reading.second.prints import Broken, Told, printed

_PLACING = Placing(matrix=(1, 0, 0, 0, 1, 0, 0, 0, 1), width=600, height=100)
_BLANK = Raster(image=np.full((100, 600), 255, dtype=np.uint8), scale=1.0, placing=_PLACING)


def word(text: str, x0: float = 100, x1: float = 140, confidence: float = 0.95) -> Word:
    return Word(text=text, bbox=BBox(x0, 40, x1, 60), size=14, confidence=confidence)


def page(*words: Word) -> Page:
    return Page(number=1, width=600, height=100, words=words, source="ocr")


@pytest.mark.parametrize(
    ("text", "confidence", "chosen"),
    [
        ("117", 0.99, True),
        ("(14%)", 0.99, True),
        ("£1,200", 0.99, True),
        ("l7", 0.99, True),
        ("wv", 0.35, True),
        ("|", 0.9, True),
        ("eleven", 0.7, True),
        ("eleven", 0.97, False),
        ("complaints", 0.3, False),
        ("the", 0.3, False),
        ("2014/15", 0.95, False),
        ("2014", 0.95, False),
        ("2014/15", 0.5, True),
        ("." * 40 + "3", 0.2, False),
        ("—", 0.4, False),
    ],
)
def test_numbers_and_what_may_be_one_are_read_again(text: str, confidence: float, chosen: bool) -> None:
    assert is_candidate([word("label", 0, 50), word(text, confidence=confidence)], 1) is chosen


def test_numbers_of_sections_stand_first_in_their_line() -> None:
    words = [word("3.1", 50, 70), word("13.1")]
    assert [is_candidate(words, place) for place in (0, 1)] == [False, True]


def test_a_number_is_read_from_its_own_print() -> None:
    image = np.full((100, 600), 255, dtype=np.uint8)
    for text, left in (("117", 100), ("65", 300)):
        drawn = printed(text, size=24)
        image[36 : 36 + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    raster = Raster(image=image, scale=1.0, placing=_PLACING)
    # the first reader read 111 where 117 is printed
    words = [
        Word(text=t, bbox=BBox(x, 34, x + w, 64), confidence=0.6) for t, x, w in (("111", 104, 52), ("65", 304, 36))
    ]
    read = read_again(page(word("label", 0, 50), *words), raster, load_recogniser(), first="Tesseract")
    assert [w.text for w in read.words] == ["label", "117", "65"]
    assert [[r.text for r in w.readings] for w in read.words] == [[], ["111", "117"], ["65", "65"]]
    assert [r.engine for r in read.words[1].readings] == ["Tesseract", "rapidocr"]


def test_only_where_the_readers_differ_there_is_a_second_look() -> None:
    reader = Told(lambda place, quick: Recognised(text=("17" if quick else "11"), confidence=0.9))
    read = read_again(page(word("17"), word("11", 300, 340)), _BLANK, reader, first="Tesseract")
    assert reader.asked == [(2, True), (1, False)]
    assert [w.readings[1].text for w in read.words] == ["17", "11"]


def test_letters_become_a_number_only_if_the_second_reader_is_sure() -> None:
    words = (word("wv", confidence=0.3), word("au", 300, 340, confidence=0.3))
    reader = Told(lambda place, quick: Recognised(text=("17", "211")[place], confidence=(0.98, 0.6)[place]))
    read = read_again(page(*words), _BLANK, reader, first="Tesseract")
    assert [w.text for w in read.words] == ["17", "au"]
    assert [len(w.readings) for w in read.words] == [2, 0]


def cell(text: str, x0: float, top: float = 40, *, raw: str = "", confidence: float = 0.95) -> Word:
    return Word(text=text, bbox=BBox(x0, top, x0 + 8, top + 14), size=12, confidence=confidence, raw=raw)


AMONG = (cell("4", 200), cell("12", 300), cell("7", 100, 62))


@pytest.mark.parametrize("letters", [cell("a", 100), cell("Q", 100), cell("al", 100), cell("%", 100, raw="&")])
def test_letters_that_stand_alone_among_numbers_may_be_one(letters: Word) -> None:
    reader = Told(lambda *_: Recognised(text="0", confidence=0.6))
    read = read_again(page(letters, *AMONG), _BLANK, reader, first="Tesseract").words[0]
    assert (read.text, [r.text for r in read.readings]) == ("0", [letters.text, "0"])


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ((cell("a", 100), cell("team", 112), *AMONG[1:]), "0"),  # words beside it
        ((cell("a", 100), cell("Team", 200), cell("Lead", 300)), "0"),  # among words
        ((cell("a", 100), *AMONG), "a"),  # the second reader sees no number
        ((cell("Red", 100), *AMONG), "0"),  # a word
        ((cell("%", 100), *AMONG), "0"),  # a sign that was read as itself
        ((cell("-", 100), *AMONG), "0"),  # a dash stands for none
    ],
)
def test_other_letters_stay(words: tuple[Word, ...], seen: str) -> None:
    reader = Told(lambda *_: Recognised(text=seen, confidence=0.6))
    assert read_again(page(*words), _BLANK, reader, first="Tesseract").words[0] == words[0]


def test_a_page_without_numbers_asks_nobody() -> None:
    reader = Told(lambda *_: Recognised(text="", confidence=0.0))
    assert read_again(page(word("none", confidence=0.99)), _BLANK, reader, first="Tesseract").words[0].readings == ()
    assert reader.asked == []


def test_a_broken_reader_leaves_numbers_that_were_is_read_once() -> None:
    before = page(word("117"))
    after = read_again(before, _BLANK, Broken(), first="Tesseract")
    assert after == before
    assert is_read_once(after)


@pytest.mark.parametrize("words", [(), (word("label"),), (word("2014/15"),)])
def test_a_page_without_numbers_to_read_twice_is_not_read_once(words: tuple[Word, ...]) -> None:
    assert not is_read_once(page(*words))
