"""Results as Markdown: tables, and the marked part of a page that a run writes anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import UsageError

BEGIN, END = "<!-- benchmark: begin (written by a run; do not edit) -->", "<!-- benchmark: end -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under a heading. The first column is text, the others are numbers; `note` says how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __str__(self) -> str:
        widths = [max(len(line[i]) for line in (self.columns, *self.rows)) for i in range(len(self.columns))]
        rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
        lines = [_line(self.columns, widths), rule, *(_line(row, widths) for row in self.rows)]
        head = [f"### {self.title}", "", *([self.note, ""] if self.note else [])]
        return "\n".join([*head, *lines])


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> Table:
    """A table; shares (floats) get three decimals, None an empty cell."""
    cells = tuple(tuple(_cell(value) for value in row) for row in rows)
    return Table(title=title, columns=tuple(columns), rows=cells, note=note)


def page(preface: str, tables: Iterable[Table]) -> str:
    """What a run prints."""
    return "\n\n".join([preface, *map(str, tables)]) + "\n"


def write_into(path: Path, written: str) -> None:
    """Replace the marked part of a page. Raises UsageError when it has none."""
    text = path.read_text("utf-8") if path.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise UsageError(f"{path} has no part to write into.", advice=f"Put {BEGIN} and {END} where it should be.")
    path.write_text(f"{before}{BEGIN}\n\n{written}\n{END}{after}", "utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"
