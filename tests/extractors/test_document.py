"""Whole documents: a page in, its figures out, and nothing on it lost."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extractors.document import extract
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.sniff import sniff
from schemas.documents import Reading
from schemas.figures import Figure
from schemas.pages import BBox, Page

ARCHIVE = Path(__file__).parents[2] / "fixtures" / "archive"
TITLE = "Complaints annual report 2014/15\n\n"


def read(text: str, *, title: str = TITLE) -> Reading:
    """A text typeset to pages and read, as a report of Leeds for 2014/15."""
    rendition = render((title + text).encode(), "text")
    pages = read_pdf(rendition.pdf, typeset=True)
    return extract(pages, pdf=rendition.pdf, file_name="a.txt", authority="Leeds City Council", period="2014/15")


def stated(text: str, *, title: str = TITLE) -> list[str]:
    """The figures of a text, in reading order."""
    return [written(figure) for figure in read(text, title=title).figures]


def written(figure: Figure) -> str:
    """A figure in short: the count and the year 2014/15 go without saying."""
    assert figure.period is not None
    statistic = "" if figure.statistic == "count" else figure.statistic
    period = "" if figure.period.code == "2014/15" else f"in {figure.period.code}"
    dims = " ".join(f"{name}={text}" for name, text in figure.dims)
    return " ".join(filter(None, (figure.measure, statistic, str(figure.value), period, dims)))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "1. Stage 1\n\nThe council received 83 complaints.\n\n"
            "2. Stage 2\n\n11 complaints were received, compared with 14 in 2013/14.\n",
            ["complaints 83 stage=1", "complaints 11 stage=2", "complaints 14 in 2013/14 stage=2"],
            id="a stage",
        ),
        pytest.param(
            "Stage 1 complaints\n\n83 were received. Of these, 20 were upheld.\n\nCompliments\n\nThere were 31 in the year.\n",
            ["complaints 83 stage=1", "complaints 20 outcome=upheld stage=1", "compliments 31"],
            id="a measure",
        ),
        pytest.param(
            "1. Complaints\n\nAt Stage 1 there were 83.\n\n2. The Ombudsman\n\n14 complaints were received. 5 were premature.\n",
            ["complaints 83 stage=1", "ombudsman_cases 14", "ombudsman_cases 5 event=premature"],
            id="the Ombudsman",
        ),
        pytest.param(
            "3. Timeliness\n\nStage 1\n\n69% were answered within the timescale.\n\n"
            "Stage 2\n\n50% were answered within the timescale.\n",
            ["responses_on_time percent_of 69 stage=1", "responses_on_time percent_of 50 stage=2"],
            id="stages below another heading",
        ),
        pytest.param(
            "## 4. Ombudsman\n\nThe Ombudsman received 13 cases.\n\n"
            "## 5. Subject Access Requests\n\n108 were completed and 19 are outstanding.\n",
            [
                "ombudsman_cases 13",
                "subject_access_requests 108 event=completed",
                "subject_access_requests 19 event=outstanding",
            ],
            id="headings with hashes",
        ),
    ],
)
def test_headings_say_what_the_text_below_them_counts(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "The 62 complaints were closed as follows:\n\n• 14 upheld\n• 21 partly upheld\n• 27 not upheld\n",
            [
                "complaints 62 event=closed",
                "complaints 14 outcome=upheld",
                "complaints 21 outcome=partly_upheld",
                "complaints 27 outcome=not_upheld",
            ],
            id="bullets",
        ),
        pytest.param(
            "Of the 83 Stage 1 complaints:\n\n(i) 20 were upheld;\n(ii) 63 were not upheld.\n\nThere were 31 compliments.\n",
            [
                "complaints 83 stage=1",
                "complaints 20 outcome=upheld stage=1",
                "complaints 63 outcome=not_upheld stage=1",
                "compliments 31",
            ],
            id="numbered",
        ),
        pytest.param(
            "There were 83 complaints: 20 were upheld, of which\n\n• 14 were about delay\n• 6 were about staff\n",
            [
                "complaints 83",
                "complaints 20 outcome=upheld",
                "complaints 14 category=delay",
                "complaints 6 category=staff",
            ],
            id="an introduction like a heading",
        ),
        pytest.param(
            "Complaints were made by:\n\n- parents (57)\n- young people (12)\n- foster carers (14)\n",
            ["complaints 57 complainant=parent", "complaints 12 complainant=child", "complaints 14 complainant=carer"],
            id="numbers in brackets",
        ),
    ],
)
def test_lists_under_an_introduction(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "Complaints by stage | 2013/14 | 2014/15\nStage 1 | 98 | 83\nStage 2 | 14 | 11\nTotal | 112 | 94\n",
            [
                "complaints 98 in 2013/14 stage=1",
                "complaints 83 stage=1",
                "complaints 14 in 2013/14 stage=2",
                "complaints 11 stage=2",
                "complaints 112 in 2013/14",
                "complaints 94",
            ],
            id="years across",
        ),
        pytest.param(
            "There were fewer complaints.\n\nOutcome     2013/14     2014/15\nUpheld      20          14\nNot upheld  41          27\n",
            [
                "complaints 20 in 2013/14 outcome=upheld",
                "complaints 14 outcome=upheld",
                "complaints 41 in 2013/14 outcome=not_upheld",
                "complaints 27 outcome=not_upheld",
            ],
            id="aligned with spaces",
        ),
        pytest.param(
            "Team\tComplaints\tCompliments\nNorth\t12\t3\nSouth\t9\t7\n",
            [
                "complaints 12 team=North",
                "compliments 3 team=North",
                "complaints 9 team=South",
                "compliments 7 team=South",
            ],
            id="measures across",
        ),
        pytest.param(
            "Table 2: Stage 1 complaints by outcome\nUpheld | 20 | 24%\nNot upheld | 63 | 76%\n",
            [
                "complaints 20 outcome=upheld stage=1",
                "complaints percent_of 24 outcome=upheld stage=1",
                "complaints 63 outcome=not_upheld stage=1",
                "complaints percent_of 76 outcome=not_upheld stage=1",
            ],
            id="a caption",
        ),
    ],
)
def test_tables(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


def test_a_table_of_stages_is_of_complaints_whatever_the_sentence_above_spoke_of() -> None:
    table = "Stage\t2013/14\t2014/15\nStage 1\t95\t84\nStage 2\t11\t9\n"
    figures = stated(f"Complaints fell. Compliments rose from 117.\n\nThe stages were:\n\n{table}")
    assert figures[1:3] == ["complaints 95 in 2013/14 stage=1", "complaints 84 stage=1"]


def test_running_heads_and_page_numbers_are_not_read() -> None:
    pages = [
        f"Page {number} of 3\nCouncil report 2014/15\n{said}\n"
        for number, said in enumerate(
            ("83 complaints were received.", "31 compliments were received.", "There were 5 comments."), 1
        )
    ]
    reading = read("\f".join(pages), title="")
    assert [written(f) for f in reading.figures] == ["complaints 83", "compliments 31", "comments 5"]
    assert {m.printed for m in reading.marks if m.kind == "page_number"} == {"1", "2", "3", "2014/15"}


def pages_under(head: str, *texts: str) -> str:
    """Pages of a text, each with the same running head."""
    return "\f".join(f"{head}\n{text}\n" for text in texts)


def test_a_running_head_says_whose_report_it_is_where_the_text_does_not() -> None:
    texts = ("83 complaints were received.", "31 compliments were received.", "There were 5 comments.")
    rendition = render(pages_under("Leeds City Council      7 April 2015", *texts).encode(), "text")
    identity = extract(read_pdf(rendition.pdf, typeset=True), pdf=rendition.pdf, file_name="a.txt").identity
    assert (identity.authority, identity.period and identity.period.code) == ("Leeds City Council", "2015/16")


def test_a_running_head_does_not_outweigh_the_text() -> None:
    texts = ("Kent County Council\n\nAnnual Report 2014/15", "31 compliments were received.", "There were 5 comments.")
    rendition = render(pages_under("Leeds City Council      7 April 2019", *texts).encode(), "text")
    identity = extract(read_pdf(rendition.pdf, typeset=True), pdf=rendition.pdf, file_name="a.txt").identity
    assert (identity.authority, identity.period and identity.period.code) == ("Kent County Council", "2014/15")


def test_numbers_that_are_no_figures_are_named() -> None:
    text = (
        "There were 83 complaints.\n\nSee section 4.2, and call 01234 567890 before 5 pm on 3 May 2015.\n\n"
        "We answer within 10 working days, and the street has 1,204 lamp posts.\n"
    )
    marks = {m.printed.rstrip(",.;"): m.kind for m in read(text, title="").marks}
    assert marks == {
        "83": "figure",
        "4.2": "reference",
        "01234 567890": "contact",
        "5 pm": "time",
        "3 May 2015": "date",
        "10": "timescale",
        "1,204": "other_count",
    }


def test_figures_of_another_year_are_comparative() -> None:
    figures = read("There were 83 complaints, compared with 98 in 2013/14.").figures
    assert [(written(f), f.role) for f in figures] == [
        ("complaints 83", "current"),
        ("complaints 98 in 2013/14", "comparative"),
    ]


def test_damaged_digits_are_doubtful_and_unreadable_ones_have_a_proposal() -> None:
    damaged = "There were 83 cornplaints and 1O cornplaints at Stage 2; S1 cornplirnents carne frorn parents.\n"
    figures = {f.evidence.printed: (f.value, f.grade) for f in read(damaged).figures}
    assert figures == {"83": (83, "read"), "1O": (10, "doubtful"), "S1": (51, "doubtful")}
    (garbled,) = (f for f in read("Complaints rose by 6% in 2014/15 (&$) compared to 70.\n").figures if f.value is None)
    assert (garbled.grade, garbled.proposed, garbled.evidence.printed) == ("unreadable", 74, "(&$)")


def test_a_number_that_the_text_takes_for_known_is_one_figure() -> None:
    assert stated("83 complaints were received.\n\nOf the 83 complaints, 20 were upheld.\n") == [
        "complaints 83",
        "complaints 20 outcome=upheld",
    ]


def test_the_same_pages_give_the_same_reading() -> None:
    text = "83 complaints were received, compared with 98 in 2013/14.\n\nStage 1 | 12 | 14\nStage 2 | 3 | 5\n"
    assert read(text) == read(text)


# --- the sample archive --------------------------------------------------------------------------------------------


def documents() -> Iterator[str]:
    for path in sorted(ARCHIVE.rglob("*.*")):
        name = path.relative_to(ARCHIVE).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as papers:
                yield from (f"{name}/{member}" for member in papers.namelist())
        else:
            yield name


@cache
def pages_and_reading(document: str) -> tuple[tuple[Page, ...], Reading]:
    archive, inside, member = document.partition(".zip/")
    content = (ARCHIVE / (archive + (".zip" if inside else ""))).read_bytes()
    if inside:
        with zipfile.ZipFile(io.BytesIO(content)) as papers:
            content = papers.read(member)
    name = document.rpartition("/")[2]
    rendition = render(content, sniff(content, name))
    pages = read_pdf(rendition.pdf, typeset=rendition.typeset)
    return pages, extract(
        pages, pdf=rendition.pdf, file_name=name, folder=document.partition("/")[0], title=rendition.title
    )


def holds(box: BBox, word: BBox) -> bool:
    """Whether the middle of a word lies in a box, give or take the rounding of boxes."""
    x, y = (word.x0 + word.x1) / 2, word.middle
    return box.x0 - 0.1 <= x <= box.x1 + 0.1 and box.top - 0.1 <= y <= box.bottom + 0.1


@pytest.mark.parametrize("document", tuple(documents()))
class TestArchive:
    def test_every_word_with_a_digit_is_accounted_for(self, document: str) -> None:
        pages, reading = pages_and_reading(document)
        lost = [
            (page.number, word.text)
            for page in pages
            for word in page.words
            if re.search(r"\d", word.text)
            and not any(mark.page == page.number and holds(mark.bbox, word.bbox) for mark in reading.marks)
        ]
        assert lost == []

    def test_readers_looked_at_every_number(self, document: str) -> None:
        _, reading = pages_and_reading(document)
        assert [mark.printed for mark in reading.marks if mark.reason == "not read"] == []

    def test_every_figure_has_one_mark_where_it_stands(self, document: str) -> None:
        _, reading = pages_and_reading(document)
        marked = Counter((number, m.page, m.bbox, m.printed) for m in reading.marks for number in m.figure_ids)
        stands = [(f.figure_id, f.evidence.page, f.evidence.bbox, f.evidence.printed) for f in reading.figures]
        assert [marked[place] for place in stands] == [1] * len(stands)

    def test_marks_name_only_figures_that_there_are(self, document: str) -> None:
        _, reading = pages_and_reading(document)
        assert {i for m in reading.marks for i in m.figure_ids} == {f.figure_id for f in reading.figures}

    def test_figures_have_ids_of_their_own(self, document: str) -> None:
        _, reading = pages_and_reading(document)
        ids = [figure.figure_id for figure in reading.figures]
        assert sorted(ids) == sorted(set(ids))

    def test_relations_are_among_its_figures(self, document: str) -> None:
        _, reading = pages_and_reading(document)
        members = {number for relation in reading.relations for number in relation.figure_ids}
        assert members <= {figure.figure_id for figure in reading.figures}


def test_section_numbers_without_a_stop_are_no_figures() -> None:
    text = "1 Introduction\n\nThis is the report.\n\n2 Stage 1\n\nThere were 83 complaints at Stage 1.\n\n3 Compliments\n\n12 Compliments came in."
    assert stated(text) == ["complaints 83 stage=1", "compliments 12"]


def test_numbers_that_do_not_count_up_are_no_section_numbers() -> None:
    text = "12 Complaints came from parents.\n\n5 Complaints came from carers.\n\n9 Complaints came from advocates."
    assert len(stated(text)) == 3


def test_the_title_and_number_of_a_page_count_nothing():
    assert stated("There were 20 complaints.\n\nAnnual Report on Complaints and Representations 2014/15 1\n") == [
        "complaints 20"
    ]
    assert "complaints 7" in stated("Complaints received in the year 7\n\nThere were 20 compliments.\n")
