"""Relations vote on what a number is about: a reading under which the arithmetic holds is likelier to be right.

A report that received 83 Stage 1 complaints and goes on “57 were from parents, 12 from young people, …” means Stage 1 complaints
where the parts add up to the 83; and “62% (5) of complaints” means the 8 Stage 1 complaints of which 5 is 62%, and no other
whole. Groups are taken over only from a total that fits, and only where no plainer total fits as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.figures.drafts import Draft
from schemas.periods import Period

GROUP = ("stage", "regime", "service", "cohort")
_NO_CHANCE = 30


def vote(groups: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """`groups` are drafts read together (a sentence, a table), in reading order; the same groups with dims completed."""
    totals = [_totals(group) for group in groups]
    completed: list[list[Draft]] = []
    for i, group in enumerate(groups):
        elsewhere = [t for j, found in enumerate(totals) if j != i for t in found]
        completed.append(_completed(list(group), totals[i], elsewhere))
    counts: list[Draft] = []
    for i, drafts in enumerate(completed):
        completed[i] = _under_definite(drafts, counts)
        counts += [d for d in completed[i] if d.statistic == "count" and not d.definite]
    return completed


def _under_definite(group: list[Draft], counts: list[Draft]) -> list[Draft]:
    """“18 of the 26 were looked after”: the 26 counted before says which complaints these are."""
    wholes = {d.sentence: d for d in group if d.definite and d.value is not None and d.value > 5}
    return [_part_of(d, wholes[d.sentence], [*counts, *group]) if d.sentence in wholes else d for d in group]


def _part_of(draft: Draft, whole: Draft, counts: list[Draft]) -> Draft:
    if (
        draft.definite
        or draft.measure not in (whole.measure, "responses_on_time")
        or draft.statistic not in ("count", "percent_of")
    ):
        return draft
    meant = [
        c
        for c in counts
        if c.value == whole.value and c.measure == whole.measure and c.period == whole.period and not c.definite
    ]
    if not meant or not _extends(meant[-1].dims, {**meant[-1].dims, **whole.dims}):
        return draft
    group = {k: v for k, v in meant[-1].dims.items() if k not in ("event", "outcome", "category")}
    return replace(draft, dims={**group, **draft.dims})


def _totals(drafts: Iterable[Draft]) -> list[Draft]:
    """Counts broken down by nothing, or by the group only."""
    return [d for d in drafts if d.statistic == "count" and d.value and not d.definite and set(d.dims) <= set(GROUP)]


def _completed(group: list[Draft], own: list[Draft], elsewhere: list[Draft]) -> list[Draft]:
    for key, members in _siblings(group).items():
        whole = sum((m.value for m in members if m.value is not None), Decimal(0))
        grouped = [t for t in own if t.dims] + elsewhere
        adopted = _only_fit(members[0], [t for t in grouped if t.value == whole]) if len(members) > 2 else None
        alike = _columns_alike(key, members, _siblings(group)) if adopted is not None else {}
        # where a plain total fits as well, the total under another column may be the plain one of its year
        plain = any(not t.dims and (t.value, t.measure, t.period) == (whole, *_about(members[0])) for t in elsewhere)
        totals = [*own, *elsewhere] if plain else elsewhere
        if adopted is not None and not _told_otherwise(adopted, alike, totals):
            group = [
                _under(d, adopted) if _is_one_of(d, alike) or _is_their_total(d, adopted, alike) else d for d in group
            ]
    return [_by_share(d, group, [*own, *elsewhere]) for d in group]


def _about(draft: Draft) -> tuple[str, Period | None]:
    return draft.measure, draft.period


def _columns_alike(key: str, members: list[Draft], siblings: dict[str, list[Draft]]) -> dict[str, list[Draft]]:
    """The parts of `key`, and those of other periods with the same labels: the columns of one table count one group."""
    labels = {tuple(m.dims.values()) for m in members}
    stem = key.rpartition("|")[0]
    return {
        k: parts
        for k, parts in siblings.items()
        if k == key
        or (k.rpartition("|")[0] == stem and len(labels & {tuple(p.dims.values()) for p in parts}) > len(labels) / 2)
    }


def _told_otherwise(adopted: Draft, alike: dict[str, list[Draft]], totals: list[Draft]) -> bool:
    """Whether another column makes up the plain total of its year, where the group of `adopted` has another total."""
    for parts in alike.values():
        whole = sum((p.value for p in parts if p.value is not None), Decimal(0))
        of_year = [t for t in totals if t.measure == adopted.measure and t.period == parts[0].period]
        plain = {t.value for t in of_year if not t.dims}
        grouped = {t.value for t in of_year if t.dims == adopted.dims}
        if whole in plain and grouped and whole not in grouped:
            return True
    return False


def _is_one_of(draft: Draft, alike: dict[str, list[Draft]]) -> bool:
    return any(_broken_down_by(draft, key, parts[0]) for key, parts in alike.items())


def _is_their_total(draft: Draft, total: Draft, alike: dict[str, list[Draft]]) -> bool:
    """The total printed under the parts, which says the same as the total elsewhere."""
    if draft.measure != total.measure or draft.statistic != "count" or draft.dims or draft.definite:
        return False
    sums = {
        (parts[0].period, sum((p.value for p in parts if p.value is not None), Decimal(0))) for parts in alike.values()
    }
    return (draft.period, draft.value) in sums


def _siblings(group: list[Draft]) -> dict[str, list[Draft]]:
    """Counts of one measure and period that differ in one breakdown; outcomes and events break down the same whole."""
    found: dict[str, list[Draft]] = defaultdict(list)
    for d in group:
        own = [k for k in d.dims if k not in GROUP]
        if d.statistic == "count" and d.value is not None and len(own) == 1 and "stage" not in d.dims:
            name = "outcome" if own[0] == "event" else own[0]
            found[f"{d.measure}|{name}|{d.period.code if d.period else ''}"].append(d)
    return found


def _only_fit(part: Draft, fitting: list[Draft]) -> Draft | None:
    """The one group among `fitting` totals of the same measure and period; None where two groups fit.

    A plain total that fits as well leaves it open which is meant, unless the number is too large for chance: then the plain
    words and the precise ones say the same thing.
    """
    same = [t for t in fitting if t.measure == part.measure and t.period == part.period and _extends(t.dims, part.dims)]
    grouped = [t for t in same if t.dims]
    if not grouped or (len(grouped) < len(same) and (grouped[0].value or 0) < _NO_CHANCE):
        return None
    return grouped[0] if len({tuple(sorted(t.dims.items())) for t in grouped}) == 1 else None


def _extends(total: dict[str, str], part: dict[str, str]) -> bool:
    return all(part.get(k, v) == v for k, v in total.items())


def _broken_down_by(draft: Draft, key: str, member: Draft) -> bool:
    measure, name, period = key.split("|")
    names = {"outcome", "event"} if name == "outcome" else {name}
    return draft.measure == measure and bool(names & set(draft.dims)) and draft.period == member.period


def _under(draft: Draft, total: Draft) -> Draft:
    return replace(draft, dims={**{k: v for k, v in total.dims.items() if k in GROUP}, **draft.dims})


def _by_share(draft: Draft, group: list[Draft], totals: list[Draft]) -> Draft:
    """A count with its percentage beside it, under the one total of which it is that percentage."""
    partner = _partner(draft, group)
    if partner is None or "stage" in draft.dims:
        return draft
    part, percent = (draft, partner) if draft.statistic == "count" else (partner, draft)
    plain = [
        t
        for t in totals
        if not (set(t.dims) - set(draft.dims)) and t.measure == draft.measure and t.period == draft.period
    ]
    if not part.value or percent.value is None or any(_is_share(part, t, percent) for t in plain):
        return draft
    fit = _only_fit(draft, [t for t in totals if t is not part and _is_share(part, t, percent)])
    return _under(draft, fit) if fit is not None else draft


def _partner(draft: Draft, group: list[Draft]) -> Draft | None:
    if draft.cluster is None or draft.statistic not in ("count", "percent_of"):
        return None
    other = "percent_of" if draft.statistic == "count" else "count"
    same = [
        d
        for d in group
        if d.cluster == draft.cluster and d.statistic == other and d.measure == draft.measure and d.dims == draft.dims
    ]
    return same[0] if len(same) == 1 else None


def _is_share(part: Draft, whole: Draft, percent: Draft) -> bool:
    assert part.value is not None and whole.value and percent.value is not None
    half = Decimal(1).scaleb(-percent.decimals) / 2
    return part.value <= whole.value and abs(100 * part.value / whole.value - percent.value) <= half
