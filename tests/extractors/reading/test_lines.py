import pytest

from extractors.reading.lines import Line, LineTable, read_lines


def tables(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [line.rows for line in read_lines(text) if isinstance(line, LineTable)]


def texts(text: str) -> list[str]:
    return [line.text for line in read_lines(text) if isinstance(line, Line)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("A | B\n1 | 2", (("A", "B"), ("1", "2")), id="bars"),
        pytest.param("| a | b |\n|---|:-:|\n| 1 |  |", (("a", "b"), ("1", "")), id="markdown"),
        pytest.param("Type | N\n---|---\nUpheld | 3", (("Type", "N"), ("Upheld", "3")), id="markdown without edges"),
        pytest.param("+---+---+\n| a | b |\n+---+---+", (("a", "b"),), id="ascii box"),
        pytest.param("| 464 contacts | 211 complaints |", (("464 contacts", "211 complaints"),), id="one row"),
        pytest.param("\t2013\t2014\nStage 1\t5\t6", (("", "2013", "2014"), ("Stage 1", "5", "6")), id="tabs"),
        pytest.param("2013\t2014\nStage 1\t5\t6\nStage 2\t1\t2", (("", "2013", "2014"), ("Stage 1", "5", "6"), ("Stage 2", "1", "2")), id="head lacks its first cell"),
        pytest.param("Upheld\t12\nNot upheld\t30", (("Upheld", "12"), ("Not upheld", "30")), id="label and value"),
        pytest.param("Name\t\t\tN\nNot upheld\t12\nUpheld\t\t3", (("Name", "N"), ("Not upheld", "12"), ("Upheld", "3")), id="tab stops"),
        pytest.param("A\tB\tC\nx\t\t3\ny\t2\t", (("A", "B", "C"), ("x", "", "3"), ("y", "2", "")), id="empty cells"),
        pytest.param("A\tB\tC\nx\t1", (("A", "B", "C"), ("x", "1", "")), id="ragged"),
        pytest.param("Team\tN\n\nNorth\t12\n\nSouth\t8", (("Team", "N"), ("North", "12"), ("South", "8")), id="blank lines between rows"),
        pytest.param("Team\tN\nNorth\t12\nRegulated services\nFostering\t8", (("Team", "N"), ("North", "12"), ("Regulated services", ""), ("Fostering", "8")), id="group label"),
    ],
)  # fmt: skip
def test_table(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert tables(text) == [rows]


def test_headings_stay_outside() -> None:
    text = "4.2 By team\nTeam\tN\nNorth\t12\n4.3 By theme\nTheme\tN\nDelay\t3"
    assert texts(text) == ["4.2 By team", "4.3 By theme"]
    assert tables(text) == [(("Team", "N"), ("North", "12")), (("Theme", "N"), ("Delay", "3"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\t•\t83 Stage 1 complaints were received", "    •  83 Stage 1 complaints were received", id="bullet"),
        pytest.param("1.\tNoted the report", "1.  Noted the report", id="number"),
        pytest.param("(ii)\tNoted the report", "(ii)  Noted the report", id="roman"),
        pytest.param("3.2\tThe Committee noted that complaints rose", "3.2  The Committee noted that complaints rose", id="paragraph number"),
        pytest.param("\tindented", "    indented", id="indent"),
        pytest.param("the report                    was noted", "the report was noted", id="padding"),
        pytest.param("Upheld      12     Not upheld   3", "Upheld      12     Not upheld   3", id="columns"),
        pytest.param("Call us on 01234 | or write to the Complaints Officer at the Town Hall, where a reply is sent in 10 days", "Call us on 01234 | or write to the Complaints Officer at the Town Hall, where a reply is sent in 10 days", id="bar in a sentence"),
        pytest.param("- |", "- |", id="stray bar"),
    ],
)  # fmt: skip
def test_line(text: str, expected: str) -> None:
    found = texts(text)
    assert found == [expected] or tables(text) == [("-", "")]


def test_blank_lines_and_pages_are_counted() -> None:
    lines = read_lines("a\r\n\r\n \u00a0\r\nb\rc\fd")
    assert [(line.text, line.blank_above, line.new_page) for line in lines if isinstance(line, Line)] == [
        ("a", 0, False),
        ("b", 2, False),
        ("c", 0, False),
        ("d", 0, True),
    ]


def test_aligned_columns_are_known() -> None:
    lines = read_lines("     Stage      2009/10     2010/11\n     1          160         179\nSome prose here.")
    assert [line.aligned for line in lines if isinstance(line, Line)] == [True, True, False]


def test_markdown_head_is_known() -> None:
    headed, plain = read_lines("| a | b |\n|---|---|\n| 1 | 2 |\n\ntext\n\nA | B\n1 | 2")[0::2]
    assert isinstance(headed, LineTable) and headed.headed
    assert isinstance(plain, LineTable) and not plain.headed
