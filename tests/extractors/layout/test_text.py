"""Running text: which lines belong together, what is a heading, a list item, furniture, a footnote."""

import pytest

from extractors.layout import lay_out
from tests.extractors.layout.pages import LINE, blocks, laid_out, page, seen, typed

# The first line shows how wide the column is.
WIDE = "This is a long line that runs from one side of the page right to the other one.\n"


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The Council received 117 complaints in the year, which is rather more than the\n102 of the year before."
    assert seen(laid_out(text)) == ["paragraph " + text.replace("\n", " ")]


def test_a_blank_line_parts_paragraphs() -> None:
    text = "The first of two long statements ends with a full stop here, at the margin, now.\n\n"
    assert len(blocks(laid_out(text + "The second one stands alone, and it ends with a full stop too."))) == 2


def test_a_sentence_goes_on_after_the_line_end_of_the_file() -> None:
    text = (
        "A total of 91 representations were received in 2019/20 in all of the teams in 2019/20\n"
        "compared to 93 in the same period of 2018/19."
    )
    words = typed(text, size=8, step=13)
    assert seen(lay_out([page(words)])) == ["paragraph " + text.replace("\n", " ")]


@pytest.mark.parametrize(
    "text", ["Upheld, 12\nNot upheld, 9\nWithdrawn, 3", "Stage 1 records\nstage two 9\nstage three 3"]
)
def test_short_statements_stay_apart(text: str) -> None:
    layout = laid_out(WIDE + "\n" + text)
    assert [b.text.text for b in blocks(layout)][1:] == text.split("\n")


def test_a_paragraph_runs_over_the_page_end() -> None:
    first = typed("The number of complaints that were made in the year about the teams of the East\n", top=760)
    second = typed("and West was 44.", top=60)
    layout = lay_out([page(first), page(second, number=2)])
    assert [b.text.text[-17:] for b in blocks(layout)] == [" and West was 44."]
    assert [w.page for w in blocks(layout)[0].text.words[-2:]] == [2, 2]


@pytest.mark.parametrize(
    ("cut", "mended", "printed"),
    [
        (
            "were made about the conduct of our social workers, of which sixty-three com-\nplaints",
            "complaints",
            "com- plaints",
        ),
        ("complaints at the various stages were made, and they were handled well; Stage-\n2", "Stage-2", "Stage- 2"),
        (
            "were made about the conduct of our social workers in that time, and of twenty-\ntwo",
            "twenty-two",
            "twenty- two",
        ),
    ],
)
def test_a_hyphen_at_the_line_end_is_mended_and_leads_back_to_both_words(cut: str, mended: str, printed: str) -> None:
    text = blocks(laid_out(cut + " followed."))[0].text
    start = text.text.index(mended)
    assert text.printed(start, start + len(mended)) == printed


def test_two_columns_are_read_one_after_the_other() -> None:
    left = "The first column holds some\ntext that is wrapped in the\nmiddle of the page, and this\nis how it goes on for a few\nmore lines until it comes to\nits end."
    right = "The second column begins at\nthe top of the page again as\none would think, and it then\nruns on until there is not a\nthing more for it to say on\nthe matter."
    layout = lay_out([page([*typed(left), *typed(right, left=310)])])
    assert [b.text.text for b in blocks(layout)] == [left.replace("\n", " "), right.replace("\n", " ")]


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("• 12 were upheld", "•", "12 were upheld"),
        ("(ii) a second panel met", "(ii)", "a second panel met"),
        ("a) contact plans are shared", "a)", "contact plans are shared"),
        ("e Address inconsistencies", "e", "Address inconsistencies"),
        ("1. That the report be noted.", "1.", "That the report be noted."),
        ("3.1 172 of the 259 complaints were statutory.", "3.1", "172 of the 259 complaints were statutory."),
        ("8.1 1.1 complaints for every child.", "8.1", "1.1 complaints for every child."),
    ],
)
def test_a_marker_is_no_part_of_the_text(line: str, marker: str, text: str) -> None:
    block = blocks(laid_out(WIDE + "\n" + line))[-1]
    assert block.marker is not None
    assert (block.marker.text, block.text.text) == (marker, text)


@pytest.mark.parametrize(
    "line", ["83 Stage 1 complaints were received.", "2 569 assessments were made.", "4.6 posts are filled now."]
)
def test_a_number_that_begins_a_sentence_is_no_marker(line: str) -> None:
    block = blocks(laid_out(WIDE + "\n" + line))[-1]
    assert (block.marker, block.text.text) == (None, line)


def test_nested_lists_have_levels() -> None:
    layout = laid_out(WIDE + "\n• all complaints:\n  - in the East\n  - in the West\n• compliments")
    assert [b.level for b in blocks(layout)[1:]] == [1, 2, 2, 1]


@pytest.mark.parametrize(
    ("line", "marker"),
    [("Outcomes at Stage 1", ""), ("SUMMARY", ""), ("Learning:", ""), ("3.2 Advocacy", "3.2"), ("**In bold", "")],
)
def test_a_heading(line: str, marker: str) -> None:
    found = blocks(laid_out(WIDE + "\n" + line + "\n\n" + WIDE))[1]
    assert found.kind == "heading"
    assert (found.marker.text if found.marker else "") == marker


@pytest.mark.parametrize("line", ["Upheld 44", "It was agreed to note the report.", "12 Members", "and so on"])
def test_no_heading(line: str) -> None:
    assert blocks(laid_out(WIDE + "\n" + line + "\n\n" + WIDE))[1].kind != "heading"


def test_larger_type_is_the_higher_heading() -> None:
    words = [*typed("Report", size=18), *typed("Summary", size=13, top=140), *typed(WIDE * 3, top=170)]
    assert [(b.kind, b.level) for b in blocks(lay_out([page(words)]))][:2] == [("heading", 1), ("heading", 2)]


def test_the_last_of_parallel_lines_heads_nothing() -> None:
    lines = (
        "Stage 1 - Local Resolution\n\nStage 2 - Investigation\n\nStage 3 - Review Panel\n\n• 8 complaints were made"
    )
    assert [b.kind for b in blocks(laid_out(WIDE + "\n" + lines))[1:4]] == ["paragraph"] * 3


def test_heads_feet_and_page_numbers_are_furniture() -> None:
    pages = [
        page(
            [
                *typed("Annual report 2015/16", top=30),
                *typed(f"Sentence number {number} stands here, and it is followed by some more words.\n", top=200),
                *typed(str(number), top=800, left=300),
            ],
            number=number,
        )
        for number in range(1, 5)
    ]
    kinds = [b.kind for b in blocks(lay_out(pages))]
    assert kinds.count("furniture") == 8
    assert kinds[0] == kinds[-1] == "furniture"


def test_a_caption_in_small_type_at_the_page_foot_is_no_footnote() -> None:
    words = [*typed(WIDE * 6), *typed("Table 3: Complaints by team 2014/15", size=7, top=770, step=LINE)]
    assert blocks(lay_out([page(words)]))[-1].kind != "footnote"


def test_small_type_at_the_page_foot_is_a_footnote() -> None:
    words = [*typed(WIDE * 6), *typed("1 Includes withdrawn ones.\nAnd some more.", size=7, top=770, step=LINE)]
    last = blocks(lay_out([page(words)]))[-1]
    assert (last.kind, last.text.text) == ("footnote", "1 Includes withdrawn ones. And some more.")


def test_a_page_without_words_is_no_trouble() -> None:
    assert lay_out([page([])]).elements == ()
    assert lay_out([]).elements == ()


def test_entries_of_a_contents_page_are_furniture() -> None:
    first = (
        "In this report\n\nSummary.................... 2\nComplaints by stage ....... 2\nThe Ombudsman ............. 3"
    )
    layout = lay_out([page(typed(first)), page(typed(WIDE), number=2), page(typed(WIDE), number=3)])
    assert [b.kind for b in blocks(layout)].count("furniture") == 3


def test_a_letter_numbers_a_heading_and_a_value_heads_nothing() -> None:
    found = blocks(laid_out(f"{WIDE}\nB. Stage 1\n\nB.1 {WIDE}\n\nS5. Stage 1\n\n{WIDE}"))
    assert [b.text.text for b in found if b.kind == "heading"] == ["B. Stage 1"]


@pytest.mark.parametrize("second", ["10", "2009/10"])
def test_the_second_line_of_a_running_head_is_furniture(second: str) -> None:
    pages = [
        page(
            [*typed(f"Annual Report 2009-\n{second}", top=30), *typed(f"Body of page {'abc'[n]}.", top=300)],
            number=n + 1,
        )
        for n in range(3)
    ]
    assert [b.kind for b in blocks(lay_out(pages)) if b.text.text == second] == ["furniture"] * 3


def test_a_number_in_the_margin_of_two_pages_is_text() -> None:
    pages = [page([*typed("10", top=30), *typed("There were", top=300)], number=n + 1) for n in (4, 6)]
    assert "furniture" not in [b.kind for b in blocks(lay_out(pages)) if b.text.text == "10"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("• 3.0% (6) were inconclusive and 3.5%", "  (7) withdrawn, as was said by the officer to the Members;"),
        ("• the number of complaints had fallen to 23", "  during the year;"),
        ("• complaints of the year from 1 April to 31", "  March 2020 were fewer;"),
        ("• in the year as a whole there had been 112 complaints at", "  Stage 1 and 36 at Stage 2;"),
    ],
)
def test_a_line_goes_on_with_the_half_of_a_value_or_under_the_text_of_its_item(before: str, after: str) -> None:
    found = blocks(laid_out(f"{WIDE}\n{before}\n{after}"))
    assert found[-1].text.text == f"{before.removeprefix('• ')} {after.strip()}"


@pytest.mark.parametrize(
    "after",
    [
        "(7) Complaints about the Adoption Team",  # behind no value: the number of another item
        "• a second item",
        "Complaints by team",
    ],
)
def test_another_line_begins_anew(after: str) -> None:
    found = blocks(laid_out(f"{WIDE}\n• complaints had fallen again this time\n{after}"))
    assert found[-1].text.text != f"complaints had fallen again this time {after}"


def test_a_short_line_over_a_label_with_its_value_is_a_heading() -> None:
    layout = laid_out(WIDE + "\nStage 2\nIn progress at the year end 3\nNew in the quarter 1")
    assert seen(layout)[1] == "heading Stage 2"


@pytest.mark.parametrize("text", ["Stage 1 3\nStage 2 4", "Achieved\nand sent out 5", "Late: 5\nIn time: 9"])
def test_no_heading_is_a_line_with_its_value_or_over_a_statement(text: str) -> None:
    assert not any(line.startswith("heading") for line in seen(laid_out(WIDE + "\n" + text))[1:])
