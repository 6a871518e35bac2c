"""Counting cells and relations between them, on tables small enough to count by hand."""

import json
from pathlib import Path

import pytest

from benchmarks.adjacency import PageTable, Placed, agreement, relations
from benchmarks.cells import count_cells
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText

BOX = BBox(0, 0, 1, 1)
GRID = [["Team", "2014", "2015"], ["East", "1", "2"], ["West", "3", "4"]]


def table(rows: list[list[str]]) -> Table:
    cells = [
        Cell(row=r, col=c, text=MappedText(text, ()), bbox=BOX)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(page=1, bbox=BOX, cells=tuple(cells), method="ruled")


@pytest.mark.parametrize(
    ("read", "right", "found"),
    [
        (GRID, 4, 4),
        ([["TEAM", "20 14", "2015"], *GRID[1:]], 4, 4),
        ([["Team", "2014", ""], ["", "", "2015"], *GRID[1:]], 4, 4),  # a head on another line
        ([["Team", "2015", "2014"], *GRID[1:]], 0, 4),
        ([GRID[0], ["East", "1", "2"], ["Wst", "3", "4"]], 2, 4),
        ([], 0, 0),
    ],
)
def test_a_cell_counts_with_its_label_and_heads(tmp_path: Path, read: list[list[str]], right: int, found: int) -> None:
    cells = [
        {"row": r, "col": c, "rowspan": 1, "colspan": 1, "text": text}
        for r, row in enumerate(GRID)
        for c, text in enumerate(row)
    ]
    gold = tmp_path / "x.tables.jsonl"
    gold.write_text(json.dumps({"table": "t", "head_rows": 1, "cells": cells}) + "\n")
    counted = count_cells(gold, [table(read)] if read else [])
    assert (counted.gold, counted.read, counted.right) == (4, found, right)


LONG = [["Children", "2014", "2015"], ["Children in care", "1", "2"], ["Safeguarding Hub", "3", "4"]]


@pytest.mark.parametrize(
    ("first", "right"),
    [("Children in carc", 2), ("Chi1dren in carc", 0), ("Child", 0), ("Young people", 0)],
    ids=["a letter", "two letters", "half of it", "another"],
)
def test_a_misread_label_makes_its_own_row_wrong_and_no_head(tmp_path: Path, first: str, right: int) -> None:
    gold = tmp_path / "x.tables.jsonl"
    cells = [
        {"row": r, "col": c, "rowspan": 1, "colspan": 1, "text": text}
        for r, row in enumerate(LONG)
        for c, text in enumerate(row)
    ]
    gold.write_text(json.dumps({"table": "t", "head_rows": 1, "cells": cells}) + "\n")
    assert count_cells(gold, [table([LONG[0], [first, "1", "2"], LONG[2]])]).right == right


WIDE = [["Children", "2013", "2014", "2015"], ["Care", "4", "1", "2"], ["Safeguarding Hub", "8", "3", "4"]]


@pytest.mark.parametrize(
    ("first", "right"),
    [(["Chrc", "4", "1", "2"], 3), (["Chrc", "4", "1", "7"], 0), (["Children", "No.", "No.", "%"], 0)],
)
def test_a_row_with_the_values_of_gold_is_no_head_whatever_its_label(
    tmp_path: Path, first: list[str], right: int
) -> None:
    gold = tmp_path / "x.tables.jsonl"
    cells = [
        {"row": r, "col": c, "rowspan": 1, "colspan": 1, "text": text}
        for r, row in enumerate(WIDE)
        for c, text in enumerate(row)
    ]
    gold.write_text(json.dumps({"table": "t", "head_rows": 1, "cells": cells}) + "\n")
    assert count_cells(gold, [table([WIDE[0], first, WIDE[2]])]).right == right


def test_relations_skip_blanks_and_follow_spans() -> None:
    cells = (
        Placed(row=0, col=0, rowspan=2, text="A"), Placed(row=0, col=1, colspan=2, text="B b"), Placed(row=1, col=1, text="C"),
        Placed(row=1, col=2, text=" "), Placed(row=2, col=0, text="D"), Placed(row=2, col=2, text="b\nB"),
    )  # fmt: skip
    assert relations(cells) == {
        ("A", "BB", "R"): 1, ("A", "C", "R"): 1, ("A", "D", "D"): 1, ("BB", "C", "D"): 1, ("BB", "BB", "D"): 1, ("D", "BB", "R"): 1,
    }  # fmt: skip


def test_a_table_found_twice_is_false_once() -> None:
    one = PageTable(page=1, cells=(Placed(row=0, col=0, text="a"), Placed(row=0, col=1, text="b")))
    elsewhere = PageTable(page=2, cells=one.cells)
    found = agreement([one], [one, elsewhere])
    assert (found.right, found.found, found.true, found.false_tables) == (1, 2, 1, 1)
    assert (found.precision, found.recall) == (0.5, 1.0)
