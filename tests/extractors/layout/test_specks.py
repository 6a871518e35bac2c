"""Marks at the ends of cells that are specks of a scan, and those that are print."""

from collections.abc import Sequence

import pytest

from extractors.layout.specks import without_specks
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, PlacedWord, Word

BOX = BBox(0, 0, 10, 10)


def table(rows: Sequence[Sequence[str]], confidence: float | None = 0.9) -> Table:
    return Table(
        page=1,
        bbox=BOX,
        method="ruled",
        cells=tuple(
            Cell(row=r, col=c, text=mapped(text, confidence), bbox=BOX)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ),
    )


def mapped(text: str, confidence: float | None) -> MappedText:
    words, at = [], 0
    for part in text.split():
        word = Word(text=part, bbox=BOX, confidence=confidence)
        words.append(PlacedWord(start=at, end=at + len(part), page=1, word=word))
        at += len(part) + 1
    return MappedText(text, tuple(words))


def column(*cells: str, confidence: float | None = 0.9) -> list[str]:
    """The cells of one column as they are left."""
    made = without_specks(table([[cell] for cell in cells], confidence))
    for cell in made.cells:
        assert all(cell.text.text[w.start : w.end] == w.word.text for w in cell.text.words)
    return [cell.text.text for cell in made.cells]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Total.", "Total"),
        ("2023/24-", "2023/24"),
        ("-3%.", "-3%"),
        ("'38% (126)", "38% (126)"),
        (".2006-07", "2006-07"),
        ("Team manager,", "Team manager"),
        (".Total.", "Total"),
        ("’Total", "Total"),
        ("Total -", "Total"),
        ("2018/19:", "2018/19"),
        ("2015-16 .", "2015-16"),
        ("-2015-16", "2015-16"),
    ],
)
def test_a_mark_that_no_other_cell_of_its_column_has_is_a_speck(marked: str, plain: str) -> None:
    assert column("Upheld", "Partly", "14", "Resolved", marked) == ["Upheld", "Partly", "14", "Resolved", plain]


def test_what_was_read_is_kept_beside() -> None:
    made = without_specks(table([["Upheld"], ["Partly"], ["14"], ["Total."]]))
    assert [w.word.raw for w in made.cells[-1].text.words] == ["Total."]


@pytest.mark.parametrize(
    "printed", ["No.", "incl.", ".5", "12.5", "-3", "Total:", "14*", "A sentence of more than six words here.", "-"]
)
def test_marks_that_are_print_stay(printed: str) -> None:
    assert column("Upheld", "Partly", "14", "Resolved", printed)[-1] == printed


def test_a_mark_that_many_cells_of_a_column_have_stays() -> None:
    assert column("1.", "2.", "3.", "Upheld", "Partly", "Resolved") == [
        "1.",
        "2.",
        "3.",
        "Upheld",
        "Partly",
        "Resolved",
    ]


def test_a_column_of_few_cells_tells_nothing() -> None:
    assert column("Upheld", "Total.") == ["Upheld", "Total."]


def test_born_digital_print_stays_as_it_is() -> None:
    assert column("Upheld", "Partly", "14", "Resolved", "Total.", confidence=None)[-1] == "Total."


def test_a_mark_that_no_other_cell_of_its_row_has_is_a_speck() -> None:
    rows = [["Period", "Complaints", "Reviews", "Compliments."], ["2014/15", "14", "2", "31"]]
    made = without_specks(table(rows))
    assert [cell.text.text for cell in made.cells][:4] == ["Period", "Complaints", "Reviews", "Compliments"]


def ends(*words: tuple[str, float | None]) -> str:
    """The text of a cell of words, each read with such a confidence, as it is left."""
    text = MappedText.join([(1, Word(text=word, bbox=BOX, confidence=confidence)) for word, confidence in words])
    cell = Cell(row=0, col=0, text=text, bbox=BOX)
    return without_specks(Table(page=1, bbox=BOX, method="ruled", cells=(cell,))).cells[0].text.text


@pytest.mark.parametrize(
    "blot",
    [("----", 0.9), ("/", 0.3), ("™~", 0.7), ("Vv", 0.4), ("eee", 0.3)],
)
def test_a_stroke_of_a_pen_is_no_word_of_a_cell(blot: tuple[str, float]) -> None:
    assert ends(blot, ("Data", 0.96), ("protection", 0.96)) == "Data protection"
    assert ends(("Data", 0.96), ("protection", 0.96), blot) == "Data protection"


@pytest.mark.parametrize(
    "word",
    [("%", 0.4), ("EDT", 0.4), ("of", 0.3), ("2", 0.1), ("Kirklees", 0.3), ("tm", 0.9), ("Vv", None), ("-", 0.9)],
)
def test_words_numbers_signs_and_names_at_an_end_of_a_cell_stay(word: tuple[str, float | None]) -> None:
    assert ends(("Stage", 0.96), word) == f"Stage {word[0]}"


def test_a_cell_of_nothing_but_blots_is_left_alone() -> None:
    assert ends(("/", 0.3), ("~~", 0.3)) == "/ ~~"


@pytest.mark.parametrize("doubled", ["- -15%", "– -6"])
def test_a_dash_before_the_sign_of_a_number_is_left_of_a_line(doubled: str) -> None:
    assert column("+4", doubled, "-2")[1] == doubled.split()[1]


@pytest.mark.parametrize("cell", ["- 15%", "- (6)", "- Total", "2014 - 15"])
def test_a_dash_before_anything_else_stays(cell: str) -> None:
    assert column("+4", cell, "-2")[1] == cell


def test_a_dash_before_a_negative_number_that_was_not_scanned_stays() -> None:
    assert column("+4", "- -15%", "-2", confidence=None)[1] == "- -15%"


@pytest.mark.parametrize(
    ("read", "right"),
    [("10. (6%)", "10 (6%)"), ("3: (7.5%)", "3 (7.5%)"), ("1,024, (9%)", "1,024 (9%)"), ("3.(7%)", "3(7%)")],
)
def test_a_mark_between_a_number_and_its_share_is_a_speck(read: str, right: str) -> None:
    assert column("4 (5%)", read, "7 (8%)")[1] == right


@pytest.mark.parametrize("cell", ["10. Upheld (6%)", "10 (6%)", "1.5 (6%)", "10. 6%"])
def test_other_marks_within_a_cell_stay(cell: str) -> None:
    assert column("4 (5%)", cell, "7 (8%)")[1] == cell


def test_a_colon_behind_a_number_is_a_speck_and_behind_a_label_none() -> None:
    assert column("14", "63:", "22", "9", "7") == ["14", "63", "22", "9", "7"]
    assert column("Upheld", "Total:", "Resolved", "Withdrawn")[1] == "Total:"
