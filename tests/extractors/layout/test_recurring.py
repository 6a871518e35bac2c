"""Labels and heads of scanned tables that the document has elsewhere, and those that only look like others."""

from collections.abc import Sequence

import pytest

from extractors.layout.recurring import with_recurring
from schemas.layout import Block, Cell, Table
from schemas.pages import BBox, MappedText, Word

BOX = BBox(0, 0, 10, 10)
Rows = Sequence[Sequence[str]]


def text(words: str, confidence: float | None = 0.9) -> MappedText:
    return MappedText.join([(1, Word(text=part, bbox=BOX, confidence=confidence)) for part in words.split()])


def table(rows: Rows, confidence: float | None = 0.9) -> Table:
    cells = [
        Cell(row=r, col=c, text=text(words, confidence), bbox=BOX)
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    ]
    return Table(page=1, bbox=BOX, method="ruled", cells=tuple(cells))


def read(rows: Rows, *others: Rows, prose: str = "", confidence: float | None = 0.9) -> list[list[str]]:
    """The rows of a table in a document with other tables and a text."""
    elements: list[Block | Table] = [table(one, confidence) for one in (rows, *others)]
    made = with_recurring([*elements, Block(kind="paragraph", text=text(prose or "Nothing", confidence))])[0]
    assert isinstance(made, Table)
    return [[c.text.text for c in made.cells if c.row == row] for row in range(made.rows)]


def labels(own: Sequence[str], *others: Sequence[str], prose: str = "", confidence: float | None = 0.9) -> list[str]:
    made = read([[one, "4"] for one in own], *([[o, "5"] for o in other] for other in others), prose=prose, confidence=confidence)  # fmt: skip
    return [row[0] for row in made]


RIGHT = ("Delay", "Confidentiality", "Unfair treatment")


@pytest.mark.parametrize("misread", ["Gontidentalily", "Confidentiahty", "(onfidentiality"])
def test_a_label_between_the_same_neighbours_is_the_same(misread: str) -> None:
    assert labels(("Delay", misread, "Unfair treatment"), RIGHT) == list(RIGHT)


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (("Delay", "Assessment East", "Policy"), ("Delay", "Assessment West", "Policy")),  # words of their own
        (("Delay", "Stage 1", "Policy"), ("Delay", "Stage 2", "Policy")),
        (("Contact", "Gontidentalily", "Policy"), RIGHT),  # other neighbours
        (("Delay", "Respite", "Unfair treatment"), RIGHT),  # not like it
    ],
)
def test_another_label_in_its_place_stays(own: Sequence[str], other: Sequence[str]) -> None:
    assert labels(own, other) == list(own)


def test_what_differs_in_marks_has_the_form_of_most() -> None:
    right = [["Team", "2014/15 No. (%)"], ["North", "4 (5%)"]]
    made = read([["Team", "201415 No. (°%)"], ["Fostering. Team", "4 (5%)"]], right, right, [["Fostering Team", "3"]])
    assert made == [["Team", "2014/15 No. (%)"], ["Fostering Team", "4 (5%)"]]


def test_marks_that_tell_something_stay() -> None:
    assert labels(("Adoption Team*",), ("Adoption Team",), ("Adoption Team",)) == ["Adoption Team*"]
    assert labels(("Upheld",), ("Upheld (%)",), ("Upheld (%)",)) == ["Upheld"]
    assert labels(("2014-15 to date",), ("2014/15 to date",)) == ["2014-15 to date"], "one table tells nothing"


QUARTERS = [["Theme", "Q1", "Q2", "Q3", "Q4", "Total"], ["Delay", "1", "2", "3", "4", "10"]]


def test_heads_that_say_nothing_are_those_of_a_table_with_the_same_others() -> None:
    assert read([["Subject", "Q1", "N O", "3 O", "3", "Total"], *QUARTERS[1:]], QUARTERS)[0][1:] == QUARTERS[0][1:]


@pytest.mark.parametrize(
    "heads",
    [
        ["Theme", "Q1", "%", "Q3", "Q4", "Total"],
        ["Theme", "Q1", "No.", "Q3", "Q4", "Total"],
        ["Theme", "Q1", "2014", "Q3", "Q4", "Total"],
        ["Theme", "N O", "3 O", "oz", "93", "Total"],  # one head alone is the same
    ],
)
def test_heads_that_say_something_stay(heads: list[str]) -> None:
    assert read([heads, *QUARTERS[1:]], QUARTERS)[0] == heads


@pytest.mark.parametrize(
    ("misread", "right", "prose"),
    [
        ("Residential Care, Service", "Residential Care Service", "Nine were about the Residential Care Service."),
        ("Young} people", "Young people", "Two came from young people, one from carers."),
        ("Derision making", "Decision making", "Five complaints relating to decision making, of 35"),
        (
            "Altitude or hehaviour of staff",
            "Attitude or behaviour of staff",
            "Attitude or behaviour of staff was first",
        ),
    ],
)
def test_a_label_is_as_the_text_says_it(misread: str, right: str, prose: str) -> None:
    assert labels((misread,), ("Total",), prose=prose) == [right]


@pytest.mark.parametrize(
    ("label", "prose"),
    [
        ("Foster carer", "Most came from foster carers."),
        ("Locality East Team", "The Locality West Team had more."),
        ("Stage 1 complaints", "There were fewer stage 2 complaints."),
        ("Enquiries from councillors, MPs and MEPs", "Enquiries from councillors, MPs and MEPs fell."),
        ("Decision taking", "Five complaints about decision making; taking part is free."),
    ],
)
def test_what_only_is_like_the_text_stays(label: str, prose: str) -> None:
    assert labels((label,), ("Total",), prose=prose) == [label]


def test_born_digital_labels_stay() -> None:
    assert labels(("Delay", "Gontidentalily", "Unfair treatment"), RIGHT, confidence=None)[1] == "Gontidentalily"
