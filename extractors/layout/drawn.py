"""Tables that the lines and shading of a page show, and which reading of them stands where there are two.

Shaded bands and lone rules leave open what belongs to a table: its heads, its rows without shading, where its cells part. Such
a table may also be read as framed by the level rules around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.framed import framed_tables
from extractors.layout.ruled import ruled_tables
from extractors.layout.sums import chosen
from schemas.layout import Table
from schemas.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table with the numbers of the words it holds; `inferred` says that rules do not part all of its cells."""

    table: Table
    words: frozenset[int]
    inferred: bool = False


def drawn_tables(page: Page, space: float) -> tuple[list[Table], set[int]]:
    """Tables of a page with lines or shading, and the numbers of the words they hold. `space` is the usual gap in em."""
    ruled = [Drawn(table=t, words=w, inferred=i) for t, w, i in ruled_tables(page)]
    if any(one.inferred for one in ruled):
        sure = {n for one in ruled if not one.inferred for n in one.words}
        framed = [Drawn(table=t, words=w) for t, w in framed_tables(page, sure, space)]
        ruled = _settled(ruled, framed)
    taken = {n for one in ruled for n in one.words}
    others = framed_tables(page, taken, space)
    return [*(one.table for one in ruled), *(t for t, _ in others)], taken.union(*(w for _, w in others))


def _settled(ruled: Sequence[Drawn], framed: Sequence[Drawn]) -> list[Drawn]:
    """The ruled tables, those that are better read as framed replaced: by their sums, or as more of the print is in one table."""
    settled = list(ruled)
    for other in framed:
        rivals = [one for one in settled if one.inferred and one.words & other.words]
        if not rivals:
            continue
        held = frozenset().union(*(one.words for one in rivals))
        readings = [tuple(one.table for one in rivals), (other.table,)]
        if held < other.words and other.table.cols >= max(one.table.cols for one in rivals):
            readings.reverse()
        best = chosen(readings)
        if best[0].method == other.table.method and best[0].cells == other.table.cells:
            settled = [one for one in settled if one not in rivals]
            settled.append(Drawn(table=best[0], words=other.words))
        else:
            for one, table in zip(rivals, best, strict=True):
                settled[settled.index(one)] = Drawn(table=table, words=one.words, inferred=True)
    return settled
