"""What headings and earlier texts hand on to the text that is read next."""

from dataclasses import replace

import pytest

from extractors.figures.drafts import Topic
from extractors.figures.sections import (
    Section,
    after_block,
    as_list_item,
    as_prose,
    before_block,
    before_table,
    heading_topic,
    main_measure,
    several_services,
    under_heading,
)
from schemas.layout import Block, BlockKind
from schemas.pages import MappedText
from schemas.periods import Period

START = Section(period=Period.financial(2014))
STAGE_1 = Topic(measure="complaints", dims={"stage": "1"})


def block(text: str, kind: BlockKind = "paragraph", level: int = 0) -> Block:
    return Block(kind=kind, text=MappedText(text, ()), level=level)


def headed(*headings: tuple[str, int]) -> Topic:
    """What holds under headings (text, level)."""
    section = START
    for text, level in headings:
        section = under_heading(section, block(text, "heading", level))
    return section.context().heading


@pytest.mark.parametrize(
    ("text", "measure", "dims"),
    [
        ("Stage 1 complaints", "complaints", {"stage": "1"}),
        ("Stage 2", None, {"stage": "2"}),
        ("Statutory complaints", "complaints", {"regime": "statutory"}),
        ("Compliments", "compliments", {}),
        ("Complaints to the Ombudsman", "ombudsman_cases", {}),
        ("The Ombudsman and complaints", "ombudsman_cases", {}),
        ("Stages 1 and stage 2", None, {}),
        ("Compliments, enquiries", None, {}),
        ("Complaints annual report", None, {}),
        ("Minutes of the Stage 1 panel", None, {}),
        ("Introduction", None, {}),
    ],
)
def test_what_a_heading_says(text: str, measure: str | None, dims: dict[str, str]) -> None:
    topic = heading_topic(text)
    assert (topic.measure, topic.dims) == (measure, dims)


def test_a_heading_may_speak_of_answers_in_time() -> None:
    assert heading_topic("Response times").timely
    assert not heading_topic("Compliments").timely


class TestHeadings:
    def test_one_below_another_adds_to_it(self) -> None:
        topic = headed(("Complaints", 1), ("Stage 2", 2))
        assert (topic.measure, topic.dims) == ("complaints", {"stage": "2"})

    def test_one_of_the_same_level_takes_its_place(self) -> None:
        assert headed(("Stage 1", 2), ("Stage 2", 2)).dims == {"stage": "2"}

    def test_a_higher_one_closes_those_below(self) -> None:
        topic = headed(("Complaints", 1), ("Stage 2", 2), ("Compliments", 1))
        assert (topic.measure, topic.dims) == ("compliments", {})

    def test_another_measure_drops_the_group(self) -> None:
        topic = headed(("Stage 1 complaints", 1), ("Compliments", 2))
        assert (topic.measure, topic.dims) == ("compliments", {})

    def test_a_topic_ends_at_a_heading(self) -> None:
        section = after_block(START, block("83 were received."), STAGE_1, counted=True)
        assert under_heading(section, block("Next", "heading", 1)).context().topic == Topic()

    @pytest.mark.parametrize(
        "text",
        [
            "There were 83 complaints: 20 were upheld, of which",
            "The council received 83 complaints, of whom:",
            "There were no complaints",
        ],
    )
    def test_one_that_states_figures_is_prose(self, text: str) -> None:
        assert as_prose(block(text, "heading", 1)) == block(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Complaints received in 2014/15:",
            "What was said at Stage 2:",
            "83 complaints",
            "3 What was upheld:",
            "Section 2 is new:",
        ],
    )
    def test_others_stay_headings(self, text: str) -> None:
        assert as_prose(block(text, "heading", 1)).kind == "heading"


class TestTopics:
    def test_a_paragraph_keeps_the_measure_that_was_counted(self) -> None:
        section = after_block(START, block("83 came in."), STAGE_1, counted=True)
        topic = before_block(section, block("Of these, 20 were upheld.")).context().topic
        assert (topic.measure, topic.dims) == ("complaints", {})

    def test_what_was_only_mentioned_is_forgotten(self) -> None:
        section = after_block(START, block("Complaints matter."), STAGE_1, counted=False)
        assert before_block(section, block("There were 20.")).context().topic == Topic()

    def test_a_sentence_that_goes_on_keeps_everything(self) -> None:
        section = after_block(START, block("83 came in, of"), STAGE_1, counted=True)
        assert before_block(section, block("which 20 were upheld.")).context().topic == STAGE_1


class TestLists:
    INTRODUCED = after_block(START, block("The 83 Stage 1 complaints were closed as:"), STAGE_1, counted=True)

    def test_items_lean_on_their_introduction(self) -> None:
        context = before_block(self.INTRODUCED, block("14 upheld", "list_item", 1)).context()
        assert (context.topic, context.listed) == (STAGE_1, True)

    def test_every_item_leans_on_it(self) -> None:
        first = block("14 upheld", "list_item", 1)
        section = after_block(before_block(self.INTRODUCED, first), first, Topic(measure="complaints"), counted=True)
        context = before_block(section, block("21 not upheld", "list_item", 1)).context()
        assert (context.topic, context.listed) == (STAGE_1, True)

    def test_a_paragraph_ends_the_list(self) -> None:
        context = before_block(self.INTRODUCED, block("There were more.")).context()
        assert (context.topic.dims, context.listed) == ({}, False)

    def test_a_table_under_it_is_about_its_group(self) -> None:
        assert before_table(self.INTRODUCED).context().topic == STAGE_1

    def test_a_table_under_a_paragraph_only_has_its_measure(self) -> None:
        section = after_block(START, block("83 came in."), STAGE_1, counted=True)
        topic = before_table(section).context().topic
        assert (topic.measure, topic.dims) == ("complaints", {})

    @pytest.mark.parametrize("text", ["14 were upheld", "no complaint was withdrawn", "and the others not"])
    def test_a_line_without_its_bullet_is_an_item(self, text: str) -> None:
        assert as_list_item(self.INTRODUCED, block(text)).kind == "list_item"

    @pytest.mark.parametrize("text", ["The others were not.", "14 more:", "14 " + "and so on " * 30])
    def test_other_lines_are_none(self, text: str) -> None:
        assert as_list_item(self.INTRODUCED, block(text)).kind == "paragraph"

    def test_there_is_no_item_without_an_introduction(self) -> None:
        assert as_list_item(START, block("14 were upheld")).kind == "paragraph"


@pytest.mark.parametrize(
    ("opening", "text", "measure"),
    [
        ("Complaints annual report", "", "complaints"),
        ("Representations and complaints", "", "complaints"),
        ("Inspection of services", "A complaint. " * 5, "complaints"),
        ("Inspection of services", "A complaint. " * 4, None),
        ("Forward plan", "", None),
    ],
)
def test_what_a_whole_paper_is_about(opening: str, text: str, measure: str | None) -> None:
    assert main_measure(opening, text) == measure


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Adults' social care and children's social care", True),
        ("complaints to the council as a whole", True),
        ("Children's social care", False),
        ("", False),
    ],
)
def test_whether_a_paper_speaks_of_several_services(text: str, several: bool) -> None:
    assert several_services(text) is several


def test_lines_of_a_label_and_its_number_after_a_colon_are_items_of_a_list() -> None:
    intro = block("Ethnic background of the child (Stage 1):")
    section = after_block(START, intro, Topic(), counted=False)
    item = as_list_item(section, block("Any other White background: 9"))
    assert item.kind == "list_item"
    found = before_block(section, item).topic
    assert (found.dims, found.breakdown) == ({"stage": "1"}, "ethnicity")


@pytest.mark.parametrize(
    "line", ["The team met 9 times: see below.", "Complaints were received from: parents", "Not stated"]
)
def test_other_lines_after_a_colon_are_no_items(line: str) -> None:
    section = after_block(START, block("Ethnic background of the child (Stage 1):"), Topic(), counted=False)
    assert as_list_item(section, block(line)).kind == "paragraph"


TEAMS = ("Section 15: The teams one by one", 1)


@pytest.mark.parametrize("name", ["Safeguarding and Assessment", "Emergency Duty Service"])
def test_headings_below_one_that_says_so_name_teams(name: str) -> None:
    assert headed(TEAMS, (name, 2)).dims == {"team": name}
    assert headed(TEAMS, ("Access Team", 2), (name, 2)).dims == {"team": name}


@pytest.mark.parametrize(
    "headings",
    [
        [("Section 15: The year in figures", 1), ("Safeguarding and Assessment", 2)],
        [TEAMS, ("Section 16: Learning", 1), ("Safeguarding and Assessment", 2)],
        [TEAMS, ("What they learned from it", 2)],
        [TEAMS, ("Compliments", 2)],
    ],
)
def test_other_headings_name_none(headings: list[tuple[str, int]]) -> None:
    assert "team" not in headed(*headings).dims


class TestLinesOfValues:
    @staticmethod
    def leant_on(*lines: str) -> dict[str, str]:
        """The group that the last line leans on, after lines that each counted what they say."""
        section = START
        for line in lines[:-1]:
            section = before_block(section, block(line))
            section = after_block(section, block(line), replace(section.topic, **told(line)), counted=True)
        return before_block(section, block(lines[-1])).topic.dims

    @pytest.mark.parametrize("line", ["In time: 19 (79%)", "Late: 5", "Mean (working days): 13.5"])
    def test_one_leans_on_the_stage_of_those_before(self, line: str) -> None:
        assert self.leant_on("Stage 1 closed: 24", line) == {"stage": "1"}

    @pytest.mark.parametrize(
        "lines",
        [
            ("Stage 1: 24", "Stage 2: 3", "Late: 5"),  # of which of them?
            ("Stage 1: 24", "Compliments: 5"),
            ("Stage 1: 24", "Five were answered late."),
            ("There were 24 complaints at Stage 1.", "Late: 5"),
        ],
    )
    def test_other_lines_do_not(self, lines: tuple[str, ...]) -> None:
        assert self.leant_on(*lines) == {}


def told(line: str) -> dict[str, object]:
    """What a line says that the next may lean on."""
    topic = heading_topic(line)
    return {"dims": topic.dims} if topic.dims else {}
