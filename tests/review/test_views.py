"""What the pages say, without a browser: arithmetic, proposals, crops, charts, lists, labels."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.printed import keep_print, recall_print
from pipeline.store.blobs import Blobs
from review import labels
from review.pictures import PrintedLine
from review.views.arithmetic import relation_view
from review.views.charts import BAR_WIDTH, grade_bar, sparkline, ticks
from review.views.correcting import typed_facts
from review.views.crop import crop_around
from review.views.document import box_of_edges, edges_text
from review.views.paging import LINES, address, paging
from review.views.proposals import proposals
from schemas.errors import UsageError
from schemas.figures import Evidence, Figure, NumberReading, ReaderAgreement, Statistic
from schemas.pages import BBox, Page, Placing, Word
from schemas.periods import Period
from schemas.relations import Relation, RelationKind


def figure(
    figure_id: str, value: str | None, unit: str = "count", statistic: Statistic = "count", printed: str = ""
) -> Figure:
    exact = None if value is None else Decimal(value)
    decimals = 0 if exact is None else max(0, -int(exact.as_tuple().exponent))
    mark = "%" if unit == "percent" else ""
    evidence = Evidence(page=1, bbox=BBox(1, 1, 2, 2), printed=printed or f"{value}{mark}", snippet="")
    return Figure(
        figure_id=figure_id,
        measure="complaints",
        statistic=statistic,
        value=exact,
        unit=unit,
        decimals=decimals,
        period=Period.financial(2014),
        evidence=evidence,
    )


def relation(kind: RelationKind, roles: str, *, complete: bool = True) -> Relation:
    names = tuple(roles.split())
    return Relation(
        relation_id="r", kind=kind, figure_ids=tuple(f"f{i}" for i in range(len(names))), roles=names, complete=complete
    )


@pytest.mark.parametrize(
    ("kind", "roles", "figures", "outcome", "text"),
    [
        ("share", "part whole percent", ("17", "75", "13.0%"), "fails", "17 of 75 is 22.7%; the report says 13.0%."),
        ("share", "part whole percent", ("17", "75", "23%"), "holds", "17 of 75 is 22.7%; as the report says."),
        ("percent_change", "current prior percent", ("117", "102", "7%"), "fails", "102 to 117 is a rise of 14.7%; the report says a rise of 7%."),
        ("change", "current prior difference", ("54", "49", "6"), "fails", "49 to 54 is a rise of 5; the report says a rise of 6."),
        ("sum", "whole part part", ("9", "7", "5"), "fails", "7 + 5 = 12; the report says 9."),
        ("sum", "whole part part", ("12", "7", "5"), "holds", "7 + 5 = 12; as the report says."),
        ("equal", "same same", ("9", "10"), "fails", "9 and 10, stated for the same thing, differ."),
        ("sum", "whole part", (None, "7"), "not_checkable", "“(*&)” and 7: one of its figures could not be read."),
    ],
)  # fmt: skip
def test_arithmetic_is_written_out(
    kind: RelationKind, roles: str, figures: tuple[str | None, ...], outcome: str, text: str
) -> None:
    known = {
        f"f{i}": figure(f"f{i}", None, printed="(*&)")
        if value is None
        else figure(f"f{i}", value.rstrip("%"), "percent" if "%" in value else "count")
        for i, value in enumerate(figures)
    }
    view = relation_view(relation(kind, roles), known)
    assert (view.outcome, view.text) == (outcome, text)


def test_what_the_others_make_of_a_figure_is_proposed_as_it_would_be_printed() -> None:
    known = {"f0": figure("f0", "117"), "f1": figure("f1", "102"), "f2": figure("f2", "7", "percent", "percent_change")}
    (found,) = proposals(known["f2"], None, [relation("percent_change", "current prior percent")], known, [])
    assert (found.value, found.shown, found.cause) == ("15", "15%", "misprint")


def test_a_hypothesis_of_a_finding_is_a_proposal_for_the_figure_that_it_names() -> None:
    told = ["8 may stand for 6 (a digit that looks alike): then the 6 parts make 90. [cost 8.5]"]
    assert [p.value for p in proposals(figure("f0", "8"), None, [], {}, told)] == ["6"]
    assert proposals(figure("f0", "18"), None, [], {}, told) == ()


def line(text: str, x0: float, top: float) -> PrintedLine:
    return PrintedLine(((text, BBox(x0, top, x0 + 6 * len(text), top + 10)),))


def test_far_headings_stand_beside_and_above_a_crop() -> None:
    lines = [line("Upheld", 40, 600), line("2014/15", 700, 100), line("12", 700, 600)]
    crop = crop_around(BBox(700, 600, 712, 610), 842, 900, lines, in_table=True)
    main, beside, above = crop.panes
    assert (crop.row, crop.column) == ("Upheld", "2014/15")
    assert beside.shown.x0 <= 40 and beside.shown.x1 >= 76 and above.shown.top <= 100 and above.shown.bottom >= 110
    assert main.x >= beside.shown.width and main.y >= above.shown.height
    assert (above.x, above.shown.x0) == (main.x, main.shown.x0)


_PRINT = st.tuples(st.sampled_from(["Total", "2014/15", "75", "%"]), st.floats(0, 500), st.floats(0, 800))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.floats(0, 580), st.floats(0, 830), st.lists(_PRINT, max_size=8))
def test_a_crop_always_holds_its_figure(x0: float, top: float, print_: list[tuple[str, float, float]]) -> None:
    box = BBox(x0, top, x0 + 12, top + 10)
    lines = [line(text, at, height) for text, at, height in print_]
    for in_table in (True, False):
        shown = crop_around(box, 595, 842, lines, in_table=in_table).panes[0].shown
        assert shown.x0 <= box.x0 and shown.top <= box.top
        assert shown.x1 >= min(box.x1, 595) and shown.bottom >= min(box.bottom, 842)


@given(
    st.dictionaries(
        st.sampled_from(["grade:proved", "grade:read", "grade:doubtful", "grade:unreadable"]), st.integers(0, 10**6)
    )
)
def test_a_bar_is_full_and_hides_nothing(tally: dict[str, int]) -> None:
    bar = grade_bar(tally)
    assert len(bar.pieces) == sum(1 for number in tally.values() if number)
    if bar.pieces:
        assert sum(piece.width for piece in bar.pieces) == pytest.approx(BAR_WIDTH, abs=0.1)
        assert all(piece.width >= 1 for piece in bar.pieces)


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=20))
def test_an_axis_holds_all_values_and_nought(values: list[float]) -> None:
    scale, marks = ticks(values, 10, 200)
    assert all(9.9 <= scale.y(value) <= 200.1 for value in (*values, 0.0))
    assert 2 <= len(marks) <= 12


def test_a_gap_breaks_a_sparkline() -> None:
    drawn = sparkline([1.0, 2.0, None, 4.0, 5.0])
    assert len(drawn.paths) == 2
    assert sparkline([None, None]).last is None


@given(st.tuples(*[st.floats(0, 2000, allow_nan=False)] * 4))
def test_a_box_survives_its_address(edges: tuple[float, float, float, float]) -> None:
    found = box_of_edges(",".join(map(str, edges)))
    if found is not None:
        assert found.x0 <= found.x1 and found.top <= found.bottom
        again = box_of_edges(edges_text(found))
        assert again is not None and edges_text(again) == edges_text(found)


@pytest.mark.parametrize("text", ["", "new", "1,2,3", "1,2,3,x", "nan,1,2,3", "inf,1,2,3", "5,5,5,5", "1,2,3,4,5"])
def test_what_is_no_box_is_none(text: str) -> None:
    found = box_of_edges(text)
    assert found is None or (found.width < 20_001 and found.height < 20_001)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1250", "count", "1,250"),
        ("13.0", "percent", "13.0%"),
        ("1250", "GBP", "£1,250"),
        ("-5.1", "percent", "−5.1%"),
        ("12", "working_days", "12 working days"),
        (None, "count", "–"),
    ],
)
def test_numbers_are_written_as_people_do(value: str | None, unit: str, text: str) -> None:
    assert labels.number(value, unit) == text


def test_a_form_gives_the_facts_of_a_figure() -> None:
    typed = {
        "value": ["1,250"], "unit": ["count"], "measure": ["complaints"], "statistic": ["count"], "period": ["2013-14"],
        "dimension": ["stage", ""], "dimension_value": ["1", ""],
    }  # fmt: skip
    facts = dict(typed_facts(typed))
    assert (facts["value"], facts["period"], facts["dims.stage"], facts["qualifier"]) == (
        "1250",
        "2013/14",
        "1",
        "exact",
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"dimension": ["stage"], "dimension_value": [""]},
        {"dimension": ["stage", "stage"], "dimension_value": ["1", "2"]},
        {"period": ["someday"]},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(typed: dict[str, list[str]]) -> None:
    with pytest.raises(UsageError):
        typed_facts(typed)


def test_a_list_knows_its_neighbours() -> None:
    first, last = paging("/findings", {"kind": "x"}, 1, 2 * LINES + 1), paging("/findings", {}, 3, 2 * LINES + 1)
    assert (first.first, first.last, first.before, first.after) == (1, LINES, "", "/findings?kind=x&page=2")
    assert (last.first, last.last, last.after) == (2 * LINES + 1, 2 * LINES + 1, "")
    assert address("/queue", {"a": "b c", "d": ""}) == "/queue?a=b+c"


def test_the_other_reading_of_a_scan_is_a_proposal() -> None:
    def read(agreement: ReaderAgreement, *texts: str) -> Figure:
        readings = tuple(NumberReading(engine=f"reader {t}", text=t, value=Decimal(t), confidence=0.9) for t in texts)
        one = figure("f0", texts[-1])
        return replace(one, evidence=replace(one.evidence, method="ocr", readings=readings, agreement=agreement))

    (found,) = proposals(read("disagree", "1", "16"), None, [], {}, [])
    assert (found.value, found.why, found.cause) == ("1", "reader 1 reads “1”.", "misread")
    assert proposals(read("agree", "7", "7"), None, [], {}, []) == ()


def test_the_words_of_a_scan_are_kept_where_they_stand_on_the_page_as_shown(tmp_path: Path) -> None:
    upside_down = Placing(matrix=(-1, 0, 595, 0, -1, 842, 0, 0, 1), width=595, height=842)
    words = (Word(text="Total", bbox=BBox(40, 100, 70, 110)), Word(text="75", bbox=BBox(80, 100, 92, 110)))
    page = Page(number=2, width=595, height=842, words=words, source="ocr", placing=upside_down)
    blobs = Blobs(tmp_path)
    keep_print(blobs, "ab" * 32, page)
    kept = recall_print(blobs, "ab" * 32, 2)
    assert kept is not None
    assert kept.words == (("Total", BBox(525, 732, 555, 742)), ("75", BBox(503, 732, 515, 742)))
    assert recall_print(blobs, "ab" * 32, 1) is None
