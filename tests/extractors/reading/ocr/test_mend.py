"""What is put right in words that Tesseract read, and what is not."""

from dataclasses import replace
from itertools import pairwise

import pytest

from extractors.reading.ocr.mend import (
    mended,
    with_joined_years,
    with_ones,
    with_parted_quarters,
    with_quarters,
    with_sequences,
    with_years,
    without_edges,
    without_marks,
)
from extractors.reading.ocr.place import joined
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox, Word


@pytest.mark.parametrize(
    ("read", "meant"),
    [("nla", "n/a"), ("Ql", "Q1"), ("Qi", "Q1"), ("Yo", "%"), ("[9.6%", "9.6%"), ("|7.4%", "7.4%"), ("‘18.1%", "18.1%"), ("(QI)", "(Q1)"), ("oﬃcer", "officer"), ("ﬁrst", "first"), ("14%o", "14%"), ("14°/o)", "14%)"), ("7%0.", "7%."), ("_By", "By"), ("_14", "14"), ("2007108", "2007/08"), ("All|", "All"), ('(47")', "(47%)"), ('(".)', "(%)"), ("2009l2010", "2009/2010"), ("Stage!", "Stage1"), ("Stagel", "Stage1"), ("Sage2", "Stage2")],
)  # fmt: skip
def test_slips_of_shape(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize(
    "word",
    [
        "Nia",
        "Stages",
        "Stage4",
        "Sage",
        "Sages",
        "2007118",
        "||",
        "a|",
        "Total|14",
        '47"',
        "(12)",
        '("Total")',
        "20081",
        "1200108",
        "NA",
        "nil",
        "Qatar",
        "Q2",
        "QL",
        "100",
        "10/0",
        "%",
        "2015/16",
        "Equal",
        "14%",
        "l",
        "IQ!",
        "[12]",
        "’17",
        "You",
        "_",
        "__",
        "a_b",
    ],
)
def test_words_that_are_fine(word: str) -> None:
    assert mended(word) == word


def line_of(*words: tuple[str, float, float]) -> list[Token]:
    return [Token(text, BBox(x0, 0, x1, 20), 0.9, (0,)) for text, x0, x1 in words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(line_of(("of", 0, 20), ("1", 28, 36), ("17", 38, 54)), ["of", "117"], id="a number in two"),
        pytest.param(line_of(("2015/1", 0, 60), ("6", 62, 70)), ["2015/16"], id="a year in two"),
        pytest.param(line_of(("Stage", 0, 50), ("1", 58, 66), ("17", 74, 90)), ["Stage", "1", "17"], id="two numbers"),
        pytest.param(line_of(("7", 0, 10), ("8", 60, 70)), ["7", "8"], id="two cells"),
    ],
)
def test_words_are_made_whole(line: list[Token], words: list[str]) -> None:
    assert [token.text for token in joined(line)] == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (line_of(("|", 0, 3), ("Stage", 9, 50)), ["Stage"]),
        (line_of(("@", 0, 9), ("There", 15, 50)), ["•", "There"]),
        (line_of(("+", 0, 9), ("6", 15, 25)), ["•", "6"]),
        (line_of(("|", 0, 3), ("Stage", 9, 50), ("|", 60, 63), ("17", 70, 85)), ["|", "Stage", "|", "17"]),
        (line_of(("|", 0, 3)), ["|"]),
        (line_of(("+6", 0, 9), ("%", 15, 25)), ["+6", "%"]),
    ],
    ids=["the edge of a table", "a bullet", "a bullet before a number", "typed strokes", "nothing else", "a sign"],
)
def test_edges_and_bullets_at_the_beginning_of_a_line(line: list[Token], words: list[str]) -> None:
    assert [token.text for token in without_edges(line)] == words


@pytest.mark.parametrize(
    ("height", "next_word", "first"),
    [
        pytest.param(13, ("24", 40, 60), "•", id="a ring, set off"),
        pytest.param(13, ("Parents", 40, 90), "•", id="a ring before text"),
        pytest.param(20, ("24", 40, 60), "0", id="as high as digits"),
        pytest.param(13, ("24", 17, 37), "0", id="a hanging nought, as near as a word"),
        pytest.param(13, ("cases", 40, 80), "0", id="nothing high beside it"),
    ],
)
def test_a_ring_at_the_beginning_of_a_line_is_no_nought(
    height: float, next_word: tuple[str, float, float], first: str
) -> None:
    line = [Token("0", BBox(0, 20 - height, 10, 20), 0.8, (0,)), *line_of(next_word)]
    assert without_edges(line)[0].text == first


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["‘Stage", "3"], ["Stage", "3"]),
        (["“5", "(7%)"], ["5", "(7%)"]),
        (["‘Fair’"], ["‘Fair’"]),
        (["“Not", "fair”", "at", "all"], ["“Not", "fair”", "at", "all"]),
        (["“We", "were", "told", "nothing", "for"], ["“We", "were", "told", "nothing", "for"]),
        (["‘"], ["‘"]),
        (["'38%", "(126)"], ["38%", "(126)"]),
        (["‘", "Change"], ["Change"]),
        (["“", "Fair”"], ["“", "Fair”"]),
        (["&"], ["%"]),
        (["©"], ["%"]),
        (["Smith", "&", "Sons"], ["Smith", "&", "Sons"]),
    ],
    ids=[
        "a head",
        "a number",
        "a quoted word",
        "quoted words",
        "a line of text",
        "nothing else",
        "typed",
        "apart",
        "quoted apart",
        "a percent sign",
        "another",
        "firms",
    ],
)
def test_a_speck_read_as_a_quote_before_a_cell(texts: list[str], words: list[str]) -> None:
    line = line_of(*((text, 60.0 * n, 60.0 * n + 50) for n, text in enumerate(texts)))
    assert [token.text for token in without_marks(line)] == words


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["Stage", "Lcomplaints", "received"], ["Stage", "1", "complaints", "received"]),
        (["Late", "Icomplaints"], ["Late", "Icomplaints"]),
        (["Stage", "Leaver"], ["Stage", "Leaver"]),
    ],
    ids=["behind stage", "not behind stage", "another word"],
)
def test_a_one_that_runs_into_the_word_behind_it(texts: list[str], words: list[str]) -> None:
    made = with_ones(line_of(*((text, 80.0 * n, 80.0 * n + 70) for n, text in enumerate(texts))))
    assert [token.text for token in made] == words
    assert all(a.bbox.x1 <= b.bbox.x0 for a, b in pairwise(made))


def row_of(*texts: str, top: float = 0.0) -> list[Word]:
    return [Word(text=t, bbox=BBox(40.0 * n, top, 40.0 * n + 20, top + 12)) for n, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (["Theme", "Q1", "Q2", "b3", "|", "O4", "Total"], ["Theme", "Q1", "Q2", "Q3", "|", "Q4", "Total"]),
        (["Q1", "61", "Q3", "Q4"], ["Q1", "61", "Q3", "Q4"]),
        (["Theme", "Q1", "@", "@", "Q", "Total"], ["Theme", "Q1", "Q2", "Q3", "Q4", "Total"]),
        (["Q1", "a", "b", "c"], ["Q1", "a", "b", "c"]),
        (["Q1", "Q2", "8", "Q4"], ["Q1", "Q2", "Q3", "Q4"]),
        (["01", "Q2", "Q3", "04"], ["Q1", "Q2", "Q3", "Q4"]),
    ],
    ids=["put right", "a number is none", "in columns", "one is not enough", "a digit in its place", "noughts"],
)
def test_quarters_of_a_row(row: list[str], texts: list[str]) -> None:
    words = with_quarters([*row_of(*row), *row_of("79", "84", top=30)])
    assert [w.text for w in words] == [*texts, "79", "84"]
    assert all(w.raw for w, before in zip(words, row, strict=False) if w.text != before)


@pytest.mark.parametrize("together", ["0304", "Q3Q4", "O3Q4"])
def test_quarters_between_which_no_space_was_read_are_two(together: str) -> None:
    words = with_parted_quarters(row_of("Theme", "Q1", "Q2", together, "Total"))
    assert [w.text for w in words] == ["Theme", "Q1", "Q2", "Q3", "Q4", "Total"]
    assert words[3].bbox.x1 <= words[4].bbox.x0 + 20


@pytest.mark.parametrize(
    "row",
    [["Theme", "Total", "0304"], ["Q1", "Q2", "0305"], ["Q1", "Q2", "1304"], ["Q1", "Q2", "304"]],
    ids=["no quarter beside", "not in turn", "a number", "a digit short"],
)
def test_other_numbers_are_no_quarters(row: list[str]) -> None:
    assert [w.text for w in with_parted_quarters(row_of(*row))] == row


@pytest.mark.parametrize(
    ("confidence", "texts"),
    [(0.5, ["Q1", "Q2", "Q3", "Q4"]), (0.9, ["01", "O2", "03", "04"])],
    ids=["hardly read", "clean numbers"],
)
def test_quarters_whose_letters_are_all_noughts(confidence: float, texts: list[str]) -> None:
    words = [replace(w, confidence=confidence) for w in row_of("01", "O2", "03", "04")]
    assert [w.text for w in with_quarters(words)] == texts


@pytest.mark.parametrize(
    ("texts", "meant", "gap"),
    [
        (["2019/20", "2020", "21"], ["2019/20", "2020/21"], 4.0),
        (["2019-20", "2020", "21"], ["2019-20", "2020-21"], 4.0),
        (["2019/20", "2020", "21"], ["2019/20", "2020", "21"], 15.0),
        (["2019/20", "2020", "12"], ["2019/20", "2020", "12"], 4.0),
        (["2019", "2020", "21"], ["2019", "2020", "21"], 4.0),
        (["2019/20", "2020", "21", "complaints"], ["2019/20", "2020", "21", "complaints"], 4.0),
    ],
    ids=[
        "with a stroke",
        "with a dash",
        "too far apart",
        "another number",
        "no such years on the page",
        "in a sentence",
    ],
)
def test_years_that_fell_apart(texts: list[str], meant: list[str], gap: float) -> None:
    words = row_of(*texts)
    for n in range(2, len(words)):
        words[n] = replace(words[n], bbox=replace(words[n].bbox, x0=words[n - 1].bbox.x1 + gap))
    made = with_joined_years(words)
    assert [w.text for w in made] == meant
    assert all(w.raw == "2020 21" for w in made if w.text.startswith("2020") and len(w.text) > 4)


@pytest.mark.parametrize(
    ("texts", "lost", "meant"),
    [
        (["2011/12", "Pus|", "2013/14"], 1, ["2011/12", "2012/13", "2013/14"]),
        (["Pus|", "2012/13", "2013/14"], 0, ["Pus|", "2012/13", "2013/14"]),
        (["2011/12", "Total", "2012/13"], 1, ["2011/12", "Total", "2012/13"]),
    ],
    ids=["between two years", "before them", "no year is due"],
)
def test_a_year_of_a_row_that_was_hardly_read(texts: list[str], lost: int, meant: list[str]) -> None:
    words = row_of(*texts)
    words[lost] = replace(words[lost], confidence=0.05)
    assert [w.text for w in with_sequences(words)] == meant


def test_a_year_that_lost_its_second_part_in_a_row_of_years() -> None:
    assert [w.text for w in with_sequences(row_of("2020/21", "2021", "2022/23"))] == ["2020/21", "2021/22", "2022/23"]
    assert [w.text for w in with_sequences(row_of("2020", "2021", "2022/23"))] == ["2020", "2021", "2022/23"]


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["2020-21", "2020-21", "2026-21"], "2020-21"),
        (["2021", "2021", "(2621)."], "(2021)."),
        (["2020/21", "2026/21"], "2026/21"),
        (["2020/21", "2020/21", "2026/27", "2026/27", "2026/21"], "2026/21"),
        (["2021", "2021", "1821"], "1821"),
    ],
    ids=["two years", "one year", "not seen often", "either may be meant", "a number"],
)
def test_years_that_cannot_be(texts: list[str], meant: str) -> None:
    assert with_years(row_of(*texts))[-1].text == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [(("Stage", "|"), ["Stage", "1"]), (("Quarter", "l:"), ["Quarter", "1:"]), (("|", "April"), ["1", "April"])],
)
def test_a_stroke_is_a_one_beside_a_word_that_is_numbered(read: tuple[str, ...], meant: list[str]) -> None:
    line = line_of(*((text, 60 * n, 60 * n + 50) for n, text in enumerate(read)))
    assert [token.text for token in with_ones(line)] == meant


def test_a_stage_that_lost_a_letter() -> None:
    words = with_ones(line_of(("Sage", 0, 40), ("one", 50, 70), ("complaints", 80, 140)))
    assert [word.text for word in words] == ["Stage", "one", "complaints"]


@pytest.mark.parametrize(
    "read",
    [
        ("Sage", "of"),
        ("Sage", "House"),
        ("Sausage", "one"),
        ("Stage", "II"),
        ("and", "I", "had"),
        ("Stage", "in"),
        ("|", "2"),
    ],
)
def test_a_stroke_is_left_alone_elsewhere(read: tuple[str, ...]) -> None:
    line = line_of(*((text, 60 * n, 60 * n + 50) for n, text in enumerate(read)))
    assert [token.text for token in with_ones(line)] == list(read)


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        (("Q", "Q", "03", "Q"), ("Q1", "Q2", "Q3", "Q4")),
        (("qi", "Q", "Q3", "Q"), ("Q1", "Q2", "Q3", "Q4")),
        (("Q", "Q3", "Q", "Q"), ("Q", "Q3", "Q", "Q")),
        (("2010-2011", "011-2012", "2012-2013"), ("2010-2011", "2011-2012", "2012-2013")),
        (("2010/11", "2011/12", "2b12/13"), ("2010/11", "2011/12", "2012/13")),
        (("2015", "2o14", "2013"), ("2015", "2014", "2013")),
        (("2010/11", "2011/12", "(57)"), ("2010/11", "2011/12", "(57)")),
        (("2010/11", "2o13/14", "2014/15"), ("2010/11", "2o13/14", "2014/15")),
    ],
)
def test_a_row_of_periods_tells_what_its_worst_print_is(row: tuple[str, ...], meant: tuple[str, ...]) -> None:
    words = [Word(text=text, bbox=BBox(60 * n, 0, 60 * n + 40, 12), confidence=0.9) for n, text in enumerate(row)]
    made = with_sequences(with_quarters(words))
    assert tuple(word.text for word in made) == meant
    assert all(word.raw == (was if was != word.text else "") for was, word in zip(row, made, strict=True))


@pytest.mark.parametrize(("read", "meant"), [("ist", "1st"), ("lst", "1st"), ("Ist,", "1st,")])
def test_the_first_of_a_month(read: str, meant: str) -> None:
    assert mended(read) == meant
