"""Relations that no sentence states, but that follow from what the figures of one document are.

They are few and cautious: a slip of the reader must not become a mistake of the report.
"""

import hashlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from pipeline.reconcile.conflicts import conflicts
from pipeline.reconcile.observations import Index, is_reliable, names, observation, undisputed
from pipeline.reconcile.stage_sums import source_sums, stage_sums
from pipeline.reconcile.wholes import as_relation, shares
from schemas.figures import Figure
from schemas.relations import Relation, RelationKind

_PREFIX = "implied-"


def implied_relations(
    figures: Sequence[Figure], stated_relations: Sequence[Relation], index: Index, proved: Set[str]
) -> Iterator[Relation]:
    """Changes between an observation and that of the year before, observations that are stated twice, and sums of all kinds.

    `proved` are the figures that the stated relations prove.
    """
    explained = {
        figure_id
        for r in stated_relations
        for figure_id, role in zip(r.figure_ids, r.roles, strict=True)
        if role in ("percent", "difference")
    }
    for figure in figures:
        if figure.figure_id not in explained:
            yield from _change_of(figure, index)
        yield from _all_kinds(figure, index)
    for share in shares(figures, stated_relations, index):
        relation = as_relation(share)
        by_role = [f for f in (share.part, share.whole, share.percent) if f is not None]
        evidence = f"{share.whole.evidence.snippet} … {share.percent.evidence.snippet}" if share.tied else ""
        yield _relation("share", by_role, relation.roles, evidence)
    for members, complete, evidence in (*stage_sums(index, proved), *source_sums(index)):
        roles = ("whole", *("part" for _ in members[1:]))
        yield replace(_relation("sum", members, roles, evidence), complete=complete)
    for conflict in conflicts(index, stated_relations, proved):
        one, other = conflict.one, conflict.other
        yield _relation("equal", (one, other), ("same", "same"), f"{one.evidence.snippet} … {other.evidence.snippet}")


def _change_of(figure: Figure, index: Index) -> Iterator[Relation]:
    """“Up 7%” or “15 more” of an observation whose own value and last year's both stand, undisputed, in the document."""
    if not is_reliable(figure) or figure.period is None:
        return
    if figure.statistic == "percent_change":
        kind: RelationKind = "percent_change"
        role = "percent"
    elif figure.statistic == "change" and figure.unit in ("count", "percentage_points"):
        kind, role = "change", "difference"
    else:
        return
    level = replace(figure, statistic="count", unit="count")
    if figure.unit == "percentage_points":
        level = replace(figure, statistic="percent_of", unit="percent")
    current = undisputed(index.get(observation(level, figure.period), ()))
    prior = undisputed(index.get(observation(level, figure.period.previous()), ()))
    change = undisputed(index.get(observation(figure, figure.period), ()))
    if current and prior and change:
        near = names(figure, current) or names(figure, prior)
        yield _relation(
            kind, (current, prior, figure), ("current", "prior", role), figure.evidence.snippet if near else ""
        )


def speaks_against(relation: Relation) -> bool:
    """Whether it tells of a mistake if the relation fails.

    A relation across distant places may fail because they speak of different groups ("complaints were 8% fewer" of one service,
    "from 61 to 78" of another). That it holds, with power, is no accident even so.
    """
    return bool(relation.evidence) or not is_inferred(relation)


def is_inferred(relation: Relation) -> bool:
    """Whether no sentence or table of a document states the relation."""
    return relation.relation_id.startswith(_PREFIX)


# The kinds of contact that “representations” counts together, and how each is broken down where no total is given.
_KINDS = (
    ("complaints", "stage", ("1", "2", "3")),
    ("compliments", "", ()),
    ("comments", "", ()),
    ("initial_feedback", "", ()),
    ("enquiries", "source", ("member", "mp", "mep")),
)
_FEWEST_KINDS = 3


def _all_kinds(figure: Figure, index: Index) -> Iterator[Relation]:
    """“91 representations” of a document that counts each kind apart. It may leave some out: the sum proves, and never speaks against."""
    if figure.measure != "representations" or figure.dims or not is_reliable(figure) or figure.period is None:
        return
    parts: list[list[Figure]] = []
    for measure, dimension, values in _KINDS:
        kind = observation(replace(figure, measure=measure), figure.period)
        # a part that was not told apart from its whole is the smaller
        levels = [f for f in index.get(kind, ()) if is_reliable(f) and f.qualifier == "exact"]
        total = max(levels, key=lambda f: f.value or 0, default=None)
        apart = [undisputed(index.get(replace(kind, dims=((dimension, value),)), ())) for value in values]
        broken_down = [f for f in apart if f is not None]
        # less than its own parts, it is no total
        whole = total is not None and (total.value or 0) >= sum(f.value or 0 for f in broken_down)
        parts.append([total] if whole and total is not None else broken_down)
    if sum(map(bool, parts)) >= _FEWEST_KINDS:
        members = [f for of_kind in parts for f in of_kind]
        yield _relation("sum", (figure, *members), ("whole", *("part" for _ in members)), "")


def _relation(kind: RelationKind, figures: Sequence[Figure], roles: tuple[str, ...], evidence: str) -> Relation:
    ids = tuple(f.figure_id for f in figures)
    digest = hashlib.sha256(f"{kind}|{'|'.join(ids)}".encode()).hexdigest()[:16]
    return Relation(relation_id=_PREFIX + digest, kind=kind, figure_ids=ids, roles=roles, evidence=evidence)
