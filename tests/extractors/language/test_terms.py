import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.terms import find_terms


def said(text: str) -> list[str]:
    """The terms of a text: its words, and what they mean."""
    return [f"{t.text} = {f'{t.name} ' if t.type == 'dim' else ''}{t.code or '-'}" for t in find_terms(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("75 complaints", ["complaints = complaints"]),
        ("one complaint", ["complaint = complaints"]),
        ("COMPLAINTS", ["COMPLAINTS = complaints"]),
        ("letters of thanks, commendations", ["letters of thanks = compliments", "commendations = compliments"]),
        ("9 suggestions", ["suggestions = comments"]),
        ("464 representations", ["representations = representations"]),
        ("items of feedback", ["items of feedback = representations"]),
        ("an inquiry", ["inquiry = enquiries"]),
        ("12 enquiries", ["enquiries = enquiries"]),
        ("the LGO", ["LGO = ombudsman_cases"]),
        ("the LGSCO", ["LGSCO = ombudsman_cases"]),
        ("12 SARs", ["SARs = subject_access_requests"]),
        ("financial redress", ["redress = payments"]),
        ("agency workers", ["agency workers = workforce"]),
    ],
)
def test_a_measure_by_any_of_its_names(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Stage 1", ["Stage 1 = stage 1"]),
        ("stage one", ["stage one = stage 1"]),
        ("Stage II", ["Stage II = stage 2"]),
        ("the third stage", ["third stage = stage 3"]),
        ("statutory", ["statutory = regime statutory"]),
        ("justified", ["justified = outcome upheld"]),
        ("unsubstantiated", ["unsubstantiated = outcome not_upheld"]),
        ("no fault was found", ["no fault was found = outcome not_upheld"]),
        ("grandparents", ["grandparents = complainant relative"]),
        ("foster carers", ["foster carers = complainant carer"]),
        ("Cllrs", ["Cllrs = source member"]),
        ("MPs", ["MPs = source mp"]),
        ("care leavers", ["care leavers = cohort care_leaver"]),
        ("external investigators", ["external investigators = investigator external"]),
        ("out of jurisdiction", ["out of jurisdiction = event out_of_jurisdiction"]),
    ],
)
def test_a_dimension_value_by_any_of_its_names(text: str, terms: list[str]) -> None:
    assert said(text) == terms


def test_what_goes_without_saying_has_no_code() -> None:
    assert said("received") == ["received = event -"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("compared with", ["compared with = compared"]),
        ("in comparison to", ["in comparison to = compared"]),
        ("an increase", ["increase = up"]),
        ("it fell", ["fell = down"]),
        ("within the timescale", ["within the timescale = on_time"]),
        ("up to ten", ["up to = limit"]),
    ],
)
def test_words_that_tell_how_numbers_stand_to_each_other(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("complaints to the Ombudsman", ["complaints to the Ombudsman = ombudsman_cases"]),
        (
            "Local Government and Social Care Ombudsman",
            ["Local Government and Social Care Ombudsman = ombudsman_cases"],
        ),
        ("informal complaints", ["informal complaints = initial_feedback"]),
        ("compliments and complaints", ["compliments and complaints = representations"]),
        ("partly upheld", ["partly upheld = outcome partly_upheld"]),
        ("not upheld", ["not upheld = outcome not_upheld"]),
        ("upheld or partly upheld", ["upheld or partly upheld = outcome upheld_or_partly"]),
        ("closed after initial enquiries", ["closed after initial enquiries = event closed_after_enquiries"]),
        ("early stage", ["early stage = idiom"]),
    ],
)
def test_the_longest_name_wins(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Stage-1 complaints", ["Stage-1 = stage 1", "complaints = complaints"]),
        ("looked-after children", ["looked-after children = cohort looked_after"]),
        ("not-upheld", ["not-upheld = outcome not_upheld"]),
        ("Members' enquiries", ["Members' enquiries = enquiries"]),
        ("Members’ enquiries", ["Members’ enquiries = enquiries"]),
        ("the child's complaint", ["complaint = complaints"]),
        ("children’s services", []),
        ("parents’ complaints", ["complaints = complaints"]),
    ],
)
def test_hyphens_and_possessives(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("cornplaints", ["cornplaints = complaints"]),
        ("cornplirnents", ["cornplirnents = compliments"]),
        ("staternents", []),
        ("stage l", ["stage l = stage 1"]),
    ],
)
def test_rn_that_was_an_m(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize("text", ["", "The sun shone.", "uncomplaining", "upholders", "stages", "Advance", "storage 1"])
def test_other_words_mean_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("3 review panels", {"stage": "3"}),
        ("member enquiries", {"source": "member"}),
        ("MP enquiries", {"source": "mp"}),
        ("MEP enquiries", {"source": "mep"}),
        ("complaints", {}),
    ],
)
def test_a_name_may_imply_a_breakdown(text: str, implied: dict[str, str]) -> None:
    (measure,) = (t for t in find_terms(text) if t.type == "measure")
    assert dict(measure.implies) == implied


WORDS = st.sampled_from(
    [
        "complaints",
        "Stage 1",
        "not",
        "upheld",
        "partly",
        "and",
        "MP",
        "enquiries",
        "children",
        "care",
        "’s",
        "-",
        ",",
        "increase",
    ]
)


@pytest.mark.parametrize("text", ["  12 complaints", "of  the\n Stage  2   complaints", "\tNot  upheld "])
def test_runs_of_space_move_no_term(text: str) -> None:
    terms = find_terms(text)
    assert terms
    for term in terms:
        assert term.text == text[term.start : term.end]
        assert (term.name, term.code) in {(t.name, t.code) for t in find_terms(" ".join(term.text.split()))}


@given(st.lists(WORDS, max_size=12), st.sampled_from([" ", "  ", "\n"]))
def test_terms_lie_in_the_text_in_order(words: list[str], space: str) -> None:
    text = space + space.join(words)
    terms = find_terms(text)
    assert list(terms) == sorted(terms, key=lambda t: (t.start, t.end))
    assert [t.text for t in terms] == [text[t.start : t.end] for t in terms]


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_terms_of_a_type_do_not_overlap(text: str) -> None:
    ends = {"measure": 0, "dim": 0, "cue": 0}
    for term in find_terms(text):
        assert term.start >= ends[term.type]
        ends[term.type] = term.end
