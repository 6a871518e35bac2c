"""Pages for the tests, set like a typewriter: one character is 6 points wide, a line 12 points high."""

from collections.abc import Sequence

from extractors.layout import lay_out
from schemas.layout import Block, Layout, Table
from schemas.pages import BBox, Page, Rule, Word

EM, LINE = 10.0, 12.0
WIDTH, HEIGHT = 595.0, 842.0


def typed(
    text: str, *, left: float = 60, top: float = 100, size: float = EM, bold: bool = False, step: float = LINE
) -> list[Word]:
    """Words of `text` as they stand: spaces and line ends count. A row that starts with ** is bold."""
    words = []
    for number, row in enumerate(text.strip("\n").split("\n")):
        strong = bold or row.startswith("**")
        row = row.removeprefix("**")
        y, at = top + number * step, 0
        for part in row.split(" "):
            if part:
                x = left + at * 0.6 * size
                box = BBox(x, y, x + len(part) * 0.6 * size, y + 1.1 * size)
                words.append(Word(text=part, bbox=box, size=size, bold=strong))
            at += len(part) + 1
    return words


def page(words: Sequence[Word], *, number: int = 1, rules: Sequence[Rule] = ()) -> Page:
    return Page(number=number, width=WIDTH, height=HEIGHT, words=tuple(words), rules=tuple(rules))


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """The rules of a full grid."""
    across = [Rule(bbox=BBox(xs[0], y, xs[-1], y)) for y in ys]
    return across + [Rule(bbox=BBox(x, ys[0], x, ys[-1])) for x in xs]


def laid_out(text: str) -> Layout:
    return lay_out([page(typed(text))])


def seen(layout: Layout) -> list[str]:
    """Blocks as "kind [marker] text" and tables as rows of cells, the way a test can say what it expects."""
    lines = []
    for element in layout.elements:
        if isinstance(element, Table):
            lines.extend(" | ".join(row) for row in cells(element))
        else:
            marker = f"[{element.marker.text}] " if element.marker else ""
            lines.append(f"{element.kind} {marker}{element.text.text}")
    return lines


def cells(table: Table) -> list[list[str]]:
    return [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)]


def tables(layout: Layout) -> list[Table]:
    return [e for e in layout.elements if isinstance(e, Table)]


def blocks(layout: Layout) -> list[Block]:
    return [e for e in layout.elements if isinstance(e, Block)]


def words_of(layout: Layout) -> list[tuple[int, Word]]:
    """Every printed word of a layout with its page, as often as it is in there: what was measured on a chart is printed nowhere."""
    found = []
    for element in layout.elements:
        if isinstance(element, Table):
            texts = [c.text for c in element.cells if c.interval is None] + [
                t for t in (element.caption, *element.notes, *element.axes) if t
            ]
        else:
            texts = [t for t in (element.marker, element.text) if t]
        found.extend((w.page, w.word) for text in texts for w in text.words)
    return found
