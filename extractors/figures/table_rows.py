"""What stands before each row of a grid, as labels: what the vocabulary knows, free text, and groups of rows."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from extractors.figures.table_grid import Grid, is_numbering
from extractors.figures.table_labels import NOUN, Label, joined, read_label
from extractors.figures.table_totals import parts_of_total
from extractors.language.table_words import dimension_of_head, plain


def read_rows(
    grid: Grid, heads: dict[int, str], titles: list[str], mend: Callable[[str], str], asked: str
) -> dict[int, Label | None]:
    """A label for each body row: what the vocabulary knows, else free text as printed; groups of rows hand theirs on.

    `heads` is what stands over each column of labels, `titles` what stands over the table, `asked` the dimension that the text above
    asks for; `mend` puts misread labels right. Rows that name a group have no label (None).
    """
    own: dict[int, Label | None] = {}
    free = _free_columns(grid, heads, titles, asked)
    group = Label()
    repeated = _repeated_labels(grid)
    since = grid.heads
    for row in grid.body():
        if _is_group(grid, row) and not _is_blank(grid, row, free):
            group = _group_label(grid, row, repeated)
            own[row] = None
            since = row
            continue
        label = joined(*(_row_label(grid, row, col, heads[col], free, mend) for col in grid.label_columns))
        if label.total and group.text:
            before = [r for r, x in own.items() if x is not None and not x.total]
            choices = [[r for r in before if r > since], before]
            if parts_of_total(grid, row, grid.value_columns, choices) is choices[1] or not choices[0]:
                group = Label()
        own[row] = label
        if group.text:
            own[row] = replace(joined(group, label), total=label.total, text=label.text)
    return _told_apart(with_sums(_others(_with_parts(own))))


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


def with_sums(rows: dict[int, Label | None]) -> dict[int, Label | None]:
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


def _free_columns(grid: Grid, heads: dict[int, str], titles: list[str], asked: str) -> dict[int, str]:
    """For each label column the free-text dimension that its labels fill; columns of known terms are left out."""
    free: dict[int, str] = {}
    for col, head in heads.items():
        name = dimension_of_head(head) or (None if head else _broken_down_by(titles))
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


_ORDERED = re.compile(
    r"(?:root )?(?:cause|reason|theme|category|priority|issue|topic|subject|rank|learning point) \d{1,2} ?[:.–-] (?=\S)"
    r"|^\(?\d{1,2}[.)] (?=[A-Z][a-z])",
    re.I,
)


def _row_label(grid: Grid, row: int, col: int, head: str, free: dict[int, str], mend: Callable[[str], str]) -> Label:
    """The label of one row in one label column."""
    text = _ORDERED.sub("", mend(grid.text(row, col).strip()), count=1)
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
