"""Words of a text that an earlier scan damaged, put right by the dictionary."""

from dataclasses import replace

import pytest

from extractors.reading.damage import dictionary, is_mended, looks_damaged, put_right, with_words_mended
from schemas.pages import Page
from tests.extractors.layout.pages import page, typed

DAMAGED = "The Cornplaints Tearn dealt with 6l cornplaints, 2O rnore than\nbefore , in corn plex cases of the Fam ily Placement team."


def seen(pages: tuple[Page, ...]) -> str:
    return " ".join(word.text for one in pages for word in one.words)


def of_text(text: str) -> Page:
    return replace(page(typed(text)), source="text")


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("83 cornplaints carne frorn parents, 1O of thern at Stage l.2", True),
        ("2O3 in all, 1l upheld, I2 not", True),
        ("83 complaints came from parents, 10 of them at Stage 1.", False),
        ("The government and a corner of Cornwall burn.", False),
        ("", False),
    ],
)
def test_whether_scanning_left_its_marks(text: str, damaged: bool) -> None:
    assert looks_damaged(text) is damaged


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Nurnbers", "Numbers"),
        ("outcornes,", "outcomes,"),
        ("CHlLDREN'S", "CHILDREN'S"),
        ("lnformation", "Information"),
        ("Chi1dren's", "Children's"),
        ("SociaI", "Social"),
        ("(Cornplirnents)", "(Compliments)"),
    ],
)
def test_letters_that_look_alike_are_put_right(read: str, printed: str) -> None:
    assert put_right(read, dictionary()) == printed


@pytest.mark.parametrize(
    "text", ["Barnet", "Thornton", "modern", "corner", "MASH", "2O15", "l1", "5g", "CSC", "Ofsted", "S4"]
)
def test_names_words_and_numbers_stay(text: str) -> None:
    assert put_right(text, dictionary()) == text


def test_a_damaged_text_is_mended_word_by_word_and_its_numbers_are_left() -> None:
    pages = with_words_mended([of_text(DAMAGED)])
    assert seen(pages) == (
        "The Complaints Team dealt with 6l complaints, 2O more than before , in complex cases of the Family Placement team."
    )
    assert is_mended(pages)
    assert [w.raw for w in pages[0].words if w.text in ("Team", "complex")] == ["Tearn", "corn plex"]


def test_a_sound_text_keeps_what_is_no_english_word() -> None:
    text = "Mr Horner of Hornsey said that the tearn dealt with 61 complaints."
    pages = with_words_mended([of_text(text)])
    assert seen(pages) == text
    assert not is_mended(pages)


def test_what_ocr_mended_on_a_picture_says_nothing_of_the_text_layer_around_it() -> None:
    sound = of_text("Ms Hornsey dealt with 61 complaints.")
    read = replace(sound.words[0], text="17", raw="1 7", confidence=0.9)
    assert not is_mended([replace(sound, words=(*sound.words, read))])
    assert is_mended([replace(sound, words=(*sound.words, replace(read, confidence=None)))])


def test_two_words_stay_two() -> None:
    text = DAMAGED + "\nThe report was sent on to the panel in the corn market."
    assert seen(with_words_mended([of_text(text)])).endswith("The report was sent on to the panel in the corn market.")
