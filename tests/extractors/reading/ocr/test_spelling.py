"""Words that OCR misread, put right by the other words of the document; names, numbers and other words stay."""

import pytest

from extractors.reading.ocr.spelling import with_known_words
from schemas.pages import BBox, Page, Word

TEXT = "Complaints by stage and outcome Justified Partly justified Youth Justice Ombudsman Disabilities support"


def read(word: str, confidence: float | None = 0.7, text: str = TEXT) -> Word:
    words = [Word(text=part, bbox=BBox(0, 0, 10, 10), confidence=0.96) for part in text.split()]
    own = Word(text=word, bbox=BBox(0, 20, 10, 30), confidence=confidence)
    (page,) = with_known_words([Page(number=1, width=595, height=842, words=(*words, own), source="ocr")])
    return page.words[-1]


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        ("Justitied", "Justified"),
        ("Pantly", "Partly"),
        ("Justiee*", "Justice*"),
        ("Disabiliues", "Disabilities"),
        ("COMPLAIMTS", "COMPLAINTS"),
        ("upheid", "upheld"),  # letters that look alike, though the document has it nowhere else
        ("enquines", "enquiries"),  # letters that ran together
        ("Quaner", "Quarter"),
        ("categones", "categories"),  # though it is made of words
        ("complaintsupheid", "complaintsupheld"),  # the space is put back elsewhere, or never
        ("retumed", "returned"),
        ("Partiaity", "Partially"),  # a word of the vocabulary
    ],
)
def test_a_word_that_is_none_is_the_one_of_the_document_that_it_is_like(misread: str, right: str) -> None:
    made = read(misread)
    assert (made.text, made.raw) == (right, misread)


@pytest.mark.parametrize(
    "printed",
    [
        "justice",
        "Parsley",  # an English word
        "Knowsley",  # a name like no other word
        "Stage1",
        "reportis",  # two words
        "Runnymede",
        "Kenilworth",
        "Hannah",
        "Stagecoaches",
    ],
)
def test_other_words_stay(printed: str) -> None:
    assert read(printed).text == printed


def test_words_of_a_text_layer_stay() -> None:
    assert read("Justitied", None).text == "Justitied"


def test_of_two_words_as_near_none_is_chosen() -> None:
    assert read("stoge", text="the stage and the stove").text == "stoge"


@pytest.mark.parametrize(("misread", "right"), [("Tatal", "Total"), ("punding", "funding")])
def test_short_words_of_no_account_make_no_two_of_one(misread: str, right: str) -> None:
    assert read(misread, text="Total of the funding").text == right


@pytest.mark.parametrize("printed", ["ofcare", "atwork", "Inhand", "teamleader"])
def test_words_that_ran_together_stay(printed: str) -> None:
    assert read(printed, text="of care at work in hand team leader ofcane atwark inhard").text == printed
