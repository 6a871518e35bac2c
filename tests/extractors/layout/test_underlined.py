"""Headings with a rule under them: the rule is none of a table's, and the paragraphs below are no rows."""

import pytest

from extractors.layout import lay_out
from schemas.pages import BBox, Rule, Word
from tests.extractors.layout.pages import page, seen, typed

LEFT, RIGHT = 60.0, 500.0


def rules(*heights: float) -> list[Rule]:
    return [Rule(bbox=BBox(LEFT, y, RIGHT, y)) for y in heights]


def text(lines: dict[float, str]) -> list[Word]:
    """Lines by their height; those that begin with # are headings in larger type."""
    return [
        w for y, line in lines.items() for w in typed(line.removeprefix("#"), top=y, size=14 if line[0] == "#" else 10)
    ]


TABLE = {
    340.0: "Who complained      2013/14    2014/15",
    360.0: "Parents                  70         76",
    380.0: "Carers                   19         10",
    400.0: "Total                    89         86",
}
ROWS = ["Who complained | 2013/14 | 2014/15", "Parents | 70 | 76", "Carers | 19 | 10", "Total | 89 | 86"]
OF_TABLE = (354.0, 374.0, 394.0, 414.0)


@pytest.mark.parametrize(
    "between", ["8.1   Parents made 76 of the complaints received.", "The table shows who it was."]
)
def test_a_rule_under_a_heading_is_none_of_the_table_below(between: str):
    words = text({250.0: "#Who makes complaints?", 290.0: between, **TABLE})
    told = seen(lay_out([page(words, rules=rules(267.0, *OF_TABLE))]))
    assert told[-4:] == ROWS
    assert told[0] == "heading Who makes complaints?"


def test_numbered_paragraphs_between_two_tables_are_no_rows_of_either():
    first = {y - 200: line for y, line in TABLE.items()}
    between = {
        230.0: "6.1   The mean was 12 working days.",
        260.0: "6.2   It had been nine days in the year before.",
    }
    words = text({**first, **between, **TABLE})
    told = seen(lay_out([page(words, rules=rules(*(y - 200 for y in OF_TABLE), *OF_TABLE))]))
    assert told[:4] == ROWS and told[-4:] == ROWS
    assert len(told) == 10


def test_rows_of_a_table_may_have_numbers_of_their_own():
    words = text({340.0: "No.         Team       2013/14    2014/15", 360.0: "1.1         North           70         76", 380.0: "1.2         South           19         10"})  # fmt: skip
    told = seen(lay_out([page(words, rules=rules(334.0, *OF_TABLE[:3]))]))
    assert [line.partition(" | ")[2] for line in told[-2:]] == ["70 | 76", "19 | 10"]
