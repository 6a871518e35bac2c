"""Notes that explain how the fractions of a table are to be read: “*(2/7) = 7 complaints came in, 2 of which were answered on time”.

A note takes a fraction of its table as its example, and states nothing new. But where its fraction and its words differ, one of them
contradicts the table.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.figures.drafts import Draft, DraftMark, DraftRelation, TextReading, Topic
from extractors.figures.tables import TableReading
from schemas.layout import Table

_NOTATION = re.compile(r"\W*\((\d+) ?/ ?(\d+)\) ?= ?(\d+)\b[^.\d]*(\d+)?\b")
_OPENING = re.compile(r"\W*\(\d+ ?/ ?\d+\) ?=")
_FRACTION = re.compile(r"\((\d+) ?/ ?(\d+)\)")


def is_notation(text: str) -> bool:
    """Whether a note explains a fraction."""
    return _OPENING.match(text) is not None


def read_notation(text: str, table: Table, reading: TableReading) -> TextReading:
    """What a note states that explains a fraction: nothing, but for a number that is not that of the cell which it explains."""
    strange = tuple(_strange(text, table, reading))
    drafts = tuple(draft for draft, _ in strange)
    relations = tuple(
        DraftRelation(kind="equal", keys=(draft.key, meant.key), roles=("same", "same")) for draft, meant in strange
    )
    taken = [(d.start, d.end) for d in drafts]
    marks = tuple(
        DraftMark(start=m.start(), end=m.end(), kind="label")
        for m in re.finditer(r"\d+", text)
        if m.span() not in taken
    )
    return TextReading(drafts=drafts, relations=relations, marks=marks, topic=Topic())


def _strange(text: str, table: Table, reading: TableReading) -> Iterator[tuple[Draft, Draft]]:
    """The numbers of a note that differ from those of its cell, with the figures of the cell that they stand for."""
    note = _NOTATION.match(text)
    if note is None or note[4] is None or (note[1], note[2]) == (note[4], note[3]):
        return
    explained = [
        (i, f) for i, c in enumerate(table.cells) if (f := _FRACTION.search(c.text.text)) is not None
        and (f[1], f[2]) in ((note[1], note[2]), (note[4], note[3]))
    ]  # fmt: skip
    if len(explained) != 1:
        return
    index, fraction = explained[0]
    counts = [d for i, d in reading.drafts if i == index and d.statistic == "count"]
    first = 1 + max(d.key for _, d in reading.drafts)
    for group, number in ((1, fraction[1]), (2, fraction[2]), (3, fraction[2]), (4, fraction[1])):
        meant = [d for d in counts if d.value == Decimal(number)]
        if note[group] != number and len(meant) == 1:
            start, end = note.span(group)
            stated = replace(meant[0], key=first, start=start, end=end, value=Decimal(note[group]), rule="notation")
            yield stated, meant[0]
            first += 1
