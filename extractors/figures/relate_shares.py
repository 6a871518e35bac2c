"""Shares: a number of cases, the percentage that says it again, and the whole that both are of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.misprints import slips_into
from extractors.figures.relate_said import Said, clusters, host, is_prior, lost_wholes, same_group

_NEAR = Decimal(6)
"""How many percentage points a share of a whole that is only named may be off, to be taken for a share of it."""
_TWO_DIGITS = 10

_REST = re.compile(r"^\W*(?:and |while )?the (?:remaining|remainder|rest|other)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A number of cases and the same as a percentage: “17 (13.0%)”."""

    part: Draft
    percent: Draft

    @property
    def first(self) -> int:
        """Where the pair begins in its passage."""
        return min(self.part.start, self.percent.start)


def share_relation(pair: Pair, whole: Draft) -> DraftRelation:
    """The share that a pair states of a whole."""
    return DraftRelation(
        kind="share",
        keys=(pair.part.key, whole.key, pair.percent.key),
        roles=("part", "whole", "percent"),
    )


def nested_shares(said: Said, pairs: Sequence[Pair]) -> Iterator[DraftRelation]:
    """Percentages of a count of the same sentence, where the part is not counted: “79 live in homes, of whom 75% are out of the area”."""
    for percent in said.drafts:
        if percent.statistic != "percent_of" or any(p.percent is percent for p in pairs):
            continue
        if _OF_OTHERS.match(said.text, percent.end - said.start):
            continue
        whole = host(said, percent)
        if whole is not None and whole.measure == percent.measure and whole.period == percent.period:
            yield DraftRelation(kind="share", keys=(whole.key, percent.key), roles=("whole", "percent"))


_OF_OTHERS = re.compile(r"\s*of (?:those|the (?:complaints|ones)) (?:\w+ )?at [Ss]tage\b")
"""“Four were escalated to Stage 2, 6% of those received at Stage 1”: what was counted before is the part, and not the whole."""


def shares_alone(said: Said, pairs: Sequence[Pair], whole: Draft | None) -> Iterator[DraftRelation]:
    """The one percentage of “The remaining 13.2% …”, whose part is not counted, of the whole that the text before is about."""
    percents = [d for d in said.drafts if d.statistic == "percent_of"]
    if whole is None or pairs or len(percents) != 1 or not speaks_of_the_rest(said):
        return
    if whole.measure == percents[0].measure and whole.period == percents[0].period:
        yield DraftRelation(kind="share", keys=(whole.key, percents[0].key), roles=("whole", "percent"))


def pairs_of(said: Said) -> list[Pair]:
    """The pairs of a sentence: numbers beside their percentages in one cluster."""
    found: list[Pair] = []
    for cluster in clusters(said):
        counts = [d for d in cluster if d.statistic == "count"]
        percents = [d for d in cluster if d.statistic == "percent_of"]
        for percent in percents:
            alike = [c for c in counts if same_group(c, percent) and c.period == percent.period]
            beside = [c for c in alike if _beside(said, c, percent)]
            alone = alike if len(counts) == len(percents) == 1 else []
            part = beside or alone
            if len(part) == 1 and is_prior(part[0]) == is_prior(percent) and not any(p.part is part[0] for p in found):
                found.append(Pair(part=part[0], percent=percent))
    return [*found, *_across(said, found)]


_ACROSS = re.compile(
    r"(?:[^.;()\d]|(?<=[Ss]tage )\d)*, (?:or|that is|which is|(?:which is )?(?:equal|equivalent) to|(?:or )?(?:a|an) (?:\w+ )?rate (?:of \w+ )?of) (?:just |only )?|\s*\("
)


_CLAUSE = re.compile(r"(?:[^.;()\d,]|(?<=[Ss]tage )\d)*, ")
_OF_THE_WHOLE = re.compile(r" of (?:the |all |all the )?\d+(?: (?:complaints|made|taken|dealt with|[a-z]+ed))?[.;]")
"""“Eighteen complaints had been upheld, 20% of the 124.”"""


def _across(said: Said, found: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs of two clusters of which the second says the first again: “15% of complaints were upheld, or five of 33”."""
    paired = {id(d) for p in found for d in (p.part, p.percent)}
    for before, after in pairwise(clusters(said)):
        one, other = before[-1], after[0]
        if {one.statistic, other.statistic} != {"count", "percent_of"} or {id(one), id(other)} & paired:
            continue
        part, percent = (one, other) if one.statistic == "count" else (other, one)
        between = said.between(one, other)
        again = _ACROSS.fullmatch(between) or (_CLAUSE.fullmatch(between) and _OF_THE_WHOLE.match(said.after(percent)))
        if same_group(part, percent) and part.period == percent.period and again:
            yield Pair(part=part, percent=percent)


_AGAIN = re.compile(
    r"[^.;:()\d]{0,40}\( ?(?:or |i\.e\.,? |that is |about |just (?:over|under) |nearly |almost )?|,? (?:or|i\.e\.),? (?:\w+ )?"
)


def _beside(said: Said, one: Draft, other: Draft) -> bool:
    """Whether one of the two says the other again, in brackets or behind “or”."""
    return _AGAIN.fullmatch(said.between(one, other)) is not None


def stated_wholes(said: Said, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Draft]]:
    """The pairs of a sentence with the whole that it names: “17 (13.0%) of the 75”, “Of the 75, 17 (13.0%) … and 58 (87.0%) …”."""
    wholes = [d for d in said.drafts if d.definite and d.statistic == "count"]
    lost = lost_wholes(said)
    if len(wholes) != 1:
        return
    whole = wholes[0]
    numbers = [d for d in said.drafts if not d.definite]
    leads = all(whole.start < d.start for d in numbers)
    for pair in pairs:
        if pair_host(said, pair) is not None:
            continue
        own = _adjacent(said, pair, whole, numbers, lost)
        last = max(pair.part.end, pair.percent.end)
        following = min((d.start for d in numbers if d.start >= last), default=said.start + len(said.text))
        if own or (leads and not any(whole.start < place < following for place in lost)):
            yield pair, whole


def pair_host(said: Said, pair: Pair) -> Draft | None:
    """The count of the same sentence that a pair is a share of: “of whom 42 (50.6%) were out of the city”."""
    first = min(pair.part, pair.percent, key=lambda d: d.start)
    found = host(said, first) or host(said, pair.part)
    return found if found is not pair.part else None


def _adjacent(said: Said, pair: Pair, whole: Draft, numbers: Sequence[Draft], lost: Sequence[int]) -> bool:
    """Whether nothing else is counted from the first to the last of a pair and a whole, not even a whole that was not read."""
    first = min(pair.first, whole.start)
    last = max(pair.part.end, pair.percent.end, whole.end)
    others = [d for d in numbers if d is not pair.part and d is not pair.percent]
    return (
        not any(first <= d.start < last for d in others)
        and not any(first < place < last for place in lost)
        and ";" not in said.text[first - said.start : last - said.start]
    )


def fits(part: Draft, whole: Draft, percent: Draft) -> bool:
    """Whether a part is, when rounded, that percentage of a whole."""
    size = whole.value if whole.value is not None else whole.proposed
    if part.value is None or percent.value is None or not size or part.value > size:
        return False
    half = Decimal(1).scaleb(-percent.decimals) / 2
    return abs(100 * part.value / size - percent.value) <= half


def can_be_whole(whole: Draft, part: Draft) -> bool:
    """Whether a count may be that of a group of which `part` counts some: same thing, same time, not broken down further."""
    measure = "complaints" if part.measure == "responses_on_time" else part.measure
    if whole.statistic != "count" or whole.definite or whole is part:
        return False
    finer = [k for k, v in whole.dims.items() if part.dims.get(k) != v and k != "event"]
    broken_down = part.measure == "responses_on_time" or whole.dims != part.dims
    return whole.measure == measure and whole.period == part.period and not finer and broken_down


def _stage_below(whole: Draft, part: Draft) -> bool:
    """Whether `part` counts complaints that went on from the stage of `whole` to the next one."""
    stages = (whole.dims.get("stage", ""), part.dims.get("stage", ""))
    below = {**part.dims, "stage": stages[0]}
    return stages in (("1", "2"), ("2", "3")) and can_be_whole(
        whole, replace(part, dims={**below, "event": "escalated"})
    )


def escalated_whole(said: Said, pair: Pair) -> Draft | None:
    """The one count of the stage before in a sentence that gives a rate of escalation: “10% (12 to Stage 2, 114 complaints at Stage 1)”."""
    if not _ESCALATION.search(said.text):
        return None
    before = [d for d in said.drafts if _stage_below(replace(d, definite=False), pair.part)]
    return before[0] if len(before) == 1 else None


_ESCALATION = re.compile(
    r"\b(?:rate|share|proportion|percentage) of (?:escalation|complaints escalated)|\bescalation rate\b"
    r"|^\W*(?:when |if )?(?:set|measured|held) against the\b|(?:%|\bper cent) of the number of\b",
    re.I,
)


def voted_whole(pairs: Sequence[Pair], near: Sequence[Draft], all_counts: Sequence[Draft]) -> Draft | None:
    """The whole that the pairs themselves vote for: most of them are that share of it, at least two; or all of them, of one only.

    A count of the sentence before or of a list's introduction (`near`) may be the whole of some pairs that do not fit; one
    from elsewhere only if all fit, and no other count would do.
    """
    for whole in near:
        if all(can_be_whole(whole, p.part) for p in pairs):
            good = sum(fits(p.part, whole, p.percent) for p in pairs)
            if good >= 2 and 2 * good > len(pairs):
                return whole
    for may_be in (can_be_whole, _stage_below):
        fitting = [w for w in all_counts if all(may_be(w, p.part) and fits(p.part, w, p.percent) for p in pairs)]
        if fitting:
            return fitting[0] if len({w.value for w in fitting}) == 1 else None
    return None


_RANKING = re.compile(
    r"\b(?:followed by|then came|next came|came next|then|ahead of|after (?:them|that)|more than (?:anyone|anything) else)\b",
    re.I,
)


def ranked_shares(
    said: Said, pairs: Sequence[Pair], named: Sequence[tuple[Pair, Draft]]
) -> Iterator[tuple[Pair, Draft]]:
    """The pairs of a ranking behind one whose whole is known: “parents made 150 of the 266 (56%), followed by young people (15%, 41)”.

    What is ranked is compared, and so counted of one whole.
    """
    if not named or not _RANKING.search(said.text):
        return
    first, whole = min(named, key=lambda found: found[0].first)
    for pair in pairs:
        known = any(pair is other for other, _ in named)
        if not known and pair.first > first.first and can_be_whole(replace(whole, definite=False), pair.part):
            yield pair, whole


_OF_ALL = re.compile(r"\s*(?:\(\d+\)\s*)?of (?:the |all |all the )?(?!these|those|them|which|whom|\d)(?:[a-z]|Stage\b)")


def named_whole(said: Said, pair: Pair, before: Sequence[Draft]) -> Draft | None:
    """The whole of “59% (16) of queries”: the one number of all queries that stands shortly before, if it is about right.

    A percentage far from it is likelier to be of another group than to be wrong, unless its digits were mistyped.
    """
    if pair.percent.start > pair.part.start or not _OF_ALL.match(said.after(pair.percent)):
        return None
    group = {"stage", "regime", "service", "cohort", "team"}
    if not pair.part.dims.keys() - group:
        group.remove("team")  # it is what the share is about, and not what it is of
    broken_down = {k: v for k, v in pair.part.dims.items() if k in group}
    wholes = [w for w in before if w.dims == broken_down and can_be_whole(w, pair.part)]
    if len({w.value for w in wholes}) != 1 or not wholes[-1].value:
        return None
    return wholes[-1] if _is_about(pair, wholes[-1].value) else None


def _is_about(pair: Pair, whole: Decimal) -> bool:
    """Whether a percentage is near to what its number is of a whole, or would be if its digits had been typed right."""
    if pair.part.value is None or pair.percent.value is None:
        return False
    true = 100 * pair.part.value / whole
    meant = round(true, pair.percent.decimals)
    mistyped = meant >= _TWO_DIGITS and slips_into(meant, pair.percent.value, pair.percent.decimals)
    return abs(true - pair.percent.value) <= _NEAR or mistyped


_OF_ONE_THING = frozenset(("category", "team", "service", "complainant", "channel", "gender", "ethnicity"))
"""What all complaints of a group are broken down by, and not only those that were answered or closed."""


_OF_THESE = re.compile(r"\bof (?:these|those|them|whom|which)\b", re.I)


def only_whole(said: Said, pair: Pair, counts: Sequence[Draft]) -> Draft | None:
    """The whole of “nine Stage 1 complaints (30%) were about delay”: the one number that the document gives of all of the group, if it is about right.

    Where the percentage fits another number that may be its whole, or the sentence names one, it is of that.
    """
    told = pair.part.dims.keys() & _OF_ONE_THING
    decided = pair.part.dims.keys() & {"outcome", "event"}  # what is upheld of a team is of what was decided of it
    if (
        len(told) != 1
        or decided
        or any(d.definite for d in said.drafts)
        or lost_wholes(said)
        or _OF_THESE.search(said.text)
    ):
        return None
    group = {k: v for k, v in pair.part.dims.items() if k not in told}
    may_be = [w for w in counts if can_be_whole(replace(w, definite=False), pair.part)]
    wholes = [w for w in may_be if w.dims == group and w.value]
    if len({w.value for w in wholes}) != 1 or any(fits(pair.part, w, pair.percent) for w in may_be):
        return None
    return wholes[0] if _is_about(pair, wholes[0].value or Decimal(1)) else None


def speaks_of_the_rest(said: Said) -> bool:
    """Whether a sentence goes on with what the one before left over: “The remaining 58 (87.0%) …”."""
    return _REST.match(said.text) is not None
