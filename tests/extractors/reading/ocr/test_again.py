"""What the first reader reads badly is read again, and which of the readings is used."""

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.reading.ocr.again import read_poor
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.segment import Strip
from extractors.reading.ocr.tesseract import Layout, Token, Tokens, find_reader
from extractors.reading.second.recogniser import Recognised, load_recogniser
from schemas.pages import BBox
from tests.extractors.reading.second.prints import Broken, Told, printed


class Rereads:
    """A first reader that reads `text` with this confidence, whatever it is shown."""

    name, version, languages, model = "first", "1", "eng", None

    def __init__(self, text: str, confidence: float) -> None:
        self.text, self.confidence, self.asked = text, confidence, 0

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        self.asked += len(images)
        return tuple(tokens(self.text, self.confidence) for _ in images)


def tokens(text: str, confidence: float, width: float = 60) -> Tokens:
    return (Token(text, BBox(8, 4, 8 + width, 30), confidence, (1, 1, 1)),) if text else ()


def strip(text: str = "34") -> Strip:
    image = printed(text)
    return Strip(np.pad(image, 8, constant_values=255), 0, 0)


def second(text: str, confidence: float) -> Told:
    return Told(lambda *_: Recognised(text=text, confidence=confidence))


SURE = ((Token("Stage", BBox(0, 0, 40, 20), 0.97, (1, 1, 1)),),)


def read(was: Tokens, again: Rereads, other: Told | None) -> Tokens:
    return read_poor([strip(), strip()], [was, *SURE], again, other)[0]


def test_what_was_read_well_is_left_alone() -> None:
    reader, other = Rereads("35", 0.9), second("35", 0.9)
    words = tokens("Complaints", 0.95, printed("Complaints").shape[1])
    assert read_poor([strip("Complaints")], [words], reader, other) == [words]
    assert (reader.asked, other.asked) == (0, [])


def test_what_two_readings_say_is_used_and_the_first_kept() -> None:
    (word,) = read(tokens("3a", 0.5), Rereads("34", 0.4), second("34", 0.4))
    assert (word.text, word.raw, word.readings) == ("34", "3a", ())


def test_known_words_count_for_more() -> None:
    (word,) = read(tokens("Stagc", 0.5), Rereads("Stage", 0.4), None)
    assert word.text == "Stage"


@pytest.mark.parametrize("was", [(), tokens("g", 0.2)])
def test_a_number_that_only_the_second_reader_reads_keeps_both_readings(was: Tokens) -> None:
    (word,) = read(was, Rereads("", 0.0), second("34", 0.9))
    assert word.text == "34"
    assert [(r.engine, r.text) for r in word.readings] == [("first", was[0].text if was else ""), ("told", "34")]


def test_what_the_second_reader_alone_makes_of_a_stain_is_no_word() -> None:
    assert read((), Rereads("", 0.0), second("·-'", 0.9)) == ()
    assert read((), Rereads("", 0.0), second("34", 0.3)) == ()


def test_if_the_second_reader_breaks_down_the_first_reads_again() -> None:
    (word,) = read(tokens("3a", 0.2), Rereads("34", 0.4), Broken())
    assert word.text == "34"


def test_nothing_is_read_again_on_a_page_without_print() -> None:
    reader = Rereads("34", 0.9)
    assert read_poor([strip(), strip()], [(), ()], reader, second("34", 0.9)) == [(), ()]
    assert reader.asked == 0


def test_only_the_words_of_a_long_line_that_were_read_badly_are_read_again() -> None:
    image = np.full((40, 800), 255, np.uint8)
    words = tuple(Token(t, BBox(x, 5, x + 90, 30), c, (1, 1, 1)) for t, x, c in (("There", 10, 0.9), ("wcre", 120, 0.3), ("complaints", 230, 0.9)))  # fmt: skip
    (made,) = read_poor([Strip(image, 0, 0)], [words], Rereads("were", 0.8), None)
    assert [word.text for word in made] == ["There", "were", "complaints"]
    assert made[1].bbox.x0 > made[0].bbox.x1


def test_print_on_grain_is_read_by_the_readers_that_are_installed_here() -> None:
    grain = np.random.default_rng(5).normal(0, 40, (90, 220))
    image = printed("2022/23", size=34)
    whole = np.full((90, 220), 200.0)
    rows, columns = image.shape
    whole[25 : 25 + rows, 30 : 30 + columns] = np.minimum(image, 200)
    noisy = np.clip(whole + grain, 0, 255).astype(np.uint8)
    made = read_poor([Strip(noisy, 0, 0), strip("Stage")], [(), *SURE], find_reader(), load_recogniser())[0]
    assert [word.text for word in made] == ["2022/23"]


def test_each_word_of_the_second_reader_is_held_against_what_the_first_read_in_its_place() -> None:
    was = (Token("12", BBox(8, 4, 40, 30), 0.2, (1, 1, 1)), Token("xplcld", BBox(60, 4, 160, 30), 0.2, (1, 1, 1)))
    made = read_poor([strip("12 upheld"), strip()], [was, *SURE], Rereads("", 0.0), second("12 upheld", 0.9))[0]
    assert [[r.text for r in word.readings] for word in made] == [["12", "12"], ["xplcld", "upheld"]]
