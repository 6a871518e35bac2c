import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.clause import read_sentences


def signs(text: str, *, damaged: bool = False) -> list[str]:
    """Each sentence as the reader sees it."""
    return [" ".join(sentence.signs) for sentence in read_sentences(text, damaged=damaged)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            "83 Stage 1 complaints were received, a 15.3% decrease from 98 in 2013-14.",
            "№ T T were T , a % ▼ from № in ◷ .",
        ),
        ("There were no complaints.", "there were ∅ T ."),
        ("£300 was returned", "£ was returned"),
        ("9% compared with 8%", "% ⇄ %"),
        ("more than last year", "▲ than ◷"),
        ("12 were answered on time", "№ were answered ⏱"),
        ("an average of ten", "an µ of №"),
        ("up to ten", "≤ №"),
        ("It was made up of 3.", "it was ~ of № ."),
        ("On 31 March 2015 there were 3", "on ◷ there were №"),
        ("2019-20(13)", "◷ ( № )"),
        ("at 2.30 pm", "at #"),
        ("call 01234 567890 or write to a@b.gov.uk", "call # or write to #"),
        ("LS1 1UR", "#"),
        ("the 1st", "the #"),
        ("clause 3.2.1", "clause #"),
    ],
)
def test_a_sentence_in_signs(text: str, seen: str) -> None:
    assert signs(text) == [seen]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("There were 5. Two rose.", ["There were 5.", "Two rose."]),
        ("It rose, i.e. by 5. Then it fell.", ["It rose, i.e. by 5.", "Then it fell."]),
        ("Many were late, e.g. 12 of them.", ["Many were late, e.g. 12 of them."]),
        ("A mean of 31.5 days. The median was 10.", ["A mean of 31.5 days.", "The median was 10."]),
        ("Did it rise? No.", ["Did it rise?", "No."]),
        ("(It rose.) Then it fell.", ["(It rose.)", "Then it fell."]),
        ("One line\nanother line", ["One line", "another line"]),
        ("Nothing else", ["Nothing else"]),
        ("", []),
    ],
)
def test_where_sentences_begin_and_end(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in read_sentences(text)] == sentences


@pytest.mark.parametrize("text", ["Stage 1 had none", "in 2014/15", "on 3 May 2015", "A4", "Quarter 3"])
def test_digits_of_periods_terms_and_codes_are_no_numbers(text: str) -> None:
    (sentence,) = read_sentences(text)
    assert [n.text for _, n in sentence.numbers() if n.text.isdigit()] == []


def test_a_none_within_a_term_is_no_number() -> None:
    assert signs("there was no fault found") == ["there was T"]


def test_letters_are_digits_only_where_the_page_is_damaged() -> None:
    assert signs("SI complaints") == ["si T"]
    assert signs("SI complaints", damaged=True) == ["№ T"]


def test_what_stands_before_and_after_a_number() -> None:
    (sentence,) = read_sentences("In all 83 complaints came.")
    (index,) = (i for i, _ in sentence.numbers())
    assert (sentence.before(index), sentence.after(index)) == ("in all ", " T came .")


@given(
    st.lists(
        st.sampled_from(["Stage 1", "12", "5%", "2014/15", "(", ")", ".", "The", "complaints", "no", "i.e.", "two"]),
        max_size=15,
    ).map(" ".join)
)
def test_tokens_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for sentence in read_sentences(text):
        assert end <= sentence.start
        for token in sentence.tokens:
            assert end <= token.start < token.end <= sentence.end
            end = token.end


@given(
    st.lists(
        st.sampled_from(["Stage 1", "12", "5%", "2014/15", "(3)", "Item 4.", "The complaints.", "£5", "two"]),
        max_size=15,
    ).map(" ".join)
)
def test_no_digit_is_lost(text: str) -> None:
    tokens = [t for s in read_sentences(text) for t in s.tokens]
    lost = [i for i, c in enumerate(text) if c.isdigit() and not any(t.start <= i < t.end for t in tokens)]
    assert lost == []
