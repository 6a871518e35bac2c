"""How many cells of tables have the right text under the right heads and beside the right label, by gold of `crossfoot sample`.

A cell is its label (the first cell of its row), its heads (all cells above it in the head, from top to bottom) and its text,
each without spaces and capitals, so that heads cut at another line count as right. Cells of the first column and empty cells
are not counted. In a table that was read, the heads are the rows above the first one that begins with a label of gold, or with what may be one
that was misread, or whose other cells are those of a row of gold: its own row is wrong then, and the others are not.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from schemas.layout import Table

Key = tuple[str, str, str]

_LETTERS = 8  # of a label, for each that may be misread
_TELLING = 3  # cells beside the label, which tell a row of gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell with text where it stands."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Cells of one document: in gold, read, and right."""

    gold: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(gold=self.gold + other.gold, read=self.read + other.read, right=self.right + other.right)

    @property
    def recall(self) -> float:
        """Share of the cells of gold that were read right."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Share of the cells read that are right."""
        return self.right / self.read if self.read else 0.0


def count_cells(gold: Path, tables: Iterable[Table]) -> Counted:
    """The cells of the tables in a `.tables.jsonl` file, held against those that were read from its document."""
    wanted: Counter[Key] = Counter()
    labels: set[str] = set()
    rows: set[tuple[str, ...]] = set()
    for line in gold.read_text("utf-8").splitlines():
        printed = json.loads(line)
        places = [Place(text=close(c.pop("text")), **c) for c in printed["cells"]]
        heads = printed["head_rows"]
        labels |= {p.text for p in places if p.col == 0 and p.row >= heads and p.text}
        body = {p.row for p in places if p.row >= heads}
        rows |= {beside for row in body if len(beside := _beside(places, row)) >= _TELLING}
        wanted.update(_keys(places, heads))
    read: Counter[Key] = Counter()
    for table in tables:
        places = [
            Place(row=c.row, col=c.col, rowspan=c.rowspan, colspan=c.colspan, text=close(c.text.text))
            for c in table.cells
        ]
        first = min(
            (p.row for p in places if p.col == 0 and (_is_label(p.text, labels) or _beside(places, p.row) in rows)),
            default=0,
        )
        read.update(_keys(places, first))
    return Counted(gold=wanted.total(), read=read.total(), right=(wanted & read).total())


def _beside(places: Iterable[Place], row: int) -> tuple[str, ...]:
    """The texts of a row beside its label."""
    return tuple(p.text for p in places if p.row == row and p.col and p.text)


def _is_label(text: str, labels: Collection[str]) -> bool:
    """Whether a text is one of the labels, but for a letter in eight."""
    return text in labels or any(Levenshtein.distance(text, label) <= len(label) // _LETTERS for label in labels)


def close(text: str) -> str:
    """A text without what setting and reading it may change: spaces, capitals, soft hyphens and the look of dashes."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join("-" if c in "‐‑‒–—−" else c for c in plain if not c.isspace() and c != "\u00ad")


def _keys(places: Sequence[Place], heads: int) -> Iterator[Key]:
    """Label, heads and text of each cell below the heads, beside the first column."""
    filled = [p for p in places if p.text]
    for place in filled:
        if place.row < heads or place.col == 0:
            continue
        above = sorted(
            (p for p in filled if p.row < heads and p.col <= place.col < p.col + p.colspan), key=lambda p: p.row
        )
        label = next((p.text for p in filled if p.col == 0 and p.row <= place.row < p.row + p.rowspan), "")
        yield label, "".join(p.text for p in above), place.text
