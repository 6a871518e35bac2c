"""Rows of plain text whose cells are parted by the same few spaces each."""

from extractors.reading.lines import Line, LineTable, read_lines


def tables(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [each.rows for each in read_lines(text) if isinstance(each, LineTable)]


def test_the_order_of_cells_tells_their_columns() -> None:
    text = (
        "Area   2020-21   2021-22   Change\n"
        "Fostering, adoption and kinship   14   12   -2\n"
        "Early help   8   10   +2\n"
        "Assessment   131   97   -34\n"
    )
    assert tables(text) == [
        (
            ("Area", "2020-21", "2021-22", "Change"),
            ("Fostering, adoption and kinship", "14", "12", "-2"),
            ("Early help", "8", "10", "+2"),
            ("Assessment", "131", "97", "-34"),
        )
    ]


def test_heads_may_leave_out_that_of_the_labels() -> None:
    text = "   Q1   Q2   Half year\nStage 1 complaints   22   27   49\nCompliments   18   15   33\n"
    assert tables(text)[0][0] == ("", "Q1", "Q2", "Half year")


def test_last_years_number_in_brackets_is_of_the_cell_before_it() -> None:
    text = "   Stage 1   97   (74)\n   Panel reviews   2   (1)\n   Investigations   11   (6)\n"
    assert tables(text) == [(("Stage 1", "97 (74)"), ("Panel reviews", "2 (1)"), ("Investigations", "11 (6)"))]


def test_labels_with_one_value_are_a_table_if_there_are_three() -> None:
    assert tables("Upheld    14\nPartly upheld    19\nNot upheld    28\n") == [
        (("Upheld", "14"), ("Partly upheld", "19"), ("Not upheld", "28"))
    ]


def test_two_labels_with_a_value_are_none() -> None:
    assert tables("In progress at 31 December 2019    3\nNew in the quarter    1\n") == []


def test_columns_that_stand_under_each_other_are_left_to_the_layout() -> None:
    text = "Upheld          14   24%\nPartly upheld    9   15%\nNot upheld      36   61%\n"
    assert tables(text) == []
    even = "Adoption    14    24%\nLeavers'    19    15%\nAutism's    36    61%\n"
    assert tables(even) == []
    assert all(isinstance(line, Line) and line.aligned for line in read_lines(even))


def test_two_spaces_behind_full_stops_part_no_cells() -> None:
    assert tables("We had 14.  It was 12 before.\nWe upheld 9.  It was 7 before.\nWe paid 2.  It was 1.\n") == []


def test_lines_apart_are_no_rows_of_one_table() -> None:
    assert tables("Stage 1   22   27\n\nStage 2 complaints   2   3\n") == []
