"""Figures of the cells of a grid: every number by its place in the cell, under what its row and column say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.figures.drafts import Context, Draft, DraftMark
from extractors.figures.table_grid import Grid
from extractors.figures.table_heads import Heads
from extractors.figures.table_labels import NOUN, Label
from extractors.figures.table_periods import cell_period, latest, titled_period
from extractors.figures.table_subject import Base, Subject, cell_subject, fitting
from extractors.figures.table_values import Part
from extractors.language.numbers import SHIFTED_KEYS, Number
from extractors.language.periods import resolve
from extractors.language.table_words import plain, says, table_words
from schemas.figures import NumberKind, Statistic
from schemas.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDraft:
    """A draft with its cell: `index` in the table, `row` and `col` in the grid, and the place of the number in the cell."""

    index: int
    row: int
    col: int
    place: str
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMark:
    """A number without a figure, with the index of its cell."""

    index: int
    mark: DraftMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell of values in reading: its labels, parts (offsets in the text of cell `index`), and how sure its column is."""

    index: int
    row: int
    col: int
    rows: Label
    column: Label
    parts: tuple[Part, ...]
    falls: bool = False
    days: bool = False
    confidence: float = 0.95


Result = PlacedDraft | PlacedMark


def read_spot(spot: Spot, grid: Grid, heads: Heads, base: Base, context: Context) -> Iterator[Result]:
    """The figures of one cell, or why its numbers are none."""
    kind = spot.rows.nonfigure or spot.column.nonfigure
    if kind is not None:
        yield from marked(spot, kind, "under a head of other numbers")
        return
    if spot.rows.total and says(spot.column.text, table_words().raised):
        yield from marked(spot, "other_count", "a number of issues, not of complaints")
        return
    subject = cell_subject(spot.rows, spot.column, base)
    if subject is None and base.paid and all(p.number.unit == "GBP" for p in spot.parts):
        subject = Subject(measure="payments", dims=fitting("payments", {**spot.column.dims, **spot.rows.dims}))
    if subject is None:
        yield from marked(spot, "unplaced", "nothing says what is counted")
        return
    for part in spot.parts:
        draft = _draft(spot, part, subject, grid, heads, base, context)
        if isinstance(draft, Draft):
            yield PlacedDraft(index=spot.index, row=spot.row, col=spot.col, place=part.place, draft=draft)
        else:
            yield PlacedMark(index=spot.index, mark=draft)


def marked(spot: Spot, kind: NumberKind, reason: str) -> Iterator[PlacedMark]:
    """All numbers of a cell as no figures, for one reason."""
    for part in spot.parts:
        yield PlacedMark(index=spot.index, mark=_mark(part.number, kind, reason))


def _mark(number: Number, kind: NumberKind, reason: str) -> DraftMark:
    return DraftMark(start=number.start, end=number.end, kind=kind, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    measure: str
    statistic: Statistic
    unit: str
    dims: dict[str, str]


def _draft(
    spot: Spot, part: Part, subject: Subject, grid: Grid, heads: Heads, base: Base, context: Context
) -> Draft | DraftMark:
    number = part.number
    same = (replace(part, place="main"),) if part.place == "then" else tuple(p for p in spot.parts if p.place != "then")
    measured = _measured(
        replace(spot, parts=same), same[0] if part.place == "then" else part, subject, grid, heads, base
    )
    if not isinstance(measured, _Measured):
        return _mark(number, *measured)
    changes = measured.statistic in ("change", "percent_change")
    period = _change_period(spot, grid, heads, subject, context) if changes else _period(spot, heads, subject, context)
    if isinstance(period, str):
        return _mark(number, "unplaced", period)
    if part.place == "then" and period is not None:
        period = resolve(part.said, context.period) if part.said is not None else period.previous()
    value, proposed = _value(number, measured, spot)
    return Draft(
        key=0, start=number.start, end=number.end, measure=measured.measure, statistic=measured.statistic,
        dims=measured.dims, value=value, unit=measured.unit, decimals=number.decimals, period=period,
        proposed=proposed, damaged=number.damaged, confidence=_confidence(spot, subject),
        rule="table change" if changes else "table total" if spot.rows.total or spot.column.total else "table",
    )  # fmt: skip


def _confidence(spot: Spot, subject: Subject) -> float:
    return spot.confidence if subject.own else spot.confidence - 0.05


def _value(number: Number, measured: _Measured, spot: Spot) -> tuple[Decimal | None, Decimal | None]:
    value = number.value
    if value is None:
        return None, number.proposed
    if measured.statistic == "percent_of" and value > 100:
        # The sign was read as a digit as well ("50%" became "509%"), so the last digit goes.
        shorter = str(value)[:-1]
        return None, Decimal(shorter) if shorter.isdigit() and Decimal(shorter) <= 100 else None
    if measured.unit == "count" and number.unit == "GBP":
        meant = number.text.translate(SHIFTED_KEYS)
        return None, Decimal(meant) if meant.isdigit() else None
    if measured.statistic in ("change", "percent_change") and (spot.falls or spot.column.falls) and value > 0:
        return -value, number.proposed
    return value, number.proposed


def _measured(
    spot: Spot, part: Part, subject: Subject, grid: Grid, heads: Heads, base: Base
) -> _Measured | tuple[NumberKind, str]:
    """Measure, statistic, unit and dims of a number, or what it is when it is no figure."""
    label = _label_of(spot)
    if base.average and not label.average and _is_plain(spot, label) and part.number.unit == "":
        label = replace(label, average=base.average, time_unit=label.time_unit or base.time_unit)
    percent = _is_percent(part, label) and not _is_lone_count(spot, label, grid)
    if part.number.unit == "GBP" or label.unit == "GBP" or subject.measure in ("payments", "savings"):
        if base.paid and part.number.unit == "GBP" and subject.measure != "savings":
            subject = replace(subject, measure="payments")
        return _money(part, subject, label, grid, spot)
    if label.average:
        return _time(spot, subject, label, heads)
    if spot.days:
        return "timescale", "a time, not an average"
    if label.change:
        return _change(spot, part, subject, percent, grid, heads)
    if label.rate and not percent:
        return _Measured(measure=subject.measure, statistic="rate", unit=label.rate, dims=subject.dims)
    if percent and _is_whole_of_shares(part.number, spot, label):
        return "other_count", "the whole of the shares"
    if part.place == "over":
        return _Measured(measure=subject.measure, statistic="count", unit="count", dims=_without_outcome(subject))
    shares = percent or len(spot.parts) > 1
    shares_timely = base.on_time and shares and not _names_part(subject)
    if label.on_time or (shares_timely and not _make_a_whole(spot, grid, heads)):
        return _on_time(subject, percent)
    if part.place == "bracket" and not percent and not _is_percent(spot.parts[0], label):
        return "unplaced", "a second number without a head of its own"
    if any(p.place == "over" for p in spot.parts) and not _names_part(subject):
        return "unplaced", "a share of cases that are not said to be anything"
    if percent:
        return _Measured(measure=subject.measure, statistic="percent_of", unit="percent", dims=subject.dims)
    return _Measured(measure=subject.measure, statistic="count", unit="count", dims=subject.dims)


def _make_a_whole(spot: Spot, grid: Grid, heads: Heads) -> bool:
    """Whether the percentages of a column are the parts of one whole, as those of answers on time are not."""
    cells = [grid.value(row, spot.col) for row, label in heads.rows.items() if label is not None and not label.total]
    shares = [p.number.value for v in cells if v is not None for p in v.parts if p.number.unit == "percent"]
    known = [share for share in shares if share is not None]
    beside = [grid.value(spot.row, col) for col in heads.columns if col != spot.col]
    if not any(v is not None and v.parts and v.parts[0].number.unit == "" for v in beside):
        return False  # shares alone, as of answers within 10 days, within 20 and later
    return len(known) > 2 and abs(sum(known, Decimal(-100))) <= Decimal(len(known)) / 2


def _is_plain(spot: Spot, label: Label) -> bool:
    """Whether neither head nor row label says what kind of number this is."""
    named = max(spot.rows.strength, spot.column.strength) >= NOUN
    return not (named or label.unit or label.on_time or label.late or label.rate or label.total)


def _names_part(subject: Subject) -> bool:
    """Whether the dims say which cases are counted out of a group."""
    return bool(subject.dims.keys() - {"stage", "regime", "service", "team"})


def _label_of(spot: Spot) -> Label:
    """Both labels as one, for what either may say: unit, change, average, on time."""
    row, column = spot.rows, spot.column
    unit = column.unit if column.unit not in ("", "count") else row.unit or column.unit
    return replace(
        column,
        unit=unit,
        change=row.change or column.change,
        average=column.average or row.average,
        time_unit=column.time_unit or row.time_unit,
        rate=column.rate or row.rate,
        on_time=(row.on_time or column.on_time) and not (row.late or column.late),
    )


def _is_percent(part: Part, label: Label) -> bool:
    if part.number.unit == "percent":
        return True
    if part.place != "main":
        return label.unit == "both" and part.place == "bracket"
    return label.unit in ("percent", "percent first")


def _is_lone_count(spot: Spot, label: Label, grid: Grid) -> bool:
    """Whether a plain number stands alone under "% (No.)" where other cells have both: the total of the numbers in brackets."""
    if label.unit != "percent first" or len(spot.parts) > 1 or spot.parts[0].number.unit:
        return False
    others = [grid.value(row, spot.col) for row in grid.body() if row != spot.row]
    return any(v is not None and len(v.parts) > 1 and v.parts[0].number.unit == "percent" for v in others)


def _money(part: Part, subject: Subject, label: Label, grid: Grid, spot: Spot) -> _Measured | tuple[NumberKind, str]:
    if subject.measure not in ("payments", "savings"):
        if part.number.unit == "GBP" and label.unit != "GBP" and _counts_elsewhere(grid, spot):
            return _Measured(measure=subject.measure, statistic="count", unit="count", dims=subject.dims)
        return "money", "money that is not paid in redress"
    dims = {k: v for k, v in subject.dims.items() if k in ("stage", "team", "service", "category")}
    if label.change:
        return "unplaced", "a change of money"
    if part.number.unit == "GBP" or label.unit == "GBP":
        return _Measured(
            measure=subject.measure, statistic="mean" if label.average else "amount", unit="GBP", dims=dims
        )
    if part.number.unit == "percent" or label.unit == "percent":
        return "unplaced", "a share of money"
    return _Measured(measure=subject.measure, statistic="count", unit="count", dims=dims)


def _counts_elsewhere(grid: Grid, spot: Spot) -> bool:
    """Whether all other numbers of the column are plain, so that a £ must be a slip for a digit ("£2" for 32)."""
    others = [grid.value(row, spot.col) for row in grid.body() if row != spot.row]
    parts = [v.parts[0].number for v in others if v is not None and v.parts]
    return bool(parts) and all(n.unit == "" for n in parts)


def _time(spot: Spot, subject: Subject, label: Label, heads: Heads) -> _Measured | tuple[NumberKind, str]:
    unit = label.time_unit or heads.corner.time_unit or heads.title.time_unit or ("days" if spot.days else "")
    if not unit or spot.parts[0].number.unit == "percent":
        return "unplaced", "an average of what is not said"
    dims = {k: v for k, v in subject.dims.items() if k not in ("event", "outcome")}
    statistic: Statistic = "median" if label.average == "median" else "mean"
    if label.change:
        statistic = "change"
    return _Measured(measure="response_time", statistic=statistic, unit=unit, dims=dims)


def _change(
    spot: Spot, part: Part, subject: Subject, percent: bool, grid: Grid, heads: Heads
) -> _Measured | tuple[NumberKind, str]:
    """A difference: of shares it is in percentage points, of counts a number or a percentage."""
    other = spot.rows if spot.column.change else spot.column
    measure, dims = subject.measure, subject.dims
    if other.on_time:
        measure, dims = "responses_on_time", _group_of(subject)
    if _compares_shares(spot, part.number, grid, heads, other):
        return _Measured(measure=measure, statistic="change", unit="percentage_points", dims=dims)
    if percent:
        return _Measured(measure=measure, statistic="percent_change", unit="percent", dims=dims)
    return _Measured(measure=measure, statistic="change", unit="count", dims=dims)


def _compares_shares(spot: Spot, change: Number, grid: Grid, heads: Heads, other: Label) -> bool:
    """Whether the numbers that a change is between are percentages: by their label, or by their signs.

    Beside "19.0% (4)" and "15.4% (2)" a change of -2 is one of the numbers in brackets.
    """
    if other.unit == "percent":
        return True
    if spot.column.change:
        beside = [grid.value(spot.row, c) for c, label in heads.columns.items() if c < spot.col and not label.change]
    else:
        beside = [
            grid.value(r, spot.col) for r, label in heads.rows.items() if r < spot.row and label and not label.change
        ]
    cells = [[p.number for p in v.parts] for v in beside if v is not None and v.parts]
    if not cells or any(cell[0].unit != "percent" for cell in cells):
        return False
    paired = all(any(number.unit == "" for number in cell) for cell in cells)
    return not paired or change.unit == "percent" or change.decimals > 0


def _is_whole_of_shares(number: Number, spot: Spot, label: Label) -> bool:
    """The 100% at the foot of a column of shares, or at the end of a row of them."""
    if number.value != 100 or label.on_time:
        return False
    groups = ("stage", "regime", "team", "service", "category")
    whole = spot.rows.total or plain(spot.rows.text).startswith("all ")
    other = spot.column if whole else spot.rows if spot.column.total else None
    return other is not None and not set(other.dims) - set(groups)


def _on_time(subject: Subject, percent: bool) -> _Measured:
    dims = _group_of(subject)
    return _Measured(
        measure="responses_on_time",
        statistic="percent_of" if percent else "count",
        unit="percent" if percent else "count",
        dims=dims,
    )


def _group_of(subject: Subject) -> dict[str, str]:
    """The group whose answers are timed; one that is no group of complaints is told by its name."""
    dims = {k: v for k, v in subject.dims.items() if k not in ("event", "outcome")}
    if (
        subject.measure not in ("complaints", "responses_on_time", "response_time", "enquiries")
        and "category" not in dims
    ):
        dims["category"] = subject.thing or subject.measure.replace("_", " ")
    return fitting("responses_on_time", dims)


def _without_outcome(subject: Subject) -> dict[str, str]:
    return {k: v for k, v in subject.dims.items() if k != "outcome"}


def _period(spot: Spot, heads: Heads, subject: Subject, context: Context) -> Period | None | str:
    if (titled := titled_period(heads, subject.measure, context)) is not None:
        return titled
    period = cell_period(spot.rows, spot.column, subject.measure, context)
    if spot.rows.total and not spot.rows.mentions and not spot.column.mentions:
        return _total_period([r for r in heads.rows.values() if r], period, subject, context)
    if spot.column.total and not spot.column.mentions and not spot.rows.mentions:
        return _total_period(list(heads.columns.values()), period, subject, context)
    return period


def _total_period(
    labels: list[Label], period: Period | None, subject: Subject, context: Context
) -> Period | None | str:
    """The period of a total over periods: the year of its quarters; over several years there is none."""
    stated = [x for x in labels if x.mentions and not x.total and not x.change]
    known = [p for x in stated if (p := cell_period(x, Label(), subject.measure, context)) is not None]
    parts = [p for p in known if p.kind in ("quarter", "half", "range")]
    if len({p.financial_year for p in parts or known}) > 1:
        return "a total over several years"
    if len(parts) > 1 and (context.period is None or context.period.kind != "year"):
        return Period.between(min(p.start or p.end for p in parts), max(p.end for p in parts))
    return period


def _change_period(spot: Spot, grid: Grid, heads: Heads, subject: Subject, context: Context) -> Period | None:
    """The later of the periods that a change lies between."""
    across = list(heads.columns.values()) if spot.column.change else [r for r in heads.rows.values() if r]
    other = spot.rows if spot.column.change else spot.column
    found = [cell_period(other, x, subject.measure, context) for x in across if x.mentions and not x.change]
    return latest([p for p in found if p is not None]) or cell_period(other, Label(), subject.measure, context)
