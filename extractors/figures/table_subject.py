"""What a table as a whole is about, and what one of its cells counts."""

import re
from dataclasses import dataclass, field, replace

from extractors.figures.drafts import Context
from extractors.figures.subjects import GROUP_DIMENSIONS
from extractors.figures.table_heads import Heads
from extractors.figures.table_labels import NOUN, Average, Label, read_label
from extractors.language.table_words import dimension_of_head, plain, says, table_words
from extractors.language.teams import named_team
from extractors.language.terms import find_terms
from schemas.vocabulary import FREE_DIMENSIONS

_STAGED = frozenset({"complaints", "responses_on_time", "response_time"})
_NO_BASE = frozenset({"payments", "savings", "response_time", "responses_on_time"})
_COMPLAINT_DIMS = frozenset({"stage", "regime", "outcome"})
"""Breakdowns that complaints alone have; parents and children may be counted for many reasons."""
_LONGEST_TITLE = 12
_PART_DIMS = (
    *FREE_DIMENSIONS,
    "stage",
    "regime",
    "event",
    "outcome",
    "complainant",
    "source",
    "cohort",
    "investigator",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The measure of a cell, what breaks it down, and whether row or column name the measure themselves."""

    measure: str
    dims: dict[str, str]
    thing: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What holds for all cells of a table that do not say otherwise.

    `on_time` tells that its shares are of answers on time, `paid` that its sums of money were paid out. Plain numbers of a
    table of averages (`average`) are times in `time_unit`.
    """

    measure: str | None
    dims: dict[str, str] = field(default_factory=dict)
    on_time: bool = False
    paid: bool = False
    average: Average = ""
    time_unit: str = ""


def unknown_columns(heads: Heads) -> frozenset[int]:
    """Columns whose heads name things that the vocabulary does not know ("Sessions", "Attendees")."""
    return frozenset(
        col for col, x in heads.columns.items()
        if x.unknown
        and not (x.dims or x.measure or x.mentions or x.unit or x.change or x.average or x.rate or x.nonfigure)
        and not (x.on_time or x.late or x.total)
    )  # fmt: skip


def table_base(heads: Heads, context: Context, around: str) -> Base:
    """The measure and group of a table: from what stands over its labels or over itself, else from the text around it.

    `around` are the words right above the table, its caption and its notes.
    """
    corner, title = heads.corner, heads.title
    labels = [*heads.columns.values(), *(r for r in heads.rows.values() if r is not None)]
    measure = _named(corner) or _named(title)
    if measure is None and any(x.measure == "complaints" and x.strength >= NOUN for x in labels):
        measure = "complaints"
    measure = measure or _around(context) or _only_noun(around)
    if measure is None and _speaks_of_complaints([*labels, corner, title]):
        measure = "complaints"
    if measure is None and (
        any(x.on_time for x in labels) or "stage" in {**context.heading.dims, **context.topic.dims}
    ):
        measure = context.default
    if measure is None and (_breaks_down(heads) or any("complainant" in x.dims for x in labels)):
        measure = context.default
    if (
        measure in _UNSTAGED
        and measure == context.topic.measure
        and len({x.dims.get("stage") for x in labels} - {None}) > 1
    ):
        # "Compliments rose from 117. The stages were:" leads from one thing to another
        measure = context.default
    dims = _inherited(measure, context)
    dims.update({k: v for k, v in {**title.dims, **corner.dims}.items() if k in (*GROUP_DIMENSIONS, "source")})
    for name in ("stage", "regime"):
        if len({x.dims[name] for x in labels if name in x.dims}) > 1:
            # Where the table itself tells the stages apart, what it does not put under one is of all of them.
            dims.pop(name, None)
    if team := named_team(title.text):
        dims["team"] = team
    dims.update(_group_of_total(heads))
    if context.one_procedure:
        dims.pop("regime", None)
    dims.update(_group_of_shares(heads))
    timely = context.topic.timely or context.heading.timely or says(around, table_words().on_time)
    topics = (context.topic, context.heading)
    times = _title_of_averages(around)
    return Base(
        average=times.average,
        time_unit=times.time_unit,
        measure=measure,
        dims=dims,
        on_time=timely or title.on_time or corner.on_time,
        paid=any(t.paid or t.measure == "payments" for t in topics)
        or "payments" in (title.measure, *(x.measure for x in labels)),
    )


def _group_of_total(heads: Heads) -> dict[str, str]:
    """The group of “All Stage 1”, the last row and the one total: the rows that it is the total of are of that group."""
    rows = [r for r in heads.rows.values() if r is not None]
    if len(rows) < 3 or any(r.total for r in rows[:-1]) or not rows[-1].total:
        return {}
    others = [*rows[:-1], *heads.columns.values(), heads.title, heads.corner]
    told = {name for label in others for name in label.dims}
    return {k: v for k, v in rows[-1].dims.items() if k in ("stage", "regime") and not told & {"stage", "regime"}}


_SHARE_OF = re.compile(r"^(?:%|percentage|per cent|share|proportion) of\b")


def _group_of_shares(heads: Heads) -> dict[str, str]:
    """The group of “No. | % of Stage 1”: the numbers beside shares of a group are of that group."""
    groups = {col: {k: v for k, v in x.dims.items() if k in ("stage", "regime")} for col, x in heads.columns.items()}
    shares = [c for c, x in heads.columns.items() if groups[c] and _SHARE_OF.match(plain(x.text))]
    beside = [x for c, x in heads.columns.items() if c not in shares and not x.covered or x.unit == "count"]
    alone = len(shares) == 1 and all(not group for c, group in groups.items() if c not in shares)
    return groups[shares[0]] if alone and beside else {}


_UNSTAGED = frozenset(
    ("compliments", "comments", "enquiries", "ombudsman_cases", "payments", "subject_access_requests")
)


def _title_of_averages(around: str) -> Label:
    """What stands over a table of times ("Average time to respond, in working days"); nothing for sentences."""
    text = around.strip()
    if len(text.split()) > _LONGEST_TITLE or re.search(r"\d|[.;]$", text):
        return Label()
    label = read_label(text)
    return label if label.average and label.time_unit else Label()


def run_base(base: Base, labels: list[Label], default: str | None) -> Base:
    """The base of a row of labels with their values: outcomes and stages side by side are of complaints.

    Answers on time are about what the paper is about (`default`).
    """
    if base.measure is None and default is not None and any(x.on_time or x.average for x in labels):
        return replace(base, measure=default)
    if base.measure is None and _speaks_of_complaints(labels):
        return replace(base, measure="complaints")
    return base


def _only_noun(text: str) -> str | None:
    """The one measure that a text names; None where it names several."""
    codes = {t.code for t in find_terms(text) if t.type == "measure" and t.kind in ("noun", "body")}
    if codes == {"complaints", "ombudsman_cases"}:
        return "ombudsman_cases"
    return codes.pop() if len(codes) == 1 and not codes & _NO_BASE else None


def _named(label: Label) -> str | None:
    return label.measure if label.measure and label.strength >= NOUN else None


def _around(context: Context) -> str | None:
    """The measure of the heading, unless the sentence before the table speaks of another and the heading only of complaints."""
    heading, topic = context.heading.measure, context.topic.measure
    if topic in _NO_BASE:
        topic = None
    if topic == "initial_feedback":
        topic = context.default  # concerns put right informally are told in passing, and not broken down
    if heading in _NO_BASE:
        heading = None
    if heading not in (None, "complaints"):
        return heading
    return topic or heading


def _inherited(measure: str | None, context: Context) -> dict[str, str]:
    dims: dict[str, str] = {}
    for topic, names in ((context.heading, GROUP_DIMENSIONS), (context.topic, ("stage", "regime", "team"))):
        if measure in _STAGED or measure is None or measure == topic.measure:
            dims.update({k: v for k, v in topic.dims.items() if k in names})
    return dims


def _breaks_down(heads: Heads) -> bool:
    """Whether the table counts something by theme, team or the like under plain heads ("Theme | Number | %"): what the paper is about."""
    plain_heads = all(
        not x.nonfigure and (x.mentions or x.unit in ("count", "percent", "both") or x.total or x.change)
        and not x.dims and (x.covered or x.change or len(x.text.split()) <= 2)
        for x in heads.columns.values()
    )  # fmt: skip
    return plain_heads and dimension_of_head(heads.corner.text) not in (None, "role") and bool(heads.rows)


def _speaks_of_complaints(labels: list[Label]) -> bool:
    return any(_COMPLAINT_DIMS & x.dims.keys() for x in labels) and not any(x.nonfigure for x in labels)


def cell_subject(row: Label, column: Label, base: Base) -> Subject | None:
    """What the cell where `row` and `column` meet counts; None when nothing says it."""
    named = max((row, column), key=lambda x: x.strength)
    if base.measure in ("payments", "savings") and named.measure in (None, "ombudsman_cases", "complaints"):
        dims = {**column.dims, **row.dims, **({"category": named.thing} if named.strength >= NOUN else {})}
        return Subject(measure=base.measure, dims=fitting("complaints", dims), own=True)
    measure, own = (named.measure, True) if named.strength >= NOUN else (None, False)
    own_dims = {**column.dims, **row.dims}
    if measure is None and _COMPLAINT_DIMS & own_dims.keys():
        measure = base.measure if base.measure in (*_STAGED, "ombudsman_cases") else "complaints"
    if measure is None:
        measure = base.measure or named.measure
    if not measure:
        return None
    thing = named.thing if own else ""
    dims = {**(base.dims if _keeps_group(measure, base) else {}), **own_dims}
    return Subject(measure=measure, dims=fitting(measure, dims), thing=thing, own=own)


def _keeps_group(measure: str, base: Base) -> bool:
    return measure in _STAGED or measure == base.measure


def fitting(measure: str, dims: dict[str, str]) -> dict[str, str]:
    """`dims` without those that the measure cannot have or that another makes idle."""
    kept = {k: v for k, v in dims.items() if v and k in _PART_DIMS}
    if measure not in _STAGED:
        for name in ("stage", "complainant"):
            kept.pop(name, None)
    if measure not in ("enquiries", "responses_on_time"):
        kept.pop("source", None)
    if measure in ("compliments", "comments", "referrals", "assessments", "payments", "savings"):
        for name in ("regime", "outcome", "event", "cohort"):
            kept.pop(name, None)
    if measure == "children_supported":
        kept.pop("event", None)
    if "stage" in kept and kept.get("event") in ("escalated", "investigated"):
        kept.pop("event")
    if "outcome" in kept and kept.get("event") in ("closed", "completed", "decided", "investigated"):
        kept.pop("event")
    return kept
