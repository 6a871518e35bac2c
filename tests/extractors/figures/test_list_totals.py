"""Lists without a total of their own, and the number in the text that they break down."""

import pytest

from tests.extractors.figures.test_table_documents import reading

OF_MEMBERS = "2. Enquiries\n\nIn 2014/15 there were {} enquiries from members and 7 from MPs.\n\n"
LISTS = "Member Enquiries Number MP Enquiries Number\nAdoption 3 Fostering 2\nFostering 5 Short Breaks 4\nMASH 4 Early Help 1\n\n"
TABLE = "Member enquiries     Number\nAdoption                  3\nFostering                 5\nMASH                      4\n"


def sums(text: str) -> list[str]:
    read = reading(text)
    by_id = {f.figure_id: f for f in read.figures}
    return [
        " + ".join(str(by_id[i].value) for i in r.figure_ids[1:]) + f" = {by_id[r.figure_ids[0]].value}"
        for r in read.relations
        if r.kind == "sum"
    ]


def missing(text: str) -> list[str]:
    return [f.evidence.printed for f in reading(text).figures if f.evidence.rule == "missing"]


def test_a_list_that_makes_up_the_number_before_it_is_its_sum() -> None:
    assert sums(OF_MEMBERS.format(12) + TABLE) == ["3 + 5 + 4 = 12"]
    assert sums(OF_MEMBERS.format(12) + LISTS) == ["3 + 5 + 4 = 12", "2 + 4 + 1 = 7"]


def test_what_a_total_leaves_for_the_one_name_without_a_number_is_missing() -> None:
    text = OF_MEMBERS.format(14) + LISTS + "Youth Justice\n"
    assert (sums(text), missing(text)) == (["3 + 5 + 4 + None = 14", "2 + 4 + 1 = 7"], ["Youth Justice"])


@pytest.mark.parametrize(
    "text",
    [
        OF_MEMBERS.format(12) + LISTS + "Youth Justice\n",  # nothing is left for it
        OF_MEMBERS.format(11) + LISTS + "Youth Justice\n",  # the list has more
        OF_MEMBERS.format(14) + LISTS,  # all names have a number
        OF_MEMBERS.format(14) + LISTS + "Youth Justice\n\nYouth Centre\n",  # there are two
        OF_MEMBERS.format(14) + TABLE.replace("4\n", "4\nYouth Justice             -\n"),  # a dash says none
        OF_MEMBERS.replace("members", "parents").format(14) + LISTS + "Youth Justice\n",
    ],
)
def test_no_number_is_missing(text: str) -> None:
    assert missing(text) == []


def test_a_list_that_does_not_make_up_the_number_before_it_says_nothing() -> None:
    assert sums(OF_MEMBERS.format(15) + TABLE) == []
