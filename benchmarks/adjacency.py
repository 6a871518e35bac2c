"""The measure of the ICDAR 2013 table competition: relations between cells that stand beside each other.

M. Göbel, T. Hassan, E. Oro, G. Orsi, "A methodology for evaluating algorithms for table understanding in PDF documents",
DocEng 2012, with details as in the organisers' tool. In each row and column of a table every cell with text is paired with the
next different cell with text; blank cells are skipped, a spanning cell has a relation with each neighbour along its span. Text is
compared without spaces and capitals. Tables of a page are paired by the most shared relations; what is in unpaired tables is
false or missed. Precision and recall are averaged over documents, and pooled over all relations.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Relations = Counter[tuple[str, str, str]]
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell with text and the rows and columns that it covers."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """What a table has on one page."""

    page: int
    cells: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Relations of one document that are right, found and true; tables that are false."""

    right: int
    found: int
    true: int
    tables: int
    false_tables: int

    @property
    def precision(self) -> float:
        """Share of the relations found that are true."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the true relations that were found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def relations(cells: Iterable[Placed]) -> Relations:
    """The pairs of neighbours of a table, with their direction."""
    grid: dict[tuple[int, int], int] = {}
    texts: list[str] = []
    for cell in cells:
        if text := _close(cell.text):
            texts.append(text)
            for row in range(cell.row, cell.row + max(cell.rowspan, 1)):
                for col in range(cell.col, cell.col + max(cell.colspan, 1)):
                    grid[row, col] = len(texts) - 1
    found: Relations = Counter()
    for direction in "RD":
        lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (row, col), cell_number in grid.items():
            line, place = (row, col) if direction == "R" else (col, row)
            lines[line].append((place, cell_number))
        pairs = {(a, b) for line in lines.values() for a, b in _neighbours(sorted(line))}
        found.update((texts[a], texts[b], direction) for a, b in pairs)
    return found


def _neighbours(line: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for (_, a), (_, b) in zip(line, line[1:], strict=False):
        if a != b:
            yield a, b


def _close(text: str) -> str:
    return _INVISIBLE.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))).upper()


def agreement(truth: Sequence[PageTable], found: Sequence[PageTable]) -> Agreement:
    """How far the tables found in a document are those that it has."""
    true = [relations(t.cells) for t in truth]
    read = [relations(t.cells) for t in found]
    shared = sorted(
        (-n, true[i].total() + read[j].total(), i, j)
        for i, t in enumerate(truth)
        for j, f in enumerate(found)
        if t.page == f.page and (n := (true[i] & read[j]).total())
    )
    right = 0
    paired: tuple[set[int], set[int]] = (set(), set())
    for n, _, i, j in shared:
        if i not in paired[0] and j not in paired[1]:
            right -= n
            paired[0].add(i)
            paired[1].add(j)
    return Agreement(
        right=right,
        found=sum(r.total() for r in read),
        true=sum(t.total() for t in true),
        tables=len(found),
        false_tables=len(found) - len(paired[1]),
    )


def read_truth(folder: Path) -> Mapping[str, tuple[tuple[PageTable, ...], ...]]:
    """The accepted readings (mostly one) of each document in the competition's folders, by its name without the reading's letter."""
    readings: dict[str, list[tuple[PageTable, ...]]] = defaultdict(list)
    for path in sorted(folder.rglob("*-str.xml")):
        m = re.fullmatch(r"(.*?\d)[ab]?-str", path.stem)
        if m:
            tables = ET.parse(path).getroot().iter("table")
            readings[m[1]].append(tuple(part for table in tables for part in _parts(table)))
    return {name: tuple(found) for name, found in readings.items()}


def _parts(table: ET.Element) -> Iterator[PageTable]:
    by_page: dict[int, list[Placed]] = defaultdict(list)
    for region in table.iter("region"):
        down, on = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
        for cell in region.iter("cell"):
            row, col = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            end_row = int(cell.get("end-row") or row)
            end_col = int(cell.get("end-col") or cell.get("col-end") or col)  # one file says it the other way round
            text = "".join(content.text or "" for content in cell.iter("content"))
            by_page[int(region.get("page", 0))].append(
                Placed(row=row + down, col=col + on, rowspan=end_row - row + 1, colspan=end_col - col + 1, text=text)
            )
    for page, cells in sorted(by_page.items()):
        yield PageTable(page=page, cells=tuple(cells))


def document_of(pdf: str, truth: Mapping[str, object]) -> str:
    """The document that a file is: "eu-009" for "eu-009a.pdf". Raises KeyError for one without truth."""
    stem = Path(pdf).stem
    return next(name for name in (stem, stem[:-1]) if name in truth)
