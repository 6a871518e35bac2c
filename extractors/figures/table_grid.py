"""The grid of a table: which rows are heads, which columns hold row labels, and what each cell holds."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.figures.table_labels import NOUN, read_label
from extractors.figures.table_values import CellValue, read_value, with_then
from extractors.language.periods import find_periods
from extractors.language.table_words import dimension_of_head, plain, table_words
from schemas.layout import Cell, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table by rows and columns. `at` gives the index of the cell that covers a place.

    `heads` rows at the top are heads (the first `titles` of them a title over the whole width), `labels` columns at the left
    hold row labels. Columns run from `first` up to, not including, `end`: a table may stand beside another in one grid.
    """

    table: Table
    at: dict[tuple[int, int], int]
    values: tuple[CellValue, ...]
    heads: int
    labels: int
    first: int
    end: int

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers a place."""
        index = self.at.get((row, col))
        return None if index is None else self.table.cells[index]

    def text(self, row: int, col: int) -> str:
        """The words at a place; those of a cell that spans several stand at each."""
        cell = self.cell(row, col)
        return cell.text.text if cell is not None else ""

    def value(self, row: int, col: int) -> CellValue | None:
        """What the cell at a place holds."""
        index = self.at.get((row, col))
        return None if index is None else self.values[index]

    @property
    def label_columns(self) -> range:
        """The columns of row labels."""
        return range(self.first, self.first + self.labels)

    @property
    def value_columns(self) -> range:
        """The columns right of the labels."""
        return range(self.first + self.labels, self.end)

    def body(self) -> range:
        """The rows under the heads."""
        return range(self.heads, self.table.rows)


def read_grids(table: Table, *, damaged: bool, bracketed: bool = False) -> tuple[Grid, ...]:
    """The table as one grid, or as several where tables stand side by side. `bracketed`: brackets hold the year before."""
    at = {
        (row, col): index
        for index, cell in enumerate(table.cells)
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    values = _of_then(table, _values(table, damaged), bracketed)
    whole = Grid(table=table, at=at, values=values, heads=0, labels=0, first=0, end=table.cols)
    return tuple(_analysed(whole, first, end) for first, end in _side_by_side(whole))


def _of_then(table: Table, values: tuple[CellValue, ...], bracketed: bool) -> tuple[CellValue, ...]:
    """Where one cell says the period of its number in brackets ("31 (2023/24: 28)"), so are the others of its column."""
    said = {
        c.col: part.said for c, v in zip(table.cells, values, strict=True) for part in v.parts if part.place == "then"
    }
    columns = _in_brackets(table) if bracketed else set()
    return tuple(
        with_then(v, said.get(c.col), alone=c.col in columns) if bracketed or c.col in said else v
        for c, v in zip(table.cells, values, strict=True)
    )


def _in_brackets(table: Table) -> set[int]:
    """The columns without a head in which numbers stand that are all in brackets ("27 | (31)"), but for some that stand with others."""
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.text.strip() and cell.col > 0:
            texts.setdefault(cell.col, []).append(cell.text.text.strip())
    numbers = {col: [_LONE_BRACKET.fullmatch(t) is not None for t in column] for col, column in texts.items()}
    whole = {col: all("(" in t for t in texts[col]) and sum(alone) > 1 for col, alone in numbers.items()}
    return {col for col, alone in numbers.items() if whole[col] and 2 * sum(alone) > len(alone)}


_LONE_BRACKET = re.compile(r"\([\d,]+\)")


_SLIPS = re.compile(r"(?<!\w)[OIl|]{1,2}(?!\w)|\d[OIlSBZ]\b|\b[OIlSBZ]{1,2}\d")
_NOUGHTS = re.compile(r"[+\-−–(]*[OolI|][)%]*|\d+%? \([OolI|]\)")
_MARKS = re.compile(r"[-−–][!\"£$%^&]{2,3}|[!\"£$%^&*()]{1,3}\.[!\"£$%^&*()]|(?=[^()])(?=[*]*[^*])[!\"£$%^&*()]{2,3}")
"""A number that was typed with shift held down, as it stands below other numbers: as a head “%*” has a note."""


def _values(table: Table, damaged: bool) -> tuple[CellValue, ...]:
    """What each cell holds. Letters that stand where numbers stand are look-alikes if other numbers of the table hold some ("Z6").

    In a column of nothing but numbers a lone O, l or I is one in any case, and so are marks where a number must stand.
    """
    values = [read_value(c.text.text, damaged=damaged) for c in table.cells]
    numbers = [c for c, v in zip(table.cells, values, strict=True) if v.kind == "numbers"]
    slips = damaged or sum(bool(_SLIPS.search(c.text.text)) for c in numbers) > 0
    columns = Counter(c.col for c in numbers)
    worded = Counter(
        c.col for c, v in zip(table.cells, values, strict=True) if v.kind == "words" and not _is_damaged(c.text.text)
    )  # fmt: skip
    for index, cell in enumerate(table.cells):
        text = cell.text.text.strip()
        lone = _is_damaged(text) and columns[cell.col] >= 2 and worded[cell.col] <= 1
        lone = lone and (_MARKS.fullmatch(text) is None or any(c.col == cell.col and c.row < cell.row for c in numbers))
        if (slips and columns[cell.col] >= 2 and len(text) <= 12) or lone:
            again = read_value(text, damaged=True)
            values[index] = again if again.kind == "numbers" else values[index]
    return tuple(values)


def _is_damaged(text: str) -> bool:
    """Whether a cell is a nought of letters, or marks in the place of digits."""
    return (_NOUGHTS.fullmatch(text) or _MARKS.fullmatch(text)) is not None


def _analysed(whole: Grid, first: int, end: int) -> Grid:
    labels = _label_columns(whole, first, end)
    heads = _head_rows(whole, range(first + labels, end), first)
    return Grid(
        table=whole.table, at=whole.at, values=whole.values, heads=heads, labels=labels, first=first, end=end
    )  # fmt: skip


def _side_by_side(grid: Grid) -> list[tuple[int, int]]:
    """Column ranges of tables printed beside each other: labels, values, then labels and values again."""
    kinds = [_is_label_column(grid, col) for col in range(grid.table.cols)]
    starts = [0]
    for col in range(2, grid.table.cols):
        again = kinds[col] and not kinds[col - 1] and col + 1 < grid.table.cols and not kinds[col + 1]
        if again and kinds[0] and _long_enough(grid, col):
            starts.append(col)
    return list(zip(starts, [*starts[1:], grid.table.cols], strict=True))


def _long_enough(grid: Grid, col: int) -> bool:
    """Whether a column of words has a head and at least two labels, and is no column of remarks."""
    texts = [grid.text(row, col) for row in range(1, grid.table.rows)]
    return sum(bool(t) for t in texts) >= 2 and max((len(t) for t in texts), default=0) < 60


def _label_columns(grid: Grid, first: int, end: int) -> int:
    count = 0
    for col in range(first, end - 1):
        numbering = col == first and col + 2 < end and is_numbering(grid, col) and _is_label_column(grid, col + 1)
        numbered = col > first and _holds_numbered_labels(grid, col)
        if not numbering and not numbered and not _is_label_column(grid, col):
            break
        count += 1
    return count


def is_numbering(grid: Grid, col: int) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3 and so on."""
    numbers = [
        v.parts[0].number.value for r in range(grid.table.rows) if (v := grid.value(r, col)) is not None and v.parts
    ]
    head = read_label(grid.text(0, col))
    return (
        len(numbers) > 1
        and numbers == list(range(1, len(numbers) + 1))
        and not head.dims
        and not head.mentions
        and not head.measure
        and not _heads_numbers(grid.text(0, col))
    )


def _is_label_column(grid: Grid, col: int) -> bool:
    """Whether the column holds words, or numbers under a head that makes labels of them ("Stage", "Age", "Year")."""
    own = [
        (grid.table.cells[i], grid.values[i])
        for r in range(grid.table.rows)
        if (i := grid.at.get((r, col))) is not None
    ]
    cells = [(c, v) for c, v in own if c.colspan == 1]
    filled = [v for _, v in cells if v.kind not in ("empty", "suppressed")]
    if not filled:
        return col == 0
    if col and len(filled) == 1 and len(cells) > 2:
        # A head over dashes, blanks or numbers too small to print.
        return False
    head = cells[0][0].text.text
    numbers = sum(v.kind == "numbers" for v in filled)
    words = len(filled) - numbers
    if _heads_numbers(head) and filled[0].kind == "words":
        return col == 0
    return words - (1 if numbers else 0) > numbers or (numbers == 0 and col == 0) or (numbers == 0 and words > 1)


def _holds_numbered_labels(grid: Grid, col: int) -> bool:
    """Whether a column behind row labels holds nothing but small numbers under a head that makes labels of them ("Stage")."""
    head, *texts = [plain(grid.text(row, col)) for row in range(grid.table.rows)]
    filled = [text for text in texts if text]
    return head in table_words().numbered_heads and bool(filled) and all(re.fullmatch("[1-4]", t) for t in filled)


def _heads_numbers(head: str) -> bool:
    bare = plain(head)
    return bare in table_words().numbered_heads or dimension_of_head(head) == "age" or bare in ("year", "years")


def _head_rows(grid: Grid, values: range, first: int) -> int:
    """How many rows at the top name the columns."""
    count = 0
    for row in range(grid.table.rows):
        if not _is_head_row(grid, row, values, first, count):
            break
        count += 1
    return count


def _is_head_row(grid: Grid, row: int, values: range, first: int, before: int) -> bool:
    cells = list(_distinct(grid, row, values))
    kinds = [grid.values[i].kind for i in cells]
    if any(k in ("numbers", "suppressed") for k in kinds):
        return False
    if any(k == "words" and _holds_value(grid.table.cells[i].text.text) for i, k in zip(cells, kinds, strict=True)):
        return False
    filled = [i for i, k in zip(cells, kinds, strict=True) if k != "empty"]
    if not filled:
        # A label without values: the name of a group of rows, or, at the very top, of the label column.
        return before == 0 and (not _names_group(grid, row, first) or _stands_over_heads(grid, row, values))
    if before and all(grid.values[i].kind == "year" for i in filled) and not _is_period_row(grid, row, first):
        return True
    if before and len(filled) == 1 and grid.table.cells[filled[0]].colspan > 1 and _spans(grid, filled[0]):
        return not _is_group_label(grid, row, filled[0])
    return True


def _holds_value(text: str) -> bool:
    """Whether a cell of words begins with a number that it counts with ("12 complaints"), as no head does."""
    m = re.match(r"\d[\d,]*%?\s+(?=[A-Za-z(])", text)
    if m is None or any(p.start < m.end() for p in find_periods(text)):
        return False
    rest = read_label(re.sub(r"[\d()%]", " ", text[m.end() :]))
    return rest.strong and not rest.mentions


def _distinct(grid: Grid, row: int, cols: range) -> Iterator[int]:
    seen: set[int] = set()
    for col in cols:
        index = grid.at.get((row, col))
        if index is not None and index not in seen:
            seen.add(index)
            yield index


def _spans(grid: Grid, index: int) -> bool:
    return grid.table.cells[index].colspan >= grid.table.cols


def _is_period_row(grid: Grid, row: int, first: int) -> bool:
    value = grid.value(row, first)
    return value is not None and value.kind == "words"


def _names_group(grid: Grid, row: int, first: int) -> bool:
    label = read_label(grid.text(row, first))
    return bool(label.dims or label.measure) and row + 1 < grid.table.rows


def _stands_over_heads(grid: Grid, row: int, values: range) -> bool:
    """Whether the row below holds a word over every column: then this one is a title."""
    below = [v for c in (values.start - 1, *values) if (v := grid.value(row + 1, c)) is not None]
    return len(below) == len(values) + 1 and all(v.kind in ("words", "year") for v in below)


def _says_again(text: str) -> bool:
    """Whether a word stands twice: the second line of several heads ("feedback complaints complaints enquiries"), no name."""
    words = [w for w in plain(text).split() if len(w) > 3]
    return len(set(words)) < len(words)


def _is_group_label(grid: Grid, row: int, index: int) -> bool:
    """Whether a cell over the whole width names the rows under it and does not go on with the heads."""
    text = grid.table.cells[index].text.text
    if _says_again(text):
        return False
    label = read_label(text)
    return label.covered and bool(label.dims or label.mentions or label.strength >= NOUN)
