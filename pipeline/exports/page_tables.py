"""Tables of documents as text, HTML, CSV or JSON lines.

A table that runs over a page end is one table; as JSON it has a line for each of its pages, with the same number and with
rows that count on.
"""

import csv
import html
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.exports.writers import no_formula
from schemas.layout import Cell, Table
from schemas.pages import BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table of `document`; `number` counts its tables from 1."""

    document: str
    number: int
    table: Table


def as_text(found: Sequence[FoundTable]) -> str:
    """Tables drawn with characters; a cell over several columns or rows stands in the first of them."""
    from rich.box import SQUARE
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    target = io.StringIO()
    screen = Console(file=target, width=200, highlight=False)
    for one in found:
        screen.print(Text(_title(one)))
        drawn = Drawn(box=SQUARE, show_header=False, show_lines=True)
        for _ in range(one.table.cols):
            drawn.add_column(overflow="fold")
        for row in _rows(one.table):
            drawn.add_row(*map(Text, row))
        screen.print(drawn)
        for note in one.table.notes:
            screen.print(Text(note.text))
        screen.print()
    return target.getvalue()


def as_html(found: Sequence[FoundTable]) -> str:
    """A web page of its own, without anything that would have to be fetched."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Tables</title>\n'
        "<style>body{font:14px sans-serif}table{border-collapse:collapse;margin:0 0 2em}"
        "td{border:1px solid #999;padding:2px 6px;vertical-align:top}caption{text-align:left;padding:4px 0}</style>\n"
        "</head>\n<body>\n"
    ]
    for one in found:
        parts.append(f"<table>\n<caption>{html.escape(_title(one))}</caption>\n")
        for row in range(one.table.rows):
            cells = "".join(_html_cell(cell) for cell in one.table.cells if cell.row == row)
            parts.append(f"<tr>{cells}</tr>\n")
        parts.append("</table>\n")
        parts.extend(f"<p>{html.escape(note.text)}</p>\n" for note in one.table.notes)
    return "".join([*parts, "</body>\n</html>\n"])


def as_csv(found: Sequence[FoundTable]) -> str:
    """A line per row of a table, its cells after where it was found; shorter rows are filled up with empty cells."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    width = max((one.table.cols for one in found), default=0)
    writer.writerow(["document", "page", "table", "row", *(f"cell {n + 1}" for n in range(width))])
    for one in found:
        for number, row in enumerate(_rows(one.table)):
            place = [no_formula(one.document), _page_of_row(one.table, number), one.number, number + 1]
            writer.writerow([*place, *map(no_formula, row), *[""] * (width - one.table.cols)])
    return target.getvalue()


def as_jsonl(found: Sequence[FoundTable]) -> str:
    """A line per table and page: `pdf` (the document), `page`, `table`, `bbox`, `method`, `sums`, `caption`, `notes` and `cells`.

    `sums` is null, or in how many places sums and shares hold in this reading of the table and in the next best.
    Boxes are [x0, top, x1, bottom] in points. Empty cells are there with an empty text.
    """
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for one in found for line in _parts(one))


WRITERS: Mapping[str, Callable[[Sequence[FoundTable]], str]] = {
    "text": as_text,
    "html": as_html,
    "csv": as_csv,
    "jsonl": as_jsonl,
}


def _parts(one: FoundTable) -> Iterator[dict[str, object]]:
    """What a table has on each of its pages."""
    table = one.table
    by_row = [_page_of_row(table, row) for row in range(table.rows)]
    for page in sorted(set(by_row)):
        own = [cell for cell in table.cells if by_row[cell.row] == page]
        yield {
            "pdf": one.document,
            "page": page,
            "table": one.number,
            "bbox": _box(BBox.around(cell.bbox for cell in own)),
            "method": table.method,
            "sums": table.sums and {"here": table.sums.here, "otherwise": table.sums.otherwise},
            "caption": table.caption.text if table.caption else "",
            "notes": [note.text for note in table.notes],
            "cells": [_json_cell(cell) for cell in own],
        }


def _json_cell(cell: Cell) -> dict[str, object]:
    place = {"row": cell.row, "col": cell.col, "rowspan": cell.rowspan, "colspan": cell.colspan}
    return {**place, "text": cell.text.text, "bbox": _box(cell.bbox)}


def _html_cell(cell: Cell) -> str:
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f"<td{spans}>{html.escape(cell.text.text)}</td>"


def _title(one: FoundTable) -> str:
    caption = f": {one.table.caption.text}" if one.table.caption else ""
    return f"{one.document}, page {one.table.page}, table {one.number}{caption}{_chosen(one.table)}"


def _chosen(table: Table) -> str:
    """What chose the structure of a table that could be read in more than one way."""
    if table.sums is None:
        return ""
    return f" (read so because sums hold in {table.sums.here} places, else in {table.sums.otherwise})"


def _rows(table: Table) -> list[list[str]]:
    rows = [[""] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text.text
    return rows


def _page_of_row(table: Table, row: int) -> int:
    """The page on which a row stands: that of its words, or of the words before it."""
    pages = [cell.text.words[0].page for cell in table.cells if cell.row <= row and cell.text.words]
    return max(pages, default=table.page)


def _box(box: BBox) -> list[float]:
    return [round(value, 2) for value in (box.x0, box.top, box.x1, box.bottom)]
