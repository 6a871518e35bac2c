"""Lines of a scanned table that were taken for a row of their own and go on with the cells of the row above them."""

from dataclasses import replace

from extractors.layout.tokens import has_digit, is_date, is_value, starts_lower
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText


def with_wrapped_rows(table: Table) -> Table:
    """The table, rows that begin in a small letter and have an empty cell and no value made one with the row above.

    The first row below the heads goes on with none, as it may be the rest of a head.
    """
    words = [w.word for cell in table.cells for w in cell.text.words]
    if table.method == "chart" or any(word.confidence is None for word in words):
        return table
    for row in range(table.rows - 1, 1, -1):
        if _goes_on(table, row):
            table = replace(table, cells=tuple(_joined(table, row)))
    return table


def _row(table: Table, row: int) -> dict[int, Cell]:
    """The cells of a row by their columns; none where one reaches into another row or column."""
    own = [c for c in table.cells if c.row <= row < c.row + c.rowspan]
    return {} if any(c.rowspan > 1 or c.colspan > 1 for c in own) else {c.col: c for c in own}


def _goes_on(table: Table, row: int) -> bool:
    own, above = _row(table, row), _row(table, row - 1)
    filled = {col: cell for col, cell in own.items() if cell.text.text}
    if 0 not in filled or len(filled) == table.cols or not above or not starts_lower(filled[0].text.text):
        return False
    if any(col not in above or not above[col].text.text for col in filled):
        return False
    beside = [[w.word for w in cell.text.words] for col, cell in filled.items() if col]
    return not any(is_value(w[0].text) and has_digit(w[0].text) and not is_date(w) for w in beside)


def _joined(table: Table, row: int) -> list[Cell]:
    """The cells of a table with a row and the one above it as one."""
    rest = {col: cell for col, cell in _row(table, row).items() if cell.text.text}
    made = []
    for cell in table.cells:
        if cell.row == row - 1 and cell.col in rest:
            other = rest[cell.col]
            text = MappedText.concat((cell.text, other.text))
            made.append(replace(cell, text=text, bbox=BBox.around((cell.bbox, other.bbox))))
        elif cell.row != row:
            made.append(replace(cell, row=cell.row - (cell.row > row)))
    return made
