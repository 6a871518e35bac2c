"""What stands over each column and before each row of a grid, as labels."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors.figures.table_grid import Grid, is_numbering
from extractors.figures.table_labels import NOUN, Label, joined, read_label
from extractors.figures.table_leaning import (
    dated_by_title,
    leaning,
    paired,
    with_fitting_shares,
    with_named_columns,
    with_short_outcomes,
)
from extractors.figures.table_split import split_heads
from extractors.figures.table_totals import parts_of_total, with_summed_columns, with_summed_rows
from extractors.language.numbers import Number
from extractors.language.table_words import dimension_of_head, mended, plain
from extractors.language.terms import find_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The labels of a grid: of every value column, of every body row, and of the table as a whole.

    `corner` is what stands over the row labels. Rows that name a group of rows have no label of their own (None).
    """

    columns: dict[int, Label]
    rows: dict[int, Label | None]
    corner: Label
    title: Label


def read_heads(grid: Grid, *, damaged: bool = False, asked: str = "") -> Heads:
    """All labels of `grid`; `asked` is the dimension that the text above it asks for (“Which teams?”)."""
    title = joined(*(read_label(t) for t in _titles(grid)))
    corner_text = " ".join(_label_head(grid, col) for col in grid.label_columns)
    corner = _corner(corner_text)
    columns = {col: _signed_column(label, _column_numbers(grid, col)) for col, label in _columns(grid).items()}
    rows = _rows(grid, mended if damaged else str, asked)
    dated = sum(label is not None and bool(label.mentions) for label in rows.values())
    if dated >= 2:
        rows = {row: label and _signed_row(label, _row_numbers(grid, row)) for row, label in rows.items()}
    rows = with_summed_rows(grid, rows, columns)
    columns = with_named_columns(with_summed_columns(grid, columns, rows), rows)
    columns = with_fitting_shares(grid, columns, rows)
    if dated == 0:
        columns = dated_by_title(columns, title)
    return Heads(columns=columns, rows=rows, corner=corner, title=title)


def undated_twins(heads: Heads) -> set[int]:
    """Columns that nothing tells apart: their heads are the same and name no period. The heads over them were lost."""
    texts = {col: x.text.casefold() for col, x in heads.columns.items() if x.text and not x.mentions and not x.change}
    return {col for col, text in texts.items() if list(texts.values()).count(text) > 1}


def _column_numbers(grid: Grid, col: int) -> list[Number]:
    values = [grid.value(row, col) for row in grid.body()]
    return [p.number for v in values if v is not None for p in v.parts]


def _row_numbers(grid: Grid, row: int) -> list[Number]:
    values = [grid.value(row, col) for col in grid.value_columns]
    return [p.number for v in values if v is not None for p in v.parts]


def _all_signed(numbers: list[Number]) -> bool:
    return sum(n.signed for n in numbers) >= 2 and all(n.signed or not n.value for n in numbers)


def _signed_column(label: Label, numbers: list[Number]) -> Label:
    """A column whose numbers carry signs holds differences, whatever its head says."""
    differs = _all_signed(numbers) and not label.measure and not label.dims
    return replace(label, change=True) if differs else label


def _signed_row(label: Label, numbers: list[Number]) -> Label:
    """A row of signed numbers among rows of periods ("DI | +8 | -5") holds the differences between them."""
    differs = _all_signed(numbers) and not label.measure and not label.mentions
    return Label(text=label.text, change=True) if differs else label


def _titles(grid: Grid) -> list[str]:
    """Captions, and head rows of one cell over the whole width that come first."""
    titles = [grid.table.caption.text] if grid.table.caption is not None else []
    for row in range(grid.heads):
        cell = grid.cell(row, grid.first)
        alone = not any(grid.text(row, col) for col in range(grid.first + 1, grid.end))
        over = row + 1 < grid.heads and bool(grid.text(row + 1, grid.first))
        if cell is None or grid.end - grid.first < 2:
            break
        if cell.colspan < grid.end - grid.first and not (alone and over and cell.text.text):
            break
        if split_heads(cell.text.text.split(), len(grid.value_columns)) is None:
            titles.append(cell.text.text)
    return titles


def _corner(text: str) -> Label:
    """The head of the label column; one that names a dimension ("Complaint type") counts for its noun only."""
    label = read_label(text)
    bodies = label.nonfigure if label.nonfigure == "other_body" else None
    return replace(label, dims={} if dimension_of_head(text) else label.dims, total=False, nonfigure=bodies)


def _column_text(grid: Grid, col: int) -> str:
    texts: list[str] = []
    for row in range(grid.heads):
        cell = grid.cell(row, col)
        if cell is not None and cell.row == row and cell.colspan < max(2, grid.table.cols) and cell.text.text:
            texts.append(cell.text.text)
    return " ".join(texts)


def _columns(grid: Grid) -> dict[int, Label]:
    texts = {col: _column_text(grid, col) for col in grid.value_columns}
    if not any(texts.values()):
        texts = dict(zip(grid.value_columns, _from_one_line(grid)[1:], strict=False)) or texts
    for row in range(1, grid.heads):
        cell = grid.cell(row, grid.first)
        if cell is not None and cell.row == row and cell.colspan >= grid.table.cols > 1 and any(texts.values()):
            texts = _continued(texts, cell.text.text)
    texts = _years_in_full(texts)
    read: dict[int, Label | None] = {col: read_label(text) for col, text in texts.items()}
    columns = {col: label for col, label in _with_sums(read).items() if label is not None}
    return leaning(paired(with_short_outcomes(columns)))


def _label_head(grid: Grid, col: int) -> str:
    """What stands over a column of row labels."""
    text = _column_text(grid, col)
    if text or col != grid.first or any(_column_text(grid, c) for c in grid.value_columns):
        return text
    return next(iter(_from_one_line(grid)), "")


def _from_one_line(grid: Grid) -> tuple[str, ...]:
    """Heads of a table whose head row is one line that was not told apart ("Service 2013-14 2014-15 Change"), the row labels' first."""
    for row in range(grid.heads - 1, -1, -1):
        words = grid.text(row, grid.first).split()
        found = split_heads(words, len(grid.value_columns)) if len(words) <= _LONGEST_LINE else None
        if found is not None:
            own = len(words) - sum(len(head.split()) for head in found)
            return (" ".join(words[:own]), *found)
    return ()


_LONGEST_LINE = 40
"""Words of the longest line that may hold heads; a longer one is text."""


def _continued(texts: dict[int, str], line: str) -> dict[int, str]:
    """Heads with the words of `line`, a last line of them that was not told apart into columns.

    A head takes words of the line, in order, where they complete a term that it begins ("Alternative Dispute" and "Resolution")
    or say of what it is a percentage ("% of complaints" and "upheld").
    """
    words = line.split()
    if len(words) > _LONGEST_LINE:
        return texts
    out = dict(texts)
    at = 0
    for col, text in texts.items():
        label = read_label(text)
        for start in range(at, len(words)):
            taken = _completes(text, label, words, start)
            if taken:
                out[col] = " ".join([text, *words[start : start + taken]])
                at = start + taken
                break
    return out


def _completes(text: str, label: Label, words: list[str], start: int) -> int:
    """How many words from `start` on go with the head `text`, which reads as `label`; 0 for none."""
    for count in range(1, min(4, len(words) - start) + 1):
        tail = " ".join(words[start : start + count])
        whole = f"{text} {tail}"
        if any(
            t.start < len(text) < t.end for t in find_terms(whole) if t.type == "measure" and t.kind in ("noun", "body")
        ):
            return count
        open_share = label.unit == "percent" and not label.on_time and not (label.dims.keys() & {"outcome", "event"})
        if open_share and count == 1 and "outcome" in read_label(tail).dims:
            return count
    return 0


def _rows(grid: Grid, mend: Callable[[str], str], asked: str) -> dict[int, Label | None]:
    """A label for each body row: what the vocabulary knows, else free text as printed; groups of rows hand theirs on."""
    own: dict[int, Label | None] = {}
    free = _free_columns(grid, asked)
    group = Label()
    repeated = _repeated_labels(grid)
    since = grid.heads
    for row in grid.body():
        if _is_group(grid, row) and not _is_blank(grid, row, free):
            group = _group_label(grid, row, repeated)
            own[row] = None
            since = row
            continue
        label = joined(*(_row_label(grid, row, col, free, mend) for col in grid.label_columns))
        if label.total and group.text:
            before = [r for r, x in own.items() if x is not None and not x.total]
            choices = [[r for r in before if r > since], before]
            if parts_of_total(grid, row, grid.value_columns, choices) is choices[1] or not choices[0]:
                group = Label()
        own[row] = label
        if group.text:
            own[row] = replace(joined(group, label), total=label.total, text=label.text)
    return _told_apart(_with_sums(_others(_with_parts(own))))


_OF_WHICH = re.compile(r"\W*(?:of which|of these|of whom|of those|thereof)\b", re.I)


def _with_parts(rows: dict[int, Label | None]) -> dict[int, Label | None]:
    """A row "of which upheld" counts what the row that it follows does."""
    out: dict[int, Label | None] = {}
    whole: Label | None = None
    for row, label in rows.items():
        out[row] = label
        if label is None:
            whole = None
        elif not _OF_WHICH.match(label.text):
            whole = label
        elif whole is not None and whole.strength >= NOUN and label.strength < NOUN:
            out[row] = replace(label, measure=whole.measure, strength=whole.strength, dims={**whole.dims, **label.dims})
    return out


def _others(rows: dict[int, Label | None]) -> dict[int, Label | None]:
    """“Other” is another complainant only among complainants; else it is what its row says."""
    if any(x is not None and x.dims.get("complainant", "other") != "other" for x in rows.values()):
        return rows
    return {
        r: replace(x, dims={**{k: v for k, v in x.dims.items() if k != "complainant"}, "category": x.text})
        if x is not None and "complainant" in x.dims else x
        for r, x in rows.items()
    }  # fmt: skip


_BAND = re.compile(r"(?:between )?\d+ ?(?:to|-|–|and) ?\d+ (?:working |calendar )?(?:days|weeks)")


def _told_apart(rows: dict[int, Label | None]) -> dict[int, Label | None]:
    """Rows of several time limits ("Within 10 days", "Within 20 days") keep their words, which alone tell them apart."""
    limits = {
        row
        for row, x in rows.items()
        if x is not None
        and (x.on_time or x.late)
        and re.search(r"\d+\s(?:working\s|calendar\s)?(?:days?|weeks?)\b", x.text, re.I)
    }
    alike = Counter(frozenset(x.dims.items()) for r, x in rows.items() if x is not None and r in limits)
    # Beside "11 to 20 working days", "Up to 10 working days" is a band like it and no answer within a time limit.
    bands = any(x is not None and _BAND.fullmatch(plain(x.text)) for x in rows.values())
    return {
        r: replace(x, dims={**x.dims, "category": x.text})
        if x is not None and r in limits and (bands or alike[frozenset(x.dims.items())] > 1)
        else x
        for r, x in rows.items()
    }


_REPRESENTATIONS = frozenset(
    {
        "complaints",
        "compliments",
        "comments",
        "enquiries",
        "initial_feedback",
        "representations",
        "subject_access_requests",
    }
)


def _with_sums(rows: dict[int, Label | None]) -> dict[int, Label | None]:
    """A total of complaints and compliments and the like is of representations."""
    out: dict[int, Label | None] = {}
    kinds: set[str] = set()
    for row, label in rows.items():
        out[row] = label
        if label is None:
            continue
        if label.total and label.strength < NOUN and len(kinds) > 1 and kinds <= _REPRESENTATIONS:
            out[row] = replace(label, measure="representations", strength=NOUN)
        elif label.measure and label.strength >= NOUN:
            kinds.add(label.measure)
        elif not label.total:
            kinds.add("")
    return out


def _is_group(grid: Grid, row: int) -> bool:
    """Whether a row has a label and no values at all."""
    if not grid.labels:
        return False
    cells = {i for col in range(grid.first, grid.end) if (i := grid.at.get((row, col))) is not None}
    filled = [i for i in cells if grid.table.cells[i].text.text.strip()]
    if len(filled) != 1:
        return False
    cell = grid.table.cells[filled[0]]
    return cell.col in grid.label_columns and grid.values[filled[0]].kind == "words"


def _is_blank(grid: Grid, row: int, free: dict[int, str]) -> bool:
    """Whether a row without values is one of free text like the others, its cells left empty, and names no group."""
    if "team" not in free.values() and "service" not in free.values() or row + 1 >= grid.table.rows:
        return False
    label = read_label(grid.text(row, grid.first))
    return (
        grid.table.method == "ruled"
        and not label.covered
        and len(grid.value_columns) > 1
        and not _repeated_labels(grid)
    )


def _group_label(grid: Grid, row: int, repeated: bool) -> Label:
    text = grid.text(row, grid.first)
    label = read_label(text)
    if label.covered:
        return replace(label, total=False)
    known = replace(label, dims={k: v for k, v in label.dims.items() if k in ("stage", "regime", "outcome", "event")})
    if repeated:
        return replace(known, dims={**known.dims, "service": text.strip()})
    return known


def _repeated_labels(grid: Grid) -> bool:
    """Whether a row label comes again under another group, so that only the group tells the rows apart."""
    labels = Counter(plain(grid.text(row, grid.first)) for row in grid.body())
    return any(n > 1 and label and not read_label(label).total for label, n in labels.items())


def _free_columns(grid: Grid, asked: str) -> dict[int, str]:
    """For each label column the free-text dimension that its labels fill; columns of known terms are left out."""
    free: dict[int, str] = {}
    for col in grid.label_columns:
        head = _label_head(grid, col)
        name = dimension_of_head(head) or (None if head else _broken_down_by(_titles(grid)))
        if name in ("team", "service", "age", "ethnicity", "role"):
            free[col] = name
        elif not _mostly_known(grid, col, head):
            free[col] = name or asked or "category"
    return free


def _broken_down_by(titles: list[str]) -> str | None:
    """The dimension that a title names behind "by" ("Complaints received by team, 2014/15")."""
    for title in titles:
        for m in re.finditer(r"\bby ((?:[a-z'-]+ ){0,2}[a-z'-]+)", plain(title)):
            words = m[1].split()
            for end in range(len(words), 0, -1):
                if name := dimension_of_head(" ".join(words[:end])):
                    return name
    return None


def _mostly_known(grid: Grid, col: int, head: str) -> bool:
    labels = [
        read_label(grid.text(row, col), head)
        for row in grid.body()
        if grid.text(row, col).strip() and (cell := grid.cell(row, col)) is not None and cell.row == row
    ]
    counted = [x for x in labels if not x.total or x.mentions]
    return 2 * sum(x.strong for x in counted) >= len(counted) > 0


_SHORT_YEAR = re.compile(r"(\d\d)\s?[-–/]\s?(\d\d)")


def _years_in_full(heads: dict[int, str]) -> dict[int, str]:
    """Heads of which two or more are years in short ("05-06", "06-07"), with these in full: alone they might be ages or scores."""
    short = {col: m for col, text in heads.items() if (m := _SHORT_YEAR.fullmatch(text.strip())) is not None}
    follow = all(int(m[2]) == (int(m[1]) + 1) % 100 for m in short.values())
    latest = max((int(m[1]) for m in short.values()), default=100)
    if len(short) < 2 or not follow or latest > _LATEST:
        return heads
    return heads | {col: f"20{m[1]}-{m[2]}" for col, m in short.items()}


_LATEST = 40
"""Above it two digits are no year of this century's reports."""
_ORDERED = re.compile(
    r"(?:root )?(?:cause|reason|theme|category|priority|issue|topic|subject|rank|learning point) \d{1,2} ?[:.–-] (?=\S)"
    r"|^\(?\d{1,2}[.)] (?=[A-Z][a-z])",
    re.I,
)


def _row_label(grid: Grid, row: int, col: int, free: dict[int, str], mend: Callable[[str], str]) -> Label:
    """The label of one row in one label column."""
    text = _ORDERED.sub("", mend(grid.text(row, col).strip()), count=1)
    head = _label_head(grid, col)
    if not text.strip(" :;.-–—*") or is_numbering(grid, col):
        return Label()
    label = read_label(text, head)
    if label.total:
        return label
    if label.change and not label.unknown and not label.measure:
        return Label(text=text, change=True, falls=label.falls, unit=label.unit)
    if col in free and not (dimension_of_head(head) is None and _names_itself(label)):
        return _as_printed(text, free[col], label)
    if not label.covered and (
        not label.dims and label.strength < NOUN and not label.on_time and not label.late and not label.average
    ):
        return _as_printed(text, dimension_of_head(head) or "category", label)
    if "category" in label.dims:
        return replace(label, dims={**label.dims, "category": text})
    return label


_PLAIN_MEASURES = frozenset(
    {"complaints", "compliments", "comments", "enquiries", "representations", "ombudsman_cases", "payments"}
)


def _names_itself(label: Label) -> bool:
    """Whether a label among others of free text still says what it counts ("Number of Stage 2 complaints")."""
    return "stage" in label.dims or label.on_time or (label.measure in _PLAIN_MEASURES and label.strength >= NOUN)


def _as_printed(text: str, name: str, label: Label) -> Label:
    """Free text: nothing but a value of the dimension `name`, and the sort of number that the row holds."""
    return Label(
        text=text,
        dims={name: text.rstrip(" :*†.…")},
        change=label.change and label.covered,
        nonfigure="other_body" if label.nonfigure == "other_body" else None,
    )
