"""Heads that say only part of what they mean: the column before them says the rest."""

from dataclasses import replace
from decimal import Decimal

from extractors.figures.table_grid import Grid
from extractors.figures.table_labels import Label
from extractors.language.numbers import Number
from extractors.language.table_words import plain, table_words


def paired(columns: dict[int, Label]) -> dict[int, Label]:
    """A bare "%" says again what the column before it counts: "In time | %", "Upheld | % | Not upheld | %"."""
    bare = [c for c, x in columns.items() if plain(x.text) in table_words().percent]
    out = dict(columns)
    for col in bare:
        before = columns.get(col - 1)
        if before is None or before.unit in ("percent", "both") or before.change or before.total:
            continue
        if len(bare) > 1 or before.on_time or before.late or before.dims.keys() & {"outcome", "event"}:
            out[col] = replace(before, text=columns[col].text, unit="percent")
    return out


def with_fitting_shares(grid: Grid, columns: dict[int, Label], rows: dict[int, Label | None]) -> dict[int, Label]:
    """The columns, a "Share" or "% of total" being of what the one column of numbers counts whose parts of its sum it gives.

    Believed for three rows or more, where every share is right to its last digit and no other column fits.
    """
    out = dict(columns)
    for col, label in columns.items():
        shares = _parts(grid, col, rows)
        bare = (
            not label.dims and not label.mentions and not (label.change or label.on_time or label.late or label.average)
        )
        if not bare or not shares or any(n.unit != "percent" for n in shares.values()):
            continue
        fitting = [
            c for c, other in columns.items() if c != col and not other.change and _gives(shares, _parts(grid, c, rows))
        ]
        if len(fitting) == 1:
            base = columns[fitting[0]]
            out[col] = replace(label, measure=label.measure or base.measure, dims=base.dims, mentions=base.mentions)
    return out


def _parts(grid: Grid, col: int, rows: dict[int, Label | None]) -> dict[int, Number]:
    """The first number of each cell of a column but those of totals, by row."""
    cells = {row: grid.value(row, col) for row, label in rows.items() if label is not None and not label.total}
    return {row: cell.parts[0].number for row, cell in cells.items() if cell is not None and cell.parts}


def _gives(shares: dict[int, Number], counts: dict[int, Number]) -> bool:
    """Whether the shares are those that counts have in their sum."""
    values = {row: n.value for row, n in counts.items() if n.unit == "" and n.value is not None}
    whole = sum(values.values())
    if len(shares) < 3 or not whole or values.keys() != shares.keys():
        return False
    return all(
        n.value is not None and abs(values[row] * 100 / whole - n.value) <= Decimal(6) / 10 ** (n.decimals + 1)
        for row, n in shares.items()
    )


_PARTLY = frozenset(("partly", "partially", "part", "in part"))
_OPEN = frozenset(("open", "still open", "pending", "in progress"))


def with_short_outcomes(columns: dict[int, Label]) -> dict[int, Label]:
    """Heads that are short for an outcome beside outcomes in full: "Upheld | Partly | Not upheld | Open"."""
    if "upheld" not in {x.dims.get("outcome") for x in columns.values()}:
        return columns
    out = dict(columns)
    for col, label in columns.items():
        short = plain(label.text)
        if short in _PARTLY:
            out[col] = replace(label, dims={"outcome": "partly_upheld"}, covered=True, strong=True, unknown=False)
        elif short in _OPEN:
            out[col] = replace(label, dims={"event": "ongoing"}, covered=True, strong=True, unknown=False)
    return out


def leaning(columns: dict[int, Label]) -> dict[int, Label]:
    """Columns that say how a group fared ("On time", "% upheld") under the group of the column before ("Stage 1 closed").

    Of several groups side by side each must have such a column; one at the end is of all of them.
    """
    order = [columns[col] for col in sorted(columns)]
    grouped = [n for n, x in enumerate(order) if "stage" in x.dims or "regime" in x.dims]
    if any(n + 1 == len(order) or not _leans(order[n + 1]) for n in grouped):
        return columns
    out: dict[int, Label] = {}
    group: dict[str, str] = {}
    for col, label in columns.items():
        if "stage" in label.dims or "regime" in label.dims:
            group = {k: v for k, v in label.dims.items() if k in ("stage", "regime")}
        elif _leans(label):
            label = replace(label, dims={**group, **label.dims})
        else:
            group = {}
        out[col] = label
    return out


def _leans(label: Label) -> bool:
    fares = label.on_time or label.late or bool(label.average) or label.unit == "percent"
    return fares and not label.measure and not label.mentions and "stage" not in label.dims


def with_named_columns(columns: dict[int, Label], rows: dict[int, Label | None]) -> dict[int, Label]:
    """Heads of free text as values of a dimension: several teams or themes side by side, over rows that are known or before a total.

    Other heads of free text stay unknown: "Sessions" and "Attendees" are not the complaints of anybody.
    """
    free = {
        c
        for c, x in columns.items()
        if x.unknown
        and not (x.dims or x.measure or x.mentions or x.unit or x.change or x.average or x.rate or x.nonfigure)
        and not (x.on_time or x.late or x.total)
    }
    known = all(r.covered or r.total or not r.text for r in rows.values() if r is not None)
    totalled = any(x.total for x in columns.values())
    if len(free) < 2 or not (known or totalled):
        return columns
    # A cohort among other names is a team that bears its name: “Front door | Children in care | Disability service | All”.
    free |= {c for c, x in columns.items() if x.dims.keys() == {"cohort"} and not (x.measure or x.unit or x.mentions)}
    name = "service" if any("category" in r.dims for r in rows.values() if r is not None) else "category"
    return {c: replace(x, dims={name: x.text}, unknown=False) if c in free else x for c, x in columns.items()}


def dated_by_title(columns: dict[int, Label], title: Label) -> dict[int, Label]:
    """The columns, where their heads come again for each of the years that the title names and no head names one.

    “Complaints by team, 2013/14 and 2014/15” over “No. | % | No. | % | Change”.
    """
    years = title.mentions
    plain = [col for col, label in sorted(columns.items()) if not label.change]
    if len(years) < 2 or len(plain) % len(years) or any(x.mentions or x.total for x in columns.values()):
        return columns
    width = len(plain) // len(years)
    texts = [columns[col].text.casefold() for col in plain]
    if not width or not all(texts) or any(text != texts[at % width] for at, text in enumerate(texts)):
        return columns
    dated = {col: replace(columns[col], mentions=(years[at // width],)) for at, col in enumerate(plain)}
    return {**columns, **dated}
