"""What belongs to a table but stands outside its grid: the caption above it and the notes below it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.tokens import is_period, is_value
from schemas.layout import Block, Cell, Table
from schemas.pages import MappedText

MOST_CAPTION = 130  # characters
CAPTION_GAP = 40.0  # points between a caption and its table
NOTE_GAP = 30.0

_NAMED = re.compile(
    r"(?:table|figure|fig\.|chart|exhibit|annex|appendix)(?: -)?\s*[\dA-Z]{1,3}\b|\[(?:chart|figure|graph|image|picture|table)\b",
    re.I,
)
_NOTE = re.compile(r"\*|†|‡|\(?note\b|notes:|source:|\((?:please note|percentages|figures)", re.I)


def with_captions(elements: Sequence[Block | Table]) -> list[Block | Table]:
    """Elements with captions and notes moved into their tables.

    A heading right above a table stays a heading: it is the context of the table as of any text below it. So does a
    paragraph that states a number, because it is more than a name. Where most named captions of a document ("Table 2: …") stand
    below their tables, all do.
    """
    result: list[Block | Table] = []
    below = _stand_below(elements)
    for element in elements:
        before = result[-1] if result else None
        if (
            below
            and isinstance(before, Table)
            and isinstance(element, Block)
            and _is_named(element)
            and not before.caption
        ):
            result[-1] = replace(before, caption=_whole(element))
        elif below and isinstance(before, Block) and _is_named(before):
            result.append(element)
        elif isinstance(element, Table) and isinstance(before, Block) and _is_caption(before, element):
            result[-1] = replace(element, caption=_whole(before))
        elif isinstance(before, Table) and isinstance(element, Block) and _is_note(before, element):
            result[-1] = replace(before, notes=(*before.notes, _whole(element)))
        else:
            result.append(element)
    return result


def with_inner_caption(table: Table) -> Table:
    """The table, its caption and notes taken out of the grid: rows of one cell over all columns, first and last.

    Only what names a table ("Table 2: …") and what begins as a note ("Source: …") is taken out; other such rows are heads.
    """
    caption, notes = table.caption, list(table.notes)
    cells = list(table.cells)
    while (first := _lone(cells, 0, table.cols)) and caption is None and names_a_table(first.text.text):
        caption = first.text
        cells = [replace(c, row=c.row - 1) for c in cells if c is not first and c.row > 0]
    while (last := _lone(cells, max(c.row for c in cells), table.cols)) and _NOTE.match(last.text.text):
        notes.insert(0, last.text)
        cells = [c for c in cells if c.row != last.row]
    if max(c.row for c in cells) < 1:
        return table
    return replace(table, caption=caption, notes=tuple(notes), cells=tuple(cells))


def _lone(cells: Sequence[Cell], row: int, cols: int) -> Cell | None:
    """The cell with text of a row that has only one, over all columns."""
    own = [c for c in cells if c.row <= row < c.row + c.rowspan]
    filled = [c for c in own if c.text.text]
    whole = len(filled) == 1 and filled[0].rowspan == 1 and filled[0].colspan >= max(cols - 1, 1)
    return filled[0] if whole and len(cells) > len(own) else None


def _stand_below(elements: Sequence[Block | Table]) -> bool:
    """Whether the named captions of a document follow their tables: more of them have a table only above than only below."""
    votes = 0
    for before, element, after in zip(elements, elements[1:], (*elements[2:], None), strict=False):
        if isinstance(element, Block) and _is_named(element):
            votes += isinstance(before, Table) - isinstance(after, Table)
    return votes > 0


def _is_named(block: Block) -> bool:
    return block.kind != "list_item" and len(block.text.text) <= MOST_CAPTION and names_a_table(block.text.text)


def names_a_table(text: str) -> bool:
    """Whether a line begins as the captions of numbered tables and charts do ("Table B5 Other contacts")."""
    return bool(_NAMED.match(text))


def _is_caption(block: Block, table: Table) -> bool:
    text = block.text.text
    last = block.text.words[-1]
    if block.kind == "list_item" or last.page != table.page or len(text) > MOST_CAPTION:
        return False
    if not -5 < table.bbox.top - last.word.bbox.bottom < CAPTION_GAP:
        return False
    if names_a_table(text):
        return True
    states = any(is_value(w) and not is_period(w) for w in text.rstrip(":").split())
    if block.kind != "paragraph" or block.marker is not None or states:
        return False
    return text.endswith(":") or len(text) <= 80 and not text.endswith((".", ";", "?"))


def _is_note(table: Table, block: Block) -> bool:
    first = block.text.words[0]
    near = first.page == table.page and first.word.bbox.top - _bottom(table) < NOTE_GAP
    starts = block.text.text if block.marker is None else block.marker.text
    return near and block.kind in ("paragraph", "list_item") and bool(_NOTE.match(starts))


def _bottom(table: Table) -> float:
    notes = [w.word.bbox.bottom for note in table.notes for w in note.words if w.page == table.page]
    return max([table.bbox.bottom, *notes])


def _whole(block: Block) -> MappedText:
    """Marker and text of a block in one."""
    return MappedText.concat((block.marker, block.text)) if block.marker else block.text
