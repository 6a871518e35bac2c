"""Numbers that are no figures: for each kind texts in which it is told, and texts in which it must not be."""

import pytest

from extractors.language.clause import read_sentences
from extractors.language.nonfigures import counts_unknown_thing, known_nonfigure


def kinds(text: str) -> list[str | None]:
    """What each number of a text is, in order; None when it may be a figure. Years and stages are no numbers."""
    found = []
    for sentence in read_sentences(text):
        numbers = {i: known_nonfigure(sentence, i) for i, _ in sentence.numbers()}
        codes = {i: token.code for i, token in enumerate(sentence.tokens) if token.code is not None}
        found += [kind for _, kind in sorted((numbers | codes).items())]
    return found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timescale", "Complaints are answered within 10 working days."),
        ("timescale", "The limit is 65 working days."),
        ("timescale", "The time may be extended to 65 days."),
        ("timescale", "These are the top 5 themes."),
        ("target", "We aim for 80% of them."),
        ("target", "It was done on time (target 80%)."),
        ("target", "The intention is to reach 90% by the spring."),
        ("age", "Children aged 12 can come."),
        ("age", "This is for those under 18."),
        ("age", "The youngest was 9."),
        ("reference", "See paragraph 3.2 below."),
        ("reference", "Item 4 was taken first."),
        ("reference", "The clauses are in 3.2.1."),
        ("reference", "They live in schools, 2 all of whom live away."),
        ("list_marker", "(1) that the report be noted"),
        ("list_marker", "It was agreed (3) to note it."),
        ("list_marker", "1. the report"),
        ("time", "The panel met at 2.30 pm."),
        ("time", "The meeting closed at 4:15 pm."),
        ("time", "Offices open at 9 am."),
        ("contact", "Telephone 01234 567890."),
        ("contact", "Write to Town Hall, LS1 1UR."),
        ("contact", "Write to panel1@council.gov.uk."),
        ("ordinal", "The 3rd meeting was held."),
        ("ordinal", "It was the 21st of its kind."),
        ("ordinal", "He came 1st."),
        ("other_body", "The average for the region was 1.9."),
        ("other_body", "Nationally 61% were upheld."),
        ("other_body", "We asked 10 comparator authorities."),
        ("money", "The service has a budget of £1.2m."),
        ("money", "Investigators charge £150 a day."),
        ("money", "A fee of £20 is due."),
        ("other_count", "206,000 residents live here."),
        ("other_count", "There was no evidence of this."),
        ("other_count", "One of the key issues was delay."),
        ("other_count", "It was carried by 7 votes."),
        ("other_count", "92 children have ceased to be looked after."),
        ("other_count", "Many ceased to be looked after, of whom 7.6% returned."),
        ("label", "It went through Stages 2 and 3."),
        ("label", "Stage 1 or 2 followed."),
        ("label", "It reached Stage 2 or 3."),
        ("other_count", "* includes one anonymous complaint"),
    ],
)
def test_it_is_told(kind: str, text: str) -> None:
    assert kinds(text) == [kind]


def test_both_numbers_of_a_page() -> None:
    assert kinds("It is on page 3 of 12.") == ["reference", "reference"]
    assert kinds("A page, and 3 of 12 complaints.") == [None, None]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timescale", "83 complaints were answered within the timescale."),
        ("timescale", "12 complaints took longer than the limit."),
        ("timescale", "47 out of 58 were in time."),
        ("target", "74% were answered."),
        ("target", "95% of complaints met the target."),
        ("target", "There were 12 complaints about targets."),
        ("age", "12 complaints came from young people."),
        ("age", "There were 5 under Stage 2."),
        ("age", "Of the 83 children 9 complained."),
        ("reference", "There were 12 complaints in the period."),
        ("reference", "12 of whom all complained."),
        ("other_count", "92 children were looked after, of whom 7.6% were away."),
        ("reference", "27 complaints were about reports."),
        ("reference", "A total of 3 complaints came in."),
        ("list_marker", "Parents (57) complained."),
        ("list_marker", "12 complaints came in."),
        ("list_marker", "Complaints rose (83) again."),
        ("time", "The average was 2.3 complaints."),
        ("time", "There were 9 amendments to complaints."),
        ("time", "12 complaints came in the afternoon."),
        ("contact", "There were 1234 complaints."),
        ("contact", "83 complaints were made by telephone."),
        ("contact", "12 complaints came by post."),
        ("ordinal", "There were 3 complaints."),
        ("ordinal", "31 statutory complaints came."),
        ("ordinal", "12 third-stage complaints came."),
        ("other_body", "61% were upheld."),
        ("other_body", "10 complaints were made to the authority."),
        ("other_body", "1.9 complaints came a day."),
        ("money", "Redress of £300 was paid."),
        ("money", "At a cost of £600 in redress it ended."),
        ("money", "Compensation came to £5,400."),
        ("other_count", "206 complaints were received."),
        ("other_count", "No complaints were received."),
        ("other_count", "One of the complaints was upheld."),
        ("other_count", "57 were from parents."),
        ("label", "Stage 2 had 3 complaints."),
        ("label", "At Stage 2 there were 3."),
        ("label", "Stage 1, 83 and 11%."),
    ],
)
def test_it_is_not_told(kind: str, text: str) -> None:
    assert kinds(text)
    assert kind not in kinds(text)


@pytest.mark.parametrize(
    "text", ["It was in the spring of 2020.", "There has been a panel since 2011.", "In 2011 it began."]
)
def test_a_bare_year_is_no_number(text: str) -> None:
    assert [k for k in kinds(text) if k != "date"] == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("3 schools were visited.", True),
        ("206,000 residents", True),
        ("3 complaints", False),
        ("3 were upheld", False),
        ("3 from parents", False),
        ("3", False),
        ("3%", False),
    ],
)
def test_whether_a_number_counts_a_thing_that_nobody_knows(text: str, unknown: bool) -> None:
    (sentence,) = read_sentences(text)
    (index,) = (i for i, _ in sentence.numbers())
    assert counts_unknown_thing(sentence, index) is unknown
