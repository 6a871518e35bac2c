"""What a table says about how its figures hang together: totals, shares and differences."""

from collections.abc import Iterator, Mapping, Sequence, Set

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.table_figures import PlacedDraft
from extractors.figures.table_grid import Grid
from extractors.figures.table_heads import Heads
from extractors.figures.table_labels import Label
from extractors.figures.table_totals import adds_up_of_many, adds_up_twice, parts_of_total
from extractors.language.table_words import dimension_of_head, plain, says, table_words
from schemas.periods import Period


def table_relations(
    placed: Sequence[PlacedDraft], grid: Grid, heads: Heads, around: str, *, rest: bool = False
) -> Iterator[DraftRelation]:
    """All relations among the figures of one grid. `around` is the text that may say that its parts overlap.

    `rest` tells that rows may have gone before: on the page before, where they were not read as a table.
    """
    overlap = says(around, table_words().overlap)
    yield from _row_totals(placed, grid, heads, overlap, rest)
    yield from _column_totals(placed, grid, heads, overlap)
    yield from _years(placed)
    for figure in placed:
        if figure.draft.statistic == "percent_of":
            yield from _share(figure, placed, grid, heads)
        elif figure.draft.statistic in ("change", "percent_change"):
            yield from _difference(figure, placed, heads)


def _counts(placed: Sequence[PlacedDraft]) -> dict[tuple[int, int], PlacedDraft]:
    """The count of each cell: its main number, or the one in brackets behind a share."""
    counts = [p for p in placed if p.draft.statistic in ("count", "amount") and p.place != "over"]
    return {(p.row, p.col): p for p in sorted(counts, key=lambda p: p.place == "main")}


def _row_totals(
    placed: Sequence[PlacedDraft], grid: Grid, heads: Heads, overlap: bool, rest: bool
) -> Iterator[DraftRelation]:
    """Each total row against the rows above it; a grand total right under sub-totals against those."""
    counts, read = _counts(placed), {(p.row, p.col) for p in placed}
    block: list[int] = []
    before: list[int] = []
    totals: list[int] = []
    for row in grid.body():
        label = heads.rows.get(row)
        if label is None:
            block = []
        elif not label.total:
            block.append(row)
            before.append(row)
        else:
            below = _rows_below(heads, row) if not before else []
            choices = [block, totals, before, below]
            added = parts_of_total(grid, row, grid.value_columns, choices)
            sure = (
                _is_of_teams(heads, label, below)
                or _is_of_both_procedures(heads, below)
                or adds_up_twice(grid, row, grid.value_columns, below)
            )
            sure = sure or (plain(label.text) in _BARE_TOTAL and adds_up_of_many(grid, row, grid.value_columns, below))
            first = below if sure else []
            rows = added if added is not None else block or totals or first
            whole_rows = not overlap and _is_partition([x for r in rows if (x := heads.rows.get(r)) is not None])
            whole_rows = whole_rows and not _rows_are_lost(counts, row, rows, grid.value_columns)
            for col in grid.value_columns:
                full = whole_rows and not any(_is_unread(grid, read, r, col) for r in rows)
                full = full and not (rest and _falls_short(counts, row, rows, col))
                yield from _sum(counts.get((row, col)), [counts.get((r, col)) for r in rows], full)
            totals = [*totals, row] if block else [row]
            block = []


def _rows_below(heads: Heads, row: int) -> list[int]:
    """The rows below a total that stands first, if no other follows."""
    later = {r: x for r, x in heads.rows.items() if r > row}
    return (
        [] if any(x is not None and x.total for x in later.values()) else [r for r, x in later.items() if x is not None]
    )


_BARE_TOTAL = frozenset(("total", "totals", "grand total", "overall total", "all", "all teams", "all services"))
_LEAST_TEAMS = 3


def _is_of_teams(heads: Heads, total: Label, below: Sequence[int]) -> bool:
    """Whether rows below a bare “Total” are teams or services: each complaint is about one of them, so that they are its parts."""
    named = [x for r in below if (x := heads.rows.get(r)) is not None]
    by_team = dimension_of_head(heads.corner.text) in ("team", "service")
    return (
        by_team and plain(total.text) in _BARE_TOTAL and len(named) >= _LEAST_TEAMS and not any(x.total for x in named)
    )


def _is_of_both_procedures(heads: Heads, below: Sequence[int]) -> bool:
    """Whether the rows below a total are the two procedures that there are, the one in law and the council's own."""
    named = [x.dims for r in below if (x := heads.rows.get(r)) is not None]
    return sorted(tuple(dims.items()) for dims in named) == [(("regime", "corporate"),), (("regime", "statutory"),)]


def _rows_are_lost(
    counts: Mapping[tuple[int, int], PlacedDraft], row: int, rows: Sequence[int], columns: Sequence[int]
) -> bool:
    """Whether the rows make less than half of their total in every one of several columns: others were not read as rows of this table."""
    totals = {c: value for c in columns if (row, c) in counts and (value := counts[row, c].draft.value)}
    made = {c: sum(counts[r, c].draft.value or 0 for r in rows if (r, c) in counts) for c in totals}
    return len(totals) > 1 and all(2 * made[c] < total for c, total in totals.items())


def _falls_short(counts: Mapping[tuple[int, int], PlacedDraft], row: int, rows: Sequence[int], col: int) -> bool:
    """Whether the rows of a column make less than its total."""
    values = [counts[r, col].draft.value or 0 for r in rows if (r, col) in counts]
    return (row, col) in counts and sum(values) < (counts[row, col].draft.value or 0)


def _column_totals(placed: Sequence[PlacedDraft], grid: Grid, heads: Heads, overlap: bool) -> Iterator[DraftRelation]:
    """Each total column against the columns before it."""
    counts, read = _counts(placed), {(p.row, p.col) for p in placed}
    block: list[int] = []
    for col, label in sorted(heads.columns.items()):
        if not label.total or label.dims or label.mentions:
            block.append(col)
            continue
        for row in sorted({p.row for p in placed}):
            whole = counts.get((row, col))
            beside = [p for c in block if (p := counts.get((row, c))) is not None]
            # Of what was received some was answered on time: that is no part beside the others.
            parts = [p for p in beside if p.draft.measure != "responses_on_time"]
            if whole is not None and _make_up(whole.draft.period, [p.draft.period for p in parts]):
                unread = any(_is_unread(grid, read, row, c) for c in block)
                # what a complaint is counted under twice, it is so within one period
                lapped = overlap and len({_period(p.draft) for p in parts}) < len(parts)
                full = not lapped and not unread and _is_partition([heads.columns[c] for c in block])
                yield from _sum(whole, parts, full)
        block = []


_STOCKS = frozenset({"children_supported", "workforce"})
"""What is counted on a day, and does not add up over a year."""


def _years(placed: Sequence[PlacedDraft]) -> Iterator[DraftRelation]:
    """Each year against its four quarters, or its two halves, in one row or one column that says the same of them."""
    lines: dict[tuple[object, ...], list[PlacedDraft]] = {}
    for p in _counts(placed).values():
        d = p.draft
        if d.period is not None and d.measure not in _STOCKS and d.dims.get("event") != "outstanding":
            for place in (("row", p.row), ("column", p.col)):
                about: tuple[object, ...] = (*place, d.measure, d.statistic, *sorted(d.dims.items()))
                lines.setdefault(about, []).append(p)
    for line in lines.values():
        for whole in line:
            for kind, number in (("quarter", 4), ("half", 2)):
                parts = [p for p in line if _is_part_of_year(p.draft.period, whole.draft.period, kind)]
                if len(parts) == number == len({_period(p.draft) for p in parts}):
                    yield from _sum(whole, parts, True)


def _is_part_of_year(part: Period | None, year: Period | None, kind: str) -> bool:
    within = part is not None and year is not None and year.kind == "year" and part.kind == kind
    return within and part is not None and year is not None and part.financial_year == year.financial_year


def _make_up(whole: Period | None, parts: Sequence[Period | None]) -> bool:
    """Whether parts are all of the period of the whole, or each of another stretch within it."""
    if all(p == whole for p in parts):
        return True
    known = [p for p in parts if p is not None and p.start is not None]
    if whole is None or whole.start is None or len(known) < len(parts) or len({p.code for p in known}) < len(known):
        return False
    return all(whole.start <= (p.start or p.end) and p.end <= whole.end for p in known)


def _sum(whole: PlacedDraft | None, parts: Sequence[PlacedDraft | None], complete: bool) -> Iterator[DraftRelation]:
    found = [p for p in parts if p is not None]
    if whole is None or len(found) < 2 or {p.draft.statistic for p in found} != {whole.draft.statistic}:
        return
    yield DraftRelation(
        kind="sum",
        keys=(whole.draft.key, *(p.draft.key for p in found)),
        roles=("whole", *("part" for _ in found)),
        complete=complete,
    )


def _is_partition(labels: Sequence[Label]) -> bool:
    """Whether labels can be the parts of one whole: they break it down alike, and none is said to be part of another."""
    if any(says(x.text, ("of which", "including", "of these")) for x in labels):
        return False
    kinds = {frozenset(_kind(name) for name in x.dims) for x in labels} - {frozenset()}
    return len(kinds - {_OWN_WORDS}) <= 1 or len(kinds) <= 1


_OWN_WORDS = frozenset({"category"})
"""The breakdown of a row in the words of its own (“Someone else”), which breaks down what its neighbours break down."""


def _kind(name: str) -> str:
    """Outcomes and events ("upheld", "withdrawn") break down the same whole."""
    return "outcome" if name == "event" else name


def _is_unread(grid: Grid, read: Set[tuple[int, int]], row: int, col: int) -> bool:
    """Whether a cell holds a number that is not known: withheld, in words, or of no figure."""
    value = grid.value(row, col)
    return value is not None and value.kind != "empty" and (row, col) not in read


def _period(draft: Draft) -> str:
    return draft.period.code if draft.period is not None else ""


def _share(figure: PlacedDraft, placed: Sequence[PlacedDraft], grid: Grid, heads: Heads) -> Iterator[DraftRelation]:
    """The count that a percentage says again, and the whole that it is of."""
    percent = figure.draft
    same = [
        p for p in placed
        if p.row == figure.row and p.draft.statistic == "count" and p.draft.measure == percent.measure
        and p.draft.dims == percent.dims and p.draft.period == percent.period
    ]  # fmt: skip
    alone = same[0] if len(same) == 1 and not _beside_nothing(grid, figure) else None
    part = next((p for p in same if p.index == figure.index), alone)
    whole = _whole(figure, part, placed, heads) if part is not None else None
    if part is not None and whole is not None:
        yield DraftRelation(
            kind="share", keys=(part.draft.key, whole.draft.key, percent.key), roles=("part", "whole", "percent")
        )


def _beside_nothing(grid: Grid, figure: PlacedDraft) -> bool:
    """Whether a dash stands before a percentage: its number of cases, so that no other number of the row is."""
    before = [col for col in grid.value_columns if col < figure.col]
    value = grid.value(figure.row, before[-1]) if before else None
    return value is not None and value.kind == "empty"


def _whole(figure: PlacedDraft, part: PlacedDraft, placed: Sequence[PlacedDraft], heads: Heads) -> PlacedDraft | None:
    over = next((p for p in placed if p.index == figure.index and p.place == "over"), None)
    if over is not None:
        return over
    counts = [
        p for p in placed if p.draft.statistic == "count" and p.draft.period == figure.draft.period and p is not part
    ]
    if "outcome" in figure.draft.dims or figure.draft.measure == "responses_on_time":
        group = _group(figure.draft)
        found = [
            p
            for p in counts
            if p.row == figure.row
            and _group(p.draft) == group
            and "outcome" not in p.draft.dims
            and p.draft.measure != "responses_on_time"
        ]
        if len(found) == 1:
            return found[0]
    totals = [p for p in counts if p.col == part.col and _is_total(heads, p.row)]
    totals = [p for p in totals if p.place == part.place] or [p for p in totals if p.place == "main"]
    if _is_total(heads, part.row):
        return None
    own = [p for p in totals if _block(heads, p.row) == _block(heads, part.row)]
    below = [p for p in own if p.row > part.row] or own or [p for p in totals if p.row > part.row]
    return below[0] if below else None


def _block(heads: Heads, row: int) -> int:
    """The row that names the group of rows which a row is in; -1 before the first of them."""
    return max((r for r, label in heads.rows.items() if label is None and r < row), default=-1)


def _group(draft: Draft) -> dict[str, str]:
    return {k: v for k, v in draft.dims.items() if k not in ("outcome", "event")}


def _is_total(heads: Heads, row: int) -> bool:
    label = heads.rows.get(row)
    return label is not None and label.total


def _difference(figure: PlacedDraft, placed: Sequence[PlacedDraft], heads: Heads) -> Iterator[DraftRelation]:
    """The two figures that a change lies between: in its row, or in its column where a row holds the changes."""
    change = figure.draft
    column = heads.columns.get(figure.col)
    across = column is not None and column.change
    statistic = "percent_of" if change.unit == "percentage_points" else "count"
    compared = [
        p.draft for p in placed
        if (p.row == figure.row and p.col < figure.col if across else p.col == figure.col and p.row < figure.row)
        and p.draft.statistic == statistic and p.draft.measure == change.measure and p.draft.dims == change.dims
        and p.draft.period is not None
    ]  # fmt: skip
    by_end = {d.period.end: d for d in compared if d.period is not None}
    current = next((d for d in compared if _period(d) == _period(change)), None)
    if current is None or current.period is None:
        return
    end = current.period.end
    earlier = [
        p.draft.period.end for p in placed
        if p.draft.period is not None and p.draft.period.end < end
        and (p.draft.statistic, p.draft.measure) == (statistic, change.measure)
    ]  # fmt: skip
    # where the year before is a dash, the change is not from the year before that
    prior = by_end.get(max(earlier)) if earlier else None
    if prior is None:
        return
    role = "percent" if change.statistic == "percent_change" else "difference"
    yield DraftRelation(
        kind="percent_change" if role == "percent" else "change",
        keys=(current.key, prior.key, change.key),
        roles=("current", "prior", role),
    )
