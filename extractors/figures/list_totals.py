"""Lists without a total of their own, and the number before them that they break down: “13 came from members” over a list of teams.

A name of such a list may have no number that can be read. Where the total is more than the others make up, there must be one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from extractors.figures.corrections import Told
from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.relate_said import is_level, kinds
from extractors.figures.relate_sums import are_partition
from extractors.figures.table_figures import Spot
from extractors.figures.table_grid import Grid
from extractors.figures.table_heads import Heads
from extractors.figures.table_labels import Label
from extractors.figures.table_values import Part
from extractors.language.numbers import Number
from schemas.figures import MISSING

_LEAST = 3


def lone_blank(grid: Grid, heads: Heads) -> Spot | None:
    """The last row of a list, if it has a name and nothing behind it, and all others have numbers; in place of the number stands the name."""
    if len(grid.value_columns) != 1 or not grid.labels or not grid.body():
        return None
    [col], last = grid.value_columns, grid.body()[-1]
    labels = [label for row in grid.body()[:-1] if (label := heads.rows.get(row)) is not None]
    numbers = [v for row in grid.body()[:-1] if (v := grid.value(row, col)) is not None and v.kind == "numbers"]
    value, index = grid.value(last, col), grid.at.get((last, grid.first))
    names = {name for label in labels for name in label.dims}
    whole = len(labels) == len(numbers) == len(grid.body()) - 1 and not any(label.total for label in labels)
    if not whole or value is None or value.shown != "blank" or index is None or len(names) != 1:
        return None
    text = grid.table.cells[index].text.text
    number = Number(start=0, end=len(text), text=text, value=None)
    return Spot(
        index=index, row=last, col=col, rows=Label(text=text, dims=dict.fromkeys(names, text)), column=heads.columns.get(col, Label()),
        parts=(Part(number=number, place="main"),),
    )  # fmt: skip


def list_totals(told: Sequence[Told], summed: Collection[int]) -> Iterator[DraftRelation]:
    """The lists that make up a number of the text before them, or do with what is missing. `summed` are the keys of parts that have their total."""
    lists = defaultdict[tuple[int, str, str], list[Draft]](list)
    before: list[Draft] = []
    for one in told:
        draft = one.draft
        if draft.statistic != "count" or draft.qualifier != "exact" or draft.period is None:
            continue
        if one.table is None:
            before += [draft] if is_level(draft) and draft.value is not None else []
        elif draft.key not in summed:
            lists[one.table, draft.measure, draft.period.code].append(draft)
    for parts in lists.values():
        yield from _total_of(parts, [d for d in before if d.key < parts[0].key])


def _total_of(parts: Sequence[Draft], before: Sequence[Draft]) -> Iterator[DraftRelation]:
    """The sum of one list and of the last number before it that is of the same group."""
    if len(parts) < _LEAST or not are_partition(parts):
        return
    differing = kinds(parts)
    group = {name: value for name, value in parts[0].dims.items() if name not in differing}
    alike = [w for w in before if (w.measure, w.dims, w.period) == (parts[0].measure, group, parts[0].period)]
    if not alike or any(d.value is None and d.rule != MISSING for d in parts):
        return
    whole, given = alike[-1], [d for d in parts if d.value is not None]
    left = (whole.value or 0) - sum(d.value for d in given if d.value is not None)
    if left == 0 or (left > 0 and len(given) < len(parts)):
        used = given if left == 0 else parts
        keys = (whole.key, *(d.key for d in used))
        yield DraftRelation(kind="sum", keys=keys, roles=("whole", *("part" for _ in used)))
