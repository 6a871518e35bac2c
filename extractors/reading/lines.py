"""What the lines of a plain text are: a line of its own, a blank, a new page, or the row of a table.

Tables in plain text are told by their marks: cells parted by tabs or by bars ("A | B | C", "| a | b |"), or by the same few spaces
everywhere (see `even_gaps`). Columns that are merely aligned by spaces stay lines; the layout stage reads them from where the words
stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.reading.even_gaps import evenly_parted
from extractors.reading.text_values import VALUE, is_number

_BULLET = r"[•·▪●○◦■□➢➤►✓✔*o–—-]"
_NUMBERING = r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,5})[.)]"
# A paragraph number as in "3.2<tab>The Committee …": no stop or bracket, so only before a sentence.
_PARAGRAPH_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}\.?")
_MARKER = re.compile(rf"(?:{_BULLET}|{_NUMBERING})", re.IGNORECASE)
# "---|---|---" under a head row, or "+-----+----+" between rows
_SEPARATOR = re.compile(r"[\s|+:=-]*(?:--|==|\|\s*:?-+:?\s*\|)[\s|+:=-]*")
# A gap that may part columns; the one after a list marker or a paragraph number does not.
_INNER_GAP = re.compile(r"\S {3,}\S")
_FIRST_MARK = re.compile(r"\s*\S{1,8} {2,}")
# Padding that a page or a program left inside a sentence.
_PADDING = re.compile(r"(?<=[a-z,;] ) {12,}(?=[a-z])|(?<=[a-z,;]) {13,}(?=[a-z])")
LONG_CELL = 5  # words; more make a sentence
LONGEST_GROUP = 60  # characters of a label that stands alone between the rows of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text. `blank_above` counts empty lines before it; `aligned` means that it stands in columns by spaces."""

    text: str
    blank_above: int = 0
    new_page: bool = False
    aligned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """Rows of cells, all of the same length. The first row is known to be a head if `headed`."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool = False
    blank_above: int = 0
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A source line and, if it has any, its cells. `separator` is a rule of dashes between rows."""

    line: Line
    cells: tuple[str, ...] = ()
    kind: str = ""  # "tab", "bar", "gap" or ""
    separator: bool = False


def read_lines(text: str) -> tuple[Line | LineTable, ...]:
    """The lines and tables of a text, in order. Nothing is left out but white space and the rules between rows."""
    rows = _marked(_with_even_gaps(tuple(_rows(text))))
    found: list[Line | LineTable] = []
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            found.append(_table(rows[at:end]))
            at = end
            continue
        if not rows[at].separator:
            found.append(rows[at].line)
        at += 1
    return tuple(found)


def _rows(text: str) -> Iterator[_Row]:
    """Every line that is not blank, with what stands before it."""
    blank = 0
    new_page = False
    started = False
    for page_number, page in enumerate(_unified(text).split("\f")):
        new_page = new_page or (page_number > 0 and started)
        for raw in page.split("\n"):
            stripped = raw.rstrip()
            if not stripped.strip():
                blank += 1
                continue
            yield _row(Line(text=stripped, blank_above=blank, new_page=new_page))
            blank, new_page, started = 0, False, True


def _unified(text: str) -> str:
    """One kind of line end and one kind of space; no zero bytes, end-of-file marks or byte order marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n")
    text = text.replace("\u00a0", " ").replace("\u2007", " ").replace("\u202f", " ")
    return re.sub("[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b-\u200d\u2060\u00ad]", "", text)


def _row(line: Line) -> _Row:
    text = line.text
    if _SEPARATOR.fullmatch(text) and ("|" in text or "+" in text):
        return _Row(line=line, separator=True)
    if "|" in text:
        bar = text.strip()
        edged = bar.startswith("|") or bar.endswith("|")
        cells = tuple(cell.strip() for cell in bar.removeprefix("|").removesuffix("|").split("|"))
        if len(cells) > 1 or (edged and bar.startswith("|") and bar.endswith("|") and len(bar) > 2):
            return _Row(line=line, cells=cells, kind="bar")
    if "\t" in text:
        return _tab_row(line)
    return _Row(line=line)


def _tab_row(line: Line) -> _Row:
    """A line with tabs: cells, unless the tabs only set off a list marker, a paragraph number or an indent."""
    cells = tuple(cell.strip() for cell in line.text.split("\t"))
    filled = [cell for cell in cells if cell]
    indent = "    " if not cells[0] else ""
    numbered = len(filled) == 2 and _PARAGRAPH_NUMBER.fullmatch(filled[0]) and len(filled[1].split()) >= LONG_CELL
    if len(filled) < 2 or _MARKER.fullmatch(filled[0]) and len(filled) == 2 or numbered:
        text = indent + "  ".join(filled)
        return _Row(line=_with_text(line, text))
    return _Row(line=line, cells=cells, kind="tab")


def _with_text(line: Line, text: str, *, aligned: bool = False) -> Line:
    return Line(text=text, blank_above=line.blank_above, new_page=line.new_page, aligned=aligned)


def _with_even_gaps(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """The rows, with the cells of those that are parted by the same few spaces each."""
    plain = [row.line.text if not row.kind and not row.separator else "" for row in rows]
    joined = [not row.line.blank_above and not row.line.new_page for row in rows]
    cells = evenly_parted(plain, joined)
    return tuple(replace(row, cells=cells[at], kind="gap") if at in cells else row for at, row in enumerate(rows))


def _marked(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """Plain lines, with aligned columns told from padding: columns have neighbours with gaps of their own."""
    gaps = [not row.kind and bool(_INNER_GAP.search(_FIRST_MARK.sub("", row.line.text, count=1))) for row in rows]
    marked: list[_Row] = []
    for at, row in enumerate(rows):
        aligned = gaps[at] and any(gaps[near] for near in (at - 1, at + 1) if 0 <= near < len(rows))
        text = row.line.text if aligned or row.kind else _PADDING.sub(" ", row.line.text)
        # a sentence whose padding is gone keeps one space, not two
        text = re.sub(r"(?<=[a-z,;])  (?=[a-z])", " ", text) if text != row.line.text else text
        line = _with_text(row.line, text, aligned=aligned)
        marked.append(_Row(line=line, cells=row.cells, kind=row.kind, separator=row.separator))
    return tuple(marked)


def _table_end(rows: Sequence[_Row], start: int) -> int:
    """The row after the table that starts here; `start` itself where none does."""
    kind = rows[start].kind
    if not kind:
        return start
    end = start + 1
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        joined = row.line.blank_above == 0 and not row.line.new_page
        spaced = row.line.blank_above == 1 and _is_data(row) and len(row.cells) == len(before.cells)
        if (row.separator and joined) or (row.kind == kind and (joined or spaced)) or _is_group(rows, end, kind):
            end += 1
        else:
            break
    if end - start == 1 and (_is_prose(rows[start]) or _is_numbered(rows[start])):
        return start
    return end


def _is_prose(row: _Row) -> bool:
    """Whether a line that stands alone with one mark is a sentence rather than a row."""
    return len(row.cells) == 2 and sum(len(cell.split()) for cell in row.cells) > 3 * LONG_CELL


def _is_numbered(row: _Row) -> bool:
    """Whether a line that stands alone is a section number and its heading ("3<tab>Stage 1 complaints")."""
    number, *rest = [cell for cell in row.cells if cell] or [""]
    words = len(rest) == 1 and not VALUE.fullmatch(rest[0]) and any(c.isalpha() for c in rest[0])
    return words and _PARAGRAPH_NUMBER.fullmatch(number) is not None


def _is_data(row: _Row) -> bool:
    """Whether a row has a value beyond its label, other than years."""
    return any(is_number(cell) for cell in row.cells[1:])


def _is_group(rows: Sequence[_Row], at: int, kind: str) -> bool:
    """Whether a line without marks is a label between the rows of one table, such as "Regulated services"."""
    if at + 1 >= len(rows):
        return False
    row, before, after = rows[at], rows[at - 1], rows[at + 1]
    return (
        not row.kind
        and not row.separator
        and before.kind == after.kind == kind
        and len(before.cells) == len(after.cells)
        and row.line.blank_above == after.line.blank_above == 0
        and len(row.line.text) <= LONGEST_GROUP
        and not row.line.text.endswith((".", ":", ";"))
        and _is_data(after)
    )


def _table(rows: Sequence[_Row]) -> LineTable:
    headed = len(rows) > 1 and rows[1].separator and not rows[0].separator
    cells = [row.cells or (row.line.text.strip(),) for row in rows if not row.separator]
    return LineTable(
        rows=tuple(_squared(_untabbed(cells, rows[0].kind))),
        headed=headed,
        blank_above=rows[0].line.blank_above,
        new_page=rows[0].line.new_page,
    )


def _untabbed(cells: Sequence[tuple[str, ...]], kind: str) -> Sequence[tuple[str, ...]]:
    """Several tabs in a row may only move on to the next tab stop: so it is where dropping them makes the rows equal."""
    if kind != "tab" or len({len(row) for row in cells}) == 1:
        return cells
    dropped = [tuple(cell for cell in row if cell) for row in cells]
    counts = {len(row) for row in dropped[1:]} if len(dropped) > 2 else {len(row) for row in dropped}
    return dropped if len(counts) == 1 and len(dropped[0]) <= max(counts) else cells


def _squared(cells: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Rows of equal length. A head row that lacks just the cell over the labels gets it; others are filled at the end."""
    width = max(len(row) for row in cells)
    body = {len(row) for row in cells[1:]}
    for number, row in enumerate(cells):
        missing = width - len(row)
        heads = number == 0 and "" not in row and not _is_data(_Row(line=Line(text=""), cells=row))
        if heads and missing == 1 and body == {width}:
            yield ("", *row)
        else:
            yield row + ("",) * missing
