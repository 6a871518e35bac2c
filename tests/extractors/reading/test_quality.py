import codecs
from pathlib import Path

import pytest

from extractors.reading.quality import gather, is_unknown, judge_text_layer
from schemas.pages import BBox, Word

PROSE = """
The Committee received the annual report of the Director of Children's Services on complaints and compliments for the
year from 1 April 2014 to 31 March 2015. There were 117 complaints in the year, an increase of 15% on the 102 received in
the previous year, and 66 compliments. Of the complaints that were decided at Stage 1, 24 (28.9%) were upheld and 35 were
not upheld. Eleven complaints were made by children and young people, four of whom had an advocate (Barnardo's).
RESOLVED: that the report be noted and that a further report be made to the Committee in six months. www.anytown.gov.uk
"""
TABLE = "Team 2014/15 2015/16 % change Assessment 29 26 -10% CIN North 34 25 -26% SEND 13 14 8% YOT 7 8 14% Total 98 83 -15%"
BOX = BBox(0, 0, 10, 10)


def judge(text: str, *, invisible: bool = False, image_cover: float = 0.0, drawings: int = 0) -> tuple[bool, str]:
    words = [Word(text=word, bbox=BOX) for word in text.split()]
    hidden = sum(len(word.text) for word in words) if invisible else 0
    return judge_text_layer(gather(words, invisible=hidden, image_cover=image_cover, drawings=drawings))


def shifted(text: str, by: int) -> str:
    return "".join(chr(ord(c) + by) if c.isascii() and c.isprintable() and 33 <= ord(c) + by < 127 else c for c in text)


def shifted_words(text: str, by: int) -> str:
    return " ".join(shifted(word, by) for word in text.split())


def without_map(text: str) -> str:
    return "".join("\ufffd" if c.isalpha() else c for c in text)


@pytest.mark.parametrize("text", [PROSE, TABLE, PROSE.upper(), "Page 3", "117 102 66 24 35 11 4"])
def test_english_is_used(text: str) -> None:
    usable, reason = judge(text)
    assert usable, reason


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(shifted(PROSE, -29), id="glyph numbers for letters"),
        pytest.param(shifted(PROSE, 1), id="one off"),
        pytest.param(shifted_words(PROSE, 3), id="three off"),
        pytest.param(codecs.encode(PROSE, "rot13"), id="other letters"),
        pytest.param(without_map(PROSE), id="no Unicode map"),
        pytest.param(" ".join(f"(cid:{n})" for n in range(60)), id="cid numbers"),
        pytest.param("\ue012\ue013\ue014 \ue015\ue016 " * 20, id="private characters"),
    ],
)
def test_noise_is_not_used(text: str) -> None:
    usable, reason = judge(text)
    assert not usable
    assert reason.startswith("text layer is unreadable")


def test_lost_spaces() -> None:
    assert judge(PROSE.replace(" ", "")) == (False, "text layer lost its spaces: 80% words run together")


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("", {}, (True, "the page is blank")),
        ("", {"image_cover": 0.9}, (False, "no text layer: the page is an image")),
        ("", {"drawings": 900}, (False, "no text layer: 900 drawn shapes may be letters")),
        ("Page 3", {"image_cover": 1.0}, (False, "the page is an image; its text layer has only 2 words")),
        (PROSE, {"image_cover": 1.0}, (True, "text layer is readable: 0% unknown words")),
        (
            PROSE,
            {"image_cover": 1.0, "invisible": True},
            (True, "unseen text under the page image, probably OCR, is readable: 0% unknown words"),
        ),
    ],
)
def test_reason(text: str, facts: dict[str, float], expected: tuple[bool, str]) -> None:
    assert judge(text, **facts) == expected  # type: ignore[arg-type]


def test_poor_ocr_under_an_image_is_not_used() -> None:
    poor = (
        PROSE.replace("com", "c;m")
        .replace("rep", "r]p")
        .replace("ceiv", "c{v")
        .replace("an ", "a#n ")
        .replace("ed ", "e~d ")
    )
    usable, reason = judge(poor, invisible=True, image_cover=0.97)
    assert not usable
    assert reason.startswith("unseen text under the page image is poor OCR")


@pytest.mark.parametrize(
    "word", ["upheld,", "(£3,600)", "2014/15", "SEND", "Children’s", "e.g.", "1st", "Ombudsman’s", "LGSCO", "McDonald", "MPs", "a.b@c.gov.uk", "Llywodraeth", "rhythm"]
)  # fmt: skip
def test_known_shapes(word: str) -> None:
    assert not is_unknown(word)


@pytest.mark.parametrize("word", ["c;mplaints", "childrenâ€™s", "Â£40x", "xqzvk", "tHRoUgh"])
def test_unknown_shapes(word: str) -> None:
    assert is_unknown(word)


def test_all_texts_of_the_corpus_are_readable() -> None:
    folder = Path(__file__).parents[4] / "shared" / "corpus" / "texts"
    if not folder.is_dir():
        pytest.skip("shared corpus is not here")
    judged = {path.name: judge(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}
    assert {name for name, (usable, _) in judged.items() if not usable} == set()
