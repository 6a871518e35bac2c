"""Tables written as lines of text, and what was read from them written as lines again."""

import re
from collections.abc import Sequence

from extractors.figures.drafts import Context, Topic
from extractors.figures.tables import TableReading, read_table
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word
from schemas.periods import Period


def mapped(text: str) -> MappedText:
    return MappedText.join(
        [(1, Word(text=w, bbox=BBox(5.0 * n, 0, 5.0 * n + 4, 10))) for n, w in enumerate(text.split())]
    )


def table(text: str, notes: Sequence[str] = ()) -> Table:
    """A table from lines with `|` between cells; `<3>` before a cell makes it span three columns."""
    cells: list[Cell] = []
    for row, line in enumerate(text.strip().split("\n")):
        col = 0
        for piece in line.split("|"):
            m = re.match(r"\s*(?:<(\d)>)?(.*)", piece)
            assert m is not None
            span = int(m[1] or 1)
            box = BBox(60.0 * col, 20.0 * row, 60.0 * (col + span), 20.0 * row + 20)
            cells.append(Cell(row=row, col=col, colspan=span, text=mapped(m[2]), bbox=box))
            col += span
    return Table(page=1, bbox=BBox(0, 0, 600, 800), cells=tuple(cells), method="ruled", notes=tuple(map(mapped, notes)))


def read(
    text: str, *, under: str | None = "complaints", dims: dict[str, str] | None = None, period: str = "2014/15",
    damaged: bool = False, timely: bool = False, notes: Sequence[str] = (), before: str = "", rest: bool = False,
) -> TableReading:  # fmt: skip
    heading = Topic(measure=under, dims=dims or {}, timely=timely)
    context = Context(period=Period.parse(period), heading=heading, damaged=damaged, default=under)
    return read_table(table(text, notes), context, before=before, rest=rest)


def lines(reading: TableReading) -> list[str]:
    """Each figure as "measure statistic value period dims", a plain count without its statistic."""
    found = []
    for _, d in reading.drafts:
        value = f"{d.value:f}" if d.value is not None else f"?{d.proposed}"
        words = [d.measure, "" if d.statistic == "count" else d.statistic, value]
        words += [d.period.code if d.period and d.period.code != "2014/15" else ""]
        words += [f"{k}={v}" for k, v in sorted(d.dims.items())]
        found.append(" ".join(w for w in words if w))
    return found


def relations(reading: TableReading) -> list[str]:
    """Each relation as "kind: values", with "?" behind one that is not complete."""
    value = {d.key: d.value for _, d in reading.drafts}
    return [
        f"{r.kind}: {' '.join(str(value[k]) for k in r.keys)}{'' if r.complete else ' ?'}" for r in reading.relations
    ]
