"""Rows of a plain text whose cells are all parted by the same few spaces, as tabs become spaces when a page is copied.

Their columns do not stand under each other, so it is the order of cells that tells them. Columns that do are left to the layout.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.reading.text_values import VALUE, YEAR

Cells = tuple[str, ...]

_GAP = re.compile(r" {2,}")
# More spaces part columns of a page and not cells.
_WIDEST = 6
# So many rows of a label and one value are a table.
_LEAST_PAIRS = 3
_BRACKETED = re.compile(r"\([^()]*\d[^()]*\)")


def evenly_parted(lines: Sequence[str], joined: Sequence[bool]) -> dict[int, Cells]:
    """The cells of the lines that are rows of such a table, by the place of the line.

    `joined` says of each line whether it stands right below the one before. Rows have a label and as many values each; the line above
    them has their heads, if it is parted alike.
    """
    parted = [_cells(line) for line in lines]
    found: dict[int, Cells] = {}
    for run in _runs(parted, joined):
        if _stands_in_columns([lines[at] for at in run]):
            continue
        found |= {at: parted[at][1] for at in run}
        above, (width, cells) = run.start - 1, parted[run.start]
        if above >= 0 and joined[run.start] and _heads(parted[above], width, len(cells)):
            found[above] = parted[above][1]
    return found


def _cells(line: str) -> tuple[int, Cells]:
    """The spaces between all cells of a line, and these, each with what is behind it in brackets; 0 where there is no one width."""
    gaps = {len(gap) for gap in _GAP.findall(line.strip())}
    cells: list[str] = []
    for cell in _GAP.split(line.strip()):
        if len(cells) > 1 and _BRACKETED.fullmatch(cell) and VALUE.fullmatch(cells[-1]):
            cells[-1] = f"{cells[-1]} {cell}"
        else:
            cells.append(cell)
    return (gaps.pop() if len(gaps) == 1 and max(gaps) <= _WIDEST else 0), tuple(cells)


def _runs(parted: Sequence[tuple[int, Cells]], joined: Sequence[bool]) -> Iterator[range]:
    """Rows in turn that are parted alike and have as many values, two of them at least."""
    start = 0
    for at in range(1, len(parted) + 1):
        width, cells = parted[start]
        alike = at < len(parted) and joined[at] and parted[at][0] == width and len(parted[at][1]) == len(cells)
        if alike and _is_row(parted[start]) and _is_row(parted[at]):
            continue
        if at - start >= (2 if len(cells) > 2 else _LEAST_PAIRS):
            yield range(start, at)
        start = at


def _is_row(parted: tuple[int, Cells]) -> bool:
    width, (label, *values) = parted
    worded = any(c.isalpha() for c in label) or YEAR.fullmatch(label) is not None
    return bool(width and values and worded and any(c.isdigit() for v in values for c in v)) and all(
        VALUE.fullmatch(value) for value in values
    )


def _heads(parted: tuple[int, Cells], width: int, count: int) -> bool:
    """Whether a line heads rows of `count` cells: it is parted alike, has no values, and may lack the head of the labels."""
    own, cells = parted
    told = all(not VALUE.fullmatch(cell) or YEAR.fullmatch(cell) for cell in cells)
    return own == width and told and len(cells) in (count, count - 1)


def _stands_in_columns(rows: Sequence[str]) -> bool:
    """Whether the values of rows all begin, or all end, at the same places."""
    spans = [[match.span() for match in re.finditer(r"\S+(?: \S+)*", row)][1:] for row in rows]
    return any(len({tuple(span[side] for span in row) for row in spans}) == 1 for side in (0, 1))
